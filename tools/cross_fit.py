#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Scores each gold file with weights that did not see the documents scored.

    tools/cross_fit.py GOLD.jsonl... [--parts 5] [--keep FOLDER]
        [--phiwire PROGRAM] [--update docs/accuracy.md]

The documents of all files are cut into --parts by a hash of their ids; a
variant (17~1) is in the part of its original. For each part `phiwire fit` runs
on the other parts of all files, and the part is scored with these weights, by
`phiwire eval` as everywhere. So one fit a part: some minutes each. `phiwire fit`
prints figures of its own folds at no cost; these here are those of whole spans,
at the policy's thresholds, file by file.

A file of variants only is fitted and not scored. In a file without PHI the
hidden tokens in 1,000 are counted, as tools/list_hidden.py does. --keep keeps
the weights, and a second call uses those it finds there.
"""

import argparse
import datetime
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from compare_peers import evaluate
from list_hidden import OTHERS, TIMES, TOKEN
from pages import markdown_table, plain_table, update

ROOT = Path(__file__).resolve().parents[1]
IGNORED = {"YEAR", "OPTIONAL"}


def part_of(name, parts):
    """By the id's hash, so that other documents move nothing."""
    original = str(name).split("~")[0].encode()
    return int(hashlib.sha256(original).hexdigest(), 16) % parts


def read(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def write(path, documents):
    lines = (json.dumps(document, ensure_ascii=False) + "\n" for document in documents)
    path.write_text("".join(lines), "utf-8")
    return path


def run(*command):
    result = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if result.returncode != 0:
        raise SystemExit(f"cross_fit: {command[1]} failed")
    return result.stdout


def fit_without(phiwire, sets, part, parts, folder, keep):
    """Weights from all documents but those of a part."""
    weights = keep / f"without-{part + 1}-of-{parts}.tsv"
    if not weights.exists():
        print(f"fit {part + 1} of {parts}", file=sys.stderr, flush=True)
        rest = [
            write(
                folder / path.name, [d for d in ds if part_of(d["id"], parts) != part]
            )
            for path, ds in sets.items()
        ]
        run(phiwire, "fit", *rest, "-o", weights)
    return weights


def predict(phiwire, weights, documents, folder):
    path = write(folder / "part.jsonl", documents)
    found = run(phiwire, "analyze", "--jsonl", "--weights", weights, path)
    return [json.loads(line) for line in found.splitlines()]


def hidden_rates(documents, predictions):
    """Tokens hidden in 1,000: of names, ids, phones and addresses, and with
    organizations too; gold that counts for nothing is left out."""
    spans = {p["id"]: p["spans"] for p in predictions}
    size = few = more = 0
    for document in documents:
        text = document["text"]
        ignored = [(s["start"], s["end"]) for s in document["spans"]]
        for m in TOKEN.finditer(text):
            begin, end = m.span()
            if any(a < end and begin < b for a, b in ignored):
                continue
            size += 1
            type_ = next(
                (s["type"] for s in spans[document["id"]]
                 if s["start"] < end and begin < s["end"]), None,
            )  # fmt: skip
            if type_ and type_ not in TIMES:
                more += 1
                few += type_ not in OTHERS
    return 1000 * few / max(1, size), 1000 * more / max(1, size)


def rows_of(phiwire, path, documents, predictions, folder):
    """The file's row of the table: scores, or rates where it holds no PHI."""
    count = [path.stem, str(len(documents))]
    if all(s["type"] in IGNORED for d in documents for s in d["spans"]):
        few, more = hidden_rates(documents, predictions)
        return [*count, *[""] * 4, f"{few:.2f}", f"{more:.2f}"]
    score = evaluate(
        phiwire,
        write(folder / "gold.jsonl", documents),
        write(folder / "predictions.jsonl", predictions),
        ",".join(sorted(IGNORED)),
    )
    names = [f"{score[name]:.3f}" for name in ("recall", "precision")]
    types = score["by_type"]
    names += [f"{types[t]:.3f}" if t in types else "" for t in ("NAME", "DATE")]
    return [*count, *names, "", ""]


def parse(arguments):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--parts", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="folder for the weights")
    parser.add_argument("--phiwire", default=str(ROOT / "build/release/phiwire"))
    parser.add_argument("--update", type=Path, help="Markdown file with the markers")
    args = parser.parse_args(arguments)
    if args.parts < 2:
        parser.error("at least 2 parts")
    return args


def measure(args, folder):
    sets = {path: read(path) for path in args.gold}
    keep = args.keep or folder
    keep.mkdir(parents=True, exist_ok=True)
    scored = {
        path: originals
        for path, documents in sets.items()
        if (originals := [d for d in documents if "~" not in str(d["id"])])
    }
    predictions = {path: [] for path in scored}
    for part in range(args.parts):
        weights = fit_without(args.phiwire, sets, part, args.parts, folder, keep)
        for path, documents in scored.items():
            mine = [d for d in documents if part_of(d["id"], args.parts) == part]
            predictions[path] += predict(args.phiwire, weights, mine, folder)
    return [
        rows_of(args.phiwire, path, documents, predictions[path], folder)
        for path, documents in scored.items()
    ]


def main(arguments=None):
    args = parse(arguments)
    head = ["set", "documents", "recall", "precision", "recall NAME", "recall DATE"]
    head += ["hidden in 1,000: names, ids, phones, addresses", "and organizations"]
    with tempfile.TemporaryDirectory() as folder:
        table = [head, *measure(args, Path(folder))]
    when = f"{args.parts} parts, {datetime.date.today().isoformat()}.\n"
    if args.update:
        update(args.update, "cross_fit", f"{markdown_table(table)}\n\n{when}")
    print(f"{plain_table(table)}\n\n{when}", end="")


if __name__ == "__main__":
    main()
