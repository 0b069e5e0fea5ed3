# SPDX-License-Identifier: Apache-2.0
"""phiwire deid --format ndjson: JSON of any shape stays JSON."""

import json

LINE = {
    "mrn": "A12345",
    "first_name": "John",
    "last_name": "Quimby",
    "dob": "1980-01-31",
    "ssn": 123456789,
    "count": 12,
    "nested": {"list": ["seen by Dr. Frost", None, True]},
    "note": 'Mr. Quimby said "hi"\nand left.',
    "Jane Roe": "a friend",
}


def deid(phiwire, text, code=0):
    done = phiwire("deid", "--format", "ndjson", "-", stdin=text)
    assert done.returncode == code, done.stderr
    return done.stdout


def test_lines(phiwire):
    text = (
        json.dumps(LINE) + "\r\n\r\n" + json.dumps(LINE, ensure_ascii=False) + "\n"
    ).encode()
    out = deid(phiwire, text)
    assert out.count(b"\r\n\r\n") == 1
    first, second = (json.loads(line) for line in out.splitlines() if line)
    assert first == second
    assert list(first)[:8] == list(LINE)[:8]
    assert first["first_name"] == first["last_name"] == "[NAME]"
    assert first["count"] == 12 and first["nested"]["list"][1:] == [None, True]
    assert "1980" in str(first["dob"]) and "31" not in str(first["dob"])
    assert first["mrn"] != "A12345" and "123456789" not in out.decode()
    for name in ("Quimby", "Frost", "Jane", "John"):
        assert name not in out.decode()
    assert first["note"].endswith('said "hi"\nand left.')


def test_one_value_of_any_shape(phiwire):
    text = json.dumps({"patients": [LINE, LINE]}, indent=2).encode()
    out = deid(phiwire, text)
    assert b"Quimby" not in out and len(json.loads(out)["patients"]) == 2
    # Lay-out stays: as many lines as before.
    assert out.count(b"\n") == text.count(b"\n")


def test_a_document_in_a_string(phiwire):
    inner = json.dumps({"last_name": "Quimby", "x": [1, 2, 3], "note": "none at all"})
    out = deid(phiwire, json.dumps({"payload": inner}).encode())
    assert json.loads(json.loads(out)["payload"])["last_name"] == "[NAME]"


def test_bad_input_is_refused_without_a_word_of_it(phiwire):
    for text in (
        b'{"name":"Quimby"',
        b'{"name":"Quimby","name":"Quimby"}',
        b'{"name":["Quimby"}',
        b'{"a":NaN,"name":"Quimby"}',
        b'{"name":"Quimby \\ud800"}',
        b"[" * 200 + b'"Quimby"' + b"]" * 200,
    ):
        done = phiwire("deid", "--format", "ndjson", "-", stdin=text)
        assert done.returncode == 1, text[:40]
        assert b"Quimby" not in done.stdout + done.stderr


def test_numbers_keep_their_spelling(phiwire):
    text = b'{"score":1.50,"big":' + b"1" * 3 + b'.000e2,"small":-0.0}'
    assert deid(phiwire, text) == text
