# SPDX-License-Identifier: Apache-2.0
"""Tables of a record of ./dev bench."""

import bench_record as br
from pages import markdown_table, plain_table

PARSERS = ("delimiters", "simdjson", "expat")
STAGES = (
    "canonical", "scan", "tokenise", "confirm", "weigh", "embedded", "rest",
    "around", "replace",
)  # fmt: skip


def number(value, digits=3):
    """So many digits that count, without an exponent."""
    if value is None:
        return ""
    if value == 0:
        return "0"
    whole = len(str(int(abs(value)))) if abs(value) >= 1 else 0
    return f"{value:.{max(0, digits - whole)}f}"


def megabytes(record, name):
    value = br.rate(record, name)
    return number(value / 1e6) if value else ""


def throughput(record):
    header = ["MB/s, one core", "memcpy", "one literal", "hs_scan", "tokenise"]
    header += ["parser", "read, write", "analyze", "deid", "share of limit", "findings"]
    rows = [header]
    for name in br.scenarios(record):
        parser = [f"{name}/{p}" for p in PARSERS if f"{name}/{p}" in record["measures"]]
        columns = ["memcpy", "one_literal", "hs_scan", "tokenise"]
        row = [name, *(megabytes(record, f"{name}/{c}") for c in columns)]
        row.append(megabytes(record, parser[0]) if parser else "")
        for column in ("read_and_write", "analyze", "deid"):
            row.append(megabytes(record, f"{name}/{column}"))
        row.append(number(br.share(record, name, "deid"), 2))
        findings = record["measures"].get(f"{name}/deid", {}).get("findings")
        row.append("" if findings is None else f"{findings:.0f}")
        rows.append(row)
    return rows


def stages(record):
    names = [n for n in record["measures"] if n.startswith("stages/")]
    rows = [["% of the time", "ns a byte", *STAGES]]
    for name in names:
        measure = record["measures"][name]
        if "text" not in measure:
            continue
        scenario = name.split("/")[1]
        row = [scenario, number(ns_a_byte(record, scenario, measure["text"]))]
        row += [f"{100 * measure[s] / measure['text']:.1f}" for s in STAGES]
        rows.append(row)
    return rows


def ns_a_byte(record, scenario, a_document):
    deid = record["measures"].get(f"{scenario}/deid", {})
    if "bytes" not in deid:
        return None
    return a_document * deid["documents"] / deid["bytes"]


def latency(record):
    head = ("p50", "p99", "p99.9", "p99 of CPU time", "p99 of arithmetic")
    rows = [["one note, microseconds", *head]]
    for name, m in record["measures"].items():
        if name.startswith("latency/") and "p50_us" in m:
            kinds = ("p50", "p99", "p999", "cpu_p99", "machine_p99")
            cells = [number(m.get(f"{kind}_us")) for kind in kinds]
            rows.append([name.split("/")[1], *cells])
    return rows


def cores(record):
    rows = [["MB/s", "one core", "two", "ratio"]]
    for name, m in record["measures"].items():
        if name.startswith("cores/") and "ratio" in m:
            cells = [number(m[k]) for k in ("one_MBs", "two_MBs", "ratio")]
            rows.append([name.split("/")[1], *cells])
    return rows


def allocations(record):
    steps = ("scan", "pipeline", "analyze", "deid")
    rows = [["bytes (calls) of malloc a document", *steps]]
    for name in br.scenarios(record):
        found = [record["measures"].get(f"allocations/{name}/{s}") for s in steps]
        if all(m and "bytes_per_document" in m for m in found):
            cells = [
                f"{number(m['bytes_per_document'])} ({number(m['calls_per_document'])})"
                for m in found
            ]
            rows.append([name, *cells])
    return rows


def start_up(record):
    rows = [["start", "ms"]]
    texts = {
        "create/compiled": "library, patterns compiled",
        "create/cached": "library, patterns from the cache",
        "start/cold": "`phiwire deid -` of nothing, no cache",
        "start/cached": "the same, cached",
    }
    for name, text in texts.items():
        took = br.time_of(record, name)
        if took:
            rows.append([text, number(took / 1e6)])
    return rows


def memory(record):
    rows = [["resident memory, peak", "MB"]]
    texts = {
        "start/cached": "`phiwire deid -` of nothing",
        "memory/notes": "`phiwire deid` of 8 MB of notes in files of 10 kB",
    }
    for name, text in texts.items():
        peak = record["measures"].get(name, {}).get("peak_rss")
        if peak:
            rows.append([text, number(peak / 1e6)])
    return rows


def growth(record, most=None):
    sizes = br.growth_sizes(record)
    rows = [["slowest beside prose", *(f"{s}, ms" for s in sizes)]]
    rows[0] += ["most per 10 x", "most of prose"]
    for name, times, per_ten, of_prose in br.growth(record)[:most]:
        cells = [number(times[s] / 1e6) if s in times else "" for s in sizes]
        rows.append([name, *cells, f"{per_ten:.1f}", f"{of_prose:.1f}"])
    return rows


def values(record):
    rows = [["anonymizer", "thousand values a second"]]
    for name, m in record["measures"].items():
        if name.startswith("Anonymize") and "items_per_second" in m:
            rows.append([name, number(m["items_per_second"] / 1e3)])
    return rows


def sections(record):
    """Every table that has rows."""
    tables = (throughput, stages, cores, latency, start_up, memory, allocations)
    made = [make(record) for make in (*tables, values)] + [growth(record, 20)]
    return [table for table in made if len(table) > 1]


def text(record):
    return "\n\n".join([br.heading(record), *map(plain_table, sections(record))])


def markdown(record):
    parts = ["# " + br.heading(record), *map(markdown_table, sections(record))]
    return "\n\n".join(parts) + "\n"
