# SPDX-License-Identifier: Apache-2.0
"""phiwire deid on folders: interrupted, gone on with, listed."""

import fcntl
import os
import pty
import random
import resource
import select
import signal
import subprocess
import time

import pytest

SEED = 20261123
NOTE = b"Patient John Doe (MRN 12345) was born on 01/01/1980.\n"
MANIFEST = ".phiwire-manifest.tsv"
QUARANTINE = ".phiwire-quarantine.tsv"


def contents(folder):
    """Path below the folder -> bytes, without what the run keeps for itself."""
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and p.name not in (MANIFEST, QUARANTINE)
    }


def lines(folder, name=MANIFEST):
    return (folder / name).read_text().splitlines()


@pytest.fixture
def notes(tmp_path):
    """Small notes of several folders, and a log of some blocks."""
    rng = random.Random(SEED)
    source = tmp_path / "in"
    for i in range(120):
        path = source / rng.choice(["a", "b", "a/deep"]) / f"n{i}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(NOTE * rng.randrange(1, 40))
    (source / "b/app.log.txt").write_bytes(NOTE.replace(b"\n", b" ok.\n") * 30000)
    return source


@pytest.fixture
def whole(phiwire, notes, tmp_path):
    """The tree of a run that nobody disturbs."""
    out = tmp_path / "whole"
    done = phiwire("deid", notes, "-o", out)
    assert (done.returncode, done.stderr) == (0, b"")
    return contents(out)


def run_until(phiwire, folder, files, arguments, stop):
    """Runs, waits until so many outputs stand, and stops it with a signal."""
    process = phiwire.popen(*arguments)
    end = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < end:
        if len([p for p in folder.rglob("*.txt")]) >= files:
            break
        time.sleep(0.002)
    process.send_signal(stop)
    process.communicate(timeout=60)
    return process.returncode


