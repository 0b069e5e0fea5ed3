# SPDX-License-Identifier: Apache-2.0
"""bench/findings.tsv: how many findings each benchmark must have, so that finding
less is no way of being faster. "refused" stands where the text has to be refused:
it is over a limit. A run that has another number, or has none on file, fails.
"""

HEADER = "# benchmark\tfindings; written by ./dev bench --update-counts\n"


def counts_of(measures):
    return {
        name: "refused" if m.get("refused") else str(round(m["findings"]))
        for name, m in measures.items()
        if "findings" in m and "error" not in m
    }


def read(path):
    if not path.exists():
        return {}
    lines = path.read_text("utf-8").splitlines()
    return dict(line.split("\t") for line in lines if line and line[0] != "#")


def write(path, measures):
    """Takes over what was measured; other lines stay as they are."""
    kept = read(path) | counts_of(measures)
    body = "".join(f"{name}\t{count}\n" for name, count in sorted(kept.items()))
    path.write_text(HEADER + body, "utf-8")


def check(path, measures):
    """Marks every measure as an error that has other findings than recorded."""
    recorded = read(path)
    for name, count in counts_of(measures).items():
        wanted = recorded.get(name, "none recorded")
        if count != wanted:
            measures[name]["error"] = f"{count} findings, recorded: {wanted}"
