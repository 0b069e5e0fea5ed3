# SPDX-License-Identifier: Apache-2.0
"""phiwire deid: pipes, files, folders, names, encodings, logs."""

import os
import signal
import stat
import time

NOTE = b"Patient John Doe (MRN 12345) was born on 01/01/1980.\n"
CLEAN = b"Patient [NAME] (MRN [MEDICALRECORD]) was born on [DATE].\n"
# What a run over a folder writes besides the outputs.
OWN = (".phiwire-manifest.tsv", ".phiwire-quarantine.tsv")
PLAIN = b"Blood pressure was normal.\n"


def tree(folder):
    return sorted(
        str(p.relative_to(folder))
        for p in folder.rglob("*")
        if p.is_file() and p.name not in OWN
    )


def test_pipe(phiwire):
    done = phiwire("deid", stdin=NOTE)
    assert (done.returncode, done.stdout, done.stderr) == (0, CLEAN, b"")
    assert phiwire("deid", "-", stdin=NOTE).stdout == CLEAN


def test_empty_input_gives_empty_output(phiwire, tmp_path):
    done = phiwire("deid")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    (tmp_path / "a.txt").touch()
    out = tmp_path / "out.txt"
    assert phiwire("deid", tmp_path / "a.txt", "-o", out).returncode == 0
    assert out.read_bytes() == b""


def test_one_file_to_a_file_or_into_a_folder(phiwire, tmp_path):
    note = tmp_path / "a.txt"
    note.write_bytes(NOTE)
    out = tmp_path / "new" / "b.txt"
    assert phiwire("deid", note, "-o", out).returncode == 0
    assert out.read_bytes() == CLEAN
    folder = tmp_path / "folder"
    folder.mkdir()
    assert phiwire("deid", note, "-o", folder).returncode == 0
    assert tree(folder) == ["a.txt"]


def test_folder_is_mirrored_and_refusals_leave_nothing(phiwire, tmp_path):
    source, out = tmp_path / "in", tmp_path / "out"
    for name, data in {
        "b.txt": NOTE,
        "a/x.txt": PLAIN,
        "a/deep/y.txt": NOTE,
        "a/bad.txt": b"\xff" + NOTE,
        "z/empty.txt": b"",
    }.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes(data)
    done = phiwire("deid", source, "-o", out, "--jobs", 3)
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    assert b"input 1 " in done.stderr and b"a/bad.txt" in done.stderr
    assert tree(out) == ["a/deep/y.txt", "a/x.txt", "b.txt", "z/empty.txt"]
    assert (out / "b.txt").read_bytes() == CLEAN
    assert (out / "a/x.txt").read_bytes() == PLAIN


