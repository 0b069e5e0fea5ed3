# SPDX-License-Identifier: Apache-2.0
"""phiwire deid --roster: known patients, errors without values."""

import pytest

ROSTER = (
    "First Name,last_name,mrn,dob,phone\r\n"
    "Zebulon,Quackenbush,MRN-0012345,1951-03-07,(555) 201-3344\r\n"
)
NOTE = b"zebulon quackenbusch came; QUACKENBUSH^Z came with 12345 of them.\n"


@pytest.fixture
def roster(tmp_path):
    path = tmp_path / "patients.csv"
    path.write_text(ROSTER, newline="")
    return path


def test_patients_are_hidden(phiwire, roster):
    done = phiwire("deid", "--roster", roster, stdin=NOTE)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == (b"[NAME] came; [NAME] came with [MEDICALRECORD] of them.\n")


def test_roster_of_a_policy(phiwire, roster, tmp_path):
    policy = tmp_path / "site.yaml"
    policy.write_text("version: 1\nroster: patients.csv\ndeny: DATE:easter\n")
    done = phiwire("deid", "--policy", policy, stdin=b"quackenbush zebulon, Easter\n")
    assert (done.returncode, done.stdout) == (0, b"[NAME], [DATE]\n")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("name,zz\nSECRET,1\n", b"bad.csv:1: column 2: no such column"),
        ("name,dob\nSECRET,SECRET\n", b"bad.csv:2: column 2: no date"),
        ("name\n", b"bad.csv:1: no patient below the header"),
    ],
)
def test_errors_name_the_place_and_no_value(phiwire, tmp_path, text, error):
    path = tmp_path / "bad.csv"
    path.write_text(text)
    done = phiwire("deid", "--roster", path, stdin=NOTE)
    assert done.returncode == 2
    assert done.stdout == b""
    assert error in done.stderr
    assert b"SECRET" not in done.stderr
