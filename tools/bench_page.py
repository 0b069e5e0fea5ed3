# SPDX-License-Identifier: Apache-2.0
"""The part of docs/performance.md that ./dev bench writes: must, aim, reached."""

import statistics

import bench_disk
import bench_plot
import bench_record as br
import bench_table
from pages import markdown_table
from pages import update as update_page

WORST = 12  # lines of the table of growth


def at_least(value, must, aim, form="{:.2f}"):
    return verdict(value, value is not None and value >= must,
                   value is not None and value >= aim, form)  # fmt: skip


def at_most(value, must, aim, form="{:.1f}"):
    return verdict(value, value is not None and value <= must,
                   value is not None and value <= aim, form)  # fmt: skip


def verdict(value, must, aim, form):
    if value is None:
        return "not measured", ""
    return form.format(value), "aim" if aim else "must" if must else "no"


def counter(record, name, key, scale=1.0):
    value = record["measures"].get(name, {}).get(key)
    return None if value is None else value / scale


def rate(record, name, scale):
    value = br.rate(record, name)
    return None if value is None else value / scale


def milliseconds(record, name):
    return counter(record, name, "time", 1e6)


def disk(record, what, key, scale):
    """Of the runs with two jobs."""
    for run in record.get("disk", {}).get("runs", ()):
        if run["what"] == what and run["jobs"] == 2:
            return run[key] / scale
    return None


def memory_growth(record):
    """How much more memory a run had at its peak than at a quarter of its time."""
    runs = record.get("disk", {}).get("runs", ())
    found = [r["peak_rss"] / r["quarter_rss"] for r in runs if r.get("quarter_rss")]
    return max(found, default=None)


def beside_peer(record, title):
    """Times as fast as an engine, the median of bench/peers' rounds."""
    for engine in record.get("peers", {}).get("engines", ()):
        if engine["title"] == title and engine["ratios"]:
            return statistics.median(engine["ratios"])
    return None


def worst_growth(record):
    """(most per ten times, most of prose, lines over a bound, lines)"""
    rows = br.growth(record)
    if not rows:
        return None, None, 0, 0
    over = len(br.over_growth(record))
    return max(r[2] for r in rows), max(r[3] for r in rows), over, len(rows)


def figures(record):
    """[what, must, aim, reached, met]: what speed was asked for, and what is."""
    kinds = ("notes", "log", "ndjson")
    sizes = record.get("disk", {}).get("size", 0)
    size = f"{sizes / 1e9:.3g} GB" if sizes else "1 GB"
    per_ten, of_prose, over, count = worst_growth(record)
    lengths = br.growth_sizes(record)
    upto = f", {lengths[0]} to {lengths[-1]}" if lengths else ""
    resident = [disk(record, k, "peak_rss", 1e6) for k in kinds]
    rows = [
        ("notes of 2 kB, 10 % PHI, one core: share of the limit", "≥ 0.4", "≥ 0.7",
         *at_least(br.share(record, br.MAIN, "deid"), 0.4, 0.7)),
        ("the same, MB/s", "≥ 120", "≥ 400",
         *at_least(rate(record, f"{br.MAIN}/deid", 1e6), 120, 400, "{:.0f}")),
        ("the compiled database alone, `hs_scan`, GB/s", "≥ 0.8", "≥ 1.5",
         *at_least(rate(record, f"{br.MAIN}/hs_scan", 1e9), 0.8, 1.5)),
        ("tokenise and look up alone, GB/s", "≥ 0.5", "≥ 1.2",
         *at_least(rate(record, f"{br.MAIN}/tokenise", 1e9), 0.5, 1.2)),
        ("HL7, nine ADT to one ORU, 15 % free text, one core, MB/s", "≥ 400", "",
         *at_least(rate(record, "hl7-mix/deid", 1e6), 400, 400, "{:.0f}")),
        ("the same on two cores, Gbit/s", "", "≥ 10",
         *at_least(counter(record, "cores/hl7-mix", "two_MBs", 125), 10, 10)),
        ("Presidio md through Python, same notes, times as fast", "≥ 4,000", "≥ 15,000",
         *at_least(beside_peer(record, "Presidio, en_core_web_md"), 4000, 15000,
                   "{:.0f}")),
        ("phi-scrub, same notes, times as fast", "≥ 1", "≥ 3",
         *at_least(beside_peer(record, "phi-scrub"), 1, 3)),
        ("two cores / one core", "≥ 1.85", "≥ 1.95",
         *at_least(counter(record, f"cores/{br.MAIN}", "ratio"), 1.85, 1.95)),
        *((f"`phiwire deid`, {size} of {k}, two jobs, disk to disk, MB/s",
           "≥ 200", "≥ 600",
           *at_least(disk(record, k, "MBs", 1), 200, 600, "{:.0f}")) for k in kinds),
        ("resident memory of these, MB, most", "≤ 200", "≤ 100",
         *at_most(None if None in resident else max(resident), 200, 100, "{:.0f}")),
        ("the same: peak beside a quarter of the time, most", "flat: ≤ 1.1", "",
         *at_most(memory_growth(record), 1.1, 1.0, "{:.2f}")),
        ("start of the program, cached, ms", "≤ 60", "≤ 20",
         *at_most(milliseconds(record, "start/cached"), 60, 20, "{:.0f}")),
        ("start of the program, cold, ms", "≤ 2,000", "≤ 1,000",
         *at_most(milliseconds(record, "start/cold"), 2000, 1000, "{:.0f}")),
        ("a note of 2 kB, p99, µs", "≤ 60", "≤ 15",
         *at_most(counter(record, "latency/2kB", "p99_us"), 60, 15, "{:.0f}")),
        (f"growth of {count} texts{upto}: most per ten times the length", "≤ 12",
         "linear",
         *at_most(per_ten, br.MOST_PER_TEN, 10.5)),
        ("the same: most time of prose of that size", "≤ 20", "",
         *at_most(of_prose, br.MOST_OF_PROSE, 20)),
    ]  # fmt: skip
    table = [["what", "must", "aim", "reached", "met"], *map(list, rows)]
    return table, over, count


def block(record, charts):
    table, over, count = figures(record)
    parts = [
        f"Measured {br.heading(record)}; `{record['flags']}`; load average at the "
        f"end {record.get('load', 'unknown')}.",
        markdown_table(table),
    ]
    if over:
        parts.append(f"{over} of the {count} texts are over one of the two bounds.")
    if taken := record.get("disk"):
        parts.append(markdown_table(bench_disk.table(taken["runs"])))
        parts.append(f"Disk to disk: {taken['date'][:10]}, commit {taken['commit']}.")
    for chart in charts:
        name = chart.removeprefix("performance-").removesuffix(".svg")
        parts.append(f"![Bars: {name}, as in the tables below]({chart})")
    tables = {
        "Rates, MB/s on one core": bench_table.throughput,
        "Shares of the stages": bench_table.stages,
        "Two cores": bench_table.cores,
        "Latency": bench_table.latency,
        "Start": bench_table.start_up,
        "Memory": bench_table.memory,
        "Allocations": bench_table.allocations,
        "Growth": lambda r: bench_table.growth(r, WORST),
    }
    for title, make in tables.items():
        rows = make(record)
        if len(rows) > 1:
            parts += [f"### {title}", markdown_table(rows)]
    return "\n\n".join(parts) + "\n"


def update(page, record):
    """Draws the bars beside the page and puts the figures into it."""
    charts = bench_plot.draw(record, page.parent)
    update_page(page, "bench", block(record, charts))
