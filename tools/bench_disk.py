#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""./dev bench --disk: `phiwire deid` from disk to disk.

    tools/bench_disk.py --build BUILD [--size BYTES] [--kinds notes,log,ndjson]
        [--jobs 1,2]

Makes a folder of notes (10 kB in the mean), a log and a file of a note a line,
each of that size (1G if not said), below BUILD/bench/disk, de-identifies each
with one job and with two, and deletes all of it. Rates are of wall clock; what
was written before is synced first, since phiwire syncs a folder's file system as
it goes on. "copied" is cp and a sync of the same. Memory is the peak of the process
(/proc/PID/status, looked at twenty times a second: what wait4 tells is this script's
own memory where that is more, since a child begins as a copy of it), and what it had
at a quarter of the time: it stays level where both are alike. Results go to
BUILD/bench/disk.json, where ./dev bench takes them from.

Nothing is deleted before the last run: ext4 gives no inode out again for a
minute or more after a deletion, and looking for one that is older makes each new
file cost as much as several.
"""

import argparse
import contextlib
import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

from bench_process import output_of, taken
from bench_record import where_and_what
from pages import plain_table

ROOT = Path(__file__).resolve().parents[1]
KINDS = {"notes": "notes", "log": "feed.log", "ndjson": "notes.ndjson"}
UNITS = {"": 1, "k": 10**3, "M": 10**6, "G": 10**9}
EVERY = 0.05  # seconds between two looks at memory


def bytes_of(text):
    unit = text[-1:] if text[-1:] in UNITS else ""
    return int(float(text.removesuffix(unit)) * UNITS[unit])


def size_on_disk(path):
    if path.is_file():
        return path.stat().st_size
    return sum(f.stat().st_size for f in path.rglob("*") if f.is_file())


def resident(pid):
    """Resident bytes of a process, now and at most; zeros when it is gone."""
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0, 0
    kilobytes = dict(re.findall(r"^(VmRSS|VmHWM):\s*(\d+) kB", text, re.M))
    return tuple(int(kilobytes.get(name, 0)) * 1024 for name in ("VmRSS", "VmHWM"))


class Sampled:
    """Resident memory of a process, looked at until it ends."""

    def __init__(self):
        self.samples, self.done = [], threading.Event()

    @contextlib.contextmanager
    def beside(self, pid):
        watcher = threading.Thread(target=self.look, args=(pid,))
        watcher.start()
        try:
            yield
        finally:
            self.done.set()
            watcher.join()

    def look(self, pid):
        while not self.done.wait(EVERY):
            self.samples.append(resident(pid))


def watched(command):
    """(seconds, peak, memory at a quarter of the time) of a run."""
    sampled = Sampled()
    seconds, _ = taken(command, sampled.beside)
    now, most = zip(*sampled.samples or [(0, 0)])
    return seconds, max(now + most), max(now[: len(now) // 4 + 1])


def copied(made, out):
    """Bytes a second of cp and a sync."""
    os.sync()
    begin = time.perf_counter()
    subprocess.run(["cp", "-r", made, out], check=True)
    os.sync()
    return size_on_disk(made) / (time.perf_counter() - begin)


def one_kind(kind, size, jobs, build, folder):
    made = folder / KINDS[kind]
    generator = build / "bench" / "phiwire_bench_corpus"
    print(f"writing {size / 1e9:.3g} GB: {kind}", file=sys.stderr)
    subprocess.run([generator, kind, str(size), made], check=True)
    actual, runs = size_on_disk(made), []
    copy = copied(made, folder / f"copy-{made.name}")
    for count in jobs:
        print(f"phiwire deid, {count} job(s)", file=sys.stderr)
        out = folder / f"out{count}-{made.name}"
        command = [build / "phiwire", "deid", made, "-o", out, "--jobs", str(count)]
        os.sync()
        took, peak, quarter = watched([*map(str, command)])
        if size_on_disk(out) < actual / 2:
            raise SystemExit(f"{kind}: less than half of it was written")
        runs.append(
            {
                "what": kind,
                "jobs": count,
                "bytes": actual,
                "seconds": round(took, 3),
                "MBs": round(actual / 1e6 / took, 1),
                "copied_MBs": round(copy / 1e6, 1),
                "peak_rss": peak,
                "quarter_rss": quarter,
            }
        )
    return runs


def table(runs):
    rows = [["disk to disk", "jobs", "MB", "s", "MB/s", "copied"]]
    rows[0] += ["peak MB", "MB at a quarter"]
    for run in runs:
        cells = [str(run["jobs"]), f"{run['bytes'] / 1e6:.0f}", f"{run['seconds']:.1f}"]
        cells += [f"{run['MBs']:.0f}", f"{run['copied_MBs']:.0f}"]
        cells += [f"{run[k] / 1e6:.0f}" for k in ("peak_rss", "quarter_rss")]
        rows.append([run["what"], *cells])
    return rows


def measure(build, size, kinds, jobs):
    folder = build / "bench" / "disk"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        runs = []
        for kind in kinds:
            runs += one_kind(kind, size, jobs, build, folder)
    finally:
        shutil.rmtree(folder)
    return runs


def main():
    parser = argparse.ArgumentParser(
        prog="./dev bench --disk", description=__doc__.split("\n\n")[0]
    )
    parser.add_argument("--build", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument(
        "--size", type=bytes_of, default=10**9, metavar="1G", help="of each kind"
    )
    parser.add_argument("--kinds", default=",".join(KINDS), help="%(default)s")
    parser.add_argument("--jobs", default="1,2", help="%(default)s")
    args = parser.parse_args()
    kinds = args.kinds.split(",")
    if unknown := set(kinds) - set(KINDS):
        parser.error(f"no such kind: {', '.join(sorted(unknown))}")
    jobs = [int(j) for j in args.jobs.split(",")]
    runs = measure(args.build.resolve(), args.size, kinds, jobs)
    print(plain_table(table(runs)))
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    about = {"date": now, "size": args.size, **where_and_what(ROOT, output_of)}
    file = args.build / "bench" / "disk.json"
    file.write_text(json.dumps({**about, "runs": runs}, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
