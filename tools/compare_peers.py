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
import json
import math
import re
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from pages import machine, markdown_table, plain_table, short, update
from peer_engines import PEERS, NotAvailable, predict

ROOT = Path(__file__).resolve().parents[1]


@dataclasses.dataclass
class Row:
    """One engine on one gold file; versions alone when it could not run."""

    title: str
    versions: str
    score: dict = dataclasses.field(default_factory=dict)
    mb_per_second: float = 0.0


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


def cells(row, types):
    if not row.score:
        return [row.title, "not available", *[""] * (4 + len(types))]
    s = row.score
    return [
        row.title,
        *(f"{s[name]:.3f}" for name in ("recall", "precision", "f1")),
        str(s["leaks"]),
        *(f"{s['by_type'][t]:.3f}" if t in s["by_type"] else "" for t in types),
        short(row.mb_per_second),
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
