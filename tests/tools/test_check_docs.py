# SPDX-License-Identifier: Apache-2.0
"""tools/check_docs.py: it passes on this tree and fails on wrong pages."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OTHER = (
    "# One page\n\n## The part: first\n\n## Same\n\n## Same\n\n```\n# no heading\n```\n"
)


def run(root):
    return subprocess.run(
        [sys.executable, ROOT / "tools" / "check_docs.py", root],
        capture_output=True,
        text=True,
    )


def test_passes_on_this_tree():
    result = run(ROOT)
    assert result.returncode == 0, result.stderr


def test_fails_on_a_tree_without_links(tmp_path):
    assert run(tmp_path).returncode == 1


PAGES = [
    ("[a](docs/other.md)", None),
    ("[a](docs/)", None),
    ("[a](docs/other.md#the-part-first)", None),
    ("[a](docs/other.md#same-1)", None),
    ("# Top\n[a](#top)", None),
    ('[a](docs/other.md "title")', None),
    ("[a\nb](docs/other.md)", None),
    ("[![a](docs/other.md)](docs/other.md)", None),
    ("[a](https://example.org/no.md) [b](docs/other.md)", None),
    ("`[a](no.md)` [b](docs/other.md)", None),
    ("``[`a`](no.md)`` [b](docs/other.md)", None),
    ("```\n[a](no.md)\n```\n[b](docs/other.md)", None),
    ("[a](no.md)", "README.md:1: no.md: no such file"),
    ("x\n\n[a](docs/no.md)", "README.md:3: docs/no.md: no such file"),
    ("```\nx\n```\n[a](no.md)", "README.md:4: no.md: no such file"),
    ("`a` and\n`b`: [a](no.md)", "README.md:2: no.md: no such file"),
    ("[a](docs/other.md#part)", "README.md:1: docs/other.md#part: no such heading"),
    (
        "[a](docs/other.md#no-heading)",
        "README.md:1: docs/other.md#no-heading: no such heading",
    ),
    ("[a](docs/other.md#same-2)", "README.md:1: docs/other.md#same-2: no such heading"),
    ("[a](#top)", "README.md:1: #top: no such heading"),
    ("[a](../x.md)", "README.md:1: ../x.md: leads out of the checkout"),
]


@pytest.mark.parametrize(("page", "problem"), PAGES)
def test_links(page, problem, tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "other.md").write_text(OTHER)
    (tmp_path / "README.md").write_text(page + "\n")
    result = run(tmp_path)
    assert result.stderr.strip() == (problem or "")
    assert result.returncode == (1 if problem else 0)


@pytest.mark.parametrize("folder", ["build", ".venv", "dist"])
def test_passes_over_what_is_built(folder, tmp_path):
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "page.md").write_text("[a](no.md)\n")
    (tmp_path / "README.md").write_text("[a](README.md)\n")
    assert run(tmp_path).returncode == 0
