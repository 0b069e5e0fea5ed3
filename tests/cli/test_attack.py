# SPDX-License-Identifier: Apache-2.0
"""phiwire attack: what it finds, and that it shows no values."""

import datetime
import hashlib
import json
import random
import re

import pytest

SEED = 20240131
FIRST = datetime.date(2019, 1, 7)  # a Monday


@pytest.fixture
def random_numbers():
    print("seed", SEED)
    return random.Random(SEED)


def write_csv(path, header, rows):
    lines = [",".join(map(str, row)) for row in [header, *rows]]
    path.write_text("\n".join([*lines, ""]))
    return path


def attack(phiwire, *arguments, stdin=b""):
    done = phiwire("attack", *arguments, "--json", stdin=stdin)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


MRN = ("--space", "MR-#####", "--whole")


@pytest.mark.parametrize(
    "spell, digest",
    [
        (lambda n: sha256(f"MR-{n:05}"), "sha256"),
        (lambda n: sha256(f"MR{n:05}").upper(), "sha256"),
        (lambda n: sha256(f"MR-{n:05}")[:16], "sha256"),
        (lambda n: hashlib.sha1(f"MR-{n:05}".encode()).hexdigest(), "sha1"),
        (lambda n: hashlib.md5(f"MR-{n:05}".encode()).hexdigest(), "md5"),
    ],
    ids=["sha256", "bare upper", "cut", "sha1", "md5"],
)
def test_hashes_without_a_key_are_all_found(
    phiwire, tmp_path, random_numbers, spell, digest
):
    numbers = random_numbers.sample(range(100000), 50)
    table = write_csv(tmp_path / "t.csv", ["id", "x"], [[spell(n), 1] for n in numbers])
    found = attack(phiwire, table, "--codes", "id", *MRN, "--digest", digest)["hashes"]
    assert found["tried"] == found["size"] == 100000
    assert found["codes"] == found["recovered"] == 50
    assert found["control"] == found["control_recovered"] == 1000
    # The same codes as words of a text.
    note = " ".join(f"Seen: {spell(n)}." for n in numbers).encode()
    assert (
        attack(phiwire, "-", *MRN, "--digest", digest, stdin=note)["hashes"][
            "recovered"
        ]
        == 50
    )


@pytest.mark.parametrize(
    "settings",
    [
        "",
        ", length: 42",
        ", key_id: false",
        ", alphabet: hex",
        ", alphabet: base32",
        ", alphabet: digits, length: 38",
    ],
)
def test_phiwires_own_are_not(phiwire, tmp_path, random_numbers, settings):
    # No key by chance: a code without a digit is taken for a word, and under
    # some keys one of forty in base32 is such.
    key = tmp_path / "k"
    key.touch(mode=0o600)
    key.write_bytes(b"phiwire tests: codes that have digits")
    (tmp_path / "p.yaml").write_text(
        f"version: 1\ntypes:\n  SSN: {{anonymizer: hash{settings}}}\n"
    )
    ssns = [f"219-{n // 100:02}-{n % 100 + 1:04}" for n in range(110, 150)]
    text = "".join(f"Patient SSN: {ssn} today.\n" for ssn in ssns).encode()
    clean = phiwire(
        "deid", "--policy", tmp_path / "p.yaml", "--key", tmp_path / "k", stdin=text
    )
    assert clean.returncode == 0, clean.stderr
    # The part of the space that holds them all.
    found = attack(
        phiwire,
        "-",
        "--space",
        "###-##-####",
        "--range",
        "219000000-219200000",
        "--whole",
        stdin=clean.stdout,
    )["hashes"]
    assert found["codes"] >= len(ssns)
    assert found["recovered"] == 0
    assert found["control_recovered"] == found["control"] == 1000


def test_a_part_of_the_space_is_said_to_be_one(phiwire):
    done = phiwire("attack", "-", "--tries", 200000)
    assert done.returncode == 0
    assert b"200,000 of 888,931,098" in done.stdout
    assert b"1,000 of 1,000 plain SHA-256" in done.stdout
    assert b"No codes to attack" in done.stdout


