# SPDX-License-Identifier: Apache-2.0
"""X12 through the program, re-read by a splitter of the test's own."""

import pathlib
import re

import pytest

SAMPLES = sorted(
    (pathlib.Path(__file__).parent.parent / "formats/x12/samples").glob("*.x12")
)

# Elements of people in the samples, by their place.
PEOPLE = {
    "NM1": [3, 4, 5],
    "N3": [1, 2],
    "PER": [2, 4, 6, 8],
    "CLM": [1],
    "CLP": [1],
}


def segments(data):
    """[[id, element, ...], ...] by what ISA declares."""
    text = data.decode()
    element, terminator = text[3], text[105]
    return [
        segment.strip("\r\n").split(element)
        for segment in text.split(terminator)
        if segment.strip("\r\n")
    ]


def identifying(data):
    values = set()
    for segment in segments(data):
        if segment[0] == "NM1" and segment[2] != "1":
            continue
        for at in PEOPLE.get(segment[0], []):
            if at < len(segment) and len(segment[at]) > 3:
                values.add(segment[at])
    return values


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_the_structure_holds_and_nobody_is_left(phiwire, path):
    data = path.read_bytes()
    done = phiwire("deid", "--format", "x12", path)
    assert done.returncode == 0, done.stderr
    before, after = segments(data), segments(done.stdout)
    assert len(done.stdout[:106]) == 106 and done.stdout[105] == data[105]
    assert [(s[0], len(s)) for s in before] == [(s[0], len(s)) for s in after]
    for old, new in zip(before, after, strict=True):
        if old[0] in ("SE", "GE", "IEA", "ST", "HI", "SV1", "SV2", "AMT", "CAS"):
            assert [v for v in old if ":" not in v] == [v for v in new if ":" not in v]
        if old[0] == "DTP" and old[2] == "D8":
            assert re.fullmatch(r"(\d{4}0101)?", new[3])
    words = set(re.findall(r"[A-Z0-9.@-]+", done.stdout.decode()))
    for value in identifying(data):
        assert value not in done.stdout.decode(), value
        if value.isalpha() and value not in ("STREET",):
            assert value not in words
    again = phiwire("deid", "--format", "auto", stdin=done.stdout)
    assert [(s[0], len(s)) for s in segments(again.stdout)] == [
        (s[0], len(s)) for s in after
    ]


def test_the_same_value_gets_the_same_token(phiwire):
    path = next(p for p in SAMPLES if p.stem == "837p")
    out = segments(phiwire("deid", "--format", "x12", path).stdout)
    isa, gs = out[0], out[1]
    assert isa[6].strip().startswith(gs[2][:15]) or gs[2].startswith(isa[6].strip())


def test_a_set_without_its_end_is_left_out_and_the_rest_goes_on(phiwire):
    data = next(p for p in SAMPLES if p.stem == "837p").read_bytes()
    broken = data.replace(b"SE*", b"XX*")
    done = phiwire("deid", "--format", "x12", stdin=broken)
    assert done.returncode == 1
    assert b"ISA*" in done.stdout and b"IEA*" in done.stdout
    assert b"SMITHSON" not in done.stdout + done.stderr


def test_site_rules(phiwire, tmp_path):
    policy = tmp_path / "p.yaml"
    policy.write_text(
        "version: 1\nextends: safe-harbor\nformats:\n  x12:\n    fields:\n"
        '      "SBR-03": {as: keep}\n      "REF[G1]-02": {as: drop}\n'
    )
    path = next(p for p in SAMPLES if p.stem == "837p")
    done = phiwire("deid", "--format", "x12", "--policy", policy, path)
    assert done.returncode == 0, done.stderr
    assert b"SBR*P**2222-SJ*" in done.stdout and b"REF*G1*~" in done.stdout
    policy.write_text(
        "version: 1\nextends: safe-harbor\nformats:\n  x12:\n    fields:\n"
        "      PID-5: {as: keep}\n      nowhere: {as: keep}\n"
    )
    assert phiwire("deid", "--format", "x12", "--policy", policy, path).returncode == 2
