# SPDX-License-Identifier: Apache-2.0
"""tools/bench_run.py, with a benchmark program that is made up."""

import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests" / "tools")]

import bench_record  # noqa: E402
import bench_run  # noqa: E402
from bench_records import record, scaled  # noqa: E402

FAKE = """\
#!{python}
import json, sys
flags = dict(f.lstrip("-").split("=", 1) for f in sys.argv[1:] if "=" in f)
if "--benchmark_list_tests" in sys.argv:
    print("notes-2kB/memcpy\\nnotes-2kB/deid\\n{more}")
    sys.exit()
entry = {{"run_name": "notes-2kB/deid", "time_unit": "ms", "cpu_time": {time},
          "real_time": {time}, "bytes_per_second": 1e9, "findings": {findings},
          "documents": 5, "planted": 4}}
if flags["benchmark_filter"] != "nothing":
    with open(flags["benchmark_out"], "w") as file:
        json.dump({{"benchmarks": [entry]}}, file)
"""
FLAG = "--benchmark_filter=deid"


@pytest.fixture
def build(tmp_path, monkeypatch):
    """A build folder whose benchmark finds 9; 9 are recorded."""
    (tmp_path / "bench").mkdir()
    cache = f"CMAKE_CXX_COMPILER:FILEPATH={sys.executable}\n"
    cache += "CMAKE_BUILD_TYPE:STRING=Release\nCMAKE_CXX_FLAGS_RELEASE:STRING=-O3\n"
    (tmp_path / "CMakeCache.txt").write_text(cache)
    program(tmp_path, 9)
    findings = tmp_path / "findings.tsv"
    findings.write_text("notes-2kB/deid\t9\n")
    monkeypatch.setattr(bench_run, "FINDINGS", findings)
    monkeypatch.setattr(bench_run, "FOLDER", tmp_path)
    monkeypatch.setattr(bench_run, "ROOT", tmp_path)
    return tmp_path


def program(build, findings, time=1.0, more=""):
    file = build / "bench" / "phiwire_bench"
    made = FAKE.format(python=sys.executable, findings=findings, time=time, more=more)
    file.write_text(made)
    file.chmod(0o755)


def run(monkeypatch, build, *arguments):
    command = ["bench_run.py", "--build", str(build), *map(str, arguments)]
    monkeypatch.setattr(sys, "argv", command)
    return bench_run.main()


def test_a_run_leaves_a_record_and_a_table(build, monkeypatch, capsys):
    assert run(monkeypatch, build, FLAG) == 0
    made = bench_record.load(build / "bench" / "last.json")
    assert made["flags"] == "Release -O3"
    assert made["compiler"].startswith("Python")
    assert made["measures"]["notes-2kB/deid"]["findings"] == 9
    assert made["cpu"] in (build / "bench" / "last.md").read_text()
    assert made["cpu"] in capsys.readouterr().out


def test_other_findings_fail_and_keep_nothing(build, monkeypatch, capsys):
    program(build, 8)
    assert run(monkeypatch, build, FLAG, "--record") == 1
    assert "notes-2kB/deid: 8 findings, recorded: 9" in capsys.readouterr().err
    assert not list(build.glob("20*.json"))


def test_counts_can_be_taken_over(build, monkeypatch):
    program(build, 8)
    assert run(monkeypatch, build, FLAG, "--update-counts") == 0
    assert "notes-2kB/deid\t8\n" in bench_run.FINDINGS.read_text()
    assert run(monkeypatch, build, FLAG) == 0


def test_a_filter_that_matches_nothing_is_an_error(build, monkeypatch):
    with pytest.raises(SystemExit, match="phiwire_bench"):
        run(monkeypatch, build, "--benchmark_filter=nothing")


def test_an_earlier_record_is_compared_and_drawn(build, monkeypatch, capsys):
    old, new = build / "old.json", build / "new.json"
    old.write_text(bench_run.dump(record()))
    new.write_text(bench_run.dump(scaled(record(), 1.3, ["notes-2kB/deid"])))
    page = build / "p.md"
    page.write_text("<!-- bench: begin -->\n<!-- bench: end -->\n")
    arguments = ("--from", new, "--against", old, "--update", page)
    assert run(monkeypatch, build, *arguments) == 1
    assert "notes-2kB/deid: 1.30 times as slow" in capsys.readouterr().out
    assert "| what | must |" in page.read_text()
    assert run(monkeypatch, build, "--from", old, "--against", old) == 0


def test_two_records_compare_whatever_failed_in_both(build, monkeypatch, capsys):
    made = record()
    made["measures"]["hl7-mix/deid"] = {"error": "refused"}
    file = build / "r.json"
    file.write_text(bench_run.dump(made))
    assert run(monkeypatch, build, "--from", file, "--against", file) == 0
    told = capsys.readouterr()
    assert "hl7-mix/deid: refused" in told.err
    assert told.out.splitlines()[0] == "Against r.json:"
    assert run(monkeypatch, build, "--from", file, "--record") == 1


@pytest.mark.parametrize(
    "wrong", [["--recrod"], ["--from", "r.json", FLAG], ["--from", "r.json", "--long"]]
)
def test_what_would_be_ignored_is_refused(build, monkeypatch, capsys, wrong):
    (build / "r.json").write_text(bench_run.dump(record()))
    monkeypatch.chdir(build)
    with pytest.raises(SystemExit) as refused:
        run(monkeypatch, build, *wrong)
    assert refused.value.code == 2
    assert "./dev bench: error" in capsys.readouterr().err


