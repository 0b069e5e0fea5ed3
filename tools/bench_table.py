#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the benchmarks and prints one table; --record keeps the JSON.

tools/bench_table.py --bench BENCH [--record] [GOOGLE BENCHMARK FLAGS]
"""

import argparse
import datetime
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

RECORD = Path(__file__).resolve().parents[1] / "bench" / "record"


def cpu_name():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return "unknown"


def row(result):
    """name, time, rate, note: medians when there were repetitions."""
    name = result["name"].replace("/real_time", "").replace("_median", "")
    if result.get("error_occurred"):
        return name, "", "", "FAILED: " + result["error_message"]
    rate = result.get("bytes_per_second")
    rate = f"{rate / 1e9:.3f} GB/s" if rate else ""
    if items := result.get("items_per_second"):
        rate = f"{items / 1e6:.3f} M/s"
    time = f"{result['real_time']:.3g} {result['time_unit']}"
    note = ""
    if result.get("findings"):
        note = f"{result['findings']:.0f} findings, {result['planted']:.0f} planted"
    return name, time, rate, note


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bench", required=True)
    parser.add_argument(
        "--record", action="store_true", help="keep the JSON in bench/record/"
    )
    args, flags = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "result.json"
        code = subprocess.run(
            [
                args.bench,
                f"--benchmark_out={out}",
                "--benchmark_out_format=json",
                "--benchmark_repetitions=3",
                "--benchmark_enable_random_interleaving=true",
                "--benchmark_report_aggregates_only=true",
                *flags,
            ],
            stdout=subprocess.DEVNULL,
        ).returncode
        if code != 0 or not out.exists():
            return code or 1
        document = json.loads(out.read_text())
    results = [
        r
        for r in document["benchmarks"]
        if r.get("error_occurred") or r.get("aggregate_name", "median") == "median"
    ]
    rows = [row(r) for r in results]
    widths = [max(len(r[i]) for r in rows) for i in range(3)]
    print(f"{cpu_name()}; {document['context']['num_cpus']} CPUs; median of 3")
    for name, time, rate, note in rows:
        line = f"{name:<{widths[0]}}  {time:>{widths[1]}}  {rate:>{widths[2]}}"
        print(f"{line}  {note}".rstrip())
    failed = any(r.get("error_occurred") for r in results)
    if args.record and not failed:
        RECORD.mkdir(exist_ok=True)
        cpu = re.sub(r"[^A-Za-z0-9]+", "-", cpu_name()).strip("-").lower()
        file = RECORD / f"{datetime.date.today().isoformat()}-{cpu}.json"
        file.write_text(json.dumps(document, indent=1) + "\n")
        print(f"recorded in {file.relative_to(RECORD.parents[1])}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
