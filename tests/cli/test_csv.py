# SPDX-License-Identifier: Apache-2.0
"""Tables through the command line, held against Python's csv module."""

import csv
import io
import os
import random

import pytest

HEADER = ["mrn", "first_name", "last_name", "dob", "sex", "icd10_code", "note"]


def parse(data, **dialect):
    return list(csv.reader(io.StringIO(data.decode(), newline=""), **dialect))


def written(rows, **dialect):
    out = io.StringIO(newline="")
    csv.writer(out, **{"lineterminator": "\n", **dialect}).writerows(rows)
    return out.getvalue().encode()


def deid(phiwire, data, *arguments):
    done = phiwire("deid", "--format", "csv", *arguments, "-", stdin=data)
    assert done.returncode == 0, done.stderr
    return done.stdout


def random_rows(seed):
    """Rows with quotes, separators, line ends and other scripts in the notes."""
    rng = random.Random(seed)
    notes = ["fine", "", 'said "no"', "a,b;c\td|e", "two\nlines", "x\r\ny", "é ü 漢"]
    rows = [HEADER]
    for _ in range(rng.randint(3, 40)):
        rows.append(
            [
                str(rng.randint(100000, 999999)),
                rng.choice(["Jane", "John", "Ann-Marie", "José"]),
                rng.choice(["Okafor", "O'Brien", "Smith, Jr"]),
                f"{rng.randint(1940, 2015)}-0{rng.randint(1, 9)}-1{rng.randint(0, 9)}",
                rng.choice("FM"),
                f"E1{rng.randint(0, 9)}.{rng.randint(0, 9)}",
                rng.choice(notes),
            ]
        )
    return rows


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_shape_and_other_cells_stay(phiwire, seed, separator):
    rows = random_rows(seed)
    out = parse(deid(phiwire, written(rows, delimiter=separator)), delimiter=separator)
    assert out[0] == HEADER, seed
    assert len(out) == len(rows), seed
    for before, after in zip(rows[1:], out[1:]):
        assert len(after) == len(before)
        assert after[4:6] == before[4:6]
        assert after[0] != before[0]
        assert after[1] == after[2] == "[NAME]"
        assert after[3] == before[3][:4]


def test_quoting_and_line_ends_stay_as_written(phiwire):
    data = b'"mrn","sex",weight_kg\r\n"123456","F",70\n123457,M,"71"\r\n\n'
    out = deid(phiwire, data)
    lines = out.split(b"\n")
    assert lines[0] == b'"mrn","sex",weight_kg\r'
    assert lines[1].startswith(b'"') and lines[1].endswith(b'","F",70')
    assert lines[2].endswith(b',M,"71"\r')
    assert lines[3:] == [b"", b""]


def test_a_row_tells_its_note_who_it_is_about(phiwire):
    rows = [
        ["mrn", "last_name", "attending", "note"],
        ["4477", "Xyqqra", "Zzorble", "xyqqra seen, zzorble agrees, chart 4477"],
    ]
    note = parse(deid(phiwire, written(rows)))[1][3].lower()
    assert "xyqqra" not in note and "zzorble" not in note


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 1000])
def test_blocks_of_any_size_give_the_same(phiwire, tmp_path, size):
    rows = random_rows(99)
    source = tmp_path / "t.csv"
    # The head is read first; what follows comes in blocks.
    body = written([HEADER] + rows[1:] * 400)
    source.write_bytes(body)
    key = tmp_path / "k"
    phiwire("keygen", "-o", key)
    arguments = ["deid", "--format", "csv", "--policy", "research", "--key", key]
    whole = phiwire(*arguments, source)
    assert whole.returncode == 0, whole.stderr
    pieces = phiwire(*arguments, "--block-bytes", size * 64, source)
    if pieces.returncode == 2 and b"block-bytes" in pieces.stderr:
        pytest.skip("no --block-bytes in this build")
    assert pieces.stdout == whole.stdout


BAD_ROWS = {
    "a cell too few": b"123456,Doe\n",
    "a cell too many": b"123456,Doe,F,x\n",
    "text behind a quote": b'123456,"Doe"x,F\n',
    "never closed": b'123456,"Doe,F\n',
}


@pytest.mark.parametrize("what", BAD_ROWS)
def test_bad_rows_are_refused_and_not_copied(phiwire, what):
    data = b"mrn,last_name,sex\n777777,Roe,M\n" + BAD_ROWS[what]
    done = phiwire("deid", "--format", "csv", "-", stdin=data)
    assert done.returncode == 1
    assert b"Doe" not in done.stdout and b"123456" not in done.stdout
    assert b"Doe" not in done.stderr
    assert b"refused" in done.stderr


