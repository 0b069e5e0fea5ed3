# SPDX-License-Identifier: Apache-2.0
"""deid --audit, and what audit verify finds."""

import json
import re
import threading

import pytest

NOTE = b"Patient Zebulon Quackenbush, SSN 219-09-9999, seen 03/04/2021.\n"
WORDS = ("Zebulon", "Quackenbush", "219-09-9999", "03/04/2021")


@pytest.fixture
def site(phiwire, tmp_path):
    assert phiwire("keygen", "-o", tmp_path / "k.key").returncode == 0
    notes = tmp_path / "notes"
    notes.mkdir()
    for i in range(6):
        (notes / f"note{i}.txt").write_bytes(NOTE * (i + 1))
    return tmp_path


def records(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_a_record_a_document(phiwire, site):
    log = site / "log.jsonl"
    done = phiwire(
        "deid",
        site / "notes",
        "-o",
        site / "out",
        "--audit",
        log,
        "--key",
        site / "k.key",
        "--jobs",
        4,
    )
    assert done.returncode == 0, done.stderr
    lines = records(log)
    assert len(lines) == 6
    assert sorted(line["counts"]["SSN"] for line in lines) == [1, 2, 3, 4, 5, 6]
    assert len({line["document"] for line in lines}) == 6
    assert all(line["action"] == "deid" and line["key_ids"] for line in lines)
    assert all(re.fullmatch("[0-9a-f]{64}", line["output"]) for line in lines)
    assert not any(word in log.read_text() for word in WORDS)
    assert log.stat().st_mode & 0o777 == 0o600
    verified = phiwire("audit", "verify", log)
    assert verified.returncode == 0, verified.stderr
    assert verified.stdout.startswith(b"6 lines, whole\nhead ")


def test_what_is_reidentified_is_known_again(phiwire, site):
    (site / "p.yaml").write_text("version: 1\ntypes:\n  SSN: {anonymizer: encrypt}\n")
    common = (
        "--policy",
        site / "p.yaml",
        "--key",
        site / "k.key",
        "--audit",
        site / "log.jsonl",
    )
    clean = phiwire("deid", *common, stdin=NOTE)
    back = phiwire("reidentify", *common, "--purpose", "recall 7", stdin=clean.stdout)
    assert back.returncode == 0, back.stderr
    made, undone = records(site / "log.jsonl")
    assert made["output"] == undone["document"]
    assert phiwire("audit", "verify", site / "log.jsonl").returncode == 0


def test_without_a_key_no_document_is_named(phiwire, site):
    log = site / "log.jsonl"
    assert phiwire("deid", "--audit", log, stdin=NOTE).returncode == 0
    (line,) = records(log)
    assert line["document"] == line["output"] == "" and line["key_ids"] == []
    assert line["counts"]["NAME"] == 1


def test_refusals_are_recorded(phiwire, site):
    log = site / "log.jsonl"
    done = phiwire("deid", "--audit", log, "--key", site / "k.key", stdin=b"a\xff\xfe")
    assert done.returncode == 1 and done.stdout == b""
    (line,) = records(log)
    assert line["refusals"] == 1 and line["counts"] == {}


@pytest.mark.parametrize("more", [[], ["--format", "log"]], ids=["text", "log"])
def test_nothing_comes_out_unrecorded(phiwire, site, more):
    for target in ([], ["-o", site / "out.txt"]):
        done = phiwire("deid", "--audit", "/dev/full", *more, *target, stdin=NOTE)
        assert done.returncode == 2 and done.stdout == b""
        assert re.fullmatch(rb"phiwire: audit log /dev/full: [^\n]+\n", done.stderr)
        assert not (site / "out.txt").exists()


def test_a_log_is_recorded_block_by_block(phiwire, site):
    log = site / "log.jsonl"
    process = phiwire.popen("deid", "--format", "log", "--audit", log)
    process.stdin.write(b"INFO one " + NOTE + b"INFO two\n")
    process.stdin.flush()
    assert b"INFO one" in process.stdout.readline()
    assert records(log)  # before the end of the input
    _, err = process.communicate(NOTE)
    assert process.returncode == 0, err
    assert phiwire("audit", "verify", log).returncode == 0
    assert sum(line["counts"].get("SSN", 0) for line in records(log)) == 2


def test_runs_at_once_keep_one_chain(phiwire, site):
    log = site / "log.jsonl"
    codes = []

    def run(n):
        codes.append(
            phiwire(
                "deid", site / "notes", "-o", site / f"out{n}", "--audit", log, "-j", 2
            ).returncode
        )

    threads = [threading.Thread(target=run, args=(n,)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes == [0, 0, 0]
    assert len(records(log)) == 18
    assert phiwire("audit", "verify", log).returncode == 0


def test_verify_tells_the_line(phiwire, site):
    log = site / "log.jsonl"
    for _ in range(4):
        assert phiwire("deid", "--audit", log, stdin=NOTE).returncode == 0
    head = phiwire("audit", "verify", log).stdout.split()[-1].decode()
    lines = log.read_text().splitlines(keepends=True)

    def verify(text, *more):
        log.write_text("".join(text))
        done = phiwire("audit", "verify", log, *more)
        return done.returncode, done.stdout + done.stderr

    fewer = lines[1].replace('"NAME":1', '"NAME":0')
    code, text = verify([lines[0], fewer, *lines[2:]])
    assert code == 1 and b"line 2 was changed" in text and b"NOT whole" in text
    code, text = verify([lines[0], *lines[2:]])
    assert code == 1 and b"line 2 does not follow" in text
    code, text = verify([lines[0], lines[2], lines[1], lines[3]])
    assert code == 1
    code, text = verify(lines[:3])
    assert code == 0  # a chain alone can't tell
    code, text = verify(lines[:3], "--head", head)
    assert code == 1 and b"no line has the hash noted earlier" in text
    assert verify(lines, "--head", head)[0] == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["verify"],
        ["verify", "no.jsonl"],
        ["verify", "."],
        [],
        ["verify", "l.jsonl", "--head", "beef"],
    ],
    ids=str,
)
def test_bad_usage(phiwire, tmp_path, arguments):
    (tmp_path / "l.jsonl").write_text("")
    done = phiwire("audit", *arguments, cwd=tmp_path)
    assert done.returncode == 2 and done.stdout == b""
    assert re.fullmatch(rb"phiwire: [^\n]+\n", done.stderr)


def test_the_log_is_no_document(phiwire, site):
    log = site / "notes" / "note0.txt"
    before = log.read_bytes()
    for arguments in (
        [site / "notes", "-o", site / "out", "--audit", log],
        [site / "notes/note1.txt", "-o", site / "x.txt", "--audit", site / "x.txt"],
    ):
        done = phiwire("deid", *arguments)
        assert done.returncode == 2 and b"--audit is an input" in done.stderr
    assert log.read_bytes() == before and not (site / "x.txt").exists()
