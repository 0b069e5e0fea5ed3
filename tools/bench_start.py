# SPDX-License-Identifier: Apache-2.0
"""What the program takes to start, and memory: `phiwire deid`, by its process."""

import os
import subprocess
import tempfile
from pathlib import Path

from bench_process import taken

COLD, CACHED = 3, 15  # runs; the best counts
NOTES = 8_000_000  # bytes of notes for memory


def run(command, cache):
    """(seconds, peak resident bytes) of one run that must succeed."""
    env = dict(os.environ, XDG_CACHE_HOME=str(cache))
    return taken(command, stdout=subprocess.DEVNULL, env=env)


def measure_of(runs):
    times = sorted(took for took, _ in runs)
    return {
        "time": times[0] * 1e9,
        "spread": times[len(times) // 2] / times[0] - 1,
        "peak_rss": max(rss for _, rss in runs),
    }


def measures(phiwire, corpus):
    """corpus: the program that writes benchmark notes."""
    deid = [str(phiwire), "deid"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cold = [run([*deid, "-"], folder / f"cache{i}") for i in range(COLD)]
        cached = [run([*deid, "-"], folder / "cache0") for _ in range(CACHED)]
        subprocess.run([corpus, "notes", str(NOTES), folder / "notes"], check=True)
        command = [
            *deid,
            str(folder / "notes"),
            "-o",
            str(folder / "out"),
            "--jobs",
            "2",
        ]
        notes = [run(command, folder / "cache0")]
    return {
        "start/cold": measure_of(cold),
        "start/cached": measure_of(cached),
        "memory/notes": measure_of(notes),
    }
