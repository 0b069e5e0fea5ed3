# SPDX-License-Identifier: Apache-2.0
"""tools/compare_peers.py: scores, its cache, and peers that are not there.

No peer is installed here: the ones below are made up.
"""

import json
import math
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tools" / "peers")]

import compare_peers  # noqa: E402
import pages  # noqa: E402
import peer_engines  # noqa: E402
import run_phi_scrub  # noqa: E402
import runner  # noqa: E402

PHIWIRE = os.environ.get("PHIWIRE_CLI", str(ROOT / "build/release/phiwire"))
REPORT = """\
docs 2 (missing 0)  gold entities 3  gold tokens 4  TP 3 FP 2 FN 1
char  recall 0.9000 (letters/digits only 0.9000)
token recall 0.7500 [0.3006, 0.9544]  precision 0.6000 [0.2307, 0.8824]  F1 0.6667  \
F2 0.7143  FP/1k non-PHI tokens 3.1
entity recall (fully covered) 0.6667 [0.2077, 0.9385] (strict 0.6667)  leaks 1 (0.3333)
FP tokens by predicted type: {'X': 2}
gold type             n    char_R   token_R 95% CI               full  leaks
MY DATE               2    0.9000    0.5000 [0.095, 0.905]     0.5000      1
NAME                  1    1.0000       nan [0.000, 1.000]     1.0000      0
"""
# Finds each "Ana"; the files beside it count its runs.
FAKE = """\
import pathlib, re, sys
sys.path.insert(0, {peers!r})
import runner

def load(options):
    with open({counter!r}, "a") as file:
        file.write("x")
    find = lambda text: [(*m.span(), "NAME", 0.5) for m in re.finditer("Ana", text)]
    return find, "fake 1.0"

runner.run(load)
"""


def gold_file(path, *texts):
    lines = []
    for i, text in enumerate(texts):
        begin = text.index("Ana")
        spans = [{"start": begin, "end": begin + 3, "type": "NAME"}]
        lines.append(json.dumps({"id": i, "text": text, "spans": spans}))
    path.write_text("\n".join(lines) + "\n")
    return path


def counted_peer(tmp_path, monkeypatch, body):
    """A peer that runs with this Python; returns the file that counts runs."""
    counter = tmp_path / "runs"
    script = tmp_path / "run_fake.py"
    peers = str(ROOT / "tools" / "peers")
    script.write_text(body.format(peers=peers, counter=str(counter)))
    (tmp_path / "runner.py").write_text("")
    peer = peer_engines.Peer("Fake", "fake", (), "run_fake.py")
    monkeypatch.setattr(compare_peers, "PEERS", {"fake": peer})
    monkeypatch.setattr(peer_engines, "RUNNERS", tmp_path)
    monkeypatch.setattr(peer_engines, "install", lambda *_: sys.executable)
    return counter


def arguments(tmp_path, gold, *more):
    return compare_peers.parse(
        [str(gold), "--cache", str(tmp_path / "cache"), "--phiwire", PHIWIRE, *more]
    )


def test_reads_the_numbers_of_a_report():
    score = compare_peers.parse_score(REPORT)
    types = score.pop("by_type")
    assert score == {
        "tokens": 4, "tp": 3, "fp": 2, "fn": 1, "recall": 0.75, "low": 0.3006,
        "high": 0.9544, "precision": 0.6, "f1": 0.6667, "leaks": 1,
    }  # fmt: skip
    assert types["MY DATE"] == 0.5
    assert math.isnan(types["NAME"])


def test_refuses_another_report():
    with pytest.raises(SystemExit, match="another report"):
        compare_peers.parse_score("recall 1.0")


def test_scores_a_peer_and_runs_it_once(tmp_path, monkeypatch):
    counter = counted_peer(tmp_path, monkeypatch, FAKE)
    gold = gold_file(tmp_path / "g.jsonl", "\u00e9 Ana came", "Dr. Ana and Ana")
    args = arguments(tmp_path, gold)
    row = compare_peers.run_peer("fake", args, gold)
    assert (row.score["tp"], row.score["fp"], row.score["fn"]) == (2, 1, 0)
    assert row.versions == "fake 1.0"
    assert compare_peers.run_peer("fake", args, gold) == row
    assert counter.read_text() == "x"
    gold_file(gold, "Ana left")
    compare_peers.run_peer("fake", args, gold)
    assert counter.read_text() == "xx"


def test_a_failing_peer_is_not_available_and_tells_no_text(
    tmp_path, monkeypatch, capsys
):
    body = FAKE.replace("re.finditer", "int(text) or re.finditer")
    counted_peer(tmp_path, monkeypatch, body)
    gold = gold_file(tmp_path / "g.jsonl", "Ana Secret")
    row = compare_peers.run_peer("fake", arguments(tmp_path, gold), gold)
    assert row.score == {} and "not available" in row.versions
    assert "not available" in compare_peers.cells(row, ["NAME"])
    error = capsys.readouterr().err
    assert "ValueError at run_fake.py" in error and "Secret" not in error


