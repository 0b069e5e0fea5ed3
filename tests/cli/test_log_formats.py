# SPDX-License-Identifier: Apache-2.0
"""Dialects of logs through the program, and a pipe whose writer sleeps."""

import json
import select
import time

import pytest

# A line, what must be gone, what must stay (under the policy `log`).
LINES = [
    (
        "2024-03-01 12:30:45,123 INFO  [http-nio-8080-exec-5] "
        "c.a.p.PatientController - Loaded patient John Doe (MRN 1234567)",
        ["John", "Doe", "1234567"],
        ["2024-03-01 12:30:45,123", "http-nio-8080-exec-5", "PatientController"],
    ),
    (
        'ts=2024-03-01T12:30:45Z level=info user=jdoe msg="jdoe left" ip=10.1.2.3 '
        "request_id=6f1c2b3a-5d4e-4f6a-8b9c-0d1e2f3a4b5c",
        ["jdoe", "10.1.2.3"],
        ["level=info", "left", "6f1c2b3a-5d4e-4f6a-8b9c-0d1e2f3a4b5c"],
    ),
    (
        '10.0.0.7 - mkemp [01/Mar/2024:12:30:45 +0000] "GET /patients/0048213'
        '?name=Jane%20Smith&dob=1980-01-31 HTTP/1.1" 200 5124 "-" "curl/8.1.2"',
        ["10.0.0.7", "mkemp", "0048213", "Jane", "Smith", "1980-01-31"],
        ['"GET /patients/', "01/Mar/2024:12:30:45 +0000", '200 5124 "-" "curl/8.1.2"'],
    ),
    (
        "2024-03-01 12:30:46 DEBUG insert into patients (last_name, zip) values "
        "('O''Brien', '02139')",
        ["Brien", "02139"],
        ["insert into patients (last_name, zip) values"],
    ),
    (
        '{"ts":"2024-03-01T12:30:45Z","level":"info","user":"jdoe",'
        '"msg":"patient Jane\\u0020Smith admitted"}',
        ["jdoe", "Jane", "Smith"],
        ['"level":"info"', "2024-03-01T12:30:45Z"],
    ),
]


@pytest.mark.parametrize("line, gone, stays", LINES, ids=range(len(LINES)))
def test_each_dialect(phiwire, line, gone, stays):
    done = phiwire(
        "deid", "--format", "log", "--policy", "log", stdin=line.encode() + b"\n"
    )
    out = done.stdout.decode()
    assert done.returncode == 0 and out.count("\n") == 1
    for value in gone:
        assert value not in out, out
    for value in stays:
        assert value in out, out
    if line.startswith("{"):
        json.loads(out)


def test_safe_harbor_takes_the_day_of_a_line(phiwire):
    done = phiwire("deid", "--format", "log", stdin=LINES[0][0].encode())
    assert done.stdout.startswith(b"[DATE] 12:30:45,123 INFO")


def test_a_line_comes_out_while_its_writer_sleeps(phiwire):
    process = phiwire.popen("deid", "--format", "log")
    try:
        for i in range(3):
            process.stdin.write(b"INFO patient John Doe no %d\n" % i)
            process.stdin.flush()
            # Long enough for any machine; the writer says nothing meanwhile.
            ready, _, _ = select.select([process.stdout], [], [], 60)
            assert ready, "held back"
            line = process.stdout.readline()
            assert line.startswith(b"INFO") and b"Doe" not in line
            time.sleep(0.02)
        # A trace written at once stays together.
        process.stdin.write(b"ERROR x\n\tat a.b.C.d(C.java:1)\nCaused by: y\n")
        rest, error = process.communicate(timeout=60)
        assert rest == b"ERROR x\n\tat a.b.C.d(C.java:1)\nCaused by: y\n", error
    finally:
        process.kill()
        process.wait()


def test_one_line_in_one_line_out_in_order(phiwire):
    log = "".join(
        f"2024-03-01 12:00:{i % 60:02d} INFO id={i} patient=Doe{i}x\n"
        for i in range(2000)
    )
    done = phiwire("deid", "--format", "log", "--policy", "log", stdin=log.encode())
    lines = done.stdout.decode().splitlines()
    assert len(lines) == 2000
    assert not any("Doe" in line for line in lines)
    assert [line[:19] for line in lines] == [line[:19] for line in log.splitlines()]
