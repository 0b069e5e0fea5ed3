#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fails on an include that goes against the folders' order (DESIGN.md).

base <- engine <- {recognizers, rules, anonymizers, formats} <- policy
<- {apps, python_bindings} <- {tests, bench}; the middle four never include
one another. Of the public headers, types.h, finding.h and anonymizer.h belong
to the engine and may be included from there up; the others belong to policy.
An external library that is held to one file is checked too.

    tools/check_deps.py [ROOT]
"""

import re
import sys
from pathlib import Path

BELOW = {
    "base": set(),
    "engine": {"base"},
    "recognizers": {"base", "engine"},
    "rules": {"base", "engine"},
    "anonymizers": {"base", "engine"},
    "formats": {"base", "engine"},
    "policy": {"base", "engine", "recognizers", "rules", "anonymizers", "formats"},
}
BELOW["apps"] = {"base", "engine", "formats", "policy"}
BELOW["python_bindings"] = {"base", "engine", "formats", "policy"}
BELOW["tests"] = {*BELOW, "bench"}
BELOW["bench"] = {*BELOW}
BELOW["examples"] = set()  # what a user has: public headers only
BELOW["include"] = set()

ENGINE_HEADERS = {"phiwire/types.h", "phiwire/finding.h", "phiwire/anonymizer.h"}
POLICY_UP = {
    "policy",
    "apps",
    "python_bindings",
    "tests",
    "bench",
    "examples",
    "include",
}

# A library only one file may include.
HELD = {
    "hs.h": re.compile(
        r"^(engine/hs_database\.cc|engine/hs_[a-z_]*\.(cc|h)|bench/.*|tests/.*)$"
    ),
    "hs/hs.h": re.compile(r"^(engine/hs_[a-z_]*\.(cc|h)|bench/.*|tests/.*)$"),
    "sqlite3.h": re.compile(r"^(anonymizers/sqlite_file\.cc|tests/.*)$"),
    "yaml-cpp/yaml.h": re.compile(r"^base/yaml\.cc$"),
}
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^">]+)[">]')


def problem(path, folder, header):
    """What is wrong with `folder` including `header`, or None."""
    if header in HELD and not HELD[header].match(path):
        return f"<{header}> is held to one place"
    top = header.split("/")[0]
    if top == "phiwire":
        if folder == "base":
            return "base includes nothing of ours"
        if header not in ENGINE_HEADERS and folder not in POLICY_UP:
            return f"{header} belongs to policy"
        return None
    if top == folder or top not in BELOW:
        return None
    return None if top in BELOW[folder] else f"{folder} may not include {top}"


def check(root):
    problems, files = [], 0
    for file in sorted(root.rglob("*")):
        path = file.relative_to(root).as_posix()
        folder = path.split("/")[0]
        if folder not in BELOW or file.suffix not in {".cc", ".h"}:
            continue
        # A test's own trees of wrong files are not part of the project.
        if path.startswith("tests/tools/"):
            continue
        files += 1
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            match = INCLUDE.match(line)
            wrong = match and problem(path, folder, match[1])
            if wrong:
                problems.append(f"{path}:{number}: {wrong}")
    if not files:
        problems.append(f"{root}: no source file found")
    return problems


def main():
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent
    problems = check(root)
    print("\n".join(problems), file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
