# SPDX-License-Identifier: Apache-2.0
"""phiwire.parquet: types, nulls, row groups, the column map, what is refused."""

import datetime
import subprocess
import sys

import phiwire
import pytest

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")
parquet = pytest.importorskip("phiwire.parquet")

DAY = datetime.date(1980, 1, 2)
STAMP = datetime.datetime(2020, 3, 4, 5, 6, 7)


def table(rows=1):
    return pa.table(
        {
            "mrn": pa.array([123456, None] * rows, pa.int64()),
            "last_name": ["Okafor", None] * rows,
            "dob": pa.array([DAY, None] * rows, pa.date32()),
            "charttime": pa.array([STAMP, None] * rows, pa.timestamp("us")),
            "sex": ["F", "M"] * rows,
            "weight_kg": pa.array([70.5, None] * rows, pa.float64()),
            "is_new": pa.array([True, False] * rows),
            "note": ['Ms. Okafor, "well"\nseen', ""] * rows,
        }
    )


def run(tmp_path, source, **options):
    pq.write_table(source, tmp_path / "in.parquet")
    result = parquet.deidentify(
        tmp_path / "in.parquet", tmp_path / "out.parquet", **options
    )
    return result, pq.read_table(tmp_path / "out.parquet")


def test_rows_types_and_nulls(tmp_path):
    result, out = run(tmp_path, table())
    assert (result.rows, result.refused) == (2, 0)
    assert out.column_names == table().column_names
    rows = out.to_pylist()
    assert rows[0]["last_name"] == "[NAME]"
    assert rows[0]["sex"] == "F" and rows[0]["weight_kg"] == 70.5
    assert rows[0]["is_new"] is True and rows[1]["is_new"] is False
    assert "Okafor" not in rows[0]["note"] and '"well"\nseen' in rows[0]["note"]
    assert rows[1]["note"] == ""
    for name in ("mrn", "last_name", "dob", "charttime", "weight_kg"):
        assert rows[1][name] is None
    # A year is no date: the column becomes one of strings.
    assert out.schema.field("dob").type == pa.string()
    assert rows[0]["dob"] == "1980"
    assert out.schema.field("weight_kg").type == pa.float64()


def test_shifted_dates_stay_dates(tmp_path):
    policy = phiwire.Policy.from_yaml(
        "version: 1\nextends: safe-harbor\ntypes:\n"
        "  DATE: {anonymizer: date_shift}\n"
        "slots:\n  DATE: {anonymizer: date_shift}\n"
    )
    key = tmp_path / "key"
    key.write_bytes(b"0123456789abcdef" * 4)
    key.chmod(0o600)
    try:
        _, out = run(tmp_path, table(), policy=policy, key_file=key)
    except phiwire.PolicyError as error:  # the key's file format
        pytest.skip(str(error))
    assert out.schema.field("dob").type == pa.date32()
    assert out.schema.field("charttime").type == pa.timestamp("us")
    row = out.to_pylist()[0]
    assert row["dob"] != DAY
    assert row["charttime"] - STAMP == datetime.datetime.combine(
        row["dob"], datetime.time()
    ) - datetime.datetime.combine(DAY, datetime.time())


def test_row_groups_are_of_the_asked_size(tmp_path):
    result, _ = run(tmp_path, table(50), rows=30)
    file = pq.ParquetFile(tmp_path / "out.parquet")
    assert result.rows == 100
    assert file.num_row_groups == 4


def test_columns_as_a_dict_and_as_yaml(tmp_path):
    columns = {"sex": {"as": "NAME"}, "last_name": {"as": "keep"}}
    _, out = run(tmp_path, table(), columns=columns)
    assert out.to_pylist()[0]["sex"] == "[NAME]"
    assert out.to_pylist()[0]["last_name"] == "Okafor"
    path = tmp_path / "map.yaml"
    path.write_text("version: 1\ncolumns:\n  sex: {as: NAME}\n")
    _, out = run(tmp_path, table(), columns=path)
    assert out.to_pylist()[0]["sex"] == "[NAME]"


def test_nested_columns_must_be_dropped(tmp_path):
    nested = table().append_column("codes", pa.array([["a"], ["b"]]))
    with pytest.raises(ValueError, match="column 9"):
        run(tmp_path, nested)
    assert not (tmp_path / "out.parquet").exists()
    _, out = run(tmp_path, nested, columns={"codes": {"as": "drop"}})
    assert out.column("codes").to_pylist() == [None, None]


def test_an_empty_table_and_one_column(tmp_path):
    result, out = run(tmp_path, table().slice(0, 0))
    assert result.rows == 0 and out.num_rows == 0
    _, out = run(tmp_path, pa.table({"note": ["a\rb", None, "", "c\n\nd"]}))
    assert out.column("note").to_pylist() == ["a\rb", None, "", "c\n\nd"]


def test_mistakes_leave_no_file(tmp_path):
    with pytest.raises(phiwire.PhiwireError):
        run(tmp_path, table(), columns={"nowhere": {"as": "text"}})
    assert [p.name for p in tmp_path.iterdir()] == ["in.parquet"]


def test_as_a_program(tmp_path):
    pq.write_table(table(), tmp_path / "in.parquet")
    done = subprocess.run(
        [sys.executable, "-m", "phiwire.parquet", "in.parquet", "out.parquet"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert pq.read_table(tmp_path / "out.parquet").num_rows == 2
    done = subprocess.run(
        [sys.executable, "-m", "phiwire.parquet", "none", "out2.parquet"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
