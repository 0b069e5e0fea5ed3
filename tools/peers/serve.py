# SPDX-License-Identifier: Apache-2.0
"""A peer that stays, for bench/peers.

    serve.py RUNNER GOLD.jsonl [OPTIONS]

RUNNER is the name of a run_*.py without its .py. The first line of the output is
{"versions"}; for each line {"first": N, "times": K} of the input it runs the
first N documents K times over and answers with a line {"cpu_seconds", "found",
"peak_kb"}. A failure ends it.
"""

import importlib
import json
import os
import re
import sys
import time
from pathlib import Path

import runner


def own_output():
    """What was standard output; what a peer prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return answers


def measure(find, texts, times):
    found = 0
    begin = time.process_time()
    for _ in range(times):
        for text in texts:
            found += len(find(text))
    seconds = time.process_time() - begin
    # ru_maxrss would be at least what the parent had when it forked.
    status = Path("/proc/self/status").read_text()
    peak = int(re.search(r"^VmHWM:\s*(\d+) kB", status, re.M)[1])
    return {"cpu_seconds": seconds, "found": found, "peak_kb": peak}


def main(name, gold, *options):
    answers = own_output()
    find, versions = importlib.import_module(name).load(list(options))
    texts = [document["text"] for document in runner.read(gold)]
    find(runner.WARM_UP)
    print(json.dumps({"versions": versions}), file=answers, flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        answer = measure(find, texts[: asked["first"]], asked["times"])
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
