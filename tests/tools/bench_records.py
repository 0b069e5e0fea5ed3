# SPDX-License-Identifier: Apache-2.0
"""Small records for the tests of ./dev bench's tools."""

import copy

BYTES = 1_000_000
MACHINE = {
    "notes-2kB/one_literal": 0.05e6,
    "hl7-mix/delimiters": 0.2e6,
    "fhir/simdjson": 0.3e6,
    "ccda/expat": 6e6,
}


def timed(milliseconds, **counters):
    return {"time": milliseconds * 1e6, "spread": 0.01, "bytes": BYTES, **counters}


def record():
    """Notes whose limit is 5 ms a megabyte, of which phiwire takes 10 and 12."""
    measures = {
        "notes-2kB/memcpy": timed(0.05),
        "notes-2kB/hs_scan": timed(2),
        "notes-2kB/tokenise": timed(3),
        "notes-2kB/analyze": timed(10, findings=9000.0, documents=500.0),
        "notes-2kB/deid": timed(12, findings=9000.0, documents=500.0),
        "hl7-mix/deid": timed(2, findings=50.0, documents=1.0),
        "stages/notes-2kB": {
            "time": 1e9,
            "text": 24000.0,
            **dict.fromkeys(("canonical", "embedded", "around"), 1000.0),
            **{"scan": 4000.0, "tokenise": 6000.0, "confirm": 3000.0},
            **{"weigh": 7000.0, "rest": -500.0, "replace": 1500.0},
        },
        "cores/notes-2kB": {"time": 1e9, "one_MBs": 83, "two_MBs": 160, "ratio": 1.93},
        "cores/hl7-mix": {"time": 1e9, "one_MBs": 500, "two_MBs": 950, "ratio": 1.9},
        "latency/2kB": {"time": 1e9, "p50_us": 24, "p99_us": 40, "machine_p99_us": 31},
        "start/cached": {"time": 30e6, "spread": 0, "peak_rss": 80_000_000},
        "start/cold": {"time": 800e6, "spread": 0, "peak_rss": 90_000_000},
    }
    for step, taken in (
        ("scan", 0),
        ("pipeline", 0),
        ("analyze", 4000),
        ("deid", 9000),
    ):
        measures[f"allocations/notes-2kB/{step}"] = {
            "time": 1,
            "bytes_per_document": float(taken),
            "calls_per_document": taken / 1000,
        }
    for text, times in {"prose": (1, 10, 100), "dots": (0.5, 6, 78)}.items():
        for size, took in zip(("20kB", "200kB", "2MB"), times, strict=True):
            measures[f"growth/{text}/{size}"] = timed(took, findings=0.0)
    for name, took in MACHINE.items():
        measures[name] = {"time": took, "spread": 0.0, "bytes": BYTES}
    return {
        "schema": 2,
        "date": "2026-01-02T03:04:05+00:00",
        "cpu": "Test CPU",
        "cores": 2,
        "commit": "0123456789",
        "compiler": "c++ 12",
        "flags": "Release -O3",
        "measures": measures,
    }


def scaled(base, factor, names=None):
    """The record with the times of `names` (all, if not said) times a factor."""
    made = copy.deepcopy(base)
    for name, measure in made["measures"].items():
        if names is None or name in names:
            for key in ("time", "p50_us", "p99_us", "p999_us"):
                if key in measure:
                    measure[key] *= factor
    return made
