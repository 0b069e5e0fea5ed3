#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes short annotated texts as fields, cells and JSON values hold them.

    tools/short_values.py LEXICON OUT.jsonl [--count 4000] [--seed 1]

LEXICON is data/lexicon. A text is one value, without a label or a sentence
around it: results, units, codes, names of tests and drugs, statuses (no PHI),
and names, addresses, phones, ids and dates (PHI), written in the ways senders
write them. Fitting needs them because annotated notes hold hardly any text
without context (docs/fit.md). The same seed gives the same file.
"""

import argparse
import json
import random
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PARTS = ROOT / "data" / "gold" / "short_parts.tsv"
SPECIMENS = "arterial SER PLAS UR art calc venous POC auto".split()
FORMS = "abs % corr total ratio".split()
STREETS = "St Street Ave Avenue Rd Road Dr Drive Ln Lane Blvd Ct Court Way Pl".split()


def lines(path, column=0):
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")[column]


def frequent(path, least):
    return [w for w, n in zip(lines(path), lines(path, 1)) if int(n) >= least]


class Values:
    def __init__(self, lexicon, seed):
        self.random = random.Random(seed)
        parts = list(zip(lines(PARTS), lines(PARTS, 1)))
        self.tests = [text for kind, text in parts if kind == "test"]
        self.statuses = [text for kind, text in parts if kind == "status"]
        self.units = [text for kind, text in parts if kind == "unit"]
        first = list(lines(lexicon / "first_names.tsv"))
        self.first = first[:6000]
        self.last = list(lines(lexicon / "surnames.tsv"))[:60000]
        medical = frequent(lexicon / "medical_words.tsv", 5)
        self.medical = [word for word in medical if word.isalpha()]
        self.drugs = [d for d in lines(lexicon / "drug_variants.txt") if len(d) < 30]
        self.words = list(lines(lexicon / "english_words.txt"))
        self.cities = list(lines(lexicon / "us_cities.tsv"))
        self.hospitals = list(lines(lexicon / "us_hospitals.tsv"))

    def case(self, text):
        """As the sender's system writes it."""
        return self.random.choice(
            [str, str, str.upper, str.upper, str.lower, str.title, str.capitalize]
        )(text)

    def digits(self, count):
        return "".join(self.random.choice("0123456789") for _ in range(count))

    def number(self):
        r = self.random
        return r.choice(
            [
                lambda: str(r.randint(0, 300)),
                lambda: str(r.randint(0, 99)),
                lambda: f"{r.uniform(0, 300):.{r.randint(1, 2)}f}",
                lambda: f"{r.randint(0, 90)} - {r.randint(91, 300)}",
                lambda: f"{r.choice('<>')}{r.randint(0, 500)}",
                lambda: f"{r.randint(80, 200)}/{r.randint(40, 110)}",
                lambda: f"{r.randint(0, 400)} {r.choice(self.units)}",
                lambda: f"{r.uniform(0, 40):.1f} {r.choice(self.units)}",
                lambda: f"{r.randint(1, 9):03}",
                lambda: f"1:{r.choice([2, 4, 8, 16, 320, 640])}",
                lambda: f"{r.randint(0, 23):02}:{r.randint(0, 59):02}",
            ]
        )()

    def code(self):
        r = self.random
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        return r.choice(
            [
                lambda: f"{r.choice(letters)}{r.randint(0, 99):02}.{r.randint(0, 9)}",
                lambda: f"{r.randint(1000, 99999)}-{r.randint(0, 9)}",
                lambda: "".join(r.choice(letters) for _ in range(r.randint(2, 5))),
                lambda: f"{r.choice(letters)}{r.randint(1, 99)}",
                lambda: f"CD:{self.digits(r.randint(3, 6))}",
                lambda: f"v{r.randint(1, 9)}.{r.randint(0, 20)}.{r.randint(0, 9)}",
                lambda: f"{r.choice(['LN', 'L', 'CPT', 'ICD10', 'SCT'])}",
                lambda: r.choice(["A+", "O-", "AB+", "1+", "2+", "+++", "--", "?"]),
            ]
        )()

    def thing(self):
        """A test, a drug, a status, words: never a person or place."""
        r = self.random
        text = r.choice(
            [
                lambda: r.choice(self.tests),
                lambda: f"{r.choice(self.tests)}, {r.choice(SPECIMENS)}",
                lambda: f"{r.choice(self.tests)} {r.choice(self.units + FORMS)}",
                lambda: r.choice(self.statuses),
                lambda: r.choice(self.statuses),
                lambda: r.choice(self.drugs),
                lambda: f"{r.choice(self.drugs)} {r.randint(1, 50) * 5} mg",
                lambda: " ".join(r.sample(self.medical, r.randint(1, 3))),
                lambda: r.choice(self.words),
            ]
        )()
        return self.case(text)

    def name(self):
        r = self.random
        first, last = r.choice(self.first), r.choice(self.last)
        middle = r.choice("ABCDEFGHJKLMNPRSTVW")
        text = r.choice(
            [
                f"{first} {last}",
                f"{first} {last}",
                f"{last}, {first}",
                f"{last}, {first} {middle}",
                f"{first} {middle}. {last}",
                f"{first} {middle} {last}",
                f"{last} {first}",
                last,
                first,
            ]
        )
        text = r.choice([str.title, str.title, str.upper, str.lower])(text)
        if r.random() < 0.12:
            title = r.choice(["Dr. ", "Mr. ", "Mrs. ", "Ms. ", "DR "])
            return [(title, None), (text, "NAME")]
        if r.random() < 0.1:
            return [(text, "NAME"), (r.choice([", MD", " MD", ", RN", " NP"]), None)]
        return [(text, "NAME")]

    def place(self):
        r = self.random
        number, word = r.randint(1, 9999), r.choice(self.last).title()
        street = f"{number} {word} {r.choice(STREETS)}"
        if r.random() < 0.3:
            street += f" Apt {r.randint(1, 40)}"
        if r.random() < 0.3:
            street = street.upper()
        city = r.choice(self.cities)
        return r.choice(
            [
                [(street, "STREET")],
                [(street, "STREET")],
                [(city, "CITY")],
                [(city, "CITY"), (", TX ", None), (self.digits(5), "ZIP")],
                [
                    (street, "STREET"),
                    (", ", None),
                    (city, "CITY"),
                    (", MA ", None),
                    (self.digits(5), "ZIP"),
                ],
                [(r.choice(self.hospitals).title(), "FACILITY")],
            ]
        )

    def identifier(self):
        r = self.random
        area = f"{r.randint(201, 989)}"
        date = f"{r.randint(1, 12):02}/{r.randint(1, 28):02}/{r.randint(1930, 2024)}"
        first = r.choice(self.first).lower()
        last = r.choice(self.last).lower()
        return r.choice(
            [
                [(f"({area}) {self.digits(3)}-{self.digits(4)}", "PHONE")],
                [(f"{area}-{self.digits(3)}-{self.digits(4)}", "PHONE")],
                [(f"{first}.{last}@{r.choice(['mail', 'corp', 'post'])}.com", "EMAIL")],
                [(f"{self.digits(3)}-{self.digits(2)}-{self.digits(4)}", "SSN")],
                [(date, "DATE")],
                [(date.replace("/", "-"), "DATE")],
                [("MRN ", None), (self.digits(r.randint(6, 9)), "MEDICALRECORD")],
                [("Acct ", None), (self.digits(r.randint(6, 10)), "ACCOUNT")],
            ]
        )

    def value(self):
        """Pieces of (text, type or None)."""
        kind = self.random.random()
        if kind < 0.22:
            return [(self.number(), None)]
        if kind < 0.30:
            return [(self.code(), None)]
        if kind < 0.68:
            return [(self.thing(), None)]
        if kind < 0.86:
            return self.name()
        if kind < 0.93:
            return self.place()
        return self.identifier()


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("lexicon", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    values = Values(arguments.lexicon, arguments.seed)
    with open(arguments.out, "w", encoding="utf-8") as out:
        for number in range(arguments.count):
            text, spans = "", []
            for piece, kind in values.value():
                if kind:
                    end = len(text) + len(piece)
                    spans.append({"start": len(text), "end": end, "type": kind})
                text += piece
            line = {"id": f"value-{number}", "text": text, "spans": spans}
            out.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
