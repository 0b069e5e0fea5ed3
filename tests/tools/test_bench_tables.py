# SPDX-License-Identifier: Apache-2.0
"""Records of ./dev bench: made of Google Benchmark's JSON, counted, tabled."""

import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests" / "tools")]

import bench_counts  # noqa: E402
import bench_record  # noqa: E402
import bench_run  # noqa: E402
import bench_table  # noqa: E402
from bench_records import record, scaled  # noqa: E402


def entry(name, cpu, real=None, **more):
    return {
        "name": name,
        "run_name": name,
        "run_type": "iteration",
        "iterations": 3,
        "cpu_time": cpu,
        "real_time": real or 2 * cpu,
        "time_unit": "ms",
        **more,
    }


def measure(*entries):
    made = bench_record.measures_of({"benchmarks": list(entries)})
    assert len(made) == 1
    return made.popitem()


def test_the_best_repetition_counts():
    runs = [entry("a/deid", t, bytes_per_second=1e9 / t) for t in (4, 2, 3)]
    name, made = measure(*runs)
    assert name == "a/deid"
    assert made["time"] == 2e6
    assert made["spread"] == pytest.approx(0.5)
    assert made["bytes"] == 1_000_000


def test_wall_clock_counts_where_the_name_says_so():
    name, made = measure(entry("create/cached/real_time", 1, 5))
    assert (name, made["time"]) == ("create/cached", 5e6)


def test_iterations_are_no_part_of_a_name():
    assert bench_record.short_name("growth/dots/2MB/iterations:1") == "growth/dots/2MB"


def test_two_cores_are_the_best_of_two_beside_the_best_of_one():
    runs = [
        entry("cores/x", 9, one_MBs=one, two_MBs=two, ratio=two / one)
        for one, two in ((30, 40), (20, 38))
    ]
    _, made = measure(*runs)
    assert (made["one_MBs"], made["two_MBs"]) == (30, 40)
    assert made["ratio"] == pytest.approx(40 / 30)


def test_stages_are_those_of_one_run():
    runs = [entry("s/x", 9, text=t, scan=c) for t, c in ((10, 3), (8, 4))]
    _, made = measure(*runs)
    assert (made["text"], made["scan"]) == (8, 4)


def test_latency_is_the_least_and_speed_the_most():
    runs = [entry("l/x", 1, p99_us=a, ratio=b) for a, b in ((7, 1.8), (9, 1.9))]
    _, made = measure(*runs)
    assert (made["p99_us"], made["ratio"]) == (7, 1.9)


def test_findings_that_differ_are_an_error():
    _, made = measure(entry("a/x", 1, findings=3), entry("a/x", 1, findings=4))
    assert "error" in made


def test_a_failed_benchmark_is_an_error():
    failed = {**entry("a/x", 0), "error_occurred": True, "error_message": "refused"}
    assert measure(failed)[1] == {"error": "refused"}


def test_aggregates_are_no_repetitions():
    runs = [entry("a/x", 2), {**entry("a/x", 1), "run_type": "aggregate"}]
    assert measure(*runs)[1]["time"] == 2e6


def test_counts_are_held_against_the_file(tmp_path):
    file = tmp_path / "findings.tsv"
    measures = {
        "a": {"time": 1, "findings": 3.0},
        "b": {"time": 1, "findings": 0, "refused": 1},
        "c": {"time": 1},
    }
    bench_counts.write(file, measures)
    assert bench_counts.read(file) == {"a": "3", "b": "refused"}
    bench_counts.check(file, measures)
    assert bench_run.failures(measures) == []
    measures["a"]["findings"] = 2.0
    measures["new"] = {"time": 1, "findings": 1.0}
    bench_counts.check(file, measures)
    assert bench_run.failures(measures) == [
        "a: 2 findings, recorded: 3",
        "new: 1 findings, recorded: none recorded",
    ]


def test_the_recorded_counts_have_every_scenario():
    recorded = bench_counts.read(bench_run.FINDINGS)
    for scenario in ("notes-2kB", "hl7-mix", "csv", "logs", "fhir", "ccda"):
        for what in ("analyze", "deid"):
            assert int(recorded[f"{scenario}/{what}"]) > 0
    texts = {name.split("/")[1] for name in recorded if name.startswith("growth/")}
    assert len(texts) > 50


def test_a_record_comes_back_as_it_was_written(tmp_path):
    file = tmp_path / "r.json"
    file.write_text(bench_run.dump(record()))
    assert bench_record.load(file) == record()


def test_a_record_of_another_kind_is_refused(tmp_path):
    file = tmp_path / "r.json"
    file.write_text(json.dumps({"context": {}, "benchmarks": []}))
    with pytest.raises(SystemExit, match=r"r\.json"):
        bench_record.load(file)


def test_the_share_is_that_of_both_limits():
    assert bench_record.share(record(), "notes-2kB", "deid") == pytest.approx(5 / 12)
    assert bench_record.share(record(), "no-such", "deid") is None


def test_growth_is_held_against_ten_times_and_prose():
    rows = {name: rest for name, *rest in bench_record.growth(record())}
    _, per_ten, of_prose = rows["dots"]
    assert per_ten == pytest.approx(13)
    assert of_prose == pytest.approx(0.78)
    assert bench_record.over_growth(record()) == ["dots"]
    slow = scaled(record(), 40, [f"growth/dots/{s}" for s in ("20kB", "200kB", "2MB")])
    assert bench_record.over_growth(scaled(slow, 0.8, ["growth/dots/2MB"])) == ["dots"]
    assert bench_record.over_growth(scaled(record(), 0.8, ["growth/dots/2MB"])) == []


def test_growth_has_a_column_for_every_length_measured():
    made = record()
    header = bench_table.growth(made)[0]
    assert header[1:4] == ["20kB, ms", "200kB, ms", "2MB, ms"]
    made["measures"]["growth/dots/20MB"] = {"time": 8e9}
    header, *rows = bench_table.growth(made)
    told = {row[0]: dict(zip(header, row, strict=True)) for row in rows}
    assert told["dots"]["20MB, ms"] == "8000"
    assert told["prose"]["20MB, ms"] == ""
    assert bench_record.growth_sizes({"measures": {}}) == []


def test_shares_of_stages_sum_to_the_whole():
    (header, row) = bench_table.stages(record())
    assert len(header) == len(row)
    assert sum(map(float, row[2:])) == pytest.approx(100, abs=0.5)


@pytest.mark.parametrize(
    "value,text",
    [(0, "0"), (None, ""), (0.1234, "0.123"), (1.234, "1.23"), (12345.6, "12346")],
)
def test_numbers_have_three_digits_that_count(value, text):
    assert bench_table.number(value) == text


def test_latency_stands_beside_the_machines_own():
    header, row = bench_table.latency(record())
    told = dict(zip(header, row, strict=True))
    assert (told["p99"], told["p99 of arithmetic"]) == ("40.0", "31.0")
    assert told["p99.9"] == ""  # a record without it


def test_both_tables_name_machine_and_commit():
    for made in (bench_table.text(record()), bench_table.markdown(record())):
        for word in ("Test CPU", "0123456789", "notes-2kB", "share of limit"):
            assert word in made
