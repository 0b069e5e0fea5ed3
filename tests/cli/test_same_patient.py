# SPDX-License-Identifier: Apache-2.0
"""One patient stays one patient: the same name, numbers and date offset in two
notes and two HL7 messages, under `research` and under `surrogate`."""

import datetime
import re

import pytest

NOTE_1 = """Patient: DOE, JOHN Q   MRN: 00471822   DOB: 03/14/1958
Mr. Doe is a 64-year-old man who lives at 12 Elm Street, Boston, MA 02139.
Phone (617) 444-2231. John was seen by Dr. Anna Kowalski.
"""
NOTE_2 = """Patient Name: John Doe
MRN: 00471822
Seen on 03/14/1958. Dr. Kowalski saw the patient.
"""
MESSAGE = (
    "MSH|^~\\&|EPIC|H|X|Y|20240101120000||ADT^A01|{n}|P|2.5\r"
    "PID|1||00471822^^^H^MR||DOE^JOHN^Q||19580314|M|||12 Elm Street^^Boston^MA"
    "^02139||(617)444-2231\r"
    "OBX|1|TX|N^note||Mr. Doe seen on 03/14/1958. John was well.\r"
)


@pytest.fixture
def outputs(phiwire, tmp_path, request):
    """The four documents' outputs, each of a run of its own."""
    # One key for all runs: under some, a fake of one is another's name.
    key = tmp_path / "k.key"
    key.touch(mode=0o600)
    key.write_bytes(b"phiwire tests: one patient, one key")
    files = {
        "a.txt": NOTE_1,
        "b.txt": NOTE_2,
        "c.hl7": MESSAGE.format(n=1),
        "d.hl7": MESSAGE.format(n=2),
    }
    out = []
    for name, text in files.items():
        (tmp_path / name).write_bytes(text.encode())
        run = ["deid", tmp_path / name, "--policy", request.param]
        run += ["--key", key]
        if name.endswith(".txt"):
            run += ["--subject", "00471822"]
        done = phiwire(*run)
        assert done.returncode == 0
        out.append(done.stdout.decode())
    return out


def shifted(text):
    """What 14 March 1958 became, by its written form."""
    if found := re.search(r"\b(\d\d)/(\d\d)/(\d{4})\b", text):
        month, day, year = map(int, found.groups())
        return datetime.date(year, month, day)
    return None


def same(values):
    assert len(set(values)) == 1, values
    return values[0]


@pytest.mark.parametrize("outputs", ["research", "surrogate"], indirect=True)
def test_numbers_and_dates(outputs):
    note_1, note_2, message_1, message_2 = outputs
    mrn = same(
        [
            re.search(r"MRN: (\w+)", note_1)[1],
            re.search(r"MRN: (\w+)", note_2)[1],
            re.search(r"PID\|1\|\|(\w+)", message_1)[1],
            re.search(r"PID\|1\|\|(\w+)", message_2)[1],
        ]
    )
    assert mrn != "00471822"
    birth = same([shifted(text) for text in outputs])
    assert birth not in (None, datetime.date(1958, 3, 14))
    for message in (message_1, message_2):
        assert f"|{birth:%Y%m%d}|" in message


@pytest.mark.parametrize("outputs", ["research", "surrogate"], indirect=True)
def test_names(outputs):
    note_1, note_2, message_1, message_2 = outputs
    xpn = [
        re.search(r"PID\|1\|\|[^|]*\|\|(\w+)\^(\w+)", m).groups()
        for m in (message_1, message_2)
    ]
    family, given = map(str.casefold, same(xpn))
    assert "doe" not in (family, given) and "john" not in (family, given)
    title = re.compile(r"Mr\. (\w+)")
    assert (
        same([title.search(t)[1].casefold() for t in (note_1, message_1, message_2)])
        == family
    )
    for text in (note_1, message_1, message_2):
        assert re.search(r"(\w+) was (?:well|seen)", text)[1].casefold() == given
    if family == given:  # a token: one for the person
        assert family.upper() in note_2
    else:
        assert f"Patient Name: {given} {family}" in note_2.replace(
            given.title(), given
        ).replace(family.title(), family)
    # The physician, in full and by surname alone, is another person.
    assert family not in re.search(r"Dr\. (.*)", note_1)[1].casefold()


@pytest.mark.parametrize("outputs", ["surrogate"], indirect=True)
def test_contacts_of_surrogate(outputs):
    note_1, _, message_1, message_2 = outputs
    phone = re.search(r"Phone \((\d{3})\) (\d{3}-\d{4})", note_1).groups()
    for message in (message_1, message_2):
        assert f"|({phone[0]}){phone[1]}" in message
    street = re.search(r"lives at (.*?), (.*?), MA (\d{5})", note_1).groups()
    for message in (message_1, message_2):
        assert "|{}^^{}^MA^{}|".format(*street) in message
    for text in (note_1, message_1):
        for original in ("Doe", "DOE", "John", "Elm", "Boston", "00471822"):
            assert original not in text
