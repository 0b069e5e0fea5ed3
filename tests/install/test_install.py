# SPDX-License-Identifier: Apache-2.0
"""phiwire installs, moves, and the README's program builds against it."""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ["PHIWIRE_BUILD_DIR"])
EXPECTED = "Patient [NAME] (MRN [MEDICALRECORD]) was born on [DATE].\n"


def run(*args, **kwargs):
    result = subprocess.run([*map(str, args)], capture_output=True, text=True, **kwargs)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def prefix(tmp_path_factory):
    """An install that was moved after it was made: nothing may hold its path."""
    folder = tmp_path_factory.mktemp("install")
    run("cmake", "--install", BUILD, "--prefix", folder / "first")
    (folder / "first").rename(folder / "moved")
    return folder / "moved"


def test_holds_the_public_headers_only(prefix):
    headers = {
        p.relative_to(prefix / "include").as_posix() for p in prefix.rglob("*.h")
    }
    assert headers == {
        f"phiwire/{name}.h"
        for name in (
            "anonymizer",
            "deidentifier",
            "finding",
            "phiwire",
            "policy",
            "types",
        )
    }


def test_holds_the_data(prefix):
    data = prefix / "share" / "phiwire"
    for name in ("lexicon.bin", "weights.tsv", "catalogue", "context"):
        assert (data / name).exists(), name
    for image in ("weights.bin", "catalogue/yaml.bin", "context/yaml.bin"):
        assert (data / image).exists(), image
    assert list((data / "catalogue").glob("*.yaml"))


def test_names_no_path_of_this_checkout_in_its_cmake_files(prefix):
    for file in prefix.rglob("*.cmake"):
        assert str(ROOT) not in file.read_text(), file.name


def test_the_consumer_builds_and_runs(prefix, tmp_path):
    run(
        "cmake",
        "-S",
        ROOT / "examples" / "cpp",
        "-B",
        tmp_path,
        "-G",
        "Ninja",
        f"-DCMAKE_PREFIX_PATH={prefix}",
    )
    run("cmake", "--build", tmp_path)
    assert run(tmp_path / "consumer", cwd=tmp_path) == EXPECTED


def test_the_installed_program_runs(prefix, tmp_path):
    cli = prefix / "bin" / "phiwire"
    text = "Patient John Doe (MRN 12345) was born on 01/01/1980.\n"
    assert run(cli, "deid", "-", input=text, cwd=tmp_path) == EXPECTED


def test_readme_shows_this_program_early():
    readme = (ROOT / "README.md").read_text()
    code = re.search(r"```cpp\n(.*?)```", readme, re.S)
    program = (ROOT / "examples" / "cpp" / "main.cc").read_text().split("\n", 1)[1]
    assert code and code[1].strip() == program.strip()
    assert readme[: code.start()].count("\n") < 30
    assert readme.count("\n") <= 150
