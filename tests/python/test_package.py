# SPDX-License-Identifier: Apache-2.0
"""What ships: examples that run, stubs that are current, names that exist."""

import doctest
import importlib
import os
import pkgutil
import subprocess
import sys
from pathlib import Path

import phiwire
import pytest
from seed import ROOT, SEED_OUT

MODULES = sorted(
    m.name
    for m in pkgutil.walk_packages(phiwire.__path__, "phiwire.")
    if m.name != "phiwire._phiwire"
)
SEVEN_LINES = Path(__file__).with_name("seven_lines.py")


def python(arguments):
    """Runs another Python that imports the same phiwire."""
    package = str(Path(phiwire.__file__).parents[1])
    return subprocess.run(
        [sys.executable, *arguments],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": package},
    )


@pytest.mark.parametrize("name", ["phiwire", *MODULES])
def test_docstring_examples_run(name):
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0


def test_some_docstrings_have_examples():
    finder = doctest.DocTestFinder()
    modules = [importlib.import_module(name) for name in ["phiwire", *MODULES]]
    assert sum(len(t.examples) for m in modules for t in finder.find(m)) > 20


def test_document_examples_run():
    page = ROOT / "docs" / "python.md"
    result = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert result.attempted > 10
    assert result.failed == 0


def test_stub_is_current(tmp_path):
    pytest.importorskip("nanobind")
    fresh = tmp_path / "_phiwire.pyi"
    command = ["-m", "nanobind.stubgen", "-q", "-m", "phiwire._phiwire"]
    python([*command, "-o", str(fresh)])
    checked_in = ROOT / "python_bindings" / "phiwire" / "_phiwire.pyi"
    assert checked_in.read_text() == fresh.read_text(), (
        "run: python -m nanobind.stubgen -m phiwire._phiwire "
        "-o python_bindings/phiwire/_phiwire.pyi"
    )


def test_package_is_typed():
    assert Path(phiwire.__file__).with_name("py.typed").exists()


def test_all_names_exist():
    for name in phiwire.__all__:
        assert getattr(phiwire, name) is not None


def test_seven_lines_of_presidio_users():
    out = python([str(SEVEN_LINES)])
    assert out.stdout == SEED_OUT + "\n"


def test_seven_lines_are_those_of_the_design():
    design = ROOT / "DESIGN.md"
    if not design.exists():
        pytest.skip("no DESIGN.md in this checkout")
    assert SEVEN_LINES.read_text() in design.read_text()
