# SPDX-License-Identifier: Apache-2.0
"""keygen, policy, rules, hl7, version, help."""

import re
import stat

import pytest

VERBS = [
    "deid",
    "analyze",
    "explain",
    "eval",
    "rules",
    "policy",
    "hl7",
    "keygen",
    "reidentify",
]

SITE_RULE = """version: 1
type: ID
doc: >-
  Site badge numbers.
patterns:
  - name: site_badge
    regex: '\\bQZ-\\d{6}\\b'
    score: 0.99
examples:
  positive:
    - 'badge QZ-123456 was used -> QZ-123456'
  negative:
    - 'badge QZ was used'
"""


@pytest.mark.parametrize("verb", VERBS)
def test_help_has_examples(phiwire, verb):
    done = phiwire(verb, "--help")
    assert (done.returncode, done.stderr) == (0, b"")
    assert f"  phiwire {verb}" in done.stdout.decode()


def test_help_lists_the_verbs_and_exit_codes(phiwire):
    out = phiwire("--help").stdout.decode()
    for verb in VERBS:
        assert re.search(rf"^  {verb} ", out, re.M)
    assert "Exit codes" in out


def test_version(phiwire):
    for argument in ("version", "--version"):
        done = phiwire(argument)
        assert done.returncode == 0
        assert re.fullmatch(rb"phiwire \d+\.\d+\.\d+\n", done.stdout)


def test_keygen(phiwire, tmp_path):
    key = tmp_path / "site.key"
    assert phiwire("keygen", "-o", key).returncode == 0
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    first = key.read_bytes()
    again = phiwire("keygen", "-o", key)
    assert again.returncode == 2 and key.read_bytes() == first
    assert first.strip() not in again.stderr
    other = phiwire("keygen").stdout
    assert other != first and len(other) == len(first)


def test_keys_link_the_same_patient_and_differ_by_site(phiwire, tmp_path):
    policy = tmp_path / "p.yaml"
    policy.write_text("version: 1\ntypes:\n  MEDICALRECORD: {anonymizer: hash}\n")
    note = b"Seen today, MRN 12345.\nSeen before, MRN 12345.\n"
    outs = []
    for name in ("a.key", "b.key"):
        phiwire("keygen", "-o", tmp_path / name)
        done = phiwire("deid", "--policy", policy, "--key", tmp_path / name, stdin=note)
        assert done.returncode == 0 and b"12345" not in done.stdout
        first, second = done.stdout.splitlines()
        assert first.split(b"MRN ")[1] == second.split(b"MRN ")[1]
        outs.append(done.stdout)
    assert outs[0] != outs[1]


def test_policy_show_can_be_read_again(phiwire, tmp_path):
    shown = phiwire("policy", "show", "--yaml")
    assert shown.returncode == 0
    assert b"MEDICALRECORD" in shown.stdout
    copy = tmp_path / "copy.yaml"
    copy.write_bytes(shown.stdout)
    again = phiwire("policy", "show", "--yaml", copy)
    assert again.stdout == shown.stdout
    assert phiwire("policy", "check", copy).returncode == 0


def left_in(phiwire, policy):
    text = phiwire("policy", "show", policy).stdout.decode()
    return text.split("leaves in:\n")[1]


def test_policy_show_says_what_is_left_in(phiwire):
    harbor = phiwire("policy", "show").stdout.decode()
    assert "NAME" in harbor and "a placeholder" in harbor
    assert "  none\n" in left_in(phiwire, "safe-harbor")
    limited = left_in(phiwire, "limited-dataset")
    assert "(CITY ZIP)" in limited and "(DATE AGE)" in limited
    assert "names" not in limited and "data use agreement" in limited
    for policy in ("research", "surrogate"):
        assert "expert's determination" in left_in(phiwire, policy)
        assert b"Key: needed" in phiwire("policy", "show", policy).stdout
    assert "Key:" not in harbor and "of one run, nothing leads back" in harbor


def test_policy_show_tells_a_field_from_all_fields(phiwire, tmp_path):
    policy = tmp_path / "p.yaml"
    policy.write_text("version: 1\nfields:\n  PID-8: {anonymizer: keep}\n")
    left = left_in(phiwire, policy)
    assert "  none\n" in left and "field PID-8:" in left
    assert "only if nothing" in left and "names" not in left


def test_policy_show_says_how_sure_and_what_is_allowed(phiwire, tmp_path):
    policy = tmp_path / "p.yaml"
    policy.write_text(
        "version: 1\nsensitivity: precise\nallow: [Foley, Bell]\n"
        "types:\n  NAME: {threshold: 0.99, numbered: true}\n"
        "  FACILITY: {anonymizer: keep}\n  USERNAME: {anonymizer: keep}\n"
    )
    text = phiwire("policy", "show", policy).stdout.decode()
    assert "Sensitivity: precise; what it is not sure of STAYS" in text
    assert "(allow): 2\n" in text and "Foley" not in text
    assert "numbered within the record; found from a score of 0.99 on" in text
    assert "where a slot needs an id, a random token" in text
    assert "unique number or code (USERNAME)" in text
    assert "narrows down who it is: FACILITY" in text


def test_built_in_policies_are_good(phiwire, tmp_path):
    key = tmp_path / "k"
    phiwire("keygen", "-o", key)
    for policy in ("safe-harbor", "limited-dataset", "log"):
        assert phiwire("policy", "check", policy).returncode == 0
    for policy in ("research", "surrogate"):
        assert phiwire("policy", "check", policy).returncode == 2
        assert phiwire("policy", "check", policy, "--key", key).returncode == 0


def test_policy_show_has_the_flags(phiwire):
    shown = phiwire("policy", "show", "--yaml", "--sensitivity", "strict").stdout
    assert b"strict" in shown


def test_rules_of_a_site(phiwire, tmp_path):
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "badge.yaml").write_text(SITE_RULE)
    assert phiwire("rules", "check", "--rules", rules).returncode == 0
    listed = phiwire("rules", "list", "--rules", rules)
    assert listed.returncode == 0 and b"badge.yaml" in listed.stdout
    tested = phiwire("rules", "test", "--rules", rules)
    assert tested.returncode == 0, tested.stdout
    assert b" examples hold, 0 do not" in tested.stdout
    assert b"site/" in listed.stdout and b"ssn/" in listed.stdout
    done = phiwire("deid", "--rules", rules, stdin=b"badge QZ-123456 was used\n")
    assert done.stdout == b"badge [ID] was used\n"


def test_a_sites_pattern_counts_where_the_model_knows_nothing(phiwire, tmp_path):
    (tmp_path / "locker.yaml").write_text(
        "version: 1\ntype: ID\ndoc: Locker tags\npatterns:\n"
        "  - name: tag\n    regex: '\\bzq[a-z]{5}\\b'\n    score: 0.8\n"
    )
    note = b"left in zqabcde today\n"
    done = phiwire("deid", "--rules", tmp_path, stdin=note)
    assert done.stdout == b"left in [ID] today\n"


def test_rules_whose_examples_fail(phiwire, tmp_path):
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "badge.yaml").write_text(
        SITE_RULE.replace("'badge QZ was used'", "'badge QZ-654321 was used'")
    )
    tested = phiwire("rules", "test", "--rules", rules)
    assert tested.returncode in (1, 2)
    assert b"badge.yaml" in tested.stdout + tested.stderr
