#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The demonstration behind ./dev demo: examples before and after.

Runs the program on examples/, prints three documents before and after with the
findings in the colour of their kind (on a terminal, or with CLICOLOR_FORCE),
then a table of all of them. The whole output stays in --out.

    tools/demo.py --phiwire build/release/phiwire --examples examples --out build/demo
"""

import argparse
import collections
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FORMATS = {"notes": "text", "hl7": "hl7", "log": "log"}
SHOWN = ("notes/ed_note.txt", "hl7/oru_r01_radiology.hl7", "log/application.log")
SHOWN_LINES = 24
REPEAT = 100  # copies of the notes that the rate is taken over

# One colour a kind, as a terminal's background: black text on it.
KINDS = (
    (43, "NAME USERNAME"),
    (42, "DATE AGE"),
    (46, "STREET CITY COUNTY ZIP LOCATION"),
    (45, "FACILITY EMPLOYER PROFESSION"),
    (44, "PHONE FAX EMAIL URL IPADDRESS"),
    (41, ""),  # every number that identifies
)
COLOUR = {name: code for code, names in KINDS for name in names.split()}


class Painter:
    def __init__(self, stream):
        self.on = bool(os.environ.get("CLICOLOR_FORCE")) or (
            stream.isatty() and "NO_COLOR" not in os.environ
        )

    def bold(self, text):
        return f"\033[1m{text}\033[0m" if self.on else text

    def finding(self, text, kind):
        if not self.on:
            return text
        code = COLOUR.get(kind, 41)
        return "\n".join(
            f"\033[30;{code}m{part}\033[0m" if part else "" for part in text.split("\n")
        )

    def before(self, text, spans):
        out, at = [], 0
        for span in spans:
            out += [text[at : span["start"]]]
            out += [self.finding(text[span["start"] : span["end"]], span["type"])]
            at = span["end"]
        return "".join(out) + text[at:]

    def after(self, text):
        return re.sub(r"\[([A-Z]{2,})\]", lambda m: self.finding(m[0], m[1]), text)


def run(command, **kwargs):
    result = subprocess.run(command, capture_output=True, **kwargs)
    if result.returncode != 0:
        sys.stderr.write(result.stderr.decode("utf-8", "replace"))
        sys.exit(f"demo: {' '.join(map(str, command[:2]))} gave {result.returncode}")
    return result.stdout.decode()


def head(text):
    """The first lines; HL7's carriage returns are shown as line ends."""
    lines = text.replace("\r", "\n").rstrip("\n").split("\n")
    more = len(lines) - SHOWN_LINES
    return "\n".join(lines[:SHOWN_LINES]) + (
        f"\n... {more} more lines" if more > 0 else ""
    )


def show(painter, name, text, spans, output):
    print(painter.bold(f"\n=== {name}: before"))
    print(head(painter.before(text, spans)))
    print(painter.bold(f"\n=== {name}: after"))
    print(head(painter.after(output)))


def rate(phiwire, texts):
    """MB/s of one process, one thread, start-up taken off; None if too short."""
    lines = "".join(
        json.dumps({"id": i, "text": t}) + "\n" for i, t in enumerate(texts)
    )
    seconds = []
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as full:
        full.write(lines * REPEAT)
        full.flush()
        for path in (os.devnull, full.name):
            start = time.perf_counter()
            run([phiwire, "analyze", "--jsonl", "--jobs", "1", path])
            seconds.append(time.perf_counter() - start)
    size = sum(len(t.encode()) for t in texts) * REPEAT
    spent = seconds[1] - seconds[0]
    return size / 1e6 / spent if spent > 0.02 else None


def table(painter, names, found):
    kinds = collections.Counter(s["type"] for spans in found for s in spans)
    print(painter.bold("\n=== findings"))
    for kind, count in kinds.most_common():
        print(f"  {painter.finding(f'{kind:<14}', kind)} {count:5d}")
    print(f"  {'all':<14} {sum(kinds.values()):5d} in {len(names)} documents")
    if not kinds:
        sys.exit("demo: nothing was found, which can't be right")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--phiwire", required=True, type=Path)
    parser.add_argument("--examples", required=True, type=Path)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--all", action="store_true", help="show every document")
    args = parser.parse_args()
    painter = Painter(sys.stdout)

    files = [
        p
        for d in ("notes", "hl7", "log")
        for p in sorted((args.examples / d).iterdir())
    ]
    names = [p.relative_to(args.examples).as_posix() for p in files]
    shutil.rmtree(args.out, ignore_errors=True)
    args.out.mkdir(parents=True)
    found, outputs = [], []
    for folder in ("notes", "hl7", "log"):
        inputs = [p for p in files if p.parent.name == folder]
        form = ["--format", FORMATS[folder]]
        lines = run([args.phiwire, "analyze", *form, *inputs])
        found += [json.loads(line)["spans"] for line in lines.splitlines()]
        out = args.out / folder
        out.mkdir()
        # Of one input -o is the file, of several the folder.
        target = out / inputs[0].name if len(inputs) == 1 else out
        run([args.phiwire, "deid", *form, "--keep-names", *inputs, "-o", target])
        outputs += [out / p.name for p in inputs]

    for name, file, spans, output in zip(names, files, found, outputs, strict=True):
        if args.all or name in SHOWN:
            text, after = (p.read_bytes().decode() for p in (file, output))
            show(painter, name, text, spans, after)
    table(painter, names, found)
    notes = [p.read_text() for p in files if p.parent.name == "notes"]
    megabytes = rate(args.phiwire, notes)
    if megabytes:
        print(f"  {megabytes:.1f} MB/s on one core, findings only, start-up taken off")
    print(f"  the de-identified documents are in {args.out}/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