def test_values_in_the_clear_are_pointed_at(phiwire, tmp_path):
    table = write_csv(tmp_path / "t.csv", ["id"], [["MR-00017"], [sha256("x")]])
    found = attack(phiwire, table, "--codes", "id", *MRN)["hashes"]
    assert (found["alike"], found["codes"], found["no_codes"]) == (1, 1, 1)


def visits(random_numbers, patients, shift, weekends=False):
    """Rows of (patient, day), on working days unless told."""
    for patient in range(patients):
        offset = shift(random_numbers)
        days = set()
        while len(days) < 12:
            day = FIRST + datetime.timedelta(random_numbers.randrange(1500))
            if weekends or day.weekday() < 5:
                days.add(day)
        for day in days:
            yield [f"P{patient}", (day + datetime.timedelta(offset)).isoformat()]


def dates(phiwire, path, rows):
    table = write_csv(path, ["who", "seen"], rows)
    return attack(phiwire, table, "--patient", "who", "--date", "seen")["dates"]


def test_whole_weeks_show(phiwire, tmp_path, random_numbers):
    rows = list(visits(random_numbers, 60, lambda r: 7 * r.randrange(1, 50)))
    kept = dates(phiwire, tmp_path / "t.csv", rows)
    assert kept["weekdays_uneven"] and kept["weekend_share"] == 0
    assert kept["weekdays"][0] == kept["weekdays"][6] == 0
    rows = list(visits(random_numbers, 60, lambda r: r.randrange(1, 350)))
    moved = dates(phiwire, tmp_path / "t.csv", rows)
    assert not moved["weekdays_uneven"]
    # Their own working weeks tell all the same.
    assert moved["patients_with_days"] == 60 and moved["weekend_found"] > 40
    rows = list(visits(random_numbers, 60, lambda r: 5, weekends=True))
    assert dates(phiwire, tmp_path / "t.csv", rows)["weekend_found"] < 30


def test_known_dates(phiwire, tmp_path):
    rows = [
        ["a", "2020-01-01"],
        ["a", "2020-01-11"],
        ["a", "2020-01-11"],
        ["b", "2021-05-01"],
        ["b", "2021-05-11"],
        ["b", "5/20/2021"],
        ["c", "2022-07-07"],
        ["c", "sometime"],
        ["c", ""],
    ]
    found = dates(phiwire, tmp_path / "t.csv", rows)
    assert found["days"] == 6 and found["patients"] == 3 and found["unread"] == 1
    assert found["fall_with_one"] == 3 and found["most_days"] == 3
    # 10 days are a's and b's, 9 and 19 are b's alone.
    assert found["patients_with_two"] == 2 and found["found_by_two"] == 1


def test_shifted_by_phiwire(phiwire, tmp_path, random_numbers):
    """One patient a note: intervals are the same, the weekdays are not."""
    assert phiwire("keygen", "-o", tmp_path / "k").returncode == 0
    (tmp_path / "p.yaml").write_text(
        "version: 1\ntypes:\n  DATE: {anonymizer: date_shift}\n"
    )
    rows = []
    for patient in range(12):
        days = [row[1] for row in visits(random_numbers, 1, lambda r: 0)]
        text = "".join(f"Seen on {day}.\n" for day in days).encode()
        clean = phiwire(
            "deid",
            "--policy",
            tmp_path / "p.yaml",
            "--key",
            tmp_path / "k",
            "--subject",
            patient,
            stdin=text,
        )
        assert clean.returncode == 0, clean.stderr
        shifted = re.findall(rb"\d{4}-\d\d-\d\d", clean.stdout)
        assert len(shifted) == len(days)
        rows += [[patient, day.decode()] for day in shifted]
    found = dates(phiwire, tmp_path / "t.csv", rows)
    assert found["weekend_share"] > 0 and found["fall_with_one"] == 12 * 11


def test_small_domains(phiwire, tmp_path, random_numbers):
    rows = [[sha256(str(n % 2)), sha256(str(n))] for n in range(3000)]
    table = write_csv(tmp_path / "t.csv", ["sex", "mrn"], rows)
    sex, mrn = attack(phiwire, table, "--domain", "sex,mrn")["domains"]
    assert (sex["column"], sex["distinct"], sex["few"]) == ("sex", 2, True)
    assert sex["top_share"] == 0.5
    assert (mrn["distinct"], mrn["few"]) == (3000, False)


