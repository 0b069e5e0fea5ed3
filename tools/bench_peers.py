# SPDX-License-Identifier: Apache-2.0
"""How much faster phiwire is than other engines, and how much better it finds.

    bench/peers [GOLD.jsonl] [--rounds 5] [--notes 60] [--seconds 4]
        [--peers NAMES] [--phiwire PROGRAM] [--json OUT] [--update PAGE.md]

Each engine is a process of its own, with one thread, that reads the same notes
through its Python call (tools/peers/). In every round each of them is timed and,
right after it, phiwire on the same notes, as often over as makes its time
measurable: their ratio is that of neighbours in time, and the table gives the
median of the rounds and the least and the greatest. A slow engine gets the
first few of the notes, as many as it does in --seconds; recall and precision
are of all of them, by `phiwire eval`. Time is CPU time of the process, start not
counted, nor a first round in which all of them warm up; memory the most that was
resident.

Without a gold file it takes the annotated notes of ../shared (their fitting
part, notes of 1.5 to 2.5 kB), made by tools/prepare_corpora.py.
"""

import argparse
import contextlib
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import bench_peers_table
import compare_peers
from bench_peers_table import Result, as_json, render
from pages import update
from peer_engines import ONE_THREAD, PEERS, RUNNERS, NotAvailable, Peer, install, say

ROOT = Path(__file__).resolve().parents[1]
LEAST, MOST = 1500, 2500  # bytes of a note
OURS = Peer(bench_peers_table.OURS, "", (), "run_phiwire.py")
OURS_TEXT = Peer("phiwire, found and replaced", "", (), "run_phiwire.py", ("--text",))
# Those that do the same by other means; datafog in Python and Presidio with
# organizations are in docs/accuracy.md.
DEFAULT = [
    "presidio-md", "presidio", "philter", "presidio-rs", "phileas", "datafog-rust",
    "phi-scrub", "scrubadub",
]  # fmt: skip
CALIBRATION = 2  # notes


