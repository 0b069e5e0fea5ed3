# SPDX-License-Identifier: Apache-2.0
"""docs/performance.md's part of ./dev bench, its bars, and the disk's table."""

import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests" / "tools")]

import bench_disk  # noqa: E402
import bench_page  # noqa: E402
import bench_plot  # noqa: E402
import bench_run  # noqa: E402
from bench_records import record, scaled  # noqa: E402

SVG = "{http://www.w3.org/2000/svg}"


def reached(made):
    table, _, _ = bench_page.figures(made)
    return {row[0]: (row[3], row[4]) for row in table[1:]}


def find(made, words):
    rows = [cells for what, cells in reached(made).items() if words in what]
    assert len(rows) == 1, words
    return rows[0]


def test_figures_say_what_is_met():
    made = record()
    assert find(made, "share of the limit") == ("0.42", "must")
    assert find(made, "the same, MB/s") == ("83", "no")
    assert find(made, "start of the program, cached") == ("30", "must")
    assert find(made, "start of the program, cold") == ("800", "aim")
    assert find(made, "p99") == ("40", "must")
    assert find(made, "most per ten times") == ("13.0", "no")
    assert find(made, "Presidio") == ("not measured", "")


def test_figures_follow_the_record():
    fast = scaled(record(), 0.5, ["notes-2kB/deid"])
    assert find(fast, "share of the limit") == ("0.83", "aim")


def test_disk_and_peers_are_taken_from_the_record():
    made = record()
    runs = [
        {"what": k, "jobs": j, "MBs": 100.0 * j + i, "peak_rss": 50_000_000 * (i + 1)}
        for i, k in enumerate(("notes", "log", "ndjson"))
        for j in (1, 2)
    ]
    runs[0]["quarter_rss"] = 40_000_000
    made["disk"] = {"date": "2026-01-03", "commit": "c", "size": 10**9, "runs": runs}
    engine = {"title": "Presidio, en_core_web_md", "ratios": [4000.0, 5000.0, 9000.0]}
    made["peers"] = {"engines": [engine]}
    assert find(made, "1 GB of log") == ("201", "must")
    assert find(made, "resident memory") == ("150", "must")
    assert find(made, "beside a quarter of the time") == ("1.25", "no")
    assert find(made, "Presidio") == ("5000", "must")


def page(tmp_path):
    file = tmp_path / "performance.md"
    file.write_text("# A\n<!-- bench: begin -->\nEARLIER\n<!-- bench: end -->\nafter\n")
    return file


def test_the_page_keeps_what_is_outside_the_markers(tmp_path):
    file = page(tmp_path)
    bench_page.update(file, record())
    text = file.read_text()
    assert text.startswith("# A\n") and text.endswith("after\n")
    assert "EARLIER" not in text
    for words in ("| what | must |", "Test CPU", "-O3", "### Shares of the stages"):
        assert words in text
    for chart in bench_plot.CHARTS:
        assert f"(performance-{chart}.svg)" in text
        assert (tmp_path / f"performance-{chart}.svg").exists()
    bench_page.update(file, record())
    assert file.read_text() == text


def test_bars_are_as_long_as_their_values():
    svg = bench_plot.bars(
        "T & t", "MB/s", [("a<b", 50.0, "#111"), ("c", 100.0, "#111")]
    )
    root = ET.fromstring(svg)
    rects = root.findall(f"{SVG}rect")[1:]
    short, long = (float(r.get("width")) for r in rects)
    assert long == pytest.approx(2 * short, abs=0.2)
    texts = ["".join(t.itertext()) for t in root.findall(f"{SVG}text")]
    assert texts[0] == "T & t (MB/s)"
    assert {"a<b", "50.0", "100"} <= set(texts)
    assert "c 100" in root.find(f"{SVG}title").text


def test_nothing_lies_outside_the_picture():
    root = ET.fromstring(bench_plot.limits(record()))
    width, height = float(root.get("width")), float(root.get("height"))
    for rect in root.findall(f"{SVG}rect")[1:]:
        assert float(rect.get("x")) + float(rect.get("width")) < width
        assert float(rect.get("y")) + float(rect.get("height")) < height


def test_plot_draws_a_record(tmp_path):
    file = tmp_path / "r.json"
    file.write_text(bench_run.dump(record()))
    command = [sys.executable, str(ROOT / "bench" / "plot"), str(file), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    names = ["limits", "scenarios", "stages"]
    assert done.stdout.split() == [f"performance-{n}.svg" for n in names]
    for name in names:
        svg = ET.fromstring((tmp_path / f"performance-{name}.svg").read_text())
        assert len(svg.findall(f"{SVG}rect")) >= 2, name


def test_the_page_of_the_docs_has_the_markers():
    text = (ROOT / "docs" / "performance.md").read_text("utf-8")
    assert text.count("<!-- bench: begin -->") == 1
    assert text.count("<!-- bench: end -->") == 1


@pytest.mark.parametrize(
    "text,size", [("1G", 10**9), ("60M", 60_000_000), ("1.5k", 1500), ("12", 12)]
)
def test_sizes_of_the_disk_have_units(text, size):
    assert bench_disk.bytes_of(text) == size


def test_memory_is_sampled_while_a_program_runs():
    code = "import time; held = b'x' * 40_000_000; time.sleep(0.6)"
    took, peak, quarter = bench_disk.watched([sys.executable, "-c", code])
    assert took >= 0.6
    assert peak > 40_000_000
    assert 0 < quarter <= peak


def test_the_disk_has_a_row_a_run():
    run = {"what": "log", "jobs": 2, "bytes": 10**9, "seconds": 4.0, "MBs": 250.0}
    run |= {"copied_MBs": 900.0, "peak_rss": 80_000_000, "quarter_rss": 79_000_000}
    rows = bench_disk.table([run])
    assert rows[1] == ["log", "2", "1000", "4.0", "250", "900", "80", "79"]
    made = {**record(), "disk": {"date": "2026-01-03", "commit": "c", "size": 10**9}}
    made["disk"]["runs"] = [run]
    assert "| log | 2 | 1000 |" in bench_page.block(made, [])


def test_a_program_that_fails_is_no_measure():
    with pytest.raises(SystemExit):
        bench_disk.watched([sys.executable, "-c", "raise SystemExit(3)"])
