#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Builds lexicon.bin from the tables of data/lexicon.

    build_lexicon.py SRC_DIR OUT           the table base/lexicon.h reads
    build_lexicon.py --fold-table OUT      base/fold_table.h
    build_lexicon.py --check FILE          full check of a built table

Standard library only; the same input gives the same bytes. What each number
and flag means stands in base/lexicon.h, where the tables come from in
data/SOURCES.md.

File, little endian: a header of 64 bytes (magic, version, slots, entries,
checksum, size), then open-addressing slots of 16 bytes (hash u32, length of
the folded word u8, three zero bytes, LexEntry), linear probing, home slot
hash & (slots - 1). Frequent words are put in first, so that they sit at home.
"""

import math
import re
import struct
import sys
import unicodedata
from pathlib import Path

MAGIC = b"PHIWLEX\0"
VERSION = 1
HEADER = struct.Struct("<8sIIIIQQ24x")
SLOT = struct.Struct("<IB3xBBBBBBH")
assert HEADER.size == 64 and SLOT.size == 16

(
    DICTIONARY,
    MEDICAL,
    DRUG,
    EPONYM,
    STOP,
    STATE,
    COUNTRY,
    COUNTY,
    MALE,
    FEMALE,
    WORLD_CITY,
    CITY_WORD,
    HOSPITAL_WORD,
) = (1 << i for i in range(13))

# Letters that have no decomposition but a customary Latin spelling.
PLAIN = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ħ": "h",
    "\u0131": "i",  # without a dot
    "ŧ": "t",
    "ŋ": "n",
    "ĸ": "k",
    "ẞ": "ss",
    "ƒ": "f",
    "ɨ": "i",
    "ɓ": "b",
    "ɗ": "d",
    "ƙ": "k",
    "ƴ": "y",
    "ƶ": "z",
}
# Typographic apostrophes, the okina and its common stand-ins.
APOSTROPHES = "\u2018\u2019\u02bb\u02bc\u02b9\u2032\uff07\u00b4"
WORD = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*")

# Words of drug names that name a class of substance, not a drug.
CHEMISTRY = set(
    """
acid acids agent agents alcohol alkaloid amine amino analog analogs antigen
antibody base bromide calcium carbonate chain chloride citrate compound complex
conjugate cream derivative dihydrate disodium enzyme ester ethyl extract factor
family fluoride fruit gene hydrate hydrochloride hydroxide inhibitor inhibitors
iodide leaf magnesium methyl monohydrate nitrate oil ointment oral oxide peptide
phosphate plant pollen polymer potassium protein receptor receptors root salt
seed sodium solution sulfate tablet tartrate toxin vaccine virus vitamin water
zinc acetate anhydrous human recombinant injection hydrobromide maleate fumarate
""".split()
)
# Parts of state, county and city names that say nothing on their own.
PLACE_COMMON = set("new north south west east of district island city".split())
COUNTY_KINDS = set(
    """county parish borough municipio municipality census area
city district island islands and of the""".split()
)


def fold(text):
    """Lower case, accents and typography off; FoldWord in base/fold.h."""
    out = []
    for c in unicodedata.normalize(
        "NFKD", "".join("'" if c in APOSTROPHES else c for c in text)
    ):
        if unicodedata.combining(c):
            continue
        for low in unicodedata.normalize("NFKD", c.lower()):
            if not unicodedata.combining(low):
                out.append(PLAIN.get(low, low))
    return "".join(out)


def words(text):
    """Folded words as the tokeniser cuts them: no final 's, ASCII only."""
    for word in WORD.findall(fold(text)):
        if word.endswith("'s"):
            word = word[:-2]
        if len(word) < 64:
            yield word


def hash_word(word):
    h = 2166136261
    for b in word.encode():
        h = ((h ^ b) * 16777619) & 0xFFFFFFFF
    return h or 1


def log_scale(count):
    return min(15, round(1 + 2 * math.log10(count))) if count > 0 else 0


class Entry:
    __slots__ = (
        "city",
        "first",
        "flags",
        "hospital",
        "last",
        "medical",
        "zipf",
    )

    def __init__(self):
        self.first = self.last = self.zipf = self.city = 0
        self.hospital = self.medical = self.flags = 0

    def pack(self, h, length):
        return SLOT.pack(
            h,
            length,
            log_scale(self.first),
            log_scale(self.last),
            self.zipf,
            log_scale(self.city),
            log_scale(self.hospital),
            log_scale(self.medical),
            self.flags,
        )


