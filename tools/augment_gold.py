#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Variants of annotated documents for fitting, never for scoring.

usage: tools/augment_gold.py GOLD.jsonl LEXICON_DIR OUT.jsonl [--copies N] [--seed S]

Each copy of a document gets an id "ID~1", "ID~2", ... which `phiwire fit`
keeps on one side of a fold together with the original. A copy has other names
(drawn by census counts to the power 0.6, one replacement a surface form) and
other digits in its identifiers; some copies are in lower or upper case, as
portal messages and old systems write.
"""

import argparse
import json
import random
import re

WORD = re.compile(r"[^\W\d_]+")
KEEP = {"OPTIONAL", "AGE", "DATE"}  # a date must stay one


def counts(path):
    names, weights = [], []
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("#"):
                continue
            name, count = line.rstrip("\n").split("\t")[:2]
            names.append(name.lower())
            weights.append(int(count) ** 0.6)
    return names, weights


class Swapper:
    def __init__(self, lexicon, rng):
        self.rng = rng
        self.first = counts(f"{lexicon}/first_names.tsv")
        self.last = counts(f"{lexicon}/surnames.tsv")
        self.first_counts = dict(zip(*self.first))
        self.last_counts = dict(zip(*self.last))
        # Drawn in bulk: a single weighted draw walks the whole table.
        self.pool = {True: [], False: []}

    def draw(self, first):
        pool = self.pool[first]
        if not pool:
            names, weights = self.first if first else self.last
            pool.extend(self.rng.choices(names, weights, k=4096))
        return pool.pop()

    def name(self, surface, swap):
        def one(match):
            word = match.group()
            key = word.lower()
            if len(word) == 1:
                return word
            if key not in swap:
                is_first = self.first_counts.get(key, 0) > self.last_counts.get(key, 0)
                swap[key] = self.draw(is_first)
            new = swap[key]
            return (
                new.upper()
                if word.isupper()
                else new
                if word.islower()
                else new.capitalize()
            )

        return WORD.sub(one, surface)

    def digits(self, surface):
        return re.sub(
            r"\d", lambda m: self.rng.choice("0123456789" + m.group() * 5), surface
        )

    def variant(self, document, number):
        swap, text, spans, at = {}, "", [], 0
        for span in sorted(document["spans"], key=lambda s: s["start"]):
            if span["start"] < at:
                continue
            text += document["text"][at : span["start"]]
            value = document["text"][span["start"] : span["end"]]
            if span["type"] == "NAME":
                value = self.name(value, swap)
            elif span["type"] not in KEEP:
                value = self.digits(value)
            spans.append(
                {
                    "start": len(text),
                    "end": len(text) + len(value),
                    "type": span["type"],
                }
            )
            text += value
            at = span["end"]
        text += document["text"][at:]
        case = self.rng.random()
        if case < 0.12:
            changed = text.lower()
        elif case < 0.24:
            changed = text.upper()
        else:
            changed = text
        if len(changed) == len(text):
            text = changed
        return {"id": f"{document['id']}~{number}", "text": text, "spans": spans}


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold")
    parser.add_argument("lexicon")
    parser.add_argument("out")
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--seed", type=int, default=20261122)
    args = parser.parse_args()
    swapper = Swapper(args.lexicon, random.Random(args.seed))
    with (
        open(args.gold, encoding="utf-8") as source,
        open(args.out, "w", encoding="utf-8") as out,
    ):
        for line in source:
            document = json.loads(line)
            for number in range(1, args.copies + 1):
                out.write(
                    json.dumps(swapper.variant(document, number), ensure_ascii=False)
                    + "\n"
                )


if __name__ == "__main__":
    main()
