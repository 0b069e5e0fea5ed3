# SPDX-License-Identifier: Apache-2.0
"""Records of ./dev bench: what is in them, and what is read out of them.

A record is JSON: "date", "cpu", "cores", "commit", "compiler", "flags" and
"measures", a dict by name of what was measured. Of the repetitions of a
benchmark the best counts: the machine may do other work, which only ever adds.
"time" is CPU nanoseconds of one pass (wall clock where threads, latency or
start-up are measured), "spread" how far the median was above the best.
"""

import itertools
import json
import os

from pages import machine

SCHEMA = 2
UNITS = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}
# What is in every entry of Google Benchmark's, and is no counter.
OWN_KEYS = {
    "name", "run_name", "run_type", "family_index", "per_family_instance_index",
    "repetitions", "repetition_index", "threads", "iterations", "real_time",
    "cpu_time", "time_unit", "label", "bytes_per_second", "items_per_second",
    "error_occurred", "error_message",
}  # fmt: skip
# Work of libraries that phiwire's code has no part in: how fast the machine is.
MACHINE = (
    "notes-2kB/one_literal",
    "hl7-mix/delimiters",
    "fhir/simdjson",
    "ccda/expat",
)
MAIN = "notes-2kB"
GROWTH_SIZES = ("20kB", "200kB", "2MB", "20MB")
MOST_PER_TEN, MOST_OF_PROSE = 12, 20  # times, of growth


def short_name(run_name):
    parts = run_name.split("/")
    return "/".join(
        p for p in parts if p != "real_time" and not p.startswith("iterations:")
    )


def best_of(entries):
    """One measure of the repetitions of a benchmark."""
    wall = entries[0]["run_name"].endswith("/real_time")
    scale = UNITS[entries[0]["time_unit"]]
    times = [e["real_time" if wall else "cpu_time"] * scale for e in entries]
    order = sorted(range(len(times)), key=times.__getitem__)
    best = entries[order[0]]
    measure = {"time": times[order[0]]}
    measure["spread"] = times[order[len(order) // 2]] / measure["time"] - 1
    for key in ("bytes_per_second", "items_per_second"):
        if key in best:
            measure[key] = max(e[key] for e in entries)
    if "bytes_per_second" in best:  # that of the time above
        iteration_seconds = best["cpu_time"] * scale / 1e9
        measure["bytes"] = round(best["bytes_per_second"] * iteration_seconds)
    counters = {k for k in best if k not in OWN_KEYS}
    if "text" in counters:  # stages: the counters of one run belong together
        best = min(entries, key=lambda e: e["text"])
    for key in sorted(counters):
        values = [e[key] for e in entries]
        if "text" in counters:
            measure[key] = best[key]
        elif key.endswith("_us"):
            measure[key] = min(values)
        elif key == "findings" and min(values) != max(values):
            measure["error"] = "findings differ from repetition to repetition"
        else:
            measure[key] = max(values)
    if "two_MBs" in measure:  # a ratio of one repetition may be of a slow one core
        measure["ratio"] = measure["two_MBs"] / measure["one_MBs"]
    return measure


def measures_of(document):
    """Measures of Google Benchmark's JSON, by name."""
    entries, measures = {}, {}
    for entry in document["benchmarks"]:
        if entry.get("run_type", "iteration") != "iteration":
            continue
        if entry.get("error_occurred"):
            measures[short_name(entry["run_name"])] = {"error": entry["error_message"]}
        else:
            entries.setdefault(short_name(entry["run_name"]), []).append(entry)
    for name, repetitions in entries.items():
        measures.setdefault(name, best_of(repetitions))
    return measures


def load(path):
    record = json.loads(path.read_text("utf-8"))
    if record.get("schema") != SCHEMA:
        raise SystemExit(f"{path.name} is no record of this program")
    return record


def rate(record, name):
    """Bytes a second, or nothing."""
    measure = record["measures"].get(name, {})
    if "bytes" not in measure or "error" in measure:
        return None
    return measure["bytes"] * 1e9 / measure["time"]


def time_of(record, name):
    return record["measures"].get(name, {}).get("time")


def limit(record, scenario):
    """Time of hs_scan of phiwire's own patterns and of the tokeniser."""
    parts = [time_of(record, f"{scenario}/{p}") for p in ("hs_scan", "tokenise")]
    return None if None in parts else sum(parts)


def share(record, scenario, what):
    """What part of phiwire's time the limit is."""
    bound, took = limit(record, scenario), time_of(record, f"{scenario}/{what}")
    return bound / took if bound and took else None


def scenarios(record):
    """Names, in order."""
    names = [n.split("/")[0] for n in record["measures"] if n.endswith("/memcpy")]
    return list(dict.fromkeys(names))


def growth(record, of_sizes=GROWTH_SIZES):
    """[(name, time a size, times it took per ten times as much, times of prose)],
    the slowest beside prose first."""
    times = {}
    for name, measure in record["measures"].items():
        if name.startswith("growth/") and "time" in measure:
            _, text, size = name.split("/")
            if size not in of_sizes:
                continue
            times.setdefault(text, {})[size] = measure["time"]
    prose = times.get("prose", {})
    rows = []
    for text, by_size in times.items():
        sizes = [s for s in GROWTH_SIZES if s in by_size]
        per_ten = [by_size[b] / by_size[a] for a, b in itertools.pairwise(sizes)]
        of_prose = [by_size[s] / prose[s] for s in sizes if s in prose]
        if per_ten and of_prose:
            rows.append((text, by_size, max(per_ten), max(of_prose)))
    return sorted(rows, key=lambda row: -row[3])


def growth_sizes(record):
    """Those of GROWTH_SIZES that any text was measured at."""
    measured = {name.split("/")[-1] for name in record["measures"]}
    return [size for size in GROWTH_SIZES if size in measured]


def over_growth(record):
    """Names of the texts of growth that are over one of the two bounds."""
    return [
        text
        for text, _, per_ten, of_prose in growth(record)
        if per_ten > MOST_PER_TEN or of_prose > MOST_OF_PROSE
    ]


def heading(record):
    when = f"{record['date'][:10]}, {record['cpu']}, {record['cores']} cores"
    return f"{when}; {record['compiler']}; commit {record['commit']}"


def where_and_what(root, run):
    """What a record says of machine and build; `run` runs a command."""
    commit = run(["git", "-C", str(root), "rev-parse", "--short=10", "HEAD"])
    changed = run(["git", "-C", str(root), "status", "--porcelain", "-uno"])
    cpu, cores = machine().rsplit(", ", 1)
    return {
        "cpu": cpu,
        "cores": int(cores.split()[0]),
        "load": round(os.getloadavg()[0], 1),  # 1 and a little is this run's own
        "commit": (commit or "unknown") + (", changed" if changed else ""),
    }