class Engine:
    """A runner that stays: ask() times it."""

    def __init__(self, peer, python, gold, environment):
        self.process = subprocess.Popen(
            [python, RUNNERS / "serve.py", Path(peer.runner).stem, gold, *peer.options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True, env={**os.environ, **ONE_THREAD, **environment},
        )  # fmt: skip
        try:
            self.versions = self.answer()["versions"]
        except BaseException:
            self.close()
            raise

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            raise NotAvailable("fails")
        return json.loads(line)

    def ask(self, first, times=1):
        try:
            self.process.stdin.write(json.dumps({"first": first, "times": times}))
            self.process.stdin.write("\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            raise NotAvailable("fails") from None
        return self.answer()

    def close(self):
        self.process.stdin.close()
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


def choose(documents, count):
    """`count` notes of about 2 kB, in an order that has nothing to do with what
    they are but is the same at every run."""
    fitting = [d for d in documents if LEAST <= len(d["text"].encode()) <= MOST]
    if not fitting:
        raise SystemExit(f"bench/peers: no note of {LEAST} to {MOST} bytes")
    key = "{0[id]}".format
    fitting.sort(key=lambda d: hashlib.sha256(key(d).encode()).hexdigest())
    return fitting[:count]


def prepared(build):
    gold = build / "corpora" / "notes_fit.jsonl"
    if not gold.exists():
        say("preparing ../shared's notes")
        script = ROOT / "tools" / "prepare_corpora.py"
        folder = ROOT.parent / "shared"
        if not folder.is_dir():
            raise SystemExit("bench/peers: no ../shared here: name a gold file")
        subprocess.run(
            [sys.executable, script, folder, gold.parent], check=True,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
    return gold


def write_notes(documents, path):
    lines = [json.dumps(document) + "\n" for document in documents]
    path.write_text("".join(lines), "utf-8")


def rounds_of(seconds_of_calibration, seconds, notes):
    """How many of the notes an engine gets, and how often over, a round."""
    a_note = max(1e-9, seconds_of_calibration / CALIBRATION)
    first = min(notes, max(CALIBRATION, int(seconds / a_note)))
    return first, max(1, int(seconds / 4 / (a_note * first)))


def timed(engine, sizes, first, times):
    """Bytes a CPU second, and the answer."""
    answer = engine.ask(first, times)
    done = sum(sizes[:first]) * times
    return done / max(1e-9, answer["cpu_seconds"]), answer


def python_and_environment(peer, args):
    if not peer.environment:
        packages = str(args.phiwire.parent / "python")
        return args.python, {"PYTHONPATH": packages}
    return install(peer, args.cache), {}


def start(peer, args, notes):
    python, environment = python_and_environment(peer, args)
    return Engine(peer, python, notes, environment)


def accuracy(peer, args, notes):
    python, environment = python_and_environment(peer, args)
    out = notes.with_suffix(".predictions")
    result = subprocess.run(
        [python, RUNNERS / peer.runner, notes, out, *peer.options],
        capture_output=True, text=True, env={**os.environ, **ONE_THREAD, **environment},
    )  # fmt: skip
    if result.returncode != 0:
        raise NotAvailable("fails")
    return compare_peers.evaluate(str(args.phiwire), notes, out, args.ignore)


def warm_up(pairs, ours):
    """What is first worked out when it is asked for is there, and memory grown."""
    for _, engine, (first, _) in pairs:
        engine.ask(first)
        ours.ask(first)


def run_round(pairs, ours, sizes, seconds):
    """Each engine once, and phiwire after it on the same notes."""
    for result, engine, (first, times) in pairs:
        rate, answer = timed(engine, sizes, first, times)
        result.notes, result.peak_kb = first, answer["peak_kb"]
        result.rates.append(rate)
        probe = ours.ask(first)["cpu_seconds"]
        often = max(1, int(seconds / 8 / max(1e-9, probe)))
        result.ours.append(timed(ours, sizes, first, often)[0])


def measure(args, notes, sizes):
    """[Result], phiwire's first."""
    with contextlib.ExitStack() as running:

        def started(peer):
            engine = start(peer, args, notes)
            running.callback(engine.close)
            return engine

        return rounds(args, notes, sizes, started)


def rounds(args, notes, sizes, started):
    results, pairs = [], []
    ours = started(OURS)
    for name, peer in [
        ("", OURS),
        ("", OURS_TEXT),
        *((n, PEERS[n]) for n in args.peers),
    ]:
        say(f"{name or peer.title}: recall and precision")
        result = Result(peer.title, "")
        results.append(result)
        try:
            if peer is not OURS_TEXT:
                result.score = accuracy(peer, args, notes)
            engine = started(peer)
            result.versions = engine.versions
            calibration = engine.ask(CALIBRATION)["cpu_seconds"]
        except NotAvailable as reason:
            result.reason = str(reason)
            continue
        pairs.append((result, engine, rounds_of(calibration, args.seconds, len(sizes))))
    say("a round that does not count")
    warm_up(pairs, ours)
    for number in range(args.rounds):
        say(f"round {number + 1} of {args.rounds}")
        run_round(pairs, ours, sizes, args.seconds)
    return results


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="bench/peers",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("gold", nargs="?", type=Path)
    parser.add_argument(
        "--phiwire", type=Path, default=ROOT / "build/release/phiwire",
        help="the program, beside which is python/ with the package",
    )  # fmt: skip
    parser.add_argument(
        "--python", type=Path, default=ROOT / ".venv/bin/python",
        help="the Python that phiwire's package is of",
    )  # fmt: skip
    parser.add_argument("--cache", type=Path, default=ROOT / "build/peers")
    parser.add_argument("--peers", type=compare_peers.comma_list, default=DEFAULT)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--notes", type=int, default=60)
    parser.add_argument("--seconds", type=float, default=4, help="an engine a round")
    parser.add_argument("--ignore", default="YEAR,OPTIONAL")
    parser.add_argument("--json", type=Path, help="file to write")
    parser.add_argument("--update", type=Path, help="Markdown file with the markers")
    parser.add_argument("--markdown", action="store_true")
    args = parser.parse_args(arguments)
    unknown = [name for name in args.peers if name not in PEERS]
    if unknown:
        parser.error(f"no peer {unknown[0]}; there are {', '.join(PEERS)}")
    args.phiwire, args.cache = args.phiwire.resolve(), args.cache.resolve()
    return args


def main(arguments=None):
    args = parse(arguments)
    gold = (args.gold or prepared(ROOT / "build")).resolve()
    args.cache.mkdir(parents=True, exist_ok=True)
    notes = args.cache / "notes.jsonl"
    with open(gold, encoding="utf-8") as file:
        documents = choose([json.loads(x) for x in file if x.strip()], args.notes)
    write_notes(documents, notes)
    sizes = [len(document["text"].encode()) for document in documents]
    results = measure(args, notes, sizes)
    if args.json:
        args.json.write_text(as_json(results, sizes, args.rounds) + "\n", "utf-8")

    def table(markdown):
        return render(results, sizes, args.rounds, markdown, args.gold is None)

    if args.update:
        update(args.update, "peers", table(True))
    print(table(args.markdown), end="")
