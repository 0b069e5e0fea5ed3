#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fails when library code prints, logs, ends the process or reads the
environment, and when a source file is past the house's sizes.

    tools/check_library.py [ROOT]
"""

import re
import sys
from pathlib import Path

LIBRARY = (
    "base",
    "engine",
    "recognizers",
    "rules",
    "anonymizers",
    "formats",
    "policy",
    "include",
)
ALL = (*LIBRARY, "apps", "python_bindings", "tests", "bench", "examples")
MAX_LINES = 500

FORBIDDEN = {
    "prints": re.compile(
        r"\bstd::(cout|cerr|clog|printf|puts)\b|(?<![\w.:>])v?f?printf\s*\(|(?<![\w.:>])f?puts\s*\("
        r"|\bperror\s*\("
    ),
    "ends the process": re.compile(
        r"\b(std::)?(abort|quick_exit|terminate|_Exit)\s*\(|(?<![\w.>])(std::)?exit\s*\(|\bassert\s*\("
    ),
    "reads the environment": re.compile(r"\b(secure_)?getenv\b"),
    "calls rand()": re.compile(r"(?<![\w.:>])(std::)?s?rand\s*\("),
}


def code_lines(text):
    """(number, line) without comments and string contents."""
    text = re.sub(
        r'R"(\w*)\((.*?)\)\1"', lambda m: '""' + "\n" * m[2].count("\n"), text, flags=re.S
    )
    text = re.sub(r"/\*.*?\*/", lambda m: "\n" * m[0].count("\n"), text, flags=re.S)
    for number, line in enumerate(text.splitlines(), 1):
        line = re.sub(r'"(\\.|[^"\\])*"', '""', line)
        yield number, line.split("//")[0]


def check(root):
    problems, files = [], 0
    for folder in ALL:
        for file in sorted((root / folder).rglob("*")):
            if file.suffix not in {".cc", ".h"}:
                continue
            files += 1
            text = file.read_text("utf-8")
            path = file.relative_to(root).as_posix()
            lines = text.count("\n")
            if lines > MAX_LINES:
                problems.append(f"{path}: {lines} lines, more than {MAX_LINES}")
            if not text.startswith("// SPDX-License-Identifier: Apache-2.0\n"):
                problems.append(f"{path}:1: no SPDX line")
            if folder not in LIBRARY:
                continue
            for number, line in code_lines(text):
                for what, pattern in FORBIDDEN.items():
                    if pattern.search(line):
                        problems.append(f"{path}:{number}: library code {what}")
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
