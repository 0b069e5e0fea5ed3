# SPDX-License-Identifier: Apache-2.0
"""tools/cross_fit.py: no document is scored with weights that saw it."""

import json
import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import cross_fit  # noqa: E402

PHIWIRE = os.environ.get("PHIWIRE_CLI", str(ROOT / "build/release/phiwire"))
NAMES = ("Smith", "Alvarez", "Krishnan", "Lee", "Nguyen", "Okafor", "Brown", "Petrov")


def gold(name, suffix=""):
    text = f"Seen by Dr. {name} today. No fever, the wound is clean."
    begin = text.index(name)
    span = {"start": begin, "end": begin + len(name), "type": "NAME"}
    return {"id": f"{name}{suffix}", "text": text, "spans": [span]}


def plain(i):
    return {"id": f"n{i}", "text": "The wound is clean and dry.", "spans": []}


def files(tmp_path):
    documents = {
        "names.jsonl": [gold(name) for name in NAMES],
        "variants.jsonl": [gold(name, "~1") for name in NAMES],
        "none.jsonl": [plain(i) for i in range(8)],
    }
    return [cross_fit.write(tmp_path / name, ds) for name, ds in documents.items()]


def test_a_variant_is_in_the_part_of_its_original():
    parts = {cross_fit.part_of(name, 5) for name in range(100)}
    assert parts == {0, 1, 2, 3, 4}
    for name in NAMES:
        assert cross_fit.part_of(name, 5) == cross_fit.part_of(f"{name}~2", 5)


def test_no_part_is_fitted_on_itself(tmp_path, monkeypatch):
    fitted, scored = [], []

    def run(_, verb, *arguments):
        ids = {
            document["id"].split("~")[0]
            for path in arguments
            if Path(path).suffix == ".jsonl"
            for document in cross_fit.read(path)
        }
        if verb == "fit":
            fitted.append(ids)
            return ""
        assert not ids & fitted[-1]
        scored.extend(ids)
        return "".join(json.dumps({"id": i, "spans": []}) + "\n" for i in ids)

    monkeypatch.setattr(cross_fit, "run", run)
    monkeypatch.setattr(cross_fit, "rows_of", lambda *_: [])
    paths = [str(path) for path in files(tmp_path)]
    cross_fit.measure(cross_fit.parse([*paths, "--parts", "3"]), tmp_path)
    assert len(fitted) == 3
    assert sorted(scored) == sorted([*NAMES, *(f"n{i}" for i in range(8))])


def test_hidden_tokens_are_counted_but_for_what_gold_ignores():
    documents = [
        {"id": 1, "text": "ab cd ef gh",
         "spans": [{"start": 9, "end": 11, "type": "OPTIONAL"}]},
    ]  # fmt: skip
    spans = [(0, 2, "NAME"), (3, 5, "FACILITY"), (6, 8, "DATE"), (9, 11, "NAME")]
    found = [{"start": a, "end": b, "type": t} for a, b, t in spans]
    few, more = cross_fit.hidden_rates(documents, [{"id": 1, "spans": found}])
    assert (round(few), round(more)) == (333, 667)


def test_scores_each_file_and_keeps_the_weights(tmp_path, capsys, monkeypatch):
    """With the built-in weights for those of a fit: eight lines fit none."""
    real, fits = cross_fit.run, []

    def run(phiwire, verb, *more):
        if verb != "fit":
            return real(phiwire, verb, *more)
        fits.append(more)
        shutil.copy(ROOT / "rules" / "weights.tsv", more[-1])
        return ""

    monkeypatch.setattr(cross_fit, "run", run)
    arguments = [str(path) for path in files(tmp_path)]
    arguments += ["--parts", "2", "--keep", str(tmp_path / "w"), "--phiwire", PHIWIRE]
    cross_fit.main(arguments)
    table = capsys.readouterr().out
    lines = {line.split()[0]: line.split() for line in table.splitlines() if line}
    assert lines["names"][1] == lines["none"][1] == "8"
    assert "variants" not in lines
    assert lines["names"][2] == "1.000"  # recall
    cross_fit.main(arguments)
    assert capsys.readouterr().out == table
    assert len(fits) == 2