def test_k_anonymity(phiwire, tmp_path):
    rows = [["021", "F", 1980]] * 12 + [["021", "M", 1980]] * 4 + [["946", "F", 1931]]
    table = write_csv(tmp_path / "t.csv", ["zip", "sex", "born"], rows)
    k = attack(phiwire, table, "--quasi", "zip", "--quasi", "sex,born")["k_anonymity"]
    assert k == {
        "columns": ["zip", "sex", "born"],
        "rows": 17,
        "classes": 3,
        "k": 1,
        "alone": 1,
        "below_5": 5,
        "below_11": 5,
        "rows_by_k_from": {
            "1": 1,
            "2": 4,
            "5": 0,
            "10": 12,
            "20": 0,
            "50": 0,
            "100": 0,
        },
    }
    assert attack(phiwire, table, "--quasi", "sex")["k_anonymity"]["classes"] == 2


def test_no_value_is_shown(phiwire, tmp_path):
    rows = [["QUACKENBUSH", sha256("4711"), "03/04/2021", "946ZZ"]] * 3
    table = write_csv(tmp_path / "t.csv", ["who", "id", "seen", "zip"], rows)
    for more in ([], ["--json"]):
        done = phiwire(
            "attack",
            table,
            "--codes",
            "id",
            "--patient",
            "who",
            "--date",
            "seen",
            "--domain",
            "zip",
            "--quasi",
            "zip,seen",
            "--tries",
            1000,
            *more,
        )
        assert done.returncode == 0, done.stderr
        for value in ("QUACK", sha256("4711")[:12], "03/04", "946ZZ"):
            assert value not in done.stdout.decode() + done.stderr.decode()


CSV = "id,who\na,b\n"
BAD = [
    ("no such file", ["no.csv"], None, "the file: "),
    ("no file", [], None, "FILE"),
    ("no such column", ["t.csv", "--codes", "ssn"], CSV, "t.csv:1: no column ssn"),
    ("twice a column", ["t.csv", "--codes", "id"], "id,id\na,b\n", "1: two columns id"),
    ("wrong width", ["t.csv", "--codes", "id"], CSV + "SECRET\n", "3: 1 cells, not 2"),
    (
        "open quote",
        ["t.csv", "--codes", "id"],
        CSV + '"SECRET,x\n',
        "3: column 1: a quote",
    ),
    ("no rows", ["t.csv", "--quasi", "id"], "id\n", "t.csv:1: no row below the header"),
    ("empty", ["t.csv", "--quasi", "id"], "", "t.csv:1: no header line"),
    ("not a text", ["t.csv"], "%PDF-1.7 x", "PDF"),
    ("dates of nobody", ["t.csv", "--date", "id"], CSV, "--patient"),
    ("nobody's dates", ["t.csv", "--patient", "id"], CSV, "--patient"),
    ("no shape", ["t.csv", "--space", "ABC"], CSV, "--space"),
    ("too large", ["t.csv", "--space", "#" * 30], CSV, "--space"),
    ("no range", ["t.csv", "--space", "####", "--range", "5"], CSV, "--range"),
    ("a range too far", ["t.csv", "--space", "##", "--range", "5-100"], CSV, "--range"),
    ("a range of ssn", ["t.csv", "--range", "1-2"], CSV, "--range"),
    ("no digest", ["t.csv", "--digest", "sha7", "--tries", "1"], CSV, "--digest"),
    ("no tries", ["t.csv", "--tries", "0"], CSV, "--tries"),
    ("tries below 0", ["t.csv", "--tries", "-4"], CSV, "--tries"),
]


@pytest.mark.parametrize("row", BAD, ids=lambda row: row[0])
def test_bad_input(phiwire, tmp_path, row):
    _, arguments, content, error = row
    if content is not None:
        (tmp_path / "t.csv").write_text(content)
    done = phiwire("attack", *arguments, cwd=tmp_path)
    assert done.returncode == 2 and done.stdout == b""
    assert re.fullmatch(rb"phiwire: [^\n]+\n", done.stderr), done.stderr
    assert error.encode() in done.stderr
    assert b"SECRET" not in done.stderr
