#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fails when a relative link of a Markdown page leads nowhere: to no file, or
to no heading of it. Links of the web are not followed.

    tools/check_docs.py [ROOT]
"""

import re
import sys
from pathlib import Path

SKIPPED = {"build", "dist"}  # and what begins with a dot
FENCE = re.compile(r"^ {0,3}(```+|~~~+).*?^ {0,3}\1[`~]*\s*$", re.M | re.S)
CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.S)
LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
HEADING = re.compile(r"^ {0,3}#{1,6}\s+(.*?)\s*#*\s*$", re.M)
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)


def blank(match):
    """Nothing in its place but the line ends, so that line numbers hold."""
    return "\n" * match[0].count("\n")


def pages(root):
    for path in sorted(root.rglob("*.md")):
        parts = path.relative_to(root).parts
        if not any(p in SKIPPED or p.startswith(".") for p in parts):
            yield path


def anchors(page):
    """The anchors GitHub makes of a page's headings."""
    seen, found = {}, set()
    for title in HEADING.findall(FENCE.sub(blank, page.read_text("utf-8"))):
        title = re.sub(r"\]\([^)]*\)", "]", title).lower()
        slug = re.sub(r"[^\w\- ]", "", title).replace(" ", "-")
        number = seen[slug] = seen.get(slug, -1) + 1
        found.add(f"{slug}-{number}" if number else slug)
    return found


def wrong(page, target, root):
    """What is wrong with a link of the page, or nothing."""
    path, _, anchor = target.partition("#")
    file = (page.parent / path).resolve() if path else page.resolve()
    if not file.is_relative_to(root.resolve()):
        return "leads out of the checkout"
    if not file.exists():
        return "no such file"
    if anchor and (file.suffix != ".md" or anchor not in anchors(file)):
        return "no such heading"
    return None


def check(root):
    problems, links = [], 0
    for page in pages(root):
        text = CODE.sub(blank, FENCE.sub(blank, page.read_text("utf-8")))
        for match in LINK.finditer(text):
            if ELSEWHERE.match(match[1]):
                continue
            links += 1
            what = wrong(page, match[1], root)
            if what:
                line = text.count("\n", 0, match.start()) + 1
                place = page.relative_to(root).as_posix()
                problems.append(f"{place}:{line}: {match[1]}: {what}")
    if not links:
        problems.append("no page with a link")
    return problems


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[1])
    problems = check(root)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