def test_help_names_the_disk_and_the_flags_passed_on(build, monkeypatch, capsys):
    with pytest.raises(SystemExit):
        run(monkeypatch, build, "--help")
    told = capsys.readouterr().out
    assert "--disk" in told and "--benchmark_filter" in told


def test_a_record_is_kept_under_its_date_and_processor(build, monkeypatch):
    file = build / "r.json"
    file.write_text(bench_run.dump(record()))
    assert run(monkeypatch, build, "--from", file, "--record") == 0
    kept = json.loads((build / "2026-01-02-test-cpu.json").read_text())
    assert kept == record()
    assert run(monkeypatch, build, "--from", file, "--record") == 0
    assert (build / "2026-01-02-test-cpu-2.json").exists()


def test_growth_over_a_bound_is_measured_once_more(monkeypatch):
    asked = []

    def run_group(build, group, flags=()):
        asked.append(group[1])
        times = {"20kB": 0.9, "200kB": 1.1, "2MB": 0.8} if len(asked) > 1 else {}
        made = record()
        for size, factor in times.items():
            made = scaled(made, factor, [f"growth/dots/{size}"])
        named = ("growth/dots/", "growth/prose/")[: 1 if times else 2]
        return {n: m for n, m in made["measures"].items() if n.startswith(named)}

    monkeypatch.setattr(bench_run, "run_group", run_group)
    measures = bench_run.growth_of(Path(), long=False)
    assert asked == ["^growth/", "^growth/(dots)/"]
    was = record()["measures"]
    factors = {s: measures[f"growth/dots/{s}"]["time"] / was[f"growth/dots/{s}"]["time"]
               for s in ("20kB", "200kB", "2MB")}  # fmt: skip
    assert factors == pytest.approx({"20kB": 0.9, "200kB": 1, "2MB": 0.8})
    assert measures["growth/prose/2MB"] == was["growth/prose/2MB"]


def test_growth_at_20_MB_is_measured_when_it_is_asked_for(monkeypatch):
    asked = []

    def run_group(build, group, flags=()):
        asked.append((group[1], group[2], *flags))
        slow = [f"growth/dots/{s}" for s in ("20kB", "200kB", "2MB")]
        made = scaled(record(), 0.5 if group is not bench_run.GROWTH else 1, slow[2:])
        if flags:
            made["measures"]["growth/dots/20MB"] = {"time": 1e9}
        return made["measures"]

    monkeypatch.setattr(bench_run, "run_group", run_group)
    measures = bench_run.growth_of(Path(), long=True)
    assert [a[1:] for a in asked] == [(3,), (1, "--long"), (9, "--long")]
    assert asked[1][0] == "^growth/.*/20MB/" and asked[2][0] == "^growth/(dots)/"
    assert measures["growth/dots/20MB"]["time"] == 1e9


def test_every_benchmark_is_in_one_group():
    newest = max((ROOT / "bench" / "record").glob("*.json"), key=age)
    names = list(bench_record.load(newest)["measures"])
    # These are not phiwire_bench's.
    others = ("allocations/", "start/", "memory/")
    names = [n for n in names if not n.startswith(others)]
    assert len(names) > 300
    assert bench_run.ungrouped(names) == []
    assert bench_run.ungrouped([*names, "notes-9kB/deid"]) == ["notes-9kB/deid"]


def age(path):
    """Of records: the date, and the number of that day."""
    number = path.stem.rpartition("-")[2]
    return path.name[:10], int(number) if number.isdigit() else 1


def test_a_benchmark_of_no_group_fails_the_run(build):
    program(build, 9, more="new-group/x")
    with pytest.raises(SystemExit, match="new-group/x"):
        bench_run.measure(build, long=False)


def test_what_seems_slower_is_measured_again(build):
    measures = {"notes-2kB/memcpy": {"time": 1e6}, "notes-2kB/deid": {"time": 5e6}}
    bench_run.measure_again(build, measures, [("notes-20kB/deid", 1.2)])
    assert measures["notes-2kB/deid"]["time"] == 5e6
    bench_run.measure_again(build, measures, [("notes-2kB/deid", 1.2)])
    assert measures["notes-2kB/deid"]["time"] == 1e6
    assert measures["notes-2kB/memcpy"] == {"time": 1e6}
    program(build, 9, time=2.0)
    bench_run.measure_again(build, measures, [("notes-2kB/deid", 1.2)])
    assert measures["notes-2kB/deid"]["time"] == 1e6


def test_measured_again_an_error_stays_one(build):
    measures = {
        "notes-2kB/memcpy": {"time": 1e6},
        "notes-2kB/deid": {"time": 5e6, "error": "8 findings, recorded: 9"},
    }
    bench_run.measure_again(build, measures, [("notes-2kB/deid", 1.2)])
    assert bench_run.failures(measures)


def test_counts_of_what_was_measured_again_are_checked(build, monkeypatch):
    measures = {"notes-2kB/memcpy": {"time": 1e6}}
    measures["notes-2kB/deid"] = {"time": 5e6, "findings": 9.0}
    monkeypatch.setattr(bench_run, "measure", lambda *_: measures)
    slow = [("notes-2kB/deid", 1.2)]
    monkeypatch.setattr(bench_run.bench_against, "slower", lambda *_: slow)
    program(build, 8)
    old = build / "old.json"
    old.write_text(bench_run.dump(record()))
    assert run(monkeypatch, build, "--against", old) == 1
    last = bench_record.load(build / "bench" / "last.json")
    assert last["measures"]["notes-2kB/deid"]["error"].startswith("8 findings")
