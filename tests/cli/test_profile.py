# SPDX-License-Identifier: Apache-2.0
"""phiwire profile: the map it proposes, what it must not hold, and that
phiwire deid takes it."""

import random

import yaml

NAMES = ["Okafor", "Nguyen", "Petrov", "Garcia", "Schmidt", "Haddad", "Kowalski"]


def table(seed=1, rows=60):
    rng = random.Random(seed)
    lines = ["mrn,who,born,contact,sex,weight_kg,remarks,dup,dup"]
    for _ in range(rows):
        name = rng.choice(NAMES)
        lines.append(
            f"{rng.randint(100000, 999999)},{rng.choice('ABCDEFG')}ane {name},"
            f"{rng.randint(1940, 2010)}-0{rng.randint(1, 9)}-11,"
            f"617-555-0{rng.randint(100, 199)},{rng.choice('FM')},"
            f"{rng.randint(50, 99)}.5,Seen by Dr. {name} in clinic today,1,2"
        )
    return ("\n".join(lines) + "\n").encode()


def profile(phiwire, tmp_path, data):
    source = tmp_path / "t.csv"
    source.write_bytes(data)
    out = tmp_path / "map.yaml"
    done = phiwire("profile", source, "-o", out)
    assert done.returncode == 0, done.stderr
    return source, out, done.stdout.decode()


def test_proposes_columns_with_evidence(phiwire, tmp_path):
    _, out, shown = profile(phiwire, tmp_path, table())
    read = yaml.safe_load(out.read_text())
    assert read["version"] == 1 and read["separator"] == "," and read["header"]
    assert read["subject"] == "mrn"
    as_ = {name: column.get("as") for name, column in read["columns"].items()}
    assert as_["mrn"] == "MEDICALRECORD"
    assert as_["who"] == "NAME"
    assert as_["born"] == "DATE"
    assert as_["contact"] == "PHONE"
    assert as_["sex"] is None and as_["weight_kg"] is None
    assert as_["remarks"] == "text"
    assert "#8" in as_ and "#9" in as_  # two columns of one name
    assert "60 rows" in shown and "% dates" in shown


def test_holds_no_cell(phiwire, tmp_path):
    _, out, shown = profile(phiwire, tmp_path, table())
    for text in (out.read_text(), shown):
        assert not any(name in text for name in NAMES)
        assert "617" not in text and "Seen" not in text


def test_deid_takes_the_map(phiwire, tmp_path):
    source, out, _ = profile(phiwire, tmp_path, table())
    done = phiwire("deid", "--format", "csv", "--columns", out, source)
    assert done.returncode == 0, done.stderr
    assert not any(name.encode() in done.stdout for name in NAMES)
    assert done.stdout.count(b"\n") == 61
    assert done.stdout.splitlines()[0] == table().splitlines()[0]


def test_looks_at_as_many_rows_as_it_is_told(phiwire, tmp_path):
    source = tmp_path / "t.csv"
    source.write_bytes(table(rows=5000))
    done = phiwire("profile", "--rows", "7", source)
    assert done.returncode == 0 and b"from 7 rows" in done.stdout


def test_no_header_no_rows_no_file(phiwire, tmp_path):
    done = phiwire("profile", "-", stdin=b"17,Doe\n18,Roe\n")
    read = yaml.safe_load(done.stdout)
    assert read["header"] is False and set(read["columns"]) == {"#1", "#2"}
    done = phiwire("profile", "-", stdin=b"")
    assert done.returncode == 0 and yaml.safe_load(done.stdout)["columns"] == {}
    assert phiwire("profile", tmp_path / "none.csv").returncode == 2