def test_a_failing_install_is_not_available(tmp_path, monkeypatch):
    peer = peer_engines.Peer("None", "none", (str(tmp_path / "none.whl"),), "x.py")
    with pytest.raises(peer_engines.NotAvailable):
        peer_engines.install(peer, tmp_path)
    assert not (tmp_path / "none" / "installed.json").exists()


def test_updates_only_what_is_between_the_markers(tmp_path):
    page = tmp_path / "page.md"
    begin, end = "<!-- peers: begin -->", "<!-- peers: end -->"
    other = "<!-- other: begin -->\nkept\n<!-- other: end -->\n"
    page.write_text(f"a\n{begin}\nold\n{end}\nb\n{other}")
    pages.update(page, "peers", "new\n")
    want = f"a\n{begin}\nnew\n{end}\nb\n{other}"
    assert page.read_text() == want
    with pytest.raises(SystemExit):
        pages.update(page, "third", "new\n")
    assert page.read_text() == want


def test_only_some_types_count(tmp_path, monkeypatch):
    counted_peer(tmp_path, monkeypatch, FAKE)
    gold = gold_file(tmp_path / "g.jsonl", "Ana and Ana")
    line = json.loads(gold.read_text())
    line["spans"].append({"start": 8, "end": 11, "type": "DATE"})
    gold.write_text(json.dumps(line) + "\n")
    scores = [
        compare_peers.run_peer("fake", arguments(tmp_path, gold, *more), gold).score
        for more in ([], ["--only", "NAME"])
    ]
    assert [(s["tokens"], s["tp"], s["fp"]) for s in scores] == [(2, 2, 0), (1, 1, 0)]
    assert list(scores[1]["by_type"]) == ["NAME"]


def test_only_names_the_columns(tmp_path):
    gold = tmp_path / "g.jsonl"
    assert arguments(tmp_path, gold, "--only", "SSN,PHONE").types == ["SSN", "PHONE"]
    assert arguments(tmp_path, gold).types == ["NAME", "DATE"]


def test_one_table_of_all_sets(tmp_path, monkeypatch):
    counted_peer(tmp_path, monkeypatch, FAKE)
    files = [gold_file(tmp_path / f"{n}.jsonl", "Ana") for n in "gh"]
    args = arguments(tmp_path, files[0], "--together")
    rows = [[compare_peers.run_peer("fake", args, file)] for file in files]
    lines = compare_peers.render(args, list(zip(files, rows)), True).splitlines()
    assert [line.split(" |")[0] for line in lines[:4]] == [
        "| set", "| ---", "| g", "| h",
    ]  # fmt: skip


def test_the_page_has_the_markers_and_each_peer_its_runner():
    page = (ROOT / "docs" / "accuracy.md").read_text()
    for block in ("compare_peers", "presidio_sets", "held_out"):
        assert page.count(f"<!-- {block}: begin -->") == 1
        assert page.count(f"<!-- {block}: end -->") == 1
    for peer in peer_engines.PEERS.values():
        assert (ROOT / "tools" / "peers" / peer.runner).exists()


def test_runs_phiwire_and_prints_its_row(tmp_path):
    gold = gold_file(tmp_path / "g.jsonl", "Seen by Dr. Ana Lopez on 3/4/2024.")
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "compare_peers.py", gold, "--peers", "",
         "--phiwire", PHIWIRE, "--sensitivity", "strict", "--markdown",
         "--speed-mb", "0.01"],
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    rows = [line for line in done.stdout.splitlines() if line.startswith("| **")]
    assert [row.split(" |")[0] for row in rows] == [
        "| **phiwire**",
        "| **phiwire**, strict",
    ]
    assert "### g" in done.stdout and "Ana" not in done.stdout


@pytest.mark.parametrize("text", ["plain", "Zo\u00eb \u2013 p\u00e8re", "\U0001f600x"])
def test_bytes_become_code_points(text):
    at = run_phi_scrub.code_points(text)
    for i in range(len(text) + 1):
        assert at(len(text[:i].encode())) == i


def test_a_runner_counts_text_and_keeps_ids(tmp_path):
    gold = gold_file(tmp_path / "g.jsonl", "\u00e9 Ana")
    load = lambda options: (lambda text: [(2, 5, "N", 1 / 3)], "v")  # noqa: E731
    told = runner.predict(load, gold, tmp_path / "p.jsonl", [])
    assert told["bytes"] == 6 and told["versions"] == "v"
    assert json.loads((tmp_path / "p.jsonl").read_text()) == {
        "id": 0,
        "spans": [{"start": 2, "end": 5, "type": "N", "score": 0.3333}],
    }
