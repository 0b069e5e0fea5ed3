# SPDX-License-Identifier: Apache-2.0
"""phiwire deid block by block: the blocks change nothing."""

import json
import os
import pathlib
import random
import select
import time

import pytest

SEED = 20261123
NAMES = ["John Doe", "Mary O'Brien", "José Álvarez", "Wei Chen", "Anna Schmidt"]
LONG = os.environ.get("PHIWIRE_LONG_TESTS")


def log_lines(rng, lines):
    for i in range(lines):
        name = rng.choice(NAMES)
        yield f"2024-03-{i % 28 + 1:02} 10:00:00 INFO patient {name} seen, took {i} ms"
        if i % 7 == 0:
            yield "  at app.Service(Service.java:17)"
            yield "Caused by: timeout"


def made_log(rng):
    return "\n".join(log_lines(rng, 60)) + "\n"


def made_csv(rng):
    rows = ["id,first_name,last_name,birth_date,comment"]
    for i in range(60):
        first, last = rng.choice(NAMES).split(" ", 1)
        rows.append(f'{i + 1000},{first},{last},1960-02-{i % 28 + 1:02},"seen,\nwell"')
    return "\r\n".join(rows) + "\r\n"


def made_ndjson(rng):
    return "".join(
        json.dumps({"id": i, "name": rng.choice(NAMES), "note": "seen by Dr. Smith"})
        + "\n"
        for i in range(60)
    )


def made_hl7(rng):
    messages = []
    for i in range(20):
        first, last = rng.choice(NAMES).split(" ", 1)
        messages.append(
            f"MSH|^~\\&|A|B|C|D|20240101||ADT^A01|{i}|P|2.5\r"
            f"PID|1||{1000 + i}^^^H^MR||{last}^{first}||19600101|M\r"
            f"OBX|1|TX|N||Seen {first} {last} today.\r"
        )
    return "".join(messages)


MADE = {"log": made_log, "csv": made_csv, "ndjson": made_ndjson, "hl7": made_hl7}


@pytest.mark.parametrize("jobs", [1, 3])
@pytest.mark.parametrize("name", MADE)
def test_blocks_change_nothing(phiwire, tmp_path, name, jobs):
    # A key, so that ids are the same in each run.
    key = tmp_path / "k.key"
    key.write_bytes(b"K" * 32)
    key.chmod(0o600)
    data = MADE[name](random.Random(SEED)).encode()
    path = tmp_path / "a"
    path.write_bytes(data)
    arguments = ["deid", path, "--format", name, "--policy", "research", "--key", key]
    arguments += ["--subject", "p1", "--jobs", jobs]
    whole = phiwire(*arguments, "--block-bytes", 1 << 20)
    assert whole.returncode == 0, whole.stderr
    assert b"John" not in whole.stdout
    for size in (1, 97, 1000):
        parts = phiwire(*arguments, "--block-bytes", size)
        assert (parts.returncode, parts.stderr) == (0, b""), size
        assert parts.stdout == whole.stdout, size


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
def test_encodings_stream_too(phiwire, codec):
    text = made_log(random.Random(SEED))
    flag = {"cp1252": "windows-1252", "utf-16-be": "utf-16be"}.get(codec, "auto")
    arguments = ["deid", "--format", "log", "--encoding"]
    plain = phiwire(*arguments, "auto", stdin=text.encode())
    for size in (1, 64, 1 << 20):
        done = phiwire(
            *arguments, flag, "--block-bytes", size, stdin=text.encode(codec)
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout == plain.stdout.decode().encode(codec)


def test_mixed_line_ends_come_back(phiwire):
    log = b"INFO a\r\nINFO b\n\r\nINFO c\n\n\nINFO d"
    for size in (1, 5, 100):
        done = phiwire("deid", "--format", "log", "--block-bytes", size, stdin=log)
        assert (done.returncode, done.stdout) == (0, log)


def test_offsets_and_ordinals_count_through_blocks(phiwire):
    log = b"INFO fine\n" * 500 + b"INFO \xff John Doe\n" + b"INFO fine\n" * 500
    for size in (10, 1000, 1 << 20):
        done = phiwire("deid", "--format", "log", "--block-bytes", size, stdin=log)
        assert done.returncode == 1
        assert done.stderr.startswith(
            b"phiwire: input 1 (standard input): record 501, bytes 5000-"
        )
        assert done.stdout.count(b"INFO fine\n") == 1000
        assert b"John" not in done.stdout


def test_a_record_over_the_limit_refuses_the_file(phiwire, tmp_path):
    policy = tmp_path / "p.yaml"
    policy.write_text("version: 1\nmax_record: 1000\n")
    rows = b'{"id":1,"note":"fine"}\n' * 4000
    (tmp_path / "a").write_bytes(rows + b'{"note":"' + b"x" * 5000 + b'"}\n' + rows)
    done = phiwire(
        "deid", "--format", "ndjson", "--policy", policy, "--block-bytes", 500,
        tmp_path / "a", "-o", tmp_path / "out",
    )  # fmt: skip
    assert done.returncode == 1 and b"max_record" in done.stderr
    assert not (tmp_path / "out").exists()


def answer(process, seconds=30):
    """What comes within that time, up to a line end."""
    got = b""
    end = time.monotonic() + seconds
    while not got.endswith(b"\n"):
        left = end - time.monotonic()
        assert left > 0, "no answer"
        if select.select([process.stdout], [], [], left)[0]:
            got += os.read(process.stdout.fileno(), 65536)
    return got


def test_each_log_line_is_answered_before_the_next(phiwire):
    process = phiwire.popen("deid", "--format", "log", "-")
    try:
        for i in range(20):
            process.stdin.write(b"2024-01-01 10:00:00 INFO %d Dr. John Doe\n" % i)
            process.stdin.flush()
            line = answer(process)
            assert b"INFO %d" % i in line and b"Doe" not in line
        # Half a line is not answered.
        process.stdin.write(b"2024-01-01 10:00:00 INFO Dr. John")
        process.stdin.flush()
        assert not select.select([process.stdout], [], [], 0.3)[0]
        rest, error = process.communicate(b" Doe\n", timeout=60)
        assert (process.returncode, error) == (0, b"")
        assert rest.count(b"\n") == 1 and b"Doe" not in rest
    finally:
        process.kill()
        process.wait()


@pytest.mark.skipif(not LONG, reason="PHIWIRE_LONG_TESTS")
def test_memory_does_not_grow_with_the_file(phiwire, tmp_path):
    rng = random.Random(SEED)
    part = ("\n".join(log_lines(rng, 20000)) + "\n").encode()
    sizes = {}
    for megabytes in (50, 500):
        path = pathlib.Path(tmp_path / "a.log")
        with path.open("wb") as file:
            for _ in range(megabytes * 1000000 // len(part)):
                file.write(part)
        arguments = ["deid", "--format", "log", "--jobs", 2]
        with path.open("rb") as source:
            sizes[megabytes] = phiwire.peak(*arguments, stdin=source)
    assert sizes[500] < sizes[50] * 1.3 + 20000, sizes
    assert sizes[500] < 300000, sizes
