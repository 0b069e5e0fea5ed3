# SPDX-License-Identifier: Apache-2.0
"""Tables, and the parts of a Markdown page that a program writes.

A part stands between <!-- NAME: begin --> and <!-- NAME: end -->, each once in
the page; what is outside is nobody's but the author's.
"""

import os


def update(path, name, block):
    """Puts the block in place of what is between the markers of that name."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    text = path.read_text("utf-8")
    if text.count(begin) != 1 or text.count(end) != 1:
        raise SystemExit(f"{path.name} needs {begin} and {end} once")
    before, rest = text.split(begin)
    after = rest.split(end)[1]
    path.write_text(f"{before}{begin}\n{block}{end}{after}", "utf-8")


def plain_table(table, left=1):
    """Aligned columns; table is a list of lists of str, its header first.

    The first `left` columns are text, the others numbers.
    """
    widths = [max(len(line[i]) for line in table) for i in range(len(table[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if i < left else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(line, widths))
        ).rstrip()
        for line in table
    )


def markdown_table(table, left=1):
    rule = ["---"] * left + ["--:"] * (len(table[0]) - left)
    lines = [table[0], rule, *table[1:]]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def short(value):
    """Two significant digits, and no exponent: 0.016, 4.4, 15000."""
    if value >= 100:
        digits = len(str(int(value))) - 2
        return f"{round(value, -digits):,.0f}"
    return f"{float(f'{value:.2g}'):g}"


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        names = [
            line.split(":", 1)[1] for line in file if line.startswith("model name")
        ]
    return f"{names[0].strip() if names else 'unknown CPU'}, {os.cpu_count()} cores"
