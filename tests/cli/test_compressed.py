# SPDX-License-Identifier: Apache-2.0
"""phiwire deid on .gz and .zst: read and written as they were."""

import gzip
import io
import shutil
import subprocess
import tarfile
import zipfile
import zlib

import pytest

NOTE = b"Patient John Doe (MRN 12345) was born on 01/01/1980.\n"
CLEAN = b"Patient [NAME] (MRN [MEDICALRECORD]) was born on [DATE].\n"
LOG = b"INFO request %d took 12 ms\n"


def zstd(data, *flags):
    if shutil.which("zstd") is None:
        pytest.skip("no zstd program")
    return subprocess.run(
        ["zstd", "-q", "-c", *flags], input=data, stdout=subprocess.PIPE, check=True
    ).stdout


def named_gzip(data):
    """With a header that holds a name and a time."""
    out = io.BytesIO()
    with gzip.GzipFile("doe_john_1962.txt", "wb", 9, out, 1700000000) as file:
        file.write(data)
    return out.getvalue()


def test_gzip_comes_back_as_gzip(phiwire, tmp_path):
    packed = tmp_path / "note.txt.gz"
    packed.write_bytes(named_gzip(NOTE))
    out = tmp_path / "out" / "note.txt.gz"
    done = phiwire("deid", packed, "-o", out)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    written = out.read_bytes()
    assert gzip.decompress(written) == CLEAN
    assert written[3] == 0, "flags: no name, no comment"
    assert written[4:8] == bytes(4), "no time"
    assert b"doe" not in written


def test_zstd_comes_back_as_zstd(phiwire):
    done = phiwire("deid", stdin=zstd(NOTE))
    assert done.returncode == 0, done.stderr
    assert zstd(done.stdout, "-d") == CLEAN


def test_content_tells_the_compression_not_the_name(phiwire, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/plain.gz").write_bytes(NOTE)
    (tmp_path / "in/packed.txt").write_bytes(gzip.compress(NOTE))
    done = phiwire("deid", tmp_path / "in", "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out/plain.gz").read_bytes() == CLEAN
    assert gzip.decompress((tmp_path / "out/packed.txt").read_bytes()) == CLEAN


def test_names_with_phi_keep_both_extensions(phiwire, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/Smith_John.txt.gz").write_bytes(gzip.compress(NOTE))
    phiwire("deid", tmp_path / "in", "-o", tmp_path / "out")
    assert [p.name for p in (tmp_path / "out").glob("*.gz")] == ["document-0001.txt.gz"]


def test_members_in_a_row_are_one_content(phiwire):
    packed = gzip.compress(b"No fever. ") + gzip.compress(b"") + gzip.compress(NOTE)
    done = phiwire("deid", stdin=packed)
    assert gzip.decompress(done.stdout) == b"No fever. " + CLEAN


def test_encoding_and_mark_are_kept_inside(phiwire):
    text = "Temperature 38 °C. Patient John Doe.\r\n".encode("utf-16")
    done = phiwire("deid", stdin=gzip.compress(text))
    assert gzip.decompress(done.stdout).decode("utf-16") == (
        "Temperature 38 °C. Patient [NAME].\r\n"
    )


@pytest.mark.parametrize("pack", [gzip.compress, zstd], ids=["gzip", "zstd"])
def test_empty(phiwire, pack):
    done = phiwire("deid", stdin=pack(b""))
    assert done.returncode == 0 and done.stdout
    unpacked = (
        gzip.decompress(done.stdout)
        if pack is gzip.compress
        else zstd(done.stdout, "-d")
    )
    assert unpacked == b""


@pytest.mark.parametrize("jobs", [1, 3])
def test_long_log_is_one_member(phiwire, jobs):
    log = b"".join(LOG % (i % 90) for i in range(30000))
    done = phiwire(
        "deid", "--format", "log", "--jobs", jobs, stdin=gzip.compress(log, 1)
    )
    assert (done.returncode, done.stderr) == (0, b"")
    unpacker = zlib.decompressobj(31)
    assert unpacker.decompress(done.stdout) == log
    assert unpacker.eof and unpacker.unused_data == b""


BAD = {
    "cut off": (lambda g: g[:-5], "cut off"),
    "cut off in the header": (lambda g: g[:6], "cut off"),
    "damaged check sum": (lambda g: g[:-8] + bytes(8), "damaged"),
    "damaged content": (lambda g: g[:20] + b"\xff\xff\xff" + g[23:], "damaged"),
    "something behind": (lambda g: g + b"Zebulon Quackenbush", "damaged"),
    "gzip in gzip": (gzip.compress, "gzip file"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_gzip_leaves_nothing(phiwire, tmp_path, name):
    spoil, reason = BAD[name]
    packed = tmp_path / "a.gz"
    packed.write_bytes(spoil(gzip.compress(NOTE * 40)))
    done = phiwire("deid", packed, "-o", tmp_path / "out.gz")
    assert done.returncode == 1
    assert reason.encode() in done.stderr and done.stderr.count(b"\n") == 1
    assert [p.name for p in tmp_path.iterdir()] == ["a.gz"]
    # Not to standard output either, while all of it is one block.
    assert phiwire("deid", packed).stdout == b""


def test_a_long_file_damaged_at_its_end_leaves_nothing(phiwire, tmp_path):
    log = b"".join(LOG % (i % 90) for i in range(60000))
    packed = bytearray(gzip.compress(log, 1))
    packed[-6] ^= 1
    (tmp_path / "a.gz").write_bytes(packed)
    done = phiwire("deid", "--format", "log", tmp_path / "a.gz", "-o", tmp_path / "o")
    assert done.returncode == 1 and b"damaged" in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["a.gz"]


def test_a_bomb_is_refused(phiwire, tmp_path):
    packed = tmp_path / "bomb.gz"
    with gzip.open(packed, "wb") as file:
        for _ in range(80):
            file.write((b"ok " * 349525 + b"\n") * 4)
    done = phiwire("deid", "--format", "log", packed, "-o", tmp_path / "out")
    assert done.returncode == 1 and b"500 times" in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["bomb.gz"]


def test_archives_are_refused_by_name(phiwire, tmp_path):
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as archive:
        info = tarfile.TarInfo("a.txt")
        info.size = len(NOTE)
        archive.addfile(info, io.BytesIO(NOTE))
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr("a.txt", NOTE)
    for data, word in (
        (tar.getvalue(), b"tar"),
        (gzip.compress(tar.getvalue()), b"tar"),
        (box.getvalue(), b"ZIP"),
    ):
        done = phiwire("deid", stdin=data)
        assert (done.returncode, done.stdout) == (1, b"")
        assert word in done.stderr
