# SPDX-License-Identifier: Apache-2.0
"""Properties of offsets and outputs over texts that hypothesis makes up."""

import phiwire
from hypothesis import given
from hypothesis import strategies as st
from seed import SEED

# No surrogates (refused) and no NUL; everything else of Unicode.
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
FILLER = st.text(CHARACTERS, max_size=30)
PHI = st.sampled_from([SEED, "John Doe", "born on 01/01/1980", "Call 617-555-0142."])
TEXTS = st.lists(FILLER | PHI, max_size=12).map(" ".join)

DEID = phiwire.Deidentifier()


@given(TEXTS)
def test_code_points_and_bytes_cover_the_same(text):
    data = text.encode()
    by_code_point = DEID.analyze(text)
    by_byte = DEID.file(data, "text").findings
    assert [text[f.start : f.end] for f in by_code_point] == [
        data[f.start : f.end].decode() for f in by_byte
    ]
    assert [(f.type, f.score) for f in by_code_point] == [
        (f.type, f.score) for f in by_byte
    ]


@given(TEXTS)
def test_findings_are_sorted_and_disjoint(text):
    at = 0
    for f in DEID.analyze(text):
        assert at <= f.start < f.end <= len(text)
        at = f.end


@given(TEXTS)
def test_text_is_analyze_then_splice(text):
    expected, at = "", 0
    for f in DEID.analyze(text):
        expected += text[at : f.start] + f"[{f.type}]"
        at = f.end
    assert DEID.text(text) == expected + text[at:]


@given(TEXTS)
def test_anonymize_of_analyze_is_text(text):
    assert DEID.anonymize(text, DEID.analyze(text)) == DEID.text(text)


@given(FILLER, FILLER)
def test_bindings_cut_where_they_are_told(before, after):
    text = before + "X" + after
    place = phiwire.Finding(len(before), len(before) + 1, "ID")
    assert DEID.anonymize(text, [place]) == before + "[ID]" + after


@given(st.lists(TEXTS, max_size=6))
def test_batches_agree_with_single_calls(texts):
    assert DEID.texts(texts, threads=3) == [DEID.text(text) for text in texts]
    assert DEID.analyze_texts(texts, threads=3) == [DEID.analyze(t) for t in texts]
