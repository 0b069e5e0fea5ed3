# SPDX-License-Identifier: Apache-2.0
"""tools/list_hidden.py: the kinds of what is hidden, and its rates."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import list_hidden  # noqa: E402

PHIWIRE = os.environ.get("PHIWIRE_CLI", str(ROOT / "build/release/phiwire"))
TABLE = {"green": "eponym", "ani": "anatomy", "houston": "person"}


def kinds(text, found, entity):
    begin = text.index(found)
    finding = {"start": begin, "end": begin + len(found), "type": entity}
    hidden = list_hidden.hidden_in(text, finding, TABLE)
    return [(h.word, h.kind) for h in hidden]


STAND_IN = "stand-in for a name or number"


@pytest.mark.parametrize(
    "text, found, entity, want",
    [
        ("seen by Dr. X today", "X", "NAME", [("X", STAND_IN)]),
        ("seen by Dr. Green", "Green", "NAME", [("Green", "person")]),
        ("the Green index", "Green", "NAME", [("Green", "eponym")]),
        ("with Dr. A. Tandoc", "Tandoc", "NAME", [("Tandoc", "person")]),
        ("true of Levator Ani", "Ani", "NAME", [("Ani", "anatomy")]),
        ("on 31st March, 2016", "31st", "DATE", [("31st", "date")]),
        ("on the 5th day", "5th", "DATE", [("5th", "number")]),
        ("aged 65 to 100", "100", "AGE", [("100", "age from 90")]),
        ("range 87-280", "87-280", "ID", [("87", "number"), ("280", "number")]),
        ("serial 123456", "123456", "DEVICE", [("123456", STAND_IN)]),
        ("by Zed Houston", "Zed Houston", "NAME",
         [("Zed", "person"), ("Houston", "person")]),
        ("of Zedding", "Zedding", "NAME", [("Zedding", "not looked at")]),
        ("at the Zed", "the", "FACILITY", [("the", "other word")]),
    ],
)  # fmt: skip
def test_kind(text, found, entity, want):
    assert kinds(text, found, entity) == want


def test_rates_leave_out_what_the_column_says():
    hidden = [list_hidden.Hidden("w", t, "k", "") for t in ("NAME", "FACILITY", "DATE")]
    row = list_hidden.rates("set", "built-in", [("a b c d", [])], hidden)
    assert row == ["set", "built-in", "4", "250.00", "500.00", "750.00"]


def test_the_table_holds_each_word_once_in_lower_case(tmp_path):
    words = list_hidden.read_kinds(list_hidden.KINDS)
    assert all(word == word.lower() for word in words)
    assert set(list_hidden.CLINICAL) - {"number"} <= set(words.values())
    twice = tmp_path / "kinds.tsv"
    twice.write_text("a\tword\nb\tword\n")
    with pytest.raises(SystemExit, match=r"kinds\.tsv:2"):
        list_hidden.read_kinds(twice)


def test_runs_and_updates_the_page(tmp_path):
    for name in list_hidden.SETS:
        line = {"id": "1", "text": "Seen by Dr. Tandoc. True about Levator muscles."}
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(line) + "\n")
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- list_hidden: begin -->\n<!-- list_hidden: end -->\nb\n")
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "list_hidden.py", tmp_path,
         "--phiwire", PHIWIRE, "--update", page],
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "- person: Tandoc (NAME)" in page.read_text()
    assert "| person | 1 | 1 | 1 |" in page.read_text()
    listed = page.read_text().partition("mtsamples_a, what")[2]
    assert listed and "Tandoc" not in listed


def test_the_page_has_the_markers():
    page = (ROOT / "docs" / "accuracy.md").read_text()
    assert page.count("<!-- list_hidden: begin -->") == 1
    assert page.count("<!-- list_hidden: end -->") == 1
