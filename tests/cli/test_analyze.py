# SPDX-License-Identifier: Apache-2.0
"""phiwire analyze and explain."""

import json
import random

NOTE = "Patient John Doe (MRN 12345) was born on 01/01/1980."
CODES = {"INVALID_ARGUMENT", "DATA_LOSS", "OUT_OF_RANGE"}


def jsonl(rows):
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def lines(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def surfaces(text, line):
    return [text[s["start"] : s["end"]] for s in line["spans"]]


def test_jsonl_keeps_ids_and_order(phiwire):
    ids = ["a", 7, "caf\u00e9 \u2028", -3, 1.50, "7", 12345678901234567890]
    done = phiwire(
        "analyze", "--jsonl", stdin=jsonl({"id": i, "text": NOTE} for i in ids)
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert [line["id"] for line in lines(done)] == ids
    for line in lines(done):
        assert set(line) == {"id", "spans"}
        assert surfaces(NOTE, line) == ["John Doe", "12345", "01/01/1980"]
        for span in line["spans"]:
            assert set(span) == {"start", "end", "type", "score"}
            assert 0 <= span["score"] <= 1


def test_raw_ids_are_copied_byte_by_byte(phiwire):
    stdin = b'{"text": "x", "id" : "\\u00e9\\/" }\n{"id":1.50,"text":"x"}\n'
    done = phiwire("analyze", "--jsonl", stdin=stdin)
    assert done.stdout.startswith(b'{"id":"\\u00e9\\/","spans":[')
    assert b'\n{"id":1.50,"spans":[' in done.stdout


def test_refused_lines_stay_in_their_place(phiwire):
    stdin = b"\n".join(
        [
            b'{"id":1,"text":"ok"}',
            b'{"id":2}',
            b'{"id":"three","text":5}',
            b"",
            b"Quackenbush",
            b'{"id":5,"text":"Quackenbush"',
            b'{"id":6,"text":"Quackenbush \xff"}',
            b'{"id":7,"text":"Quackenbush \\ud800"}',
            b'{"id":"8","text":"ok"} {}',
            b'{"id":[9],"text":"ok"}',
            b'{"id":10,"text":"ok"}',
        ]
    )
    done = phiwire("analyze", "--jsonl", stdin=stdin)
    assert done.returncode == 1
    got = lines(done)
    assert [line["id"] for line in got] == [1, 2, "three", None, 5, 6, 7, "8", None, 10]
    for line in got:
        if line["id"] in (1, 10):
            assert "error" not in line
        else:
            assert line["spans"] == [] and line["error"] in CODES
    assert b"Quackenbush" not in done.stdout + done.stderr


def test_record_over_the_limit_is_refused_by_id(phiwire, tmp_path):
    policy = tmp_path / "p.yaml"
    policy.write_text("version: 1\nmax_record: 1000\n")
    rows = [{"id": i, "text": "x" * n} for i, n in enumerate([5, 900000, 1001, 5])]
    done = phiwire("analyze", "--jsonl", "--policy", policy, stdin=jsonl(rows))
    assert done.returncode == 1
    assert [(line["id"], line.get("error")) for line in lines(done)] == [
        (0, None),
        (1, "OUT_OF_RANGE"),
        (2, "OUT_OF_RANGE"),
        (3, None),
    ]


def test_offsets(phiwire):
    text = "\u00e9\U0001f600 Patient John Doe was seen."
    found = {}
    for unit in ("byte", "codepoint", "utf16"):
        stdin = jsonl([{"id": 1, "text": text}])
        done = phiwire("analyze", "--jsonl", "--offsets", unit, stdin=stdin)
        (span,) = lines(done)[0]["spans"]
        found[unit] = (span["start"], span["end"])
    begin = text.index("John")
    assert found["codepoint"] == (begin, begin + 8)
    assert found["byte"] == (begin + 4, begin + 12)
    assert found["utf16"] == (begin + 1, begin + 9)
    assert (
        phiwire("analyze", "--jsonl", stdin=stdin).stdout
        == phiwire("analyze", "--jsonl", "--offsets", "codepoint", stdin=stdin).stdout
    )


def test_byte_offsets_are_those_of_the_file(phiwire):
    text = "\u00e9 Patient John Doe was seen."
    for codec in ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"):
        encoding = (
            "windows-1252"
            if codec == "cp1252"
            else ("utf-16be" if codec == "utf-16-be" else "auto")
        )
        data = text.encode(codec)
        done = phiwire(
            "analyze", "--offsets", "byte", "--encoding", encoding, stdin=data
        )
        (span,) = lines(done)[0]["spans"]
        raw = data[span["start"] : span["end"]]
        plain = "utf-16-le" if codec == "utf-16" else codec.replace("-sig", "")
        assert raw.decode(plain) == "John Doe", codec


def test_jobs_do_not_change_the_output(phiwire):
    seed = random.randrange(2**32)
    print("seed", seed)
    rng = random.Random(seed)
    rows = [
        {"id": i, "text": NOTE * rng.randrange(8) + "\u00e9\n" * rng.randrange(200)}
        for i in range(3000)
    ]
    stdin = jsonl(rows)
    one, many = (
        phiwire("analyze", "--jsonl", "--jobs", jobs, stdin=stdin) for jobs in (1, 4)
    )
    assert one.returncode == 0
    assert one.stdout == many.stdout
    assert [line["id"] for line in lines(one)] == list(range(3000))


def test_an_answer_for_each_line_of_an_open_pipe(phiwire):
    process = phiwire.popen("analyze", "--jsonl")
    try:
        for i in range(3):
            process.stdin.write(jsonl([{"id": i, "text": NOTE}]))
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == i
    finally:
        process.communicate(timeout=60)


def test_files(phiwire, tmp_path):
    (tmp_path / "a.txt").write_text(NOTE)
    (tmp_path / "b.txt").write_bytes(b"\xff")
    (tmp_path / "empty.txt").touch()
    done = phiwire("analyze", ".", cwd=tmp_path)
    assert done.returncode == 1
    good, bad, empty = lines(done)
    assert good["id"] == "a.txt" and len(good["spans"]) == 3
    assert bad == {"id": "b.txt", "spans": [], "error": "DATA_LOSS"}
    assert empty == {"id": "empty.txt", "spans": []}
    assert done.stderr.count(b"\n") == 1 and b"input 2 (b.txt)" in done.stderr


def test_empty_stream(phiwire):
    done = phiwire("analyze", "--jsonl")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_explain_sums_its_terms(phiwire):
    done = phiwire("explain", stdin=NOTE.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    out = done.stdout.decode()
    assert "\x1b" not in out, "colours are for terminals"
    assert "3 findings" in out
    total, seen = 0.0, 0
    for line in out.splitlines():
        if not line.startswith("    "):
            total = 0.0
        elif "  sum, " in line:
            assert abs(float(line.split()[0]) - total) < 0.05, line
            seen += 1
        else:
            total += float(line.split()[0])
    assert seen > 0
    assert (
        "\x1b"
        in phiwire("explain", "--color", "always", stdin=NOTE.encode()).stdout.decode()
    )