class Builder:
    """Counts are kept raw here and log-scaled when they are packed."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.table = {}

    def rows(self, name):
        with open(self.folder / name, encoding="utf-8") as file:
            for line in file:
                if not line.startswith("#"):
                    yield line.rstrip("\n").split("\t")

    def at(self, word):
        entry = self.table.get(word)
        if entry is None:
            entry = self.table[word] = Entry()
        return entry

    def flag_words(self, text, flag, skip):
        for word in words(text):
            if word not in skip and len(word) > 1:
                self.at(word).flags |= flag

    def english(self):
        for word, zipf in self.rows("english_frequency.tsv"):
            for w in words(word):
                # "don't" is one word here, "o.k." two: only the first kind.
                if w == fold(word):
                    self.at(w).zipf = max(self.at(w).zipf, int(zipf))
        for (word,) in self.rows("english_words.txt"):
            self.at(word).flags |= DICTIONARY
        self.stop = set()
        for (word,) in self.rows("stopwords.txt"):
            self.stop.add(word)
            self.at(word).flags |= STOP

    def medical(self):
        for word, count in self.rows("medical_words.tsv"):
            for w in words(word):
                entry = self.at(w)
                entry.medical = max(entry.medical, int(count))
                entry.flags |= MEDICAL
        for term, _ in self.rows("eponyms.tsv"):
            # "Alcohol-induced", "Burkitt-like": only capitalised parts are
            # names, and a dictionary word among them is noise of the regex.
            for part in term.split("-"):
                if part[:1].isupper():
                    for w in words(part):
                        common = self.at(w).flags & (DICTIONARY | STOP)
                        if len(w) > 2 and not common:
                            self.at(w).flags |= EPONYM

    def names(self):
        for name, count in self.rows("surnames.tsv"):
            self.at(name.lower()).last = int(count)
        for (name,) in self.rows("surnames_2010_only.txt"):
            self.at(name.lower()).last = 100
        for name, count, sex in self.rows("first_names.tsv"):
            entry = self.at(name.lower())
            entry.first = int(count)
            entry.flags |= {"M": MALE, "F": FEMALE}.get(sex, 0)
        self.apostrophes()

    def apostrophes(self):
        """Census names lack apostrophes: OBRIEN is also o'brien."""
        vowel, consonant = "aeiou", "bcdfghklmnprst"
        last = [
            ("o", consonant),
            ("d", vowel + "s"),
            ("m", consonant),
            ("l", vowel),
            ("n", vowel + "d"),
        ]
        first = [(p, None) for p in "d da de la ja ke ra sha ta tre o".split()]
        for attribute, prefixes in (("last", last), ("first", first)):
            known = [
                (w, getattr(e, attribute), e.flags & (MALE | FEMALE))
                for w, e in self.table.items()
                if getattr(e, attribute)
            ]
            bearers = {w for w, _, _ in known}
            for word, count, sex in known:
                for prefix, starts in prefixes:
                    rest = word[len(prefix) :]
                    if (
                        word.startswith(prefix)
                        and len(rest) >= 4
                        and rest in bearers
                        and (starts is None or rest[0] in starts)
                    ):
                        entry = self.at(prefix + "'" + rest)
                        setattr(entry, attribute, count)
                        entry.flags |= sex if attribute == "first" else 0

    def drugs(self):
        for name in ("drug_variants.txt", "unii_brand.txt", "unii_official.txt"):
            for (text,) in self.rows(name):
                parts = list(words(text))
                # A person's name is rarely a drug, unless it is a brand.
                limit = 5000 if len(parts) == 1 else 1000
                for word in parts:
                    if len(word) < 4 or word in CHEMISTRY or word.isdigit():
                        continue
                    known = self.table.get(word)
                    if known and known.flags & EPONYM and len(parts) > 1:
                        continue
                    if known is None or (
                        known.zipf < 8 and known.first < limit and known.last < limit
                    ):
                        self.at(word).flags |= DRUG

    def places(self):
        for name, _, population in self.rows("us_cities.tsv"):
            parts = list(words(name))
            if len(parts) == 1:
                entry = self.at(parts[0])
                entry.city = max(entry.city, int(population))
            else:
                self.flag_words(name, CITY_WORD, self.stop)
        for name, _ in self.rows("world_cities.tsv"):
            one = len(list(words(name))) == 1
            self.flag_words(name, WORLD_CITY if one else CITY_WORD, self.stop)
        for name, _ in self.rows("us_counties.tsv"):
            self.flag_words(name, COUNTY, COUNTY_KINDS)
        for code, name in self.rows("us_states.tsv"):
            self.at(code.lower()).flags |= STATE
            self.flag_words(name, STATE, PLACE_COMMON)
        for _, name in self.rows("countries.tsv"):
            one = len(list(words(name))) == 1
            self.flag_words(name, COUNTRY, () if one else self.stop | PLACE_COMMON)

    def hospitals(self):
        for name, _ in self.rows("us_hospitals.tsv"):
            for word in set(words(name)):
                entry = self.at(word)
                entry.hospital += 1
                if word not in self.stop and len(word) > 1:
                    entry.flags |= HOSPITAL_WORD

    def okina(self):
        """Kane'ohe is written without its apostrophe more often than not."""
        for word, entry in list(self.table.items()):
            if "'" in word and (entry.city or entry.flags & CITY_WORD):
                plain = self.at(word.replace("'", ""))
                plain.city = max(plain.city, entry.city)
                plain.flags |= entry.flags & (CITY_WORD | WORLD_CITY)

    def build(self):
        self.english()
        self.medical()
        self.names()
        self.drugs()
        self.places()
        self.hospitals()
        self.okina()
        return {w: e for w, e in self.table.items() if e.pack(0, 0) != bytes(SLOT.size)}


