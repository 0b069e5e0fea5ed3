# SPDX-License-Identifier: Apache-2.0
"""phiwire deid --format auto: each format by its content, told when unsure."""

import pytest

NOTE = b"Patient John Doe (MRN 12345678) was born on 01/01/1980.\n"

# content, what shows that the right reader had it
CASES = {
    "hl7": (b"MSH|^~\\&|A|B\rPID|1||12345678||DOE^JOHN\r", b"^"),
    "rtf": (rb"{\rtf1{\author Jane Roe}John {\b Do}e, born 01/01/1980}", b"[NAME]"),
    "html": (b"<!DOCTYPE html><p>Mr. Jo<b>hn</b> Doe</p>", b"<b></b>"),
    "fhir": (b'{"resourceType": "Patient", "birthDate": "1980-01-01"}', b'"1980"'),
    "text": (NOTE, b"[MEDICALRECORD]"),
}


@pytest.mark.parametrize("name", CASES)
def test_is_what_naming_it_gives(phiwire, name):
    content, shows = CASES[name]
    named = phiwire("deid", "--format", name, stdin=content)
    auto = phiwire("deid", "--format", "auto", stdin=content)
    assert auto.returncode == 0, auto.stderr
    assert auto.stdout == named.stdout or name in ("hl7", "fhir")
    assert shows in auto.stdout
    assert b"unsure" not in auto.stderr


def test_a_note_with_commas_times_and_dashes_is_text(phiwire):
    note = (
        b"2024-01-02 03:04 seen, resting\n"
        b"- pain 3/10, given tylenol\n"
        b"# call Dr. Roe, cardiology\n" + NOTE
    )
    done = phiwire("deid", "--format", "auto", stdin=note)
    assert done.stdout == phiwire("deid", "--format", "text", stdin=note).stdout


def test_says_when_it_is_unsure(phiwire):
    fragment = b"<p>Mr. John Doe</p>\n"
    done = phiwire("deid", "--format", "auto", stdin=fragment)
    assert done.returncode == 0
    assert b"html" in done.stderr and b"unsure" in done.stderr
    assert b"Doe" not in done.stdout + done.stderr
