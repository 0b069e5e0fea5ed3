# SPDX-License-Identifier: Apache-2.0
"""Programs that ./dev bench runs: what they print, or what they take."""

import contextlib
import os
import subprocess
import time


def output_of(command):
    """Standard output of a command, empty when it fails."""
    done = subprocess.run(command, capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else ""


def taken(command, beside=contextlib.nullcontext, **options):
    """(wall seconds, peak resident bytes) of a run that must succeed.

    The peak is at least what this script itself had when it started the run.
    beside(pid) is a context while it runs.
    """
    begin = time.perf_counter()
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, **options) as process:
        with beside(process.pid):
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}: exit {process.returncode}")
    return seconds, usage.ru_maxrss * 1024