def checksum(data):
    """Eight lanes of h = (h ^ word) * odd, folded; Checksum in lexicon.cc."""
    prime, mask = 0x9E3779B97F4A7C15, 0xFFFFFFFFFFFFFFFF
    lanes = list(range(1, 9))
    for block in struct.iter_unpack("<8Q", data):
        lanes = [((h ^ w) * prime) & mask for h, w in zip(lanes, block)]
    total = 0
    for h in lanes:
        total = ((total ^ h ^ (h >> 32)) * prime) & mask
    return total


def header(body, entries):
    slots = len(body) // SLOT.size
    return HEADER.pack(
        MAGIC,
        VERSION,
        slots,
        entries,
        SLOT.size,
        checksum(body),
        HEADER.size + len(body),
    )


def pack(table):
    """Slots of the table: a power of two, at most 60 % full."""
    count = 1024
    while count * 3 < len(table) * 5:
        count *= 2
    slots = [None] * count
    taken = set()
    entries = 0
    for word in sorted(table, key=lambda w: (-table[w].zipf, w)):
        h = hash_word(word)
        if (h, len(word)) in taken:  # the more frequent word keeps the place
            continue
        taken.add((h, len(word)))
        i = h & (count - 1)
        while slots[i] is not None:
            i = (i + 1) & (count - 1)
        slots[i] = table[word].pack(h, len(word))
        entries += 1
    empty = bytes(SLOT.size)
    return b"".join(s or empty for s in slots), entries


def fold_table():
    """C++ table of U+00C0..U+024F and U+1E00..U+1EFF, two bytes each."""

    def row(cp):
        text = fold(chr(cp))
        if text.isascii() and len(text) <= 2 and text:
            return text
        return ""  # left to ICU's lower case

    lines = [
        "// SPDX-License-Identifier: Apache-2.0",
        "// GENERATED BY tools/build_lexicon.py --fold-table: DO NOT EDIT",
        "",
        "#ifndef PHIWIRE_BASE_FOLD_TABLE_H_",
        "#define PHIWIRE_BASE_FOLD_TABLE_H_",
        "",
        "namespace phiwire::internal {",
        "",
    ]
    for name, begin, end in (
        ("kFoldLatin", 0xC0, 0x250),
        ("kFoldLatinAdditional", 0x1E00, 0x1F00),
    ):
        lines.append(f"inline constexpr char {name}[{end - begin}][3] = {{")
        line = "   "
        for cp in range(begin, end):
            piece = f' "{row(cp)}",'
            if len(line) + len(piece) > 80:
                lines.append(line)
                line = "   "
            line += piece
        lines += [line[:-1] + "};", ""]
    lines += [
        "}  // namespace phiwire::internal",
        "",
        "#endif  // PHIWIRE_BASE_FOLD_TABLE_H_",
        "",
    ]
    return "\n".join(lines)


def check(path):
    data = Path(path).read_bytes()
    body = data[HEADER.size :]
    slots = list(SLOT.iter_unpack(body))
    entries = sum(1 for s in slots if s[0])
    if data[: HEADER.size] != header(body, entries):
        sys.exit(f"{path}: damaged")
    mask = len(slots) - 1
    probes = [(i - s[0]) & mask for i, s in enumerate(slots) if s[0]]
    print(
        f"{entries} entries, {len(slots)} slots, load "
        f"{entries / len(slots):.2f}, probes mean "
        f"{1 + sum(probes) / entries:.2f}, longest {1 + max(probes)}"
    )


def main(args):
    if len(args) == 2 and args[0] == "--fold-table":
        Path(args[1]).write_text(fold_table(), encoding="utf-8")
    elif len(args) == 2 and args[0] == "--check":
        check(args[1])
    elif len(args) == 2:
        body, entries = pack(Builder(args[0]).build())
        Path(args[1]).parent.mkdir(parents=True, exist_ok=True)
        # Renamed into place: a process may have the old file mapped.
        fresh = Path(args[1] + ".new")
        fresh.write_bytes(header(body, entries) + body)
        fresh.replace(args[1])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
