# SPDX-License-Identifier: Apache-2.0
"""The checks of tools/: they pass on this tree and fail on wrong ones."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SPDX = "// SPDX-License-Identifier: Apache-2.0\n"


def run(check, root):
    return subprocess.run(
        [sys.executable, ROOT / "tools" / check, root], capture_output=True, text=True
    )


def tree(tmp_path, path, text):
    file = tmp_path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(SPDX + text)
    return tmp_path


@pytest.mark.parametrize("check", ["check_deps.py", "check_library.py"])
def test_passes_on_this_tree(check):
    result = run(check, ROOT)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("check", ["check_deps.py", "check_library.py"])
def test_fails_on_a_folder_without_sources(check, tmp_path):
    assert run(check, tmp_path).returncode == 1


ARROWS = [
    ("base/a.cc", "base/b.h", True),
    ("base/a.cc", "engine/b.h", False),
    ("base/a.cc", "phiwire/types.h", False),
    ("engine/a.h", "base/b.h", True),
    ("engine/a.h", "phiwire/types.h", True),
    ("engine/a.h", "phiwire/deidentifier.h", False),
    ("engine/a.h", "recognizers/b.h", False),
    ("engine/a.h", "policy/b.h", False),
    ("engine/hs_database.cc", "hs/hs.h", True),
    ("engine/pipeline.cc", "hs/hs.h", False),
    ("recognizers/a.cc", "engine/b.h", True),
    ("recognizers/a.cc", "hs/hs.h", False),
    ("recognizers/a.cc", "yaml-cpp/yaml.h", False),
    ("recognizers/sub/a.cc", "rules/b.h", False),
    ("rules/a.cc", "recognizers/b.h", False),
    ("rules/a.cc", "anonymizers/b.h", False),
    ("anonymizers/a.cc", "formats/b.h", False),
    ("formats/hl7v2/a.cc", "rules/b.h", False),
    ("formats/hl7v2/a.cc", "phiwire/policy.h", False),
    ("policy/a.cc", "formats/b.h", True),
    ("policy/a.cc", "phiwire/deidentifier.h", True),
    ("policy/a.cc", "apps/cli/b.h", False),
    ("include/phiwire/a.h", "phiwire/policy.h", True),
    ("include/phiwire/a.h", "engine/b.h", False),
    ("apps/cli/a.cc", "policy/b.h", True),
    ("apps/cli/a.cc", "recognizers/b.h", False),
    ("apps/cli/a.cc", "python_bindings/b.h", False),
    ("tests/engine/a_test.cc", "recognizers/b.h", True),
    ("bench/a.cc", "recognizers/b.h", True),
    ("bench/a.cc", "tests/b.h", True),
    ("policy/a.cc", "tests/b.h", False),
    ("examples/cpp/main.cc", "policy/b.h", False),
    ("examples/cpp/main.cc", "phiwire/phiwire.h", True),
]


@pytest.mark.parametrize("path,header,allowed", ARROWS)
def test_arrow(tmp_path, path, header, allowed):
    result = run("check_deps.py", tree(tmp_path, path, f'\n#include "{header}"\n'))
    assert result.returncode == (0 if allowed else 1), result.stderr
    if not allowed:
        assert f"{path}:3:" in result.stderr


LINES = [
    ("engine/a.cc", 'std::cerr << "x";', False),
    ("engine/a.cc", 'printf("x");', False),
    ("engine/a.cc", "  std::abort();", False),
    ("engine/a.cc", "exit(1);", False),
    ("engine/a.cc", 'std::getenv("HOME");', False),
    ("engine/a.cc", "assert(x);", False),
    ("engine/a.cc", "static_assert(x);", True),
    ("engine/a.cc", "snprintf(b, n, f);", True),
    ("engine/a.cc", "it.exit(1);", True),
    ("engine/a.cc", "// printf(", True),
    ("engine/a.cc", 'x = "printf(";', True),
    ("engine/a.cc", 'x = R"(\nabort()\n)";', True),
    ("apps/cli/a.cc", 'std::cerr << "x";', True),
    ("engine/a.cc", "\n" * 600, False),
]


@pytest.mark.parametrize("path,line,allowed", LINES)
def test_library_line(tmp_path, path, line, allowed):
    result = run("check_library.py", tree(tmp_path, path, line + "\n"))
    assert result.returncode == (0 if allowed else 1), result.stderr


def test_a_file_without_licence_line_fails(tmp_path):
    (tmp_path / "engine").mkdir()
    (tmp_path / "engine" / "a.cc").write_text("int x;\n")
    assert run("check_library.py", tmp_path).returncode == 1
