#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Lists what phiwire hides in text without PHI, by kind.

    tools/list_hidden.py FOLDER [--phiwire PROGRAM] [--weights TITLE=FILE]...
        [--list] [--update docs/accuracy.md]

FOLDER holds medmcqa_val.jsonl, pubmedqa_pqaa.jsonl and mtsamples_a.jsonl, a
{"id","text"} a line. A token is the scorer's, a run of letters and digits; it is
hidden when one of its characters is. The last set holds dates and ages of its
own, so there these two types are left out of the kinds.

The kind of a token: a letter or number that stands for a name there (X, ABC,
12345); a date when months stand in it or beside it, else a number; the table
hidden_kinds.tsv, which was made by reading; a person after a title; the kind of
its neighbours in the same finding. What is left is "not looked at": read it
(--list prints every finding in its line) and add it to the table.
"""

import argparse
import collections
import dataclasses
import json
import re
import subprocess
from pathlib import Path

from compare_peers import title_and_file
from pages import markdown_table, plain_table, update

ROOT = Path(__file__).resolve().parents[1]
KINDS = Path(__file__).with_name("hidden_kinds.tsv")
SETS = ("medmcqa_val", "pubmedqa_pqaa", "mtsamples_a")
HAS_DATES = {"mtsamples_a"}
# Whose sentences may not be quoted: counts only, and single clinical words.
NOT_LISTED = {"mtsamples_a"}
TIMES = {"DATE", "AGE"}
OTHERS = {"FACILITY", "EMPLOYER", "PROFESSION"}
# What the texts say of medicine; a name, place or date among the others is one.
CLINICAL = (
    "eponym", "maker or device", "diagnosis", "drug or substance", "anatomy",
    "organism", "test or procedure", "number", "other medical word",
)  # fmt: skip
# The word's kind, unless a title stands before it: Dr. Green, Green's index.
MAY_BE_A_NAME = {"eponym", "maker or device", "place", "author cited"}
UNKNOWN = "not looked at"
JOINING = {"s", "and", "of", "the"}  # nothing of their own

TOKEN = re.compile(r"[^\W_]+")
MONTH = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|e|y|"
    r"ust|ember|ober)?\b",
    re.IGNORECASE,
)
STAND_IN = re.compile(
    r"[A-Z]|[Xx]{2,}|Y{2,}|Z{2,}|XY|X[Yy][Zz]|A[Bb][Cc][DdEe]*|AB|CD|ABCD\d+|0+|"
    r"12345\d*|123|4567|67890|City|S(?:tate|TATE|treet|uite)|Avenue|Box"
)
TITLE = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Miss)\.?\s+(?:[^\W_]+\.?\s+){0,2}$")


@dataclasses.dataclass(frozen=True)
class Hidden:
    """A hidden token."""

    word: str
    type: str
    kind: str
    line: str  # the finding in its line


def read_kinds(path):
    """word -> kind, of the reviewed table."""
    kinds = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        kind, tab, words = line.partition("\t")
        for word in words.split():
            if not tab or word in kinds:
                raise SystemExit(f"{path.name}:{number}: no tab, or {word} twice")
            kinds[word] = kind
    return kinds


def kind_of(text, begin, end, word, entity, kinds):
    """The kind of one token of the finding text[begin:end]; None: no idea."""
    if entity == "AGE":
        return "age from 90"
    near = text[max(0, begin - 12) : end + 12]
    if entity == "DATE" or MONTH.fullmatch(word):
        return "date" if MONTH.search(near) else "number"
    reviewed = kinds.get(word.lower())
    titled = TITLE.search(text, max(0, begin - 40), begin)
    if reviewed and not (titled and reviewed in MAY_BE_A_NAME):
        return reviewed
    if STAND_IN.fullmatch(word):
        return "stand-in for a name or number"
    if any(c.isdigit() for c in word):
        return "number"
    return "person" if titled else None


def hidden_in(text, finding, kinds):
    """The tokens of a finding, each with its kind."""
    begin, end, entity = finding["start"], finding["end"], finding["type"]
    words = [m.group() for m in TOKEN.finditer(text, begin, end)]
    found = [kind_of(text, begin, end, w, entity, kinds) for w in words]
    rest = "other word" if JOINING.issuperset(words) else UNKNOWN
    shared = next((kind for kind in found if kind), rest)
    around = (text[max(0, begin - 40) : begin], text[end : end + 40])
    line = f"{around[0]}[[{text[begin:end]}]]{around[1]}".replace("\n", " ")
    return [Hidden(w, entity, k or shared, line) for w, k in zip(words, found)]


def analyze(phiwire, path, more):
    """[(text, findings)] of a file."""
    result = subprocess.run(
        [phiwire, "analyze", "--jsonl", *more, path], capture_output=True, text=True
    )
    if result.returncode != 0:
        raise SystemExit(f"list_hidden: phiwire failed: {result.stderr.strip()}")
    with open(path, encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file if line.strip()]
    answers = [json.loads(line)["spans"] for line in result.stdout.splitlines()]
    return list(zip(texts, answers, strict=True))


def rates(name, variant, documents, found):
    """A row of the first table: tokens, and hidden ones in 1,000 of them."""
    size = sum(len(TOKEN.findall(text)) for text, _ in documents)
    outside = [TIMES | OTHERS, TIMES, set()]
    counts = [sum(h.type not in types for h in found) for types in outside]
    return [name, variant, str(size), *(f"{1000 * n / size:.2f}" for n in counts)]


def kind_table(hidden):
    """hidden: set -> [Hidden]; tokens by kind, clinical ones last."""
    count = {name: collections.Counter(h.kind for h in hidden[name]) for name in hidden}
    kinds = {kind for counter in count.values() for kind in counter}
    order = sorted(kinds, key=lambda k: (k in CLINICAL, k == UNKNOWN, k))
    rows = [[k, *(str(c[k]) for c in count.values())] for k in order]
    total = [
        str(sum(n for kind, n in c.items() if kind in CLINICAL)) for c in count.values()
    ]
    return [["kind", *hidden], *rows, ["of medicine in all (the last kinds)", *total]]


def in_its_words(line):
    """The finding, with about three words around it."""
    before, rest = line.split("[[", 1)
    inside, after = rest.split("]]", 1)
    left, right = before[-18:].partition(" ")[2], after[:16].rpartition(" ")[0]
    return f"{left}[{inside}]{right}".strip()


def word_list(found, quoted):
    """A line a kind: its words, with types and counts; quoted: in their lines."""
    kinds = collections.defaultdict(collections.Counter)
    for h in found:
        if quoted and h.kind in CLINICAL:
            kinds[h.kind][f'"{in_its_words(h.line)}"', h.type] = 1
        else:
            kinds[h.kind][h.word, h.type] += 1
    lines = []
    for kind in sorted(kinds, key=lambda k: (k not in CLINICAL, k)):
        words = [
            f"{word} ({entity}{f', {n} times' if n > 1 else ''})"
            for (word, entity), n in sorted(kinds[kind].items())
        ]
        lines.append(f"- {kind}: {', '.join(words)}")
    return "\n".join(lines)


def counted(name, found):
    return [h for h in found if not (name in HAS_DATES and h.type in TIMES)]


def render(rows, hidden, draw):
    head = ["set", "weights", "tokens", "names, ids, phones, addresses"]
    head += ["and organizations", "all types"]
    parts = ["Tokens hidden in 1,000:", draw([head, *rows], left=2)]
    parts += ["By kind, built-in weights (tokens):", draw(kind_table(hidden))]
    for name, found in hidden.items():
        if name in NOT_LISTED:
            medicine = [h for h in found if h.kind in CLINICAL]
            parts += [f"{name}, what is of medicine:", word_list(medicine, False)]
        else:
            parts += [f"{name}:", word_list(found, True)]
    return "\n\n".join(parts) + "\n"


def parse(arguments):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--phiwire", default=str(ROOT / "build/release/phiwire"))
    parser.add_argument(
        "--weights", type=title_and_file, action="append", default=[],
        metavar="TITLE=FILE", help="rates with these weights too",
    )  # fmt: skip
    parser.add_argument("--list", action="store_true", help="each finding in its line")
    parser.add_argument("--update", type=Path, help="Markdown file with the markers")
    return parser.parse_args(arguments)


def main(arguments=None):
    args = parse(arguments)
    kinds = read_kinds(KINDS)
    variants = [("built-in", [])]
    variants += [(title, ["--weights", file]) for title, file in args.weights]
    rows, hidden = [], {}
    for name in SETS:
        for variant, more in variants:
            documents = analyze(args.phiwire, args.folder / f"{name}.jsonl", more)
            found = [
                h for t, fs in documents for f in fs for h in hidden_in(t, f, kinds)
            ]
            rows.append(rates(name, variant, documents, found))
            if not more:
                hidden[name] = counted(name, found)
    if args.update:
        update(args.update, "list_hidden", render(rows, hidden, markdown_table))
    if args.list:
        lines = {(name, h) for name in hidden for h in hidden[name]}
        order = sorted(lines, key=lambda x: (x[0], x[1].kind, x[1].word, x[1].line))
        for name, h in order:
            print(name, h.kind, h.type, h.word, h.line, sep="\t")
    else:
        print(render(rows, hidden, plain_table), end="")


if __name__ == "__main__":
    main()
