#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Builds the lists that surrogates are drawn from, as C++ arrays.

    build_fakes.py SRC_DIR OUT     SRC_DIR is data/lexicon

Standard library only; the same input gives the same bytes. Read by
anonymizers/fake_lists.cc. Lists are sorted, so that the entries of an initial
stand together. A list that changes changes fakes: say so in CHANGELOG.md.

First names also come as a table of hashes (FNV-1a, 32 bits, of the lower-case
name): hash with its low three bits replaced by 1 male, 2 female, 4 more common
as a first name than as a surname; open addressing, home slot hash >> 16.
"""

import re
import sys
from collections import defaultdict
from pathlib import Path

SLOTS = 1 << 16
LEAST_BEARERS = 200  # of a first name in the table

STREETS = """Acorn Alder Amber Applewood Arbor Ash Aspen Autumn Bayberry Beech
Birch Blossom Bluebird Bramble Briar Brookside Canyon Cardinal Cedar Cherry
Chestnut Clover Cottonwood Creekside Cypress Dogwood Eagle Elderberry Elm
Evergreen Fern Fieldstone Foxglove Garden Glenwood Harvest Hawthorn Hazel
Heather Hemlock Heron Hickory Highland Hillside Holly Ivy Juniper Lakeview
Larch Laurel Lilac Linden Locust Magnolia Maple Meadow Mulberry Myrtle Oak
Oakwood Orchard Park Pebble Pecan Pine Pinecrest Pleasant Poplar Prairie Quail
Redwood River Rosewood Sage Sandstone Sequoia Shady Spruce Sumac Summit
Sunset Sycamore Tamarack Thornhill Valley Vine Vista Walnut Wildwood
Willow Windmill Woodland""".split()
PROFESSIONS = """accountant baker barber bookkeeper carpenter cashier chef
cook dispatcher electrician farmer florist gardener janitor librarian machinist
mechanic painter plumber receptionist roofer salesperson secretary tailor
teacher waiter welder""".split()


def rows(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def fnv(name):
    h = 2166136261
    for byte in name.encode():
        h = ((h ^ byte) * 16777619) & 0xFFFFFFFF
    return h or 1


def choose(ranked, top, each):
    """The first `top`, and of every initial the first `each`."""
    seen = defaultdict(int)
    chosen = []
    for rank, name in enumerate(ranked):
        seen[name[0]] += 1
        if rank < top or seen[name[0]] <= each:
            chosen.append(name)
    return chosen


def plain(name):
    return name.isascii() and name.isalpha() and 3 <= len(name) <= 10


def people(src, words):
    """Families, and first names by sex, as they are written ("Keller")."""
    surnames = [n for n, _ in rows(src / "surnames.tsv")]
    families = [
        n.title()
        for n in surnames[:12000]
        if plain(n)
        and n.lower() not in words
        and not re.match(r"MC|MAC[A-Z]|O[BCDHKMN][A-Z]|DE[A-Z]{2}|VAN", n)
    ]
    counts = {n: int(c) for n, c in rows(src / "surnames.tsv")}
    first = defaultdict(list)
    for name, count, sex in rows(src / "first_names.tsv"):
        if (
            plain(name)
            and name.lower() not in words
            and int(count) > 2 * counts.get(name, 0)
        ):
            first[sex].append(name.title())
    return {
        "Family": choose(families, 900, 16),
        "Male": choose(first["M"][:3000], 400, 8),
        "Female": choose(first["F"][:3000], 400, 8),
        "Unisex": choose(first["-"], 60, 0),
    }


def places(src):
    """Names that several states have: they fit whatever state is written."""
    cities, counties = defaultdict(set), defaultdict(set)
    for name, state, _ in rows(src / "us_cities.tsv"):
        cities[name].add(state)
    for name, state in rows(src / "us_counties.tsv"):
        if name.endswith(" County"):
            counties[name.removesuffix(" County")].add(state)
    return {
        "City": [n for n, s in cities.items() if len(s) >= 3 and n.isascii()],
        "County": [n for n, s in counties.items() if len(s) >= 4 and n.isascii()],
        "State": [n for _, n in rows(src / "us_states.tsv")],
        "StateCode": [c for c, _ in rows(src / "us_states.tsv")],
        "Country": [
            n
            for _, n in rows(src / "countries.tsv")
            if n.isascii() and n.isalpha() and n.lower() != "georgia"
        ],
        "Street": STREETS,
        "Profession": PROFESSIONS,
    }


def first_name_table(src):
    surnames = {n: int(c) for n, c in rows(src / "surnames.tsv")}
    slots = [0] * SLOTS
    for name, count, sex in rows(src / "first_names.tsv"):
        if int(count) < LEAST_BEARERS:
            continue
        flags = {"M": 1, "F": 2}.get(sex, 0)
        flags |= 4 * (int(count) >= surnames.get(name, 0))
        h = fnv(name.lower()) & ~7
        at = h >> 16
        while slots[at] & ~7 not in (0, h) or (slots[at] == 0 and h == 0):
            at = (at + 1) % SLOTS
        if slots[at] == 0:
            slots[at] = h | flags
    return slots


def array(name, entries):
    entries = sorted(set(entries))
    width = max(map(len, entries)) + 1
    starts = [sum(e[0].upper() < chr(ord("A") + i) for e in entries) for i in range(27)]
    out = [f"constexpr char k{name}Text[{len(entries)}][{width}] = {{"]
    out += [f'    "{e}",' for e in entries]
    out += ["};", f"constexpr std::uint16_t k{name}Starts[27] = {{"]
    out += ["    " + ", ".join(map(str, starts)) + "};"]
    return "\n".join(out)


def main():
    src, out = Path(sys.argv[1]), Path(sys.argv[2])
    words = {row[0] for row in rows(src / "english_words.txt")}
    lists = {**people(src, words), **places(src)}
    parts = ["// GENERATED BY tools/build_fakes.py DO NOT EDIT"]
    parts += [array(name, entries) for name, entries in lists.items()]
    table = first_name_table(src)
    parts.append(f"constexpr std::uint32_t kFirstNames[{SLOTS}] = {{")
    parts += [
        ",".join(f"{v:#x}" if v else "0" for v in table[i : i + 16]) + ","
        for i in range(0, SLOTS, 16)
    ]
    parts.append("};")
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("\n".join(parts) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
