# SPDX-License-Identifier: Apache-2.0
"""The built `phiwire` program, named by PHIWIRE_CLI, as a function."""

import os
import pathlib
import subprocess
import sys

import pytest

PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


class Phiwire:
    """phiwire("deid", path, stdin=b"...") -> CompletedProcess, in bytes."""

    def __init__(self, program, home):
        self.program = program
        self.environment = {
            **os.environ,
            "XDG_CACHE_HOME": str(home),
            "LC_ALL": "C.UTF-8",
        }

    def __call__(self, *arguments, stdin=b"", cwd=None, timeout=120):
        return subprocess.run(
            [self.program, *map(str, arguments)],
            input=stdin,
            cwd=cwd,
            env=self.environment,
            capture_output=True,
            timeout=timeout,
            check=False,
        )

    def peak(self, *arguments, stdin=subprocess.DEVNULL):
        """Kilobytes resident at most, of a run that must succeed.

        Started by a small process: what the system tells of a child is at least
        what its parent had.
        """
        done = subprocess.run(
            [sys.executable, "-c", PEAK, self.program, *map(str, arguments)],
            stdin=stdin,
            env=self.environment,
            capture_output=True,
            check=True,
        )
        return int(done.stdout)

    def popen(self, *arguments):
        return subprocess.Popen(
            [self.program, *map(str, arguments)],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )


@pytest.fixture(scope="session")
def phiwire(tmp_path_factory):
    program = os.environ.get("PHIWIRE_CLI")
    if not program:
        pytest.fail("PHIWIRE_CLI must name the phiwire program")
    return Phiwire(
        str(pathlib.Path(program).resolve()), tmp_path_factory.mktemp("cache")
    )
