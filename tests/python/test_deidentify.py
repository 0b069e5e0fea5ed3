# SPDX-License-Identifier: Apache-2.0
"""phiwire.deidentify, analyze, Deidentifier and Policy."""

import itertools
import os
import pathlib
import pickle

import phiwire
import pytest
from phiwire import deidentifier
from seed import SEED, SEED_OUT


def surfaces(text, findings):
    return [(text[f.start : f.end], f.type) for f in findings]


SEED_SURFACES = [
    ("John Doe", "NAME"),
    ("12345", "MEDICALRECORD"),
    ("01/01/1980", "DATE"),
]


def test_seed_text_exactly():
    assert phiwire.deidentify(SEED) == SEED_OUT


def test_seed_findings():
    assert surfaces(SEED, phiwire.analyze(SEED)) == SEED_SURFACES


def test_empty_text():
    assert phiwire.deidentify("") == ""
    assert phiwire.analyze("") == []


@pytest.mark.parametrize(
    "before",
    [
        "\u00e9\u00e8 ",  # two bytes each
        "\u20ac 5 ",  # three
        "\U0001f9d1\U0001f3fd\u200d\u2695\ufe0f ",  # an emoji of five code points
        "cafe\u0301 ",  # a combining accent
        "\u00e9 \u20ac \U0001f600\n",
    ],
)
def test_offsets_are_code_points(deid, before):
    text = before + SEED + " \u00fc " + SEED
    found = surfaces(text, deid.analyze(text))
    # The model may take a word of `before` for a name; that's not the matter.
    assert [s for s in found if s in SEED_SURFACES] == 2 * SEED_SURFACES
    assert deid.text(text).endswith(SEED_OUT + " \u00fc " + SEED_OUT)


def test_findings_are_sorted_disjoint_and_scored(deid):
    findings = deid.analyze(SEED)
    for before, after in itertools.pairwise(findings):
        assert before.end <= after.start
    for f in findings:
        assert 0 <= f.score <= 1
        assert f.type in phiwire.TYPES
        assert f.evidence == ()


def test_explain_fills_evidence(deid):
    findings = deid.analyze(SEED, explain=True)
    assert any(f.evidence for f in findings)
    for term in (term for f in findings for term in f.evidence):
        assert isinstance(term, phiwire.Term)
        assert isinstance(term.name, str)
        assert isinstance(term.weight, float)
        assert "Doe" not in term.name


def test_near_misses_only_add(deid):
    near = deid.analyze(SEED, near_misses=True)
    assert {f[:3] for f in deid.analyze(SEED)} <= {f[:3] for f in near}


def test_findings_pickle(deid):
    findings = deid.analyze(SEED, explain=True)
    assert pickle.loads(pickle.dumps(findings)) == findings


def test_anonymize_replaces_what_it_is_given(deid):
    text = "\u00e9t\u00e9: " + SEED
    names = [f for f in deid.analyze(text) if f.type == "NAME"]
    assert deid.anonymize(text, names) == text.replace("John Doe", "[NAME]")
    assert deid.anonymize(text, []) == text


def test_anonymize_takes_findings_in_any_order(deid):
    text = "\u00e9\U0001f600 " + SEED
    findings = deid.analyze(text)
    expected = deid.text(text)
    assert deid.anonymize(text, findings[::-1]) == expected
    assert deid.anonymize(text, findings) == expected


@pytest.mark.parametrize("span", [(0, 99), (5, 4), (99, 100)])
def test_anonymize_refuses_bad_spans(deid, span):
    with pytest.raises(phiwire.InputError):
        deid.anonymize("\u00e9 John Doe", [phiwire.Finding(*span, "NAME")])


def test_file_has_byte_offsets(deid):
    data = ("\u00e9\u00e8 " + SEED).encode()
    result = deid.file(data, "text")
    assert result.data == ("\u00e9\u00e8 " + SEED_OUT).encode()
    assert surfaces(data, result.findings) == [
        (surface.encode(), type_) for surface, type_ in SEED_SURFACES
    ]
    assert (result.records, result.format, result.refusals) == (1, "text", [])


def test_policy_is_a_value():
    policy = phiwire.Policy.safe_harbor()
    changed = policy.with_type("DATE", "redact", threshold=0.25)
    assert policy.type("DATE").anonymizer == "replace"
    assert policy.type("DATE").threshold is None
    assert changed.type("DATE").anonymizer == "redact"
    assert changed.type("DATE").threshold == 0.25
    assert not policy.type("PROFESSION").enabled


def test_policy_options_reach_the_policy(tmp_path):
    key = tmp_path / "key"
    policy = phiwire.Policy.safe_harbor().with_options(
        sensitivity="strict",
        rules=[tmp_path],
        key_file=key,
        allow=["A"],
        deny=["B"],
        max_record=7,
    )
    assert policy.sensitivity == "strict"
    assert policy.rules == [str(tmp_path)]
    assert policy.key_file == str(key)
    assert (policy.allow, policy.deny, policy.max_record) == (["A"], ["B"], 7)


def test_deidentify_under_a_policy():
    policy = phiwire.Policy.safe_harbor().with_type("NAME", enabled=False)
    assert phiwire.deidentify(SEED, policy) == SEED_OUT.replace("[NAME]", "John Doe")


@pytest.mark.parametrize("as_type", [str, pathlib.Path])
def test_policy_from_file_and_yaml(tmp_path, as_type):
    yaml = "version: 1\nextends: safe-harbor\ntypes:\n  DATE: {anonymizer: redact}\n"
    expected = SEED_OUT.replace("[DATE]", "")
    path = tmp_path / "site.yaml"
    path.write_text(yaml)
    assert phiwire.Deidentifier(as_type(path)).text(SEED) == expected
    assert phiwire.deidentify(SEED, phiwire.Policy.from_yaml(yaml)) == expected


def test_policy_writes_itself():
    policy = phiwire.Policy.safe_harbor().with_type("DATE", "redact", threshold=0.25)
    again = phiwire.Policy.from_yaml(policy.to_yaml())
    assert again.to_yaml() == policy.to_yaml()
    assert again.type("DATE").anonymizer == "redact"


def test_policy_by_name():
    assert phiwire.Deidentifier("safe-harbor").policy.name == "safe-harbor"


def test_cache_lies_in_the_users_cache_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = deidentifier._cache_dir()
    assert folder == str(tmp_path / "phiwire")
    assert os.stat(folder).st_mode & 0o077 == 0
    assert phiwire.Deidentifier().text(SEED) == SEED_OUT


def test_no_cache_folder_is_no_error(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert deidentifier._cache_dir() == ""
    assert phiwire.Deidentifier().text(SEED) == SEED_OUT
