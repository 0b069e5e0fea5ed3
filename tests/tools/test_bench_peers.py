# SPDX-License-Identifier: Apache-2.0
"""bench/peers: which notes, who runs when, and its table. No peer is installed
here: the ones below are made up."""

import dataclasses
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tools" / "peers")]

import bench_peers  # noqa: E402
import bench_peers_table  # noqa: E402
import pages  # noqa: E402
import peer_engines  # noqa: E402
from bench_peers_table import Result  # noqa: E402

SCORE = {"recall": 0.5, "precision": 0.25, "f1": 1 / 3}
FAKE = """\
import re

def load(options):
    print("noise on standard output")
    if "--broken" in options:
        raise ValueError("not to be shown")
    find = lambda text: [(*m.span(), "NAME", 0.5) for m in re.finditer("Ana", text)]
    return find, "fake 1.0"
"""


def documents(*sizes):
    return [{"id": str(i), "text": "x" * n, "spans": []} for i, n in enumerate(sizes)]


def test_notes_are_of_two_kilobytes_and_the_same_at_every_run():
    many = documents(10, *range(1500, 2501, 50), 9999)
    chosen = bench_peers.choose(many, 8)
    assert len(chosen) == 8
    assert all(1500 <= len(d["text"]) <= 2500 for d in chosen)
    assert chosen == bench_peers.choose(list(reversed(many)), 8)
    assert bench_peers.choose(many, 4) == chosen[:4]
    assert [d["id"] for d in chosen] != sorted((d["id"] for d in chosen), key=int)


def test_bytes_count_not_letters():
    assert bench_peers.choose([{"id": "1", "text": "\u00e9" * 800}], 1)
    with pytest.raises(SystemExit, match="no note of 1500 to 2500 bytes"):
        bench_peers.choose([{"id": "1", "text": "e" * 800}], 1)


@pytest.mark.parametrize(
    ("calibration", "wanted"),
    [
        (1.0, (8, 1)),  # half a second a note: eight of them in four seconds
        (100.0, (2, 1)),  # never fewer than two
        (0.002, (60, 16)),  # all of them, for a second
        (0.0, (60, 16666666)),
    ],
)
def test_slow_engines_get_fewer_notes_and_quick_ones_more_rounds(calibration, wanted):
    assert bench_peers.rounds_of(calibration, 4, 60) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (0.01649, "0.016"),
        (4.449, "4.4"),
        (60, "60"),
        (99.6, "100"),
        (361, "360"),
        (15493, "15,000"),
        (1234567, "1,200,000"),
    ],
)
def test_two_digits_and_no_exponent(value, wanted):
    assert pages.short(value) == wanted


def test_the_spread_is_of_each_rounds_own_ratio():
    result = Result("x", "x 1", rates=[1e6, 2e6, 4e6], ours=[8e6, 8e6, 8e6])
    assert result.ratios() == [8, 4, 2]
    assert bench_peers_table.spread(result.ratios()) == "4 (2-8)"


def rows():
    return [
        Result("**phiwire**", "phiwire 1, b 2", "", 3, [2e6], [2e6], 2048, SCORE),
        Result("other", "other 1, b 2", "", 2, [1e6, 1e6], [5e6, 3e6], 1024, SCORE),
        Result("gone", "", "fails"),
    ]


def test_the_table_has_speed_and_accuracy_side_by_side():
    text = bench_peers_table.render(rows(), [1500, 2000, 2500], 2, True)
    lines = text.splitlines()
    assert lines[2] == "| **phiwire** | 0.500 | 0.250 | 0.333 | 2 |  | 2 | 3 |"
    assert lines[3] == "| other | 0.500 | 0.250 | 0.333 | 1 | 4 (3-5) | 1 | 2 |"
    assert lines[4] == "| gone | not available |  |  |  |  |  |  |"
    assert "3 notes of 1,500 to 2,500 bytes, 6 kB; 2 rounds" in text
    assert text.endswith("phiwire 1, b 2, other 1.\n")
    assert "have seen these notes" not in text


def test_it_says_where_phiwire_knows_the_notes():
    text = bench_peers_table.render(rows(), [1500], 2, False, fitted=True)
    assert "phiwire's weights have seen these notes" in text
    assert "**" not in text


