# SPDX-License-Identifier: Apache-2.0
"""phiwire eval prints what the reference scorer printed, to the last digit."""

import json
import pathlib
import random
import subprocess
import sys

import pytest

GOLDEN = pathlib.Path(__file__).parent / "eval_golden"
CASES = json.loads((GOLDEN / "cases.json").read_text())
REFERENCE = pathlib.Path(__file__).parents[3] / "shared/tools/score.py"
PUBLIC = REFERENCE.parents[1] / "corpus/public"


@pytest.mark.parametrize("name", CASES)
def test_golden(name, phiwire):
    done = phiwire("eval", *CASES[name], cwd=GOLDEN)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == (GOLDEN / f"{name}.txt").read_text()


def perturbed(gold, rng):
    """Predictions that miss, overreach, invent and mistype."""
    for document in gold:
        spans = [
            {
                "start": span["start"] + rng.choice([0, 0, 0, 1, -1]),
                "end": span["end"] + rng.choice([0, 0, 0, 2, -2]),
                "type": span["type"] if rng.random() < 0.9 else "NAME",
                "score": round(rng.random(), 3),
            }
            for span in document["spans"]
            if rng.random() < 0.85
        ]
        for _ in range(rng.randrange(4)):
            start = rng.randrange(len(document["text"]) + 1)
            end = start + rng.randrange(30)
            spans.append({"start": start, "end": end, "type": rng.choice("XYZ")})
        if rng.random() < 0.97:
            yield {"id": document["id"], "spans": spans}


@pytest.mark.skipif(not REFERENCE.exists(), reason="no reference scorer here")
@pytest.mark.parametrize("options", [[], ["--min-score", "0.4", "--examples", "9"]])
def test_agrees_with_the_reference(options, phiwire, tmp_path):
    seed = random.randrange(2**32)
    print("seed", seed)
    rng = random.Random(seed)
    files = sorted(PUBLIC.glob("*.jsonl"))
    for path in [GOLDEN / "gold.jsonl", *rng.sample(files, min(2, len(files)))]:
        rows = path.read_text(encoding="utf-8").splitlines()[:200]
        gold = [json.loads(row) for row in rows]
        pred = list(perturbed(gold, rng))
        for name, documents in (("g", gold), ("p", pred)):
            (tmp_path / name).write_text(
                "".join(json.dumps(d) + "\n" for d in documents)
            )
        want = subprocess.run(
            [sys.executable, REFERENCE, "g", "p", *options],
            cwd=tmp_path,
            capture_output=True,
            check=True,
        ).stdout
        assert phiwire("eval", "g", "p", *options, cwd=tmp_path).stdout == want, path


def test_engine_predicts_like_analyze(phiwire, tmp_path):
    text = "Patient John Doe (MRN 12345) was born on 01/01/1980.\n"
    gold = [
        {
            "id": i,
            "text": "\u00e9" * i + " " + text,
            "spans": [{"start": i + 9, "end": i + 17, "type": "NAME"}],
        }
        for i in range(40)
    ]
    path = tmp_path / "g.jsonl"
    path.write_text("".join(json.dumps(d) + "\n" for d in gold))
    spans = phiwire("analyze", "--jsonl", path).stdout
    (tmp_path / "p.jsonl").write_bytes(spans)
    direct = phiwire("eval", path)
    assert direct.returncode == 0
    # Scores are written with four decimals, which changes no total here.
    assert direct.stdout == phiwire("eval", path, tmp_path / "p.jsonl").stdout


def test_html_report(phiwire, tmp_path):
    report = tmp_path / "report.html"
    done = phiwire("eval", "gold.jsonl", "pred.jsonl", "--html", report, cwd=GOLDEN)
    assert done.returncode == 0
    assert done.stdout.decode() == (GOLDEN / "default.txt").read_text()
    html = report.read_text(encoding="utf-8")
    assert html.startswith("<!DOCTYPE html>") and html.endswith("</html>\n")
    for forbidden in ("<script", "http:", "https:", "src=", "@import", "url("):
        assert forbidden not in html
    assert "<svg" in html and "polyline" in html
    totals = done.stdout.decode().splitlines()[0].split()
    fp, fn = int(totals[totals.index("FP") + 1]), int(totals[totals.index("FN") + 1])
    assert html.count('<pre class="miss">') == fn
    assert html.count('<pre class="fp">') == fp
    assert "O&quot;" not in html and "O'TYPE" in html


def test_html_report_escapes_document_text(phiwire, tmp_path):
    row = {
        "id": "<b>",
        "text": "<script>alert(1)</script> & Doe",
        "spans": [{"start": 1, "end": 7, "type": "<i>"}],
    }
    (tmp_path / "g.jsonl").write_text(json.dumps(row))
    (tmp_path / "p.jsonl").write_text('{"id":"<b>","spans":[]}')
    report = tmp_path / "r.html"
    phiwire("eval", tmp_path / "g.jsonl", tmp_path / "p.jsonl", "--html", report)
    html = report.read_text()
    assert (
        "<script>alert" not in html
        and "<i>" not in html
        and "<b>" not in html.replace("<b>&lt;i&gt;</b>", "")
    )
    assert "&lt;<mark>script</mark>&gt;alert(1)" in html