@pytest.mark.parametrize("policy", ["research", "surrogate"])
def test_a_patient_is_the_same_as_in_hl7(phiwire, tmp_path, policy):
    key = tmp_path / "k"
    assert phiwire("keygen", "-o", key).returncode == 0
    message = (
        b"MSH|^~\\&|A|B|C|D|20200101||ADT^A01|1|P|2.5\r"
        b"PID|1||123456^^^H^MR||OKAFOR^JANE||19800102|F\r"
    )
    table = b"mrn,last_name,first_name,dob\n123456,OKAFOR,JANE,1980-01-02\n"
    arguments = ["deid", "--policy", policy, "--key", key, "-"]
    hl7 = phiwire(*arguments, "--format", "hl7", stdin=message).stdout.decode()
    pid = hl7.split("\r")[1].split("|")
    family, given = pid[5].split("^")[:2]
    row = parse(phiwire(*arguments, "--format", "csv", stdin=table).stdout)[1]
    assert row == [
        pid[3].split("^")[0],
        family,
        given,
        f"{pid[7][:4]}-{pid[7][4:6]}-{pid[7][6:8]}",
    ]


def columns(tmp_path, text):
    path = tmp_path / "map.yaml"
    path.write_text("version: 1\n" + text)
    return path


def test_a_column_map_decides(phiwire, tmp_path):
    path = columns(
        tmp_path,
        "columns:\n"
        "  a: {as: NAME}\n"
        "  b: {as: keep}\n"
        "  c: {as: drop}\n"
        "  d: {as: MEDICALRECORD, anonymizer: mask, char: 'X'}\n",
    )
    data = b"a,b,c,d\nok,Jane Doe,9,777\n"
    out = parse(deid(phiwire, data, "--columns", path))
    # An id's slot holds an id: digits stay digits.
    assert out == [["a", "b", "c", "d"], ["[NAME]", "Jane Doe", "", "000"]]


def test_a_column_map_must_fit(phiwire, tmp_path):
    path = columns(tmp_path, "columns: {nowhere: {as: text}}\n")
    done = phiwire(
        "deid", "--format", "csv", "--columns", path, "-", stdin=b"mrn,sex\n1,F\n"
    )
    assert done.returncode != 0
    assert done.stdout == b""


def test_fixed_width_keeps_its_widths(phiwire, tmp_path):
    path = columns(
        tmp_path,
        "format: fixed\ncolumns:\n"
        "  mrn: {begin: 1, width: 6}\n"
        "  last_name: {begin: 7, width: 10}\n"
        "  dob: {begin: 17, width: 10}\n"
        "  sex: {begin: 27, width: 1}\n",
    )
    data = b"123456Okafor    1980-01-02F\n123457Li        1981-02-03M\n"
    done = phiwire("deid", "--format", "fixed", "--columns", path, "-", stdin=data)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.decode().splitlines()
    assert [len(line) for line in lines] == [27, 27]
    assert [line[6:27] for line in lines] == [
        "[NAME]    1980      F",
        "[NAME]    1981      M",
    ]


def test_fixed_width_needs_a_map(phiwire):
    done = phiwire("deid", "--format", "fixed", "-", stdin=b"abc\n")
    assert done.returncode != 0 and done.stdout == b""


def test_the_second_pass_finds_nothing_new(phiwire):
    rows = random_rows(5)
    once = deid(phiwire, written(rows))
    assert [r[1:] for r in parse(deid(phiwire, once))] == [r[1:] for r in parse(once)]


@pytest.mark.skipif(
    not os.path.exists("/proc/self/status"), reason="needs Linux's /proc"
)
def test_memory_does_not_grow_with_the_file(phiwire, tmp_path):
    row = written([["123456", "F", "E11.9", "70.5"]]) * 100
    sizes = {}
    for blocks in (20, 4000):
        source = tmp_path / f"{blocks}.csv"
        source.write_bytes(b"mrn,sex,icd10_code,weight_kg\n" + row * blocks)
        sizes[blocks] = phiwire.peak("deid", "--jobs", 1, source)
    # 9 MB of rows more; the engine alone takes some 100.
    assert sizes[4000] < sizes[20] + 24 * 1024, sizes
