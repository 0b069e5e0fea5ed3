# SPDX-License-Identifier: Apache-2.0
"""Bad input and bad configuration: the rows of bad_input.jsonl.

Each row makes `files` in an empty folder, runs `args` there and expects the
exit code and one line on standard error. Nothing of a document may be in that
line or on standard output, and no file may appear but those in `keeps`.
"""

import json
import os
import pathlib
import re

import pytest

ROWS = [
    json.loads(line)
    for line in (pathlib.Path(__file__).parent / "bad_input.jsonl")
    .read_text()
    .splitlines()
]
# Words of the documents in the rows.
SECRETS = (b"Zebulon", b"Quackenbush", b"123-45-6789")


def content(spec):
    """{"hex"} {"text"} {"repeat","size"} {"tail"} {"then"}, joined."""
    data = bytes.fromhex(spec.get("hex", "")) + spec.get("text", "").encode()
    if "size" in spec:
        data += spec["repeat"].encode() * (spec["size"] - len(data))
    return data + bytes.fromhex(spec.get("tail", "")) + spec.get("then", "").encode()


def files_below(folder):
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_bad_input(row, phiwire, tmp_path):
    if row.get("not_root") and os.geteuid() == 0:
        pytest.skip("permissions do not bind root")
    for name, spec in row.get("files", {}).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content(spec))
    before = {
        name: (tmp_path / name).stat().st_mtime_ns for name in files_below(tmp_path)
    }
    for name, mode in row.get("chmod", {}).items():
        (tmp_path / name).chmod(int(mode, 8))
    try:
        done = phiwire(*row["args"], cwd=tmp_path, stdin=content(row.get("stdin", {})))
    finally:
        for name in row.get("chmod", {}):
            (tmp_path / name).chmod(0o755)

    error = done.stderr.decode()
    assert done.returncode == row["exit"], error
    assert re.fullmatch(r"phiwire: [^\n]+\n", error), error
    assert re.search(row["error"], error), error
    for secret in SECRETS:
        assert secret not in done.stderr
        assert secret not in done.stdout
    if set(row["args"][:1]) & {"deid", "reidentify"}:
        assert done.stdout == b""
    assert files_below(tmp_path) - set(row.get("keeps", [])) <= set(before)
    for name, mtime in before.items():
        assert (tmp_path / name).stat().st_mtime_ns == mtime, f"{name} was written"


def test_every_row_is_named_once():
    names = [row["name"] for row in ROWS]
    assert len(names) == len(set(names))