def test_jobs_do_not_change_outputs(phiwire, tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    for i in range(60):
        (source / f"n{i}.txt").write_bytes(NOTE * (i % 7) + PLAIN)
    (source / "n31.txt").write_bytes(b"\xfe")
    (source / "n7.txt").write_bytes(b"\xfe")
    runs = []
    for jobs in (1, 5):
        out = tmp_path / f"out{jobs}"
        done = phiwire("deid", source, "-o", out, "--jobs", jobs)
        files = {name: (out / name).read_bytes() for name in tree(out)}
        runs.append((done.returncode, done.stderr, files))
    assert runs[0] == runs[1]
    assert len(runs[0][2]) == 58


def test_names_with_phi_become_neutral(phiwire, tmp_path):
    source, out = tmp_path / "in", tmp_path / "out"
    for name in ("visit.txt", "Smith_John_1962-03-04.txt", "JohnDoe/visit.txt"):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes(PLAIN)
    (source / "mrn-0012345678.txt").write_bytes(b"\xff")
    done = phiwire("deid", source, "-o", out)
    assert tree(out) == ["document-0002.txt", "folder-0001/visit.txt", "visit.txt"]
    assert b"0012345678" not in done.stderr and b"*.txt" in done.stderr
    shown = phiwire("deid", source, "-o", out, "--show-paths")
    assert b"mrn-0012345678.txt" in shown.stderr
    kept = tmp_path / "kept"
    phiwire("deid", source, "-o", kept, "--keep-names")
    assert tree(kept) == ["JohnDoe/visit.txt", "Smith_John_1962-03-04.txt", "visit.txt"]


def test_several_inputs_never_share_an_output(phiwire, tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_bytes(PLAIN)
    out = tmp_path / "out"
    arguments = [tmp_path / "one", tmp_path / "two", tmp_path / "one/a.txt"]
    assert phiwire("deid", *arguments, "-o", out).returncode == 0
    assert tree(out) == ["a.txt", "one/a.txt", "two/a.txt"]
    twice = tmp_path / "twice"
    arguments = [tmp_path / "one/a.txt", tmp_path / "two/a.txt"]
    assert phiwire("deid", *arguments, "-o", twice).returncode == 0
    assert tree(twice) == ["a-2.txt", "a.txt"]


def test_a_neutral_name_and_a_real_one_may_be_alike(phiwire, tmp_path):
    source, out = tmp_path / "in", tmp_path / "out"
    (source / "Smith").mkdir(parents=True)
    (source / "folder-0001").mkdir()
    (source / "Smith/a.txt").write_bytes(b"first")
    (source / "Smith_John.txt").write_bytes(b"second")
    (source / "document-0002.txt").write_bytes(b"third")
    (source / "folder-0001/a.txt").write_bytes(b"fourth")
    assert phiwire("deid", source, "-o", out).returncode == 0
    assert {name: (out / name).read_bytes() for name in tree(out)} == {
        "folder-0001/a.txt": b"first",
        "document-0002.txt": b"second",
        "document-0002-2.txt": b"third",
        "folder-0001/a-2.txt": b"fourth",
    }


def test_encodings_come_back_as_they_were(phiwire):
    text = "Temperature 38 \u00b0C. Patient John Doe, MRN 12345.\r\n"
    want = "Temperature 38 \u00b0C. Patient [NAME], MRN [MEDICALRECORD].\r\n"
    for flag, codec in (
        ("auto", "utf-8"),
        ("auto", "utf-8-sig"),
        ("auto", "utf-16"),
        ("windows-1252", "cp1252"),
        ("iso-8859-1", "latin-1"),
        ("utf-16be", "utf-16-be"),
    ):
        done = phiwire("deid", "--encoding", flag, stdin=text.encode(codec))
        assert done.returncode == 0, (codec, done.stderr)
        assert done.stdout == want.encode(codec), codec


def test_bytes_outside_findings_are_untouched(phiwire):
    odd = "no fever\r\nno pain\rno cough\n\n\tdiet \u00b1 salt \u200b\U0001f600 ok"
    assert phiwire("deid", stdin=odd.encode()).stdout == odd.encode()


def test_output_permissions_follow_the_umask(phiwire, tmp_path):
    out = tmp_path / "out.txt"
    old = os.umask(0o027)
    try:
        phiwire("deid", "-o", out, stdin=PLAIN)
    finally:
        os.umask(old)
    assert stat.S_IMODE(out.stat().st_mode) == 0o640


def test_log_lines_come_out_while_the_pipe_is_open(phiwire):
    process = phiwire.popen("deid", "--format", "log")
    try:
        process.stdin.write(b"2024-01-01 00:00:00 INFO patient John Doe\n")
        process.stdin.flush()
        line = process.stdout.readline()
        assert b"INFO" in line and b"John Doe" not in line
        process.stdin.write(b"2024-01-01 00:00:01 INFO done\n")
        rest, error = process.communicate(timeout=60)
        assert (process.returncode, error) == (0, b"")
        assert rest.endswith(b"INFO done\n")
    finally:
        process.kill()
        process.wait()


def test_bad_log_entries_are_left_out_and_the_rest_goes_on(phiwire):
    log = b"INFO one\nINFO \xff\xfe John Doe\nINFO three\n"
    done = phiwire("deid", "--format", "log", stdin=log)
    assert done.returncode == 1
    assert b"INFO one\n" in done.stdout and b"INFO three\n" in done.stdout
    assert b"John" not in done.stdout + done.stderr
    assert b"record 2, bytes 9-" in done.stderr


def test_long_log_is_cut_at_entries(phiwire):
    entry = b"INFO request handled in 12 ms\n  the reply was sent\n  and read\n"
    log = entry * 20000  # several blocks
    for jobs in (1, 3):
        done = phiwire("deid", "--format", "log", "--jobs", jobs, stdin=log)
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout == log


def test_interrupt_leaves_no_temporary_file(phiwire, tmp_path):
    out = tmp_path / "out.log"
    process = phiwire.popen("deid", "--format", "log", "-o", out)
    try:
        for _ in range(100):
            process.stdin.write(b"INFO line\n")
            process.stdin.flush()
            if tree(tmp_path):
                break
            time.sleep(0.1)
        assert tree(tmp_path), "the temporary file never appeared"
        process.send_signal(signal.SIGTERM)
        time.sleep(0.1)
        process.stdin.close()
        process.wait(timeout=60)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 128 + signal.SIGTERM
    assert tree(tmp_path) == []


def test_summary(phiwire, tmp_path):
    note = tmp_path / "a.txt"
    note.write_bytes(NOTE)
    done = phiwire("deid", note, "--summary")
    assert done.stdout == CLEAN
    assert b"NAME" in done.stderr and b"MB/s" in done.stderr
    assert b"Doe" not in done.stderr
