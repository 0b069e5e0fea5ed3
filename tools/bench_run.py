#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""./dev bench: runs the benchmarks and makes one record of them.

    tools/bench_run.py --build BUILD [--record] [--against RECORD]
        [--update-counts] [--update PAGE] [--from RECORD] [--long]
        [--benchmark_... FLAGS]

Each scenario is a process of its own in which limits and phiwire alternate in
random order. Prints the tables; the record and the same tables as Markdown go
to BUILD/bench/last.json and last.md. With flags of Google Benchmark's (a
filter) only phiwire_bench is run, on what they ask for. With --from nothing is
measured: --against then compares two records, and the exit code is 1 when
something got slower or is missing, and 0 otherwise.
"""

import argparse
import datetime
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import bench_against
import bench_counts
import bench_page
import bench_record
import bench_start
import bench_table
from bench_process import output_of

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "bench" / "record"
FINDINGS = ROOT / "bench" / "findings.tsv"
# A group is a process: name, the benchmarks' names, repetitions, least seconds.
REPETITIONS, LEAST = 5, 0.05
GROUPS = (
    ("stages", "^stages/", 2, 0.05),
    ("cores", "^cores/", 2, 0.05),
    ("latency", "^latency/", 3, 0.05),
    ("library's start", "^create/", 3, 0.2),
    ("anonymizers", "^Anonymize", 3, 0.02),
)
GROWTH = ("growth", "^growth/", 3, 0.05)
LONG = ("growth at 20 MB", "^growth/.*/20MB/", 1, 0.05)


def build_of(build):
    """Compiler and flags, as CMake has them."""
    cache = {}
    for line in (build / "CMakeCache.txt").read_text("utf-8").splitlines():
        if match := re.match(r"(\w+):\w+=(.*)", line):
            cache[match[1]] = match[2]
    version = output_of([cache["CMAKE_CXX_COMPILER"], "--version"]).splitlines()
    kind = cache.get("CMAKE_BUILD_TYPE", "")
    flags = [
        cache.get("CMAKE_CXX_FLAGS", ""),
        cache.get(f"CMAKE_CXX_FLAGS_{kind.upper()}", ""),
    ]
    return {
        "compiler": version[0] if version else "unknown",
        "flags": " ".join(filter(None, [kind, *flags])),
    }


def run_program(command):
    """Measures of one program of Google Benchmark's."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "result.json"
        done = subprocess.run(
            [*command, f"--benchmark_out={out}", "--benchmark_out_format=json"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        # Nothing matched the filter: no output, and no error either.
        text = out.read_text("utf-8") if out.exists() else ""
        if done.returncode or not text:
            raise SystemExit(f"{Path(command[0]).name}: {done.stderr.strip()[-500:]}")
        return bench_record.measures_of(json.loads(text))


def names_of(program):
    listed = output_of([str(program), "--benchmark_list_tests"]).split()
    return list(map(bench_record.short_name, listed))


def groups_of(names):
    """The scenarios' groups, then the others."""
    found = [n.split("/")[0] for n in names if n.endswith("/memcpy")]
    return [(n, f"^{n}/", REPETITIONS, LEAST) for n in found] + [*GROUPS, GROWTH]


def ungrouped(names):
    """Names that no group would measure, or two would."""
    groups = groups_of(names)
    return [n for n in names if sum(bool(re.search(g[1], n)) for g in groups) != 1]


def run_group(build, group, flags=()):
    _, expression, repetitions, least = group
    return run_program(
        [
            str(build / "bench" / "phiwire_bench"),
            *flags,
            f"--benchmark_filter={expression}",
            f"--benchmark_repetitions={repetitions}",
            f"--benchmark_min_time={least}",
            "--benchmark_enable_random_interleaving=true",
        ]
    )


def growth_of(build, long):
    """Texts over a bound are measured twice: a long one is timed three times in
    all, at 20 MB once, and other work on the machine only ever adds."""
    flags = ["--long"] if long else []
    measures = run_group(build, GROWTH)
    if long:
        measures |= run_group(build, LONG, flags)
    if over := bench_record.over_growth({"measures": measures}):
        name, _, repetitions, least = GROWTH
        again = (name, f"^growth/({'|'.join(over)})/", 3 * repetitions, least)
        take_better(measures, run_group(build, again, flags))
    return measures


def start_of(build):
    corpus = build / "bench" / "phiwire_bench_corpus"
    return bench_start.measures(build / "phiwire", corpus)


def measure(build, long):
    names = names_of(build / "bench" / "phiwire_bench")
    if strays := ungrouped(names):
        raise SystemExit(f"in no group of bench_run.py, or in two: {strays[0]}")
    steps = [
        (group[0], lambda g=group: run_group(build, g))
        for group in groups_of(names)
        if group != GROWTH
    ]
    steps.append((GROWTH[0], lambda: growth_of(build, long)))
    counting = build / "bench" / "phiwire_bench_allocations"
    if counting.exists():
        steps.append(("allocations", lambda: run_program([str(counting)])))
    steps.append(("program's start", lambda: start_of(build)))
    measures = {}
    for number, (name, step) in enumerate(steps, 1):
        begin = time.monotonic()
        print(f"[{number}/{len(steps)}] {name} ", end="", file=sys.stderr, flush=True)
        measures |= step()
        print(f"{time.monotonic() - begin:.0f} s", file=sys.stderr)
    # They ran in random order.
    order = {name: i for i, name in enumerate(names)}
    return dict(sorted(measures.items(), key=lambda m: order.get(m[0], len(order))))


def measure_again(build, measures, slow):
    """The groups of what seems slower once more; the better of both counts, and
    so does an error of either."""
    for group in groups_of(list(measures)):
        if any(re.search(group[1], name) for name, _ in slow):
            print(f"again: {group[0]}", file=sys.stderr)
            take_better(measures, run_group(build, group))
    if any(name.startswith(("start/", "memory/")) for name, _ in slow):
        print("again: program's start", file=sys.stderr)
        take_better(measures, start_of(build))


def take_better(measures, again):
    for name, made in again.items():
        was = measures.get(name, {})
        if "error" in was:
            continue
        if "error" in made or made["time"] < was.get("time", 0):
            measures[name] = made


def new_record(build, measures):
    now = datetime.datetime.now(datetime.UTC)
    record = {
        "schema": bench_record.SCHEMA,
        "date": now.isoformat(timespec="seconds"),
        **bench_record.where_and_what(ROOT, output_of),
        **build_of(build),
        "measures": measures,
    }
    # What bench_disk.py and bench/peers --json measured last; they take minutes.
    for part in ("disk", "peers"):
        file = build / "bench" / f"{part}.json"
        if file.exists():
            record[part] = json.loads(file.read_text("utf-8"))
    return record


def dump(record):
    """JSON with a measure a line."""
    rows = (
        f"  {json.dumps(k)}: {json.dumps(rounded(m))}"
        for k, m in record["measures"].items()
    )
    head = {k: v for k, v in record.items() if k != "measures"}
    front = json.dumps(head, indent=1)[:-2]
    return f'{front},\n "measures": {{\n' + ",\n".join(rows) + "\n }\n}\n"


def rounded(measure):
    return {
        k: float(f"{v:.5g}") if isinstance(v, float) else v for k, v in measure.items()
    }


def keep(record):
    cpu = re.sub(r"[^a-z0-9]+", "-", record["cpu"].lower()).strip("-")
    stem, number = f"{record['date'][:10]}-{cpu}", 1
    while (
        file := FOLDER / f"{stem}{f'-{number}' if number > 1 else ''}.json"
    ).exists():
        number += 1
    file.write_text(dump(record), "utf-8")
    print(f"recorded in {file.relative_to(ROOT)}")


def failures(measures):
    return [f"{n}: {m['error']}" for n, m in measures.items() if "error" in m]


def made(args, flags, against):
    """A new record; what seems slower than `against` is measured twice."""
    if flags:
        program = str(args.build / "bench" / "phiwire_bench")
        long = ["--long"] if args.long else []
        measures = run_program([program, *long, *flags])
    else:
        measures = measure(args.build, args.long)
    record = new_record(args.build, measures)
    if against and not flags:
        measure_again(args.build, measures, bench_against.slower(against, record))
    if args.update_counts:
        bench_counts.write(FINDINGS, measures)
    else:
        bench_counts.check(FINDINGS, measures)
    return json.loads(dump(record))  # what is told is what the file has


MORE = """\
Flags that begin with --benchmark_ are Google Benchmark's and are passed on, as in
--benchmark_filter=^notes-2kB/ --benchmark_repetitions=3; only what they ask for
is measured then, and no record is kept. From disk to disk: ./dev bench --disk
(first of the arguments; --disk --help has its own).
"""


def arguments():
    parser = argparse.ArgumentParser(
        prog="./dev bench", description=__doc__.split("\n\n")[0], epilog=MORE
    )
    parser.add_argument("--build", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument(
        "--record", action="store_true", help="keep the record in bench/record/"
    )
    parser.add_argument(
        "--against", type=Path, metavar="RECORD",
        help="say what got slower by more than a tenth, or is missing; exit 1 then",
    )  # fmt: skip
    parser.add_argument(
        "--update-counts", action="store_true",
        help="take the numbers of findings over into bench/findings.tsv",
    )  # fmt: skip
    parser.add_argument(
        "--update", type=Path, metavar="PAGE",
        help="put the figures into the page (docs/performance.md), draw its bars",
    )  # fmt: skip
    parser.add_argument(
        "--from", type=Path, metavar="RECORD", dest="from_record",
        help="measure nothing, use this record",
    )  # fmt: skip
    parser.add_argument("--long", action="store_true", help="growth up to 20 MB")
    args, flags = parser.parse_known_args()
    if strange := [f for f in flags if not f.startswith("--benchmark_")]:
        parser.error(f"no such argument: {strange[0]}")
    if args.from_record and (flags or args.long or args.update_counts):
        parser.error("--from measures nothing: what is to be measured can't be said")
    return args, flags


def keep_last(build, record):
    (build / "bench" / "last.json").write_text(dump(record), "utf-8")
    (build / "bench" / "last.md").write_text(bench_table.markdown(record), "utf-8")


def main():
    args, flags = arguments()
    against = bench_record.load(args.against) if args.against else None
    if args.from_record:
        record = bench_record.load(args.from_record)
    else:
        record = made(args, flags, against)
        keep_last(args.build, record)
    if not (args.from_record and against):
        print(bench_table.text(record))
    failed = failures(record["measures"])
    for line in failed:
        print(line, file=sys.stderr)
    worse = False
    if against:
        lines, worse = bench_against.report(against, record, whole=not flags)
        print("\n".join([f"Against {args.against.name}:", *lines]))
    if args.record and not failed and not flags:
        keep(record)
    if args.update and not failed:
        bench_page.update(args.update, record)
    if args.from_record and not (args.record or args.update):
        failed = []  # of a run that is over
    return 1 if failed or worse else 0


if __name__ == "__main__":
    sys.exit(main())
