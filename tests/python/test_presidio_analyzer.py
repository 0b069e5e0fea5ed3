# SPDX-License-Identifier: Apache-2.0
"""AnalyzerEngine: Presidio's arguments, one by one."""

import phiwire
import pytest
from phiwire.presidio.missing import MISSING
from phiwire.presidio_names import NOT_FOUND_BY_PHIWIRE, TO_PHIWIRE, TO_PRESIDIO
from seed import SEED


def named(results, text=SEED):
    return {(r.entity_type, text[r.start : r.end]) for r in results}


def test_default_names_are_phiwires(analyzer):
    assert named(analyzer.analyze(SEED, "en")) == {
        ("NAME", "John Doe"),
        ("MEDICALRECORD", "12345"),
        ("DATE", "01/01/1980"),
    }


@pytest.mark.parametrize(
    ("entities", "expected"),
    [
        (["PERSON"], {("PERSON", "John Doe")}),
        (["NAME"], {("NAME", "John Doe")}),
        (["PERSON", "NAME"], {("NAME", "John Doe")}),
        (["DATE_TIME", "NAME"], {("DATE_TIME", "01/01/1980"), ("NAME", "John Doe")}),
        (["ID"], {("ID", "12345")}),
        (["MEDICALRECORD", "ID"], {("MEDICALRECORD", "12345")}),
        (["PHONE_NUMBER"], set()),
    ],
)
def test_entities_select_and_name(analyzer, entities, expected):
    assert named(analyzer.analyze(SEED, "en", entities=entities)) == expected


def test_no_entities_mean_all(analyzer):
    assert analyzer.analyze(SEED, "en", entities=[]) == analyzer.analyze(SEED, "en")


def test_unknown_entity_is_an_error(analyzer):
    with pytest.raises(phiwire.InputError):
        analyzer.analyze(SEED, "en", entities=["PERSN"])
    with pytest.raises(phiwire.UnsupportedError):
        analyzer.analyze(SEED, "en", entities=["PERSON", "NRP"])


def test_entity_the_policy_leaves_out_is_an_error(analyzer):
    with pytest.raises(phiwire.InputError):
        analyzer.analyze(SEED, "en", entities=["PROFESSION"])


def test_best_score_first(analyzer):
    results = analyzer.analyze(SEED, "en")
    keys = [(-r.score, r.start) for r in results]
    assert keys == sorted(keys)


def test_threshold_is_inclusive(analyzer):
    best = analyzer.analyze(SEED, "en")[0].score
    kept = analyzer.analyze(SEED, "en", score_threshold=best)
    assert kept and all(r.score == best for r in kept)
    assert analyzer.analyze(SEED, "en", score_threshold=1.01) == []


def test_default_threshold(deid):
    strict = phiwire.AnalyzerEngine(default_score_threshold=1.01, deidentifier=deid)
    assert strict.analyze(SEED, "en") == []
    assert strict.analyze(SEED, "en", score_threshold=0)


@pytest.mark.parametrize(
    ("allow", "match", "gone"),
    [
        (["John Doe"], "exact", {"John Doe"}),
        (["john doe"], "exact", set()),
        (["john"], "regex", {"John Doe"}),
        ([r"^\d+$", "john"], "regex", {"John Doe", "12345"}),
        ([""], "regex", set()),
        ([], "exact", set()),
    ],
)
def test_allow_list(analyzer, allow, match, gone):
    results = analyzer.analyze(SEED, "en", allow_list=allow, allow_list_match=match)
    left = {surface for _, surface in named(results)}
    assert left == {"John Doe", "12345", "01/01/1980"} - gone


def test_allow_list_errors_keep_its_terms_out(analyzer):
    with pytest.raises(phiwire.InputError):
        analyzer.analyze(SEED, "en", allow_list_match="fuzzy")
    with pytest.raises(phiwire.InputError) as caught:
        analyzer.analyze(SEED, "en", allow_list=["(Quux"], allow_list_match="regex")
    assert "Quux" not in str(caught.value)


def test_decision_process(analyzer):
    for result in analyzer.analyze(SEED, "en", return_decision_process=True):
        assert result.analysis_explanation.original_score == result.score
        text = result.analysis_explanation.textual_explanation
        assert text.startswith("Detected by `")
        assert "Doe" not in text
    for result in analyzer.analyze(SEED, "en"):
        assert result.analysis_explanation is None
        assert result.recognition_metadata["recognizer_name"]


@pytest.mark.parametrize(
    "arguments",
    [
        {"ad_hoc_recognizers": [object()]},
        {"context": ["patient"]},
        {"nlp_artifacts": object()},
    ],
)
def test_unsupported_arguments(analyzer, arguments):
    with pytest.raises(NotImplementedError):
        analyzer.analyze(SEED, "en", **arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        {"registry": object()},
        {"nlp_engine": object()},
        {"app_tracer": object()},
        {"log_decision_process": True},
        {"context_aware_enhancer": object()},
    ],
)
def test_unsupported_engines(arguments):
    with pytest.raises(NotImplementedError):
        phiwire.AnalyzerEngine(**arguments)


def test_english_only(analyzer):
    with pytest.raises(ValueError):
        analyzer.analyze(SEED, "es")
    with pytest.raises(ValueError):
        phiwire.AnalyzerEngine(supported_languages=["en", "es"])
    assert phiwire.AnalyzerEngine(supported_languages=["en"])


def test_supported_entities(analyzer):
    assert "NAME" in analyzer.get_supported_entities("en")
    assert "PROFESSION" not in analyzer.get_supported_entities()


def test_policy_of_ones_own():
    policy = phiwire.Policy.safe_harbor().with_type("DATE", enabled=False)
    results = phiwire.AnalyzerEngine(policy=policy).analyze(SEED, "en")
    assert {r.entity_type for r in results} == {"NAME", "MEDICALRECORD"}


def test_batch_agrees_with_single_calls(analyzer):
    batch = phiwire.BatchAnalyzerEngine(analyzer)
    texts = [SEED, "\u00e9 " + SEED, "", 5, True, None]
    results = batch.analyze_iterator(texts, "en", entities=["PERSON"])
    strings = [SEED, "\u00e9 " + SEED, "", "5", "True", ""]
    assert results == [analyzer.analyze(t, "en", entities=["PERSON"]) for t in strings]
    with pytest.raises(ValueError):
        batch.analyze_iterator([[SEED]], "en")
    with pytest.raises(NotImplementedError):
        batch.analyze_dict({}, "en")


@pytest.mark.parametrize("name", MISSING)
def test_missing_names_say_what_to_do(name):
    with pytest.raises(phiwire.UnsupportedError, match=name):
        getattr(phiwire, name)


def test_other_names_are_just_not_there():
    assert not hasattr(phiwire, "NoSuchName")


def test_name_map_agrees_both_ways():
    assert {ours for types in TO_PHIWIRE.values() for ours in types} <= set(
        phiwire.TYPES
    )
    assert set(TO_PRESIDIO) == set(phiwire.TYPES) - {"PHOTO", "USERNAME", "PROFESSION"}
    for ours, presidio in TO_PRESIDIO.items():
        assert ours in TO_PHIWIRE[presidio]
    assert not NOT_FOUND_BY_PHIWIRE & (TO_PHIWIRE.keys() | set(phiwire.TYPES))
