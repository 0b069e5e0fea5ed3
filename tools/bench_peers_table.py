# SPDX-License-Identifier: Apache-2.0
"""bench/peers' results: the table, and the JSON a record takes them from."""

import dataclasses
import datetime
import json
import statistics
import sys
from pathlib import Path

import bench_record
from bench_process import output_of
from pages import machine, markdown_table, plain_table, short

ROOT = Path(__file__).resolve().parents[1]
OURS = "**phiwire**"


@dataclasses.dataclass
class Result:
    """One engine. rates: bytes a CPU second, a round each; ours: phiwire's next
    to them on the same notes."""

    title: str
    versions: str
    reason: str = ""  # why there is nothing else
    notes: int = 0
    rates: list = dataclasses.field(default_factory=list)
    ours: list = dataclasses.field(default_factory=list)
    peak_kb: int = 0
    score: dict = dataclasses.field(default_factory=dict)

    def ratios(self):
        return [ours / theirs for ours, theirs in zip(self.ours, self.rates)]


def spread(values):
    middle, least, most = statistics.median(values), min(values), max(values)
    return f"{short(middle)} ({short(least)}-{short(most)})"


HEADER = [
    "engine", "recall", "precision", "F1", "MB/CPU s", "phiwire is faster by",
    "MiB", "notes",
]  # fmt: skip


def cells(result):
    if not result.rates:
        return [result.title, "not available", *[""] * (len(HEADER) - 2)]
    found = [
        f"{result.score[name]:.3f}" if result.score else ""
        for name in ("recall", "precision", "f1")
    ]
    return [
        result.title,
        *found,
        short(statistics.median(result.rates) / 1e6),
        "" if result.title == OURS else spread(result.ratios()),
        short(result.peak_kb / 1024),
        str(result.notes),
    ]


# Where the notes are those that phiwire's weights were fitted on.
FITTED = (
    "phiwire's weights have seen these notes: what it finds in others is in "
    "[accuracy.md](accuracy.md).\n\n"
)


def commit():
    return bench_record.where_and_what(ROOT, output_of)["commit"]


def caption(results, sizes, rounds):
    parts = [part for r in results for part in r.versions.split(", ") if part]
    today = datetime.date.today().isoformat()
    return (
        f"{len(sizes)} notes of {min(sizes):,} to {max(sizes):,} bytes, "
        f"{sum(sizes) / 1e3:.0f} kB; {rounds} rounds, the median and the least and "
        f"the greatest; one thread; memory at its most. Measured {today} on "
        f"{machine()}, commit {commit()}, Python {sys.version.split()[0]}: "
        f"{', '.join(dict.fromkeys(parts))}."
    )


def render(results, sizes, rounds, markdown, fitted=False):
    table = [HEADER, *map(cells, results)]
    if not markdown:
        table = [[cell.replace("*", "") for cell in row] for row in table]
    draw = markdown_table if markdown else plain_table
    note = FITTED if fitted else ""
    return f"{draw(table)}\n\n{note}{caption(results, sizes, rounds)}\n"


def as_json(results, sizes, rounds):
    return json.dumps(
        {
            "date": datetime.date.today().isoformat(),
            "machine": machine(),
            "commit": commit(),
            "notes": len(sizes),
            "bytes": sum(sizes),
            "rounds": rounds,
            "engines": [
                {**dataclasses.asdict(r), "ratios": r.ratios()} for r in results
            ],
        },
        indent=1,
    )
