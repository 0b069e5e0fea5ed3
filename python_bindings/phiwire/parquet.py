# SPDX-License-Identifier: Apache-2.0
"""Parquet files without their PHI, a row group at a time.

    import phiwire.parquet
    phiwire.parquet.deidentify("visits.parquet", "clean.parquet",
                               columns={"mrn": {"as": "MEDICALRECORD"}})

    python -m phiwire.parquet visits.parquet clean.parquet --columns map.yaml

A row is a record, as in a CSV file, and columns go by the same rules
(docs/tables.md): by the column map, by name, by the look of the first rows.
Needs pyarrow (pip install pyarrow).
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import io
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Union

import phiwire

try:
    import pyarrow as pa
    import pyarrow.parquet as pq
except ImportError as error:  # pragma: no cover
    raise ImportError("phiwire.parquet needs pyarrow: pip install pyarrow") from error

__all__ = ["Result", "deidentify"]

StrPath = Union[str, "os.PathLike[str]"]
Columns = StrPath | Mapping[str, Mapping[str, Any]]

# The part of a file that column rules are drawn from, as elsewhere.
_HEAD_BYTES = 64 * 1024


@dataclass(frozen=True)
class Result:
    """What became of a file: rows written, and rows refused (left out)."""

    rows: int
    refused: int


def deidentify(
    source: StrPath,
    target: StrPath,
    *,
    columns: Columns | None = None,
    policy: phiwire.Policy | StrPath | None = None,
    key_file: StrPath | None = None,
    rows: int = 16384,
) -> Result:
    """Writes `target`, which holds `source` without its PHI.

    columns  a column map: the path of a YAML file, or its `columns` as a dict
             ({"note": {"as": "text"}})
    policy   as `phiwire.Deidentifier` takes it
    rows     of a row group of `target`; so many are held in memory

    A column keeps its type where the values that take the place of its own
    can be read as that type in the first row group (a shifted date, an empty
    cell); otherwise it becomes a string column. A later value that the type
    can't hold becomes null. Columns of lists, structs and bytes must be kept
    out by the column map (as: drop): they become null.
    """
    reader = pq.ParquetFile(source)
    schema = reader.schema_arrow
    with contextlib.ExitStack() as stack:
        path = stack.enter_context(_column_file(columns))
        deid = phiwire.Deidentifier(policy, key_file=key_file, columns_file=path)
        table = _Table(schema, _dropped(columns))
        return _write(reader, target, deid, table, rows)


def _write(
    reader: pq.ParquetFile,
    target: StrPath,
    deid: phiwire.Deidentifier,
    table: _Table,
    rows: int,
) -> Result:
    done = refused = 0
    part = f"{os.fspath(target)}.part"
    opened = None
    try:
        with contextlib.ExitStack() as stack:
            writer = None
            for batch in reader.iter_batches(batch_size=rows):
                text = table.text(batch)
                if opened is None:
                    head = text[:_HEAD_BYTES]
                    opened = deid._engine.open(head, len(head) == len(text), "csv")
                out, refusals = opened.deidentify(text)
                clean = table.batch(batch, out, {r[0] - 2 for r in refusals})
                if writer is None:
                    writer = stack.enter_context(pq.ParquetWriter(part, clean.schema))
                writer.write_batch(clean)
                done += clean.num_rows
                refused += len(refusals)
            if writer is None:
                stack.enter_context(pq.ParquetWriter(part, table.plain_schema()))
        os.replace(part, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(part)
        raise
    return Result(done, refused)


class _Table:
    """Batches to CSV text and back; fixes the types at the first batch."""

    def __init__(self, schema: pa.Schema, dropped: set[str]) -> None:
        self._schema = schema
        self._types: list[pa.DataType] | None = None
        self._dropped = [
            _is_nested(field.type) and field.name in dropped for field in schema
        ]
        for field, gone in zip(schema, self._dropped):
            if _is_nested(field.type) and not gone:
                raise ValueError(
                    f"column {schema.get_field_index(field.name) + 1} holds lists, "
                    "structs or bytes: drop it in the column map"
                )

    def plain_schema(self) -> pa.Schema:
        return self._of([pa.null() if g else f.type for f, g in self._columns()])

    def text(self, batch: pa.RecordBatch) -> bytes:
        """A header row and a row a row, all of them quoted where needed."""
        out = io.StringIO(newline="")
        # With both line ends in it, csv quotes a cell that holds either.
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(self._schema.names)
        for row in zip(*self._strings(batch)):
            # A single empty cell would be an empty line, which is no row.
            if len(row) == 1 and not row[0]:
                out.write('""\r\n')
            else:
                writer.writerow(row)
        return out.getvalue().encode()

    def batch(
        self, before: pa.RecordBatch, text: bytes, refused: set[int]
    ) -> pa.RecordBatch:
        rows = [i for i in range(before.num_rows) if i not in refused]
        after = _rows(text)
        if len(after) != len(rows):
            raise RuntimeError("rows went missing: nothing was written")
        old = self._strings(before)
        values: list[list[str | None]] = []
        for c in range(len(self._schema)):
            given = before.column(c)
            values.append(
                [
                    None if not given[i].is_valid else after[r][c]
                    for r, i in enumerate(rows)
                ]
            )
        if self._types is None:
            self._types = [
                self._type(c, [old[c][i] for i in rows], values[c])
                for c in range(len(values))
            ]
        arrays = [
            self._array(c, before, rows, old, values[c]) for c in range(len(values))
        ]
        return pa.RecordBatch.from_arrays(arrays, schema=self._of(self._types))

    def _columns(self) -> Iterator[tuple[pa.Field, bool]]:
        return zip(self._schema, self._dropped)

    def _of(self, types: list[pa.DataType]) -> pa.Schema:
        fields = [
            pa.field(f.name, t, nullable=True, metadata=f.metadata)
            for f, t in zip(self._schema, types)
        ]
        # pandas' own metadata names types and may hold values of an index.
        return pa.schema(fields)

    def _strings(self, batch: pa.RecordBatch) -> list[list[str]]:
        return [
            [""] * batch.num_rows if gone else [_string(v) for v in batch.column(c)]
            for c, gone in enumerate(self._dropped)
        ]

    def _type(self, c: int, old: list[str], new: list[str | None]) -> pa.DataType:
        own = self._schema.field(c).type
        if self._dropped[c]:
            return pa.null()
        for before, value in zip(old, new):
            if value is None or value == before or value == "":
                continue
            if _read(value, own) is None:
                return pa.string()
        return own

    def _array(
        self,
        c: int,
        before: pa.RecordBatch,
        rows: list[int],
        old: list[list[str]],
        new: list[str | None],
    ) -> pa.Array:
        kind = self._types[c]
        if pa.types.is_null(kind):
            return pa.nulls(len(rows))
        if pa.types.is_string(kind) or pa.types.is_large_string(kind):
            return pa.array(new, type=kind)
        given = before.column(c)
        return pa.array(
            [
                None
                if value is None
                else given[i].as_py()
                if value == old[c][i]
                else _read(value, kind)
                for i, value in zip(rows, new)
            ],
            type=kind,
        )


def _is_nested(kind: pa.DataType) -> bool:
    return (
        pa.types.is_nested(kind)
        or pa.types.is_binary(kind)
        or pa.types.is_large_binary(kind)
        or pa.types.is_fixed_size_binary(kind)
    )


def _string(value: pa.Scalar) -> str:
    python = value.as_py()
    if python is None:
        return ""
    if isinstance(python, bool):
        return "true" if python else "false"
    if hasattr(python, "isoformat"):
        return (
            python.isoformat(" ")
            if hasattr(python, "hour") and hasattr(python, "year")
            else python.isoformat()
        )
    return str(python)


def _read(value: str, kind: pa.DataType) -> Any:
    """The value as the column's type; None when it can't be one."""
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return value
    try:
        return pa.scalar(value).cast(kind).as_py()
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return None


def _rows(text: bytes) -> list[list[str]]:
    limit = csv.field_size_limit(sys.maxsize)
    try:
        rows = list(csv.reader(io.StringIO(text.decode(), newline="")))
    finally:
        csv.field_size_limit(limit)
    # A refused row leaves its line end.
    return [row for row in rows[1:] if row]


def _dropped(columns: Columns | None) -> set[str]:
    if columns is None:
        return set()
    if isinstance(columns, Mapping):
        return {n for n, c in columns.items() if c.get("as") == "drop"}
    with open(columns, encoding="utf-8") as file:
        return {
            line.split(":")[0].strip().strip("\"'")
            for line in file
            if "as: drop" in line and not line.lstrip().startswith("#")
        }


@contextlib.contextmanager
def _column_file(columns: Columns | None) -> Iterator[str | None]:
    """The column map as a file; it holds names of columns only."""
    if columns is None:
        yield None
        return
    if not isinstance(columns, Mapping):
        yield os.fspath(columns)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "columns.yaml")
        with open(path, "w", encoding="utf-8") as file:
            file.write('version: 1\nseparator: ","\nheader: true\ncolumns:\n')
            for name, settings in columns.items():
                inner = ", ".join(
                    f"{_quoted(k)}: {_quoted(str(v))}" for k, v in settings.items()
                )
                file.write(f"  {_quoted(name)}: {{{inner}}}\n")
        yield path


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m phiwire.parquet", description="A Parquet file without its PHI."
    )
    parser.add_argument("source", metavar="IN")
    parser.add_argument("target", metavar="OUT")
    parser.add_argument("--columns", help="column map (YAML)")
    parser.add_argument("--policy", help="a built-in name or a YAML file")
    parser.add_argument("--key", help="key of keyed anonymizers")
    parser.add_argument("--rows", type=int, default=16384, help="of a row group")
    flags = parser.parse_args(arguments)
    try:
        result = deidentify(
            flags.source,
            flags.target,
            columns=flags.columns,
            policy=flags.policy,
            key_file=flags.key,
            rows=flags.rows,
        )
    except (OSError, ValueError, phiwire.PhiwireError) as error:
        print(f"phiwire.parquet: {error}", file=sys.stderr)
        return 2
    if result.refused:
        print(f"phiwire.parquet: {result.refused} rows refused", file=sys.stderr)
    return 1 if result.refused else 0


if __name__ == "__main__":
    sys.exit(_main())
