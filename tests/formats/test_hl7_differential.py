# SPDX-License-Identifier: Apache-2.0
"""The HL7 v2 reader cuts messages as python-hl7 and hl7apy do.

Messages: tests/formats/hl7v2/cases and, beside the checkout, the samples. A
field of ours must be a leaf of theirs, at the same place and with the same
bytes, in the same order. Messages they can't parse, or only by other rules
(defaults for missing delimiters), are left to the C++ tests.
"""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DUMP = Path(os.environ.get("PHIWIRE_BUILD_DIR", ROOT / "build")) / "tests" / "hl7_dump"
CASES = sorted((ROOT / "tests/formats/hl7v2/cases").glob("*.case"))
SAMPLES = ROOT / "../shared/samples/hl7/messages.jsonl"
TAGS = {
    "CR": "\r",
    "LF": "\n",
    "VT": "\v",
    "FS": "\x1c",
    "ESC": "\x1b",
    "BOM": "\ufeff",
}

pytestmark = pytest.mark.skipif(not DUMP.exists(), reason="hl7_dump is not built")


def read_case(path):
    body = path.read_text().split("--- message\n")[1].split("--- expect")[0]
    body = body.replace("\n", "")
    body = re.sub(r"<(CR|LF|VT|FS|ESC|BOM)>", lambda m: TAGS[m[1]], body)
    return re.sub(r"<x(..)>", lambda m: chr(int(m[1], 16)), body)


def messages():
    found = [(p.stem, read_case(p)) for p in CASES]
    if SAMPLES.exists():
        # A quarter of them: each takes a process and two slow parsers.
        for line in SAMPLES.read_text().splitlines()[::4]:
            sample = json.loads(line)
            found.append((sample["id"], sample["text"]))
    return found


def dump(text):
    data = text.encode()
    out = subprocess.run([DUMP], input=data, capture_output=True, check=True)
    rows = [json.loads(line) for line in out.stdout.decode().splitlines()]
    return data, rows


def our_leaves(data, rows):
    """(segment, field, component, subcomponent, raw) in order."""
    leaves = []
    for row in rows:
        segment, place = row["path"].split("-")
        numbers = [int(n) for n in place.split(".")] + [1]
        raw = data[row["begin"] : row["end"]].decode("utf-8", "replace")
        leaves.append((segment, *numbers[:3], raw))
    return leaves


def comparable(text):
    """One plain message that declares its four delimiters."""
    if "\x1b" in text:
        return None  # bytes of another set that look like delimiters
    if text.count("MSH") != 1 or not re.match(r"MSH(.)[^\s\w]{4}\1", text):
        return None
    unix = text.replace("\r\n", "\n")
    if "\n" in unix.strip("\n") and "\r" in unix:
        return None  # a raw line end inside a field
    text = text.replace("\r\n", "\r").replace("\n", "\r")
    return re.sub("\r+", "\r", text)


def their_leaves(hl7, text):
    leaves = []
    for segment in hl7.parse(text):
        name = str(segment[0])
        first = 3 if name in ("MSH", "FHS", "BHS") else 1
        for number in range(first, len(segment)):
            for repetition in segment[number]:
                components = [repetition] if isinstance(repetition, str) else repetition
                for c, component in enumerate(components, 1):
                    subs = [component] if isinstance(component, str) else component
                    for s, sub in enumerate(subs, 1):
                        leaves.append((name, number, c, s, str(sub)))
    return leaves


def test_every_field_is_a_leaf_of_python_hl7():
    hl7 = pytest.importorskip("hl7")
    compared = 0
    for name, text in messages():
        text = comparable(text)
        if text is None:
            continue
        data, rows = dump(text)
        if not rows or any("error" in row for row in rows):
            continue
        theirs = iter(their_leaves(hl7, text))
        for leaf in our_leaves(data, rows):
            assert leaf in theirs, (name, leaf[:4])
        compared += 1
    assert compared >= 15
    if SAMPLES.exists():
        assert compared >= 300


def hl7apy_fields(parse_message, text):
    """{(segment, field): [repetitions as written]}; None when it can't parse."""
    try:
        message = parse_message(text, find_groups=False)
        found = {}
        for segment in message.children:
            for field in segment.children:
                key = (segment.name, int(field.name.rsplit("_", 1)[1]))
                found.setdefault(key, []).append(field.to_er7())
        return found
    except Exception:  # hl7apy raises many kinds
        return None


def same(ours, theirs):
    """hl7apy trims blanks and writes numbers its own way."""
    if ours.strip() == theirs.strip():
        return True
    try:
        return float(ours) == float(theirs)
    except ValueError:
        return False


def test_every_field_is_a_leaf_of_hl7apy():
    parser = pytest.importorskip("hl7apy.parser")
    compared = 0
    for name, text in messages():
        text = comparable(text)
        # hl7apy rewrites what it reads unless it stays with the standard.
        if text is None or not text.startswith("MSH|^~\\&|") or "\\" in text[9:]:
            continue
        data, rows = dump(text)
        if not rows or any("error" in row for row in rows):
            continue
        theirs = hl7apy_fields(parser.parse_message, text)
        if theirs is None:
            continue
        for segment, field, _, _, raw in our_leaves(data, rows):
            # It drops some segments, and moves components of withdrawn types.
            values = theirs.get((segment, field))
            if values is not None:
                leaves = re.split(r"[\^&]", "^".join(values))
                assert any(same(raw, leaf) for leaf in leaves), (name, segment, field)
        compared += 1
    assert compared >= 5
    if SAMPLES.exists():
        assert compared >= 250