@pytest.mark.parametrize("stop", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("after", [0, 1])
def test_interrupted_run_goes_on_to_the_same_tree(
    phiwire, notes, whole, tmp_path, stop, after
):
    out = tmp_path / "out"
    out.mkdir()
    code = run_until(phiwire, out, after, ["deid", notes, "-o", out, "-j", 2], stop)
    for name, data in contents(out).items():
        if not name.endswith(".tmp"):
            assert data == whole[name], "a half file"
        else:
            assert code == -signal.SIGKILL, "a temporary file stays after a signal"
    done = phiwire("deid", notes, "-o", out, "--resume", "--summary")
    assert done.returncode == 0, done.stderr
    assert contents(out) == whole
    again = phiwire("deid", notes, "-o", out, "--resume", "--summary")
    assert again.returncode == 0
    assert b"done before 121" in again.stderr


def test_resume_redoes_what_has_changed(phiwire, notes, whole, tmp_path):
    out = tmp_path / "out"
    phiwire("deid", notes, "-o", out)
    stamps = {n: (out / n).stat().st_mtime_ns for n in contents(out)}
    names = sorted(n for n in whole if n.startswith("a/n"))
    changed, spoilt, gone = names[:3]
    (notes / changed).write_bytes(b"Seen by Dr. Smith.\n")
    (out / spoilt).write_bytes(b"half")
    (out / gone).unlink()
    (notes / "a/visit.txt").write_bytes(NOTE)
    done = phiwire("deid", notes, "-o", out, "--resume", "--summary")
    assert done.returncode == 0 and b"done before 118" in done.stderr
    after = contents(out)
    assert b"Smith" not in after[changed] and after[changed] != whole[changed]
    assert after[spoilt] == whole[spoilt] and after[gone] == whole[gone]
    assert "a/visit.txt" in after
    for name, stamp in stamps.items():
        if name not in (changed, spoilt, gone):
            assert (out / name).stat().st_mtime_ns == stamp, "it was done already"


@pytest.mark.parametrize(
    "more",
    [["--sensitivity", "strict"], ["--subject", "7"], ["--format", "text"]],
    ids=lambda more: more[0],
)
def test_another_task_is_done_anew(phiwire, tmp_path, more):
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    (source / "a.txt").write_bytes(NOTE)
    assert phiwire("deid", source, "-o", out).returncode == 0
    done = phiwire("deid", source, "-o", out, "--resume", "--summary", *more)
    assert done.returncode == 0
    assert b"all is done anew" in done.stderr and b"done before" not in done.stderr
    again = phiwire("deid", source, "-o", out, "--resume", "--summary", *more)
    assert b"done before 1" in again.stderr


def test_the_manifest_tells_nothing(phiwire, tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    (source / "Smith_John_1962.txt").write_bytes(NOTE)
    (source / "visit.txt").write_bytes(NOTE)
    for out in ("one", "two"):
        phiwire("deid", source, "-o", tmp_path / out)
    text = (tmp_path / "one" / MANIFEST).read_text()
    for word in ("Smith", "1962", "visit", "John", "12345"):
        assert word not in text
    assert (tmp_path / "one" / MANIFEST).stat().st_mode & 0o077 == 0
    first, second = (lines(tmp_path / out)[1:] for out in ("one", "two"))
    assert len(first) == 2
    # The same files under another salt; and two equal contents under two paths.
    assert not {c for r in first for c in r.split("\t")[:3]} & {
        c for r in second for c in r.split("\t")[:3]
    }


def test_a_cut_manifest_is_read_to_its_last_whole_line(phiwire, notes, tmp_path):
    out = tmp_path / "out"
    phiwire("deid", notes, "-o", out)
    manifest = out / MANIFEST
    data = manifest.read_bytes()
    kept = data[: len(data) // 2].rsplit(b"\n", 1)[0].count(b"\n")
    manifest.write_bytes(data[: len(data) // 2])
    done = phiwire("deid", notes, "-o", out, "--resume", "--summary")
    assert done.returncode == 0
    assert b"done before %d\n" % kept in done.stderr
    assert len(lines(out)) == 122


def test_one_run_at_a_time_writes_to_a_folder(phiwire, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "in/a.txt").write_bytes(NOTE)
    with (tmp_path / "out" / MANIFEST).open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = phiwire("deid", tmp_path / "in", "-o", tmp_path / "out")
    assert done.returncode == 2 and b"another run" in done.stderr


def test_resume_is_for_folders(phiwire, tmp_path):
    (tmp_path / "a.txt").write_bytes(NOTE)
    done = phiwire("deid", tmp_path / "a.txt", "--resume")
    assert done.returncode == 2 and b"--resume is for folders" in done.stderr


def test_full_disk_stops_the_run_and_it_goes_on(phiwire, notes, whole, tmp_path):
    out = tmp_path / "out"

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (200000, 200000))

    done = subprocess.run(
        [phiwire.program, "deid", str(notes), "-o", str(out)],
        env=phiwire.environment,
        capture_output=True,
        preexec_fn=limit,
        check=False,
    )
    assert done.returncode == 1
    assert b"--resume goes on" in done.stderr and done.stderr.count(b"\n") == 1
    assert all(data == whole[name] for name, data in contents(out).items())
    assert phiwire("deid", notes, "-o", out, "--resume").returncode == 0
    assert contents(out) == whole


def test_quarantine_lists_what_was_refused(phiwire, tmp_path):
    source, out = tmp_path / "in", tmp_path / "out"
    (source / "Doe_John").mkdir(parents=True)
    (source / "Doe_John/bad.txt").write_bytes(b"Zebulon \xff")
    (source / "good.txt").write_bytes(NOTE)
    (source / "lines.log").write_bytes(b"INFO ok\nINFO \xff Quackenbush\n")
    for flags, place in (([], out / QUARANTINE), (["--quarantine", "q.tsv"], None)):
        done = phiwire("deid", source, "-o", out, *flags, cwd=tmp_path)
        assert done.returncode == 1
        rows = [
            row.split("\t")
            for row in (place or tmp_path / "q.tsv").read_text().splitlines()
        ]
        assert rows[0] == "input path outcome record begin end field reason".split()
        assert rows[1][:3] == ["1", "*/bad.txt", "refused"]
        assert len(rows) == done.stderr.count(b"\n") + 1
        assert all(len(row) == 8 for row in rows)
        text = str(rows)
        assert "Zebulon" not in text and "Quackenbush" not in text
        assert "Doe" not in text
    # What was refused is looked at again, and the list told again.
    again = phiwire("deid", source, "-o", out, "--resume")
    assert again.returncode == 1 and (out / QUARANTINE).exists()
    (source / "Doe_John/bad.txt").write_bytes(b"fine\n")
    (source / "lines.log").write_bytes(b"INFO ok\n")
    assert phiwire("deid", source, "-o", out, "--resume").returncode == 0
    assert not (out / QUARANTINE).exists()


def test_a_run_reads_no_manifest(phiwire, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_bytes(NOTE)
    (tmp_path / "in/b.txt").write_bytes(b"\xff")
    assert phiwire("deid", tmp_path / "in", "-o", tmp_path / "one").returncode == 1
    done = phiwire("deid", tmp_path / "one", "-o", tmp_path / "two", "--summary")
    assert done.returncode == 0 and done.stderr.startswith(
        b"documents               1 "
    )


def test_what_was_removed_is_told_and_listed(phiwire, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.hl7").write_bytes(
        b"MSH|^~\\&|A|B|C|D|20240101||ORU^R01|1|P|2.5\r"
        b"PID|1||123456^^^H^MR||Doe^John\r"
        b"OBX|1|ED|R||^application^pdf^Base64^JVBERi0xLjcKWmVidWxvbg==\r"
    )
    out = tmp_path / "out"
    done = phiwire("deid", tmp_path / "in", "-o", out, "--summary")
    assert b"OBX-5" in done.stderr and b" removed: " in done.stderr
    assert b"removed 1" in done.stderr
    row = lines(out, QUARANTINE)[1].split("\t")
    assert row[2] == "removed" and row[6].startswith("OBX-5")
    assert b"JVBERi" not in (out / "a.hl7").read_bytes()


def test_the_list_replaces_no_input(phiwire, tmp_path):
    (tmp_path / "in").mkdir()
    note = tmp_path / "in/a.txt"
    note.write_bytes(NOTE)
    done = phiwire("deid", tmp_path / "in", "-o", tmp_path / "o", "--quarantine", note)
    assert done.returncode == 2 and b"--quarantine is an input" in done.stderr
    assert note.read_bytes() == NOTE


def test_summary_counts_by_format(phiwire, tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    (source / "a.txt").write_bytes(NOTE)
    (source / "b.hl7").write_bytes(b"MSH|^~\\&|A|B|C|D|20240101||ADT^A01|1|P|2.5\r")
    done = phiwire("deid", source, "-o", tmp_path / "out", "--summary")
    words = [line.split() for line in done.stderr.decode().splitlines()]
    assert ["text", "1"] in words and ["hl7", "1"] in words
    assert ["NAME", "1"] in words


def test_jobs_change_neither_outputs_nor_messages(phiwire, notes, whole, tmp_path):
    (notes / "a/zz.txt").write_bytes(b"\xff")
    (notes / "b/aa.txt").write_bytes(b"\xff")
    seen = set()
    for jobs in (1, 4):
        out = tmp_path / f"out{jobs}"
        done = phiwire("deid", notes, "-o", out, "-j", jobs)
        assert contents(out) == whole
        seen.add((done.returncode, done.stderr, (out / QUARANTINE).read_bytes()))
    assert len(seen) == 1


def test_progress_bar_on_a_terminal(phiwire, tmp_path):
    """At once done or not: the bar comes after two seconds."""
    source = tmp_path / "in"
    source.mkdir()
    for i in range(3):
        (source / f"n{i}.txt").write_bytes(NOTE * 20000)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [phiwire.program, "deid", str(source), "-o", str(tmp_path / "out"), "-j", "1"],
        env=phiwire.environment,
        stderr=theirs,
    )
    os.close(theirs)
    text = b""
    while select.select([ours], [], [], 60)[0]:
        try:
            part = os.read(ours, 4096)
        except OSError:  # the terminal's other end is closed
            break
        text += part
    assert process.wait(timeout=60) == 0
    os.close(ours)
    assert b"documents" in text, "a terminal gets the summary"
    if b"[" in text:  # a machine may be done in two seconds
        assert b" % " in text and b"MB/s" in text and b"ETA" in text


@pytest.mark.parametrize(
    "inputs, out",
    [
        (["d/notes"], "d"),
        (["d/notes"], "d/"),
        (["./d/../d/notes"], "./d"),
        (["x/Smith_John.txt", "out/document-0001.txt"], "out"),
    ],
)
def test_no_output_takes_an_originals_place(phiwire, tmp_path, inputs, out):
    """Not only its own input's: another's, by its place or its new name."""
    names = ["d/notes/a.txt", "d/notes/notes/a.txt", "x/Smith_John.txt"]
    originals = {}
    for name in [*names, "out/document-0001.txt"]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(NOTE + name.encode())
        originals[path] = path.read_bytes()
    arguments = [f"{tmp_path}/{i}" for i in inputs]
    done = phiwire("deid", *arguments, "-o", f"{tmp_path}/{out}")
    assert done.returncode == 2
    assert b"originals are not overwritten" in done.stderr
    for path, before in originals.items():
        assert path.read_bytes() == before


# links: place -> what it names
LINKS = [
    # A folder of the outputs is another's of the inputs.
    ({"out/u": "in/v"}, ["in"], "out"),
    # The same, and only new files would come into it.
    ({"out/u": "in/w"}, ["in"], "out"),
    # A link where the check of the folder looks.
    ({"out/x": "elsewhere/x"}, ["p/a.txt", "out/a.txt"], "out"),
    # The output folder is one of the inputs' by another name.
    ({"link": "in/u"}, ["in"], "link"),
    ({"link": "in"}, ["in"], "link/new"),
    ({"link": "in/u"}, ["in"], "link/../new"),
    # An input that is a link gives way to another's output.
    ({"out/a.txt": "elsewhere/x"}, ["p/a.txt", "out/a.txt"], "out"),
]


@pytest.mark.parametrize("links, inputs, out", LINKS)
def test_no_output_takes_an_originals_place_through_a_link(
    phiwire, tmp_path, links, inputs, out
):
    for name in ("in/u/a.txt", "in/v/a.txt", "in/w/b.txt", "p/a.txt", "elsewhere/x"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(NOTE + name.encode())
    (tmp_path / "out").mkdir()
    if "out/a.txt" in inputs and "out/a.txt" not in links:
        (tmp_path / "out/a.txt").write_bytes(NOTE)
    for place, target in links.items():
        (tmp_path / place).symlink_to(tmp_path / target)
    before = contents(tmp_path)
    arguments = [f"{tmp_path}/{i}" for i in inputs]
    done = phiwire("deid", *arguments, "-o", f"{tmp_path}/{out}")
    assert done.returncode == 2
    assert b"originals are not overwritten" in done.stderr
    assert contents(tmp_path) == before


def test_no_output_comes_among_the_originals(phiwire, tmp_path):
    """A folder of the outputs is the one of the inputs."""
    (tmp_path / "d/notes/notes").mkdir(parents=True)
    (tmp_path / "d/notes/notes/a.txt").write_bytes(NOTE)
    done = phiwire("deid", tmp_path / "d/notes", "-o", tmp_path / "d")
    assert done.returncode == 2
    assert b"originals are not overwritten" in done.stderr
    assert [*contents(tmp_path)] == ["d/notes/notes/a.txt"]


def test_an_output_folder_above_its_inputs(phiwire, tmp_path):
    (tmp_path / "d/notes").mkdir(parents=True)
    (tmp_path / "d/notes/a.txt").write_bytes(NOTE)
    done = phiwire("deid", tmp_path / "d/notes", "-o", tmp_path / "d")
    assert done.returncode == 0, done.stderr
    assert b"Doe" not in (tmp_path / "d/a.txt").read_bytes()
    assert (tmp_path / "d/notes/a.txt").read_bytes() == NOTE


# name, what may be kept of it behind a neutral name
ENDINGS = [
    ("visit.jones", ""),
    ("visit.doe1", ""),
    ("visit.doe1.gz", ".gz"),
    ("visit.jones1", ""),
    ("visit.12doe", ""),
    ("2024.a1234", ""),
    ("visit.jones.GZ", ".GZ"),
    ("visit.DOE", ""),
    ("visit.doe.", ""),
    ("visit.doe.b.c", ""),
    (".doe", ""),
    ("..doe", ""),
    (".doe.txt", ".txt"),
    ("visit.jos\u00e9", ""),
    ("visit.jos\u00e91", ""),
    ("visit.doe txt", ""),
    ("J.O.N.E.S.txt", ".txt"),
    ("doe.txt", ".txt"),
    ("doe.TXT", ".TXT"),
    ("doe.txt.gz", ".txt.gz"),
    ("doe.TXT.GZ", ".TXT.GZ"),
    ("doe.hl7", ".hl7"),
    ("doe.7z", ".7z"),
    ("doe.x12", ".x12"),
    ("doe.ndjson", ".ndjson"),
    ("doe.xhtml", ".xhtml"),
    ("doe.markdown.zst", ".markdown.zst"),
    ("visit." + "doe" * 80, ""),
    ("doe" * 80 + ".txt", ".txt"),
]
KEPT = ["record.TXT", "scan.hl7", "visit.ndjson", "record.txt.gz", ".txt", "a.b.c"]


@pytest.mark.parametrize("name, ending", ENDINGS)
def test_a_name_is_no_extension(phiwire, tmp_path, name, ending):
    """What stands behind a dot is shown and kept where it is a known ending."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / name).write_bytes(b"\x00")
    done = phiwire("deid", folder, "-o", tmp_path / "out")
    assert done.returncode == 1
    assert f"(*{ending})" in done.stderr.decode()
    (folder / name).write_bytes(b"")
    assert phiwire("deid", folder, "-o", tmp_path / "out").returncode == 0
    assert [*contents(tmp_path / "out")] == [f"document-0001{ending}"]


def test_plain_names_are_kept(phiwire, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in KEPT:
        (folder / name).write_bytes(b"")
    assert phiwire("deid", folder, "-o", tmp_path / "out").returncode == 0
    assert sorted(contents(tmp_path / "out")) == sorted(KEPT)