def test_the_page_changes_between_its_markers_only(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- peers: begin -->\nold\n<!-- peers: end -->\nz\n")
    bench_peers.update(page, "peers", bench_peers_table.render(rows(), [1500], 2, True))
    text = page.read_text()
    assert text.startswith("a\n<!-- peers: begin -->\n| engine |")
    assert text.endswith("<!-- peers: end -->\nz\n") and "old" not in text


class Talker:
    """An engine that notes down what it is asked."""

    def __init__(self, name, seconds, log):
        self.name, self.seconds, self.log = name, seconds, log

    def ask(self, first, times=1):
        self.log.append((self.name, first))
        return {"cpu_seconds": self.seconds * first * times, "peak_kb": 7}


def test_phiwire_runs_next_to_each_engine_on_its_notes():
    log = []
    pairs = [
        (Result("slow", ""), Talker("slow", 0.5, log), (2, 1)),
        (Result("quick", ""), Talker("quick", 0.001, log), (4, 10)),
    ]
    ours = Talker("ours", 0.01, log)
    bench_peers.run_round(pairs, ours, [1000] * 4, 4)
    turns = [turn for i, turn in enumerate(log) if i == 0 or log[i - 1] != turn]
    assert turns == [("slow", 2), ("ours", 2), ("quick", 4), ("ours", 4)]
    slow, quick = (pair[0] for pair in pairs)
    assert slow.ratios() == [pytest.approx(50)]
    assert quick.ratios() == [pytest.approx(0.1)]
    assert (slow.notes, quick.notes, slow.peak_kb) == (2, 4, 7)


@pytest.fixture
def fake(tmp_path, monkeypatch):
    """Puts a made-up peer where the runners are: options -> Peer."""
    for name in ("serve.py", "runner.py"):
        shutil.copy(ROOT / "tools" / "peers" / name, tmp_path)
    (tmp_path / "run_fake.py").write_text(FAKE)
    monkeypatch.setattr(bench_peers, "RUNNERS", tmp_path)
    return lambda *options: peer_engines.Peer("fake", "", (), "run_fake.py", options)


def notes_file(path):
    texts = ["Ana met Ana.", "Nobody.", "Ana."]
    lines = [json.dumps({"id": i, "text": t}) + "\n" for i, t in enumerate(texts)]
    path.write_text("".join(lines))
    return path


def test_an_engine_stays_and_answers(fake, tmp_path):
    notes = notes_file(tmp_path / "notes.jsonl")
    engine = bench_peers.Engine(fake(), sys.executable, notes, {})
    try:
        assert engine.versions == "fake 1.0"
        assert engine.ask(1)["found"] == 2
        assert engine.ask(2, 3)["found"] == 6
        answer = engine.ask(3)
        assert answer["found"] == 3 and answer["cpu_seconds"] >= 0
        assert answer["peak_kb"] > 1000
    finally:
        engine.close()


def test_an_engine_that_fails_is_not_available(fake, tmp_path):
    notes = notes_file(tmp_path / "notes.jsonl")
    with pytest.raises(peer_engines.NotAvailable):
        bench_peers.Engine(fake("--broken"), sys.executable, notes, {})


def arguments(tmp_path, *more):
    gold = notes_file(tmp_path / "notes.jsonl")
    python = ["--python", sys.executable, "--rounds", "1"]
    return bench_peers.parse([str(gold), *python, *more])


@pytest.fixture
def engines(fake, monkeypatch):
    """Engines that measure() starts: made up, phiwire's too."""
    made = []

    def start(peer, args, notes):
        if peer.title == "gone":
            raise peer_engines.NotAvailable("fails")
        made.append(bench_peers.Engine(fake(), sys.executable, args.gold, {}))
        return made[-1]

    monkeypatch.setattr(bench_peers, "start", start)
    monkeypatch.setattr(bench_peers, "accuracy", lambda *_: dict(SCORE))
    gone = peer_engines.Peer("gone", "", (), "")
    monkeypatch.setattr(bench_peers, "PEERS", {"fake": fake(), "gone": gone})
    return made


def test_all_are_warm_before_the_first_round_and_ended_after(engines, tmp_path):
    args = arguments(tmp_path, "--peers", "fake,gone", "--seconds", "0.01")
    results = bench_peers.measure(args, args.gold, [12, 7, 4])
    assert [len(r.rates) for r in results] == [1, 1, 1, 0]
    assert results[-1].reason == "fails"
    assert [e.process.poll() is None for e in engines] == [False] * 4


def test_an_error_leaves_no_engine_behind(engines, tmp_path, monkeypatch):
    args = arguments(tmp_path, "--peers", "fake")
    monkeypatch.setattr(bench_peers, "warm_up", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        bench_peers.measure(args, args.gold, [12, 7, 4])
    assert engines and all(e.process.poll() is not None for e in engines)


def test_the_json_holds_every_round():
    data = json.loads(bench_peers_table.as_json(rows(), [1500, 2000], 2))
    assert data["bytes"] == 3500 and data["rounds"] == 2
    assert data["commit"]
    other = data["engines"][1]
    assert other["ratios"] == [5, 3]
    assert {f.name for f in dataclasses.fields(Result)} < set(other)


def test_the_program_starts_and_knows_its_peers():
    program = [sys.executable, ROOT / "bench" / "peers"]
    told = subprocess.run([*program, "--help"], capture_output=True, text=True)
    assert told.returncode == 0 and "--rounds" in told.stdout
    assert set(bench_peers.DEFAULT) <= set(peer_engines.PEERS)
    wrong = subprocess.run([*program, "--peers", "x"], capture_output=True, text=True)
    assert wrong.returncode == 2 and "no peer x" in wrong.stderr
