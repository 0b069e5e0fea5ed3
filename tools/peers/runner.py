# SPDX-License-Identifier: Apache-2.0
"""What the run_*.py files share: gold JSON lines in, predictions out.

    run_X.py GOLD.jsonl PREDICTIONS.jsonl [OPTIONS]

A peer is a function text -> [(start, end, type, score)], offsets in code
points, made by load(options) -> (function, versions). Only the calls of that
function are timed, after one call to warm up. The last line of the output is
{"versions", "bytes", "cpu_seconds"}. A failure names its place and type only,
since the messages of a peer may hold document text.
"""

import json
import os
import sys
import time
import traceback
from importlib import metadata

WARM_UP = "Seen by Dr. Mary Jones on 3/4/2024, 415-555-0199, mj@example.org."


def versions_of(*packages):
    return ", ".join(f"{name} {metadata.version(name)}" for name in packages)


def read(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def predict(load, gold, predictions, options):
    find, versions = load(options)
    find(WARM_UP)
    size = seconds = 0
    with open(predictions, "w", encoding="utf-8") as out:
        for document in read(gold):
            begin = time.process_time()
            found = find(document["text"])
            seconds += time.process_time() - begin
            size += len(document["text"].encode())
            spans = [
                {"start": s, "end": e, "type": t, "score": round(float(score), 4)}
                for s, e, t, score in found
            ]
            out.write(json.dumps({"id": document["id"], "spans": spans}) + "\n")
    return {"versions": versions, "bytes": size, "cpu_seconds": seconds}


def run(load):
    try:
        print(json.dumps(predict(load, sys.argv[1], sys.argv[2], sys.argv[3:])))
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        file = os.path.basename(place.filename)
        sys.exit(f"{type(error).__name__} at {file}:{place.lineno}")
