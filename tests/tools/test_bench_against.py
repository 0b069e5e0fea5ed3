# SPDX-License-Identifier: Apache-2.0
"""tools/bench_against.py: slower by ratios to limits, not by times."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests" / "tools")]

import bench_against  # noqa: E402
from bench_records import record, scaled  # noqa: E402

OWN = ["notes-2kB/hs_scan", "notes-2kB/tokenise"]
ALL_OF_PHIWIRE = ["notes-2kB/analyze", "notes-2kB/deid", "latency/2kB", "start/cached"]


def slow(new, old=None):
    return [name for name, _ in bench_against.slower(old or record(), new)]


def test_the_same_is_not_slower():
    lines, worse = bench_against.report(record(), record())
    assert not worse
    assert "got slower" in lines[0]


@pytest.mark.parametrize("factor", [0.3, 3])
def test_another_machine_is_not_slower(factor):
    assert slow(scaled(record(), factor)) == []


@pytest.mark.parametrize("name", ALL_OF_PHIWIRE)
def test_a_tenth_more_is_slower(name):
    assert slow(scaled(record(), 1.2, [name])) == [name]
    assert slow(scaled(record(), 1.05, [name])) == []


def test_slower_on_a_faster_machine_is_slower():
    new = scaled(scaled(record(), 0.5), 1.3, ["notes-2kB/deid"])
    assert slow(new) == ["notes-2kB/deid"]


def test_a_faster_tokeniser_makes_nothing_else_slower():
    assert slow(scaled(record(), 0.5, OWN)) == []


def test_a_slower_tokeniser_is_slower_itself():
    assert slow(scaled(record(), 1.5, OWN[1:])) == OWN[1:]


def test_what_allocates_where_nothing_did_is_worse():
    new = record()
    new["measures"]["allocations/notes-2kB/scan"]["bytes_per_document"] = 500.0
    assert slow(new) == ["allocations/notes-2kB/scan bytes_per_document"]
    new["measures"]["allocations/notes-2kB/scan"]["bytes_per_document"] = 5.0
    assert slow(new) == []


def test_more_memory_is_worse():
    new = record()
    new["measures"]["start/cached"]["peak_rss"] *= 2
    assert slow(new) == ["start/cached peak_rss"]


def test_a_second_core_that_adds_nothing_is_worse():
    new = record()
    new["measures"]["cores/notes-2kB"]["ratio"] = 1.0
    assert slow(new) == ["cores/notes-2kB ratio"]


def test_a_machine_that_gives_no_second_core_is_not_slower():
    def on_machine(ratio, ours):
        made = record()
        made["measures"]["cores/machine"] = {"time": 1e9 * ratio, "ratio": ratio}
        made["measures"]["cores/notes-2kB"]["ratio"] = ours
        return made

    old = on_machine(1.95, 1.93)
    assert not bench_against.slower(old, on_machine(1.2, 1.25))
    assert bench_against.slower(old, on_machine(1.95, 1.25))


def test_an_anonymizer_that_takes_longer_is_slower():
    old = record()
    old["measures"]["AnonymizeType/hash/1"] = {"time": 2e6, "items_per_second": 1e6}
    new = scaled(old, 1.2, ["AnonymizeType/hash/1"])
    assert slow(new, old) == ["AnonymizeType/hash/1"]
    assert slow(scaled(old, 3), old) == []


def test_growth_is_compared_by_its_own_ratios():
    new = scaled(record(), 1.5, ["growth/dots/2MB"])
    assert set(slow(new)) == {
        "growth/dots beside prose",
        "growth/dots per ten times the length",
    }
    assert slow(scaled(record(), 1.2, ["growth/dots/2MB"])) == []


def test_a_text_that_takes_no_time_is_no_ratio():
    tiny = scaled(
        record(), 1e-4, [f"growth/dots/{s}" for s in ("20kB", "200kB", "2MB")]
    )
    assert slow(scaled(tiny, 3, ["growth/dots/2MB"]), tiny) == []


def test_what_is_not_measured_any_more_is_worse_in_a_whole_run():
    new = record()
    del new["measures"]["notes-2kB/deid"]
    lines, worse = bench_against.report(record(), new)
    assert worse
    assert lines == ["notes-2kB/deid: not measured any more"]
    assert not bench_against.report(record(), new, whole=False)[1]


def test_texts_of_20_MB_may_lack_all_together():
    old, new = record(), record()
    for text in ("dots", "prose"):
        old["measures"][f"growth/{text}/20MB"] = {"time": 1e9}
    assert not bench_against.report(old, new)[1]
    new["measures"]["growth/dots/20MB"] = {"time": 1e9}
    lines, worse = bench_against.report(old, new)
    assert worse
    assert lines == ["growth/prose/20MB: not measured any more"]


def test_growth_is_compared_over_the_lengths_that_both_have():
    old, new = record(), record()
    for text in ("dots", "prose"):
        took = new["measures"][f"growth/{text}/2MB"]["time"]
        new["measures"][f"growth/{text}/20MB"] = {"time": 30 * took}
    assert slow(new, old) == []
    assert slow(old, new) == []
    for text in ("dots", "prose"):
        took = old["measures"][f"growth/{text}/2MB"]["time"]
        old["measures"][f"growth/{text}/20MB"] = {"time": 12 * took}
    assert "growth/dots per ten times the length" in slow(new, old)


def test_the_worst_comes_first():
    new = scaled(scaled(record(), 2, ["notes-2kB/deid"]), 1.5, ["notes-2kB/analyze"])
    assert slow(new) == ["notes-2kB/deid", "notes-2kB/analyze"]
