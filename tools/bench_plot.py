# SPDX-License-Identifier: Apache-2.0
"""Bars of a record of ./dev bench, as SVG: small, dark on white, a <title> each
so that a reader who can't see them is told the same."""

from xml.sax.saxutils import escape

import bench_record as br
import bench_table

WIDTH, LABEL, VALUE = 640, 190, 90  # pixels; bars lie between
ROW, BAR, TOP = 22, 14, 44
LIMIT, OWN, STAGE = "#9aa5b1", "#1f6feb", "#3c8d5a"
STYLE = "font-family='sans-serif' font-size='12' fill='#1b1f24'"


def bars(title, unit, rows):
    """rows: [(label, value, colour)]; the longest bar is the largest value."""
    top = max(value for _, value, _ in rows)
    height = TOP + ROW * len(rows) + 8
    out = [
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{WIDTH}' height='{height}'"
        f" viewBox='0 0 {WIDTH} {height}' role='img' {STYLE}>",
        f"<title>{escape(describe(title, unit, rows))}</title>",
        f"<rect width='{WIDTH}' height='{height}' fill='#ffffff'/>",
        f"<text x='8' y='24' font-size='14' font-weight='bold'>{escape(title)}"
        f"<tspan font-weight='normal'> ({escape(unit)})</tspan></text>",
    ]
    for i, (label, value, colour) in enumerate(rows):
        y = TOP + ROW * i
        length = max(1.0, (WIDTH - LABEL - VALUE) * value / top)
        end, line, shown = LABEL + length + 6, y + BAR - 3, bench_table.number(value)
        out += [
            f"<text x='{LABEL - 8}' y='{line}' text-anchor='end'>"
            f"{escape(label)}</text>",
            f"<rect x='{LABEL}' y='{y}' width='{length:.1f}' height='{BAR}'"
            f" fill='{colour}'/>",
            f"<text x='{end:.1f}' y='{line}'>{shown}</text>",
        ]
    return "\n".join([*out, "</svg>"]) + "\n"


def describe(title, unit, rows):
    values = ", ".join(f"{label} {bench_table.number(v)}" for label, v, _ in rows)
    return f"{title}, {unit}: {values}"


def limits(record):
    """Notes of 2 kB: what the limits reach, and phiwire."""
    rows = []
    for what, label in (
        ("hs_scan", "hs_scan, own patterns"),
        ("tokenise", "tokenise, look up"),
    ):
        rows.append((label, br.rate(record, f"{br.MAIN}/{what}"), LIMIT))
    bound = br.limit(record, br.MAIN)
    took = br.time_of(record, f"{br.MAIN}/deid")
    if bound and took:
        deid = br.rate(record, f"{br.MAIN}/deid")
        rows.append(("the limit: both", deid * took / bound, LIMIT))
    for what in ("analyze", "deid"):
        rows.append((f"phiwire {what}", br.rate(record, f"{br.MAIN}/{what}"), OWN))
    rows = [(label, rate / 1e6, colour) for label, rate, colour in rows if rate]
    return bars("Notes of 2 kB, 10 % PHI, one core", "MB/s", rows) if rows else None


def scenarios(record):
    rows = []
    for name in br.scenarios(record):
        if rate := br.rate(record, f"{name}/deid"):
            rows.append((name, rate / 1e6, OWN))
    return bars("phiwire deid, one core", "MB/s", rows) if rows else None


def stages(record):
    measure = record["measures"].get(f"stages/{br.MAIN}", {})
    if not measure.get("text"):
        return None
    rows = [
        (s, max(0.0, 100 * measure[s] / measure["text"]), STAGE)
        for s in bench_table.STAGES
    ]
    return bars("Where the time of a 2 kB note goes", "%", rows)


CHARTS = {"limits": limits, "scenarios": scenarios, "stages": stages}


def draw(record, folder):
    """Writes performance-*.svg; the names of those that could be drawn."""
    drawn = []
    for name, make in CHARTS.items():
        if svg := make(record):
            (folder / f"performance-{name}.svg").write_text(svg, "utf-8")
            drawn.append(f"performance-{name}.svg")
    return drawn
