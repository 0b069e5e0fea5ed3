# SPDX-License-Identifier: Apache-2.0
"""AnonymizerEngine: operators, conflicts, and the order of items."""

import copy
import hmac
import json

import phiwire
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phiwire import ConflictResolutionStrategy as Strategy
from phiwire import OperatorConfig, OperatorResult
from phiwire import RecognizerResult as R

ENGINE = phiwire.AnonymizerEngine()
TEXT = "Ann Lee met Bob Ray."
KEY = "k" * 32


def anonymize(*results, text=TEXT, **kwargs):
    return ENGINE.anonymize(text, list(results), **kwargs)


def one(operator, params=None, surface="555-0142"):
    config = OperatorConfig(operator, params)
    result = R("PHONE", 0, len(surface), 1.0)
    return anonymize(result, text=surface, operators={"PHONE": config}).text


def digest(name):
    return hmac.new(KEY.encode(), b"555-0142", name).hexdigest()


@pytest.mark.parametrize(
    ("operator", "params", "expected"),
    [
        ("replace", None, "[PHONE]"),
        ("replace", {"new_value": ""}, "[PHONE]"),
        ("replace", {"new_value": "N/A"}, "N/A"),
        ("redact", {}, ""),
        ("keep", {}, "555-0142"),
        ("mask", dict(masking_char="*", chars_to_mask=4, from_end=True), "555-****"),
        ("mask", dict(masking_char="#", chars_to_mask=3, from_end=False), "###-0142"),
        ("mask", dict(masking_char="#", chars_to_mask=99, from_end=True), "#" * 8),
        ("mask", dict(masking_char="#", chars_to_mask=-1, from_end=True), "555-0142"),
        ("hash", {"key": KEY}, digest("sha256")),
        ("hash", {"salt": KEY.encode(), "hash_type": "sha512"}, digest("sha512")),
        ("custom", {"lambda": lambda x: x[::-1]}, "2410-555"),
    ],
)
def test_operators(operator, params, expected):
    assert one(operator, params) == expected


@pytest.mark.parametrize(
    ("operator", "params"),
    [
        ("no_such", {}),
        ("replace", {"new_value": 7}),
        ("replace", {"newvalue": "typo"}),
        ("mask", {}),
        ("mask", dict(masking_char="**", chars_to_mask=4, from_end=True)),
        ("mask", dict(masking_char="*", chars_to_mask="4", from_end=True)),
        ("mask", dict(masking_char="*", chars_to_mask=4, from_end=1)),
        ("hash", {}),
        ("hash", {"key": "short"}),
        ("hash", {"key": KEY, "hash_type": "md5"}),
        ("hash", {"key": KEY, "salt": KEY}),
        ("custom", {}),
        ("custom", {"lambda": lambda x: None}),
        ("redact", {"new_value": "x"}),
    ],
)
def test_bad_parameters(operator, params):
    with pytest.raises(phiwire.InvalidParamError) as caught:
        one(operator, params)
    assert "555" not in str(caught.value)
    assert "short" not in str(caught.value)


@pytest.mark.parametrize("operator", ["encrypt", "surrogate_ahds"])
def test_unsupported_operators(operator):
    with pytest.raises(NotImplementedError):
        one(operator, {"key": KEY})


def test_an_unused_operator_is_checked_too():
    with pytest.raises(phiwire.InvalidParamError):
        anonymize(operators={"SSN": OperatorConfig("hash")})


def test_custom_is_not_called_to_check_it():
    calls = []
    config = OperatorConfig("custom", {"lambda": lambda x: calls.append(x) or "y"})
    assert anonymize(operators={"NAME": config}).text == TEXT
    assert calls == []


def test_an_exception_in_custom_tells_no_value():
    def fail(text):
        raise ValueError(f"can't do {text}")

    with pytest.raises(
        phiwire.InvalidParamError, match="lambda raised ValueError"
    ) as caught:
        one("custom", {"lambda": fail})
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_key_is_not_in_the_repr():
    assert KEY not in repr(OperatorConfig("hash", {"key": KEY}))


NAMES = (R("NAME", 0, 7, 0.9), R("NAME", 12, 19, 0.8))


def test_items_are_in_output_offsets_last_first():
    result = anonymize(*NAMES)
    assert result.text == "[NAME] met [NAME]."
    assert result.items == [
        OperatorResult(11, 17, "NAME", "[NAME]", "replace"),
        OperatorResult(0, 6, "NAME", "[NAME]", "replace"),
    ]
    assert json.loads(result.to_json())["items"][0]["start"] == 11


def test_inputs_are_not_changed():
    results, operators = list(NAMES), {"NAME": OperatorConfig("redact")}
    before = copy.deepcopy((results, operators))
    ENGINE.anonymize(TEXT, results, operators=operators)
    assert (results, operators) == before


@pytest.mark.parametrize(
    ("key", "entity_type", "used"),
    [
        ("NAME", "NAME", True),
        ("PERSON", "NAME", True),
        ("NAME", "PERSON", True),
        ("DEFAULT", "NAME", True),
        ("US_SSN", "SSN", True),
        ("PHONE_NUMBER", "FAX", True),
        ("SITE_TYPE", "SITE_TYPE", True),
        ("DATE", "NAME", False),
        ("LOCATION", "CITY", False),  # our LOCATION is narrower
        ("CITY", "LOCATION", False),
        ("ID", "MEDICALRECORD", False),
        ("FAX", "PHONE_NUMBER", False),
        ("US_NPI", "LICENSE", False),
    ],
)
def test_operators_by_either_sides_name(key, entity_type, used):
    result = anonymize(
        R(entity_type, 0, 7, 1.0),
        operators={key: OperatorConfig("replace", {"new_value": "*"})},
    )
    assert result.text == ("*" if used else f"[{entity_type}]") + " met Bob Ray."


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        # One type: overlaps become one.
        ([("A", 0, 5, 0.5), ("A", 3, 9, 0.9)], "[A]9abcdefghij"),
        # The same span: the better score.
        ([("A", 2, 5, 0.5), ("B", 2, 5, 0.9)], "01[B]56789abcdefghij"),
        # Inside another: the outer one, whatever the scores.
        ([("A", 0, 9, 0.1), ("B", 3, 5, 0.9)], "[A]9abcdefghij"),
        # Partly: both stand.
        ([("A", 0, 5, 0.9), ("B", 3, 9, 0.1)], "[A][B]9abcdefghij"),
        # Touching ones of one type stay two.
        ([("A", 0, 3, 0.9), ("A", 3, 6, 0.9)], "[A][A]6789abcdefghij"),
    ],
)
def test_conflicts(results, expected):
    text = "0123456789abcdefghij"
    shuffled = [R(*r) for r in results]
    assert anonymize(*shuffled, text=text).text == expected
    assert anonymize(*shuffled[::-1], text=text).text == expected


def test_which_of_two_is_cut():
    results = [R("A", 0, 5, 0.9), R("B", 3, 9, 0.1)]
    hide = {"DEFAULT": OperatorConfig("custom", {"lambda": lambda x: f"<{x}>"})}

    def text(strategy):
        return anonymize(
            *results,
            text="0123456789",
            operators=hide,
            conflict_resolution=strategy,
        ).text

    assert text(Strategy.MERGE_SIMILAR_OR_CONTAINED) == "<012><345678>9"
    assert text(Strategy.REMOVE_INTERSECTIONS) == "<01234><5678>9"


def test_spaces_between_one_type():
    results = [R("NAME", 0, 3, 0.9), R("NAME", 4, 7, 0.9)]
    assert anonymize(*results).text == "[NAME] met Bob Ray."
    apart = anonymize(*results, merge_entities_with_spaces=False)
    assert apart.text == "[NAME] [NAME] met Bob Ray."


@pytest.mark.parametrize("inner", [(0, 3), (0, 7), (2, 12)])
def test_keep_never_lets_another_finding_through(inner):
    results = [R("FACILITY", 0, 7, 1.0), R("NAME", *inner, 0.1)]
    result = anonymize(*results, operators={"FACILITY": OperatorConfig("keep")})
    assert result.text == TEXT[: inner[0]] + "[NAME]" + TEXT[inner[1] :]
    alone = anonymize(results[0], operators={"FACILITY": OperatorConfig("keep")})
    assert alone.text == TEXT
    assert [item.operator for item in alone.items] == ["keep"]


@pytest.mark.parametrize("span", [(-1, 3), (0, 99), (5, 4), ("0", 3), (True, 3)])
def test_results_out_of_range(span):
    with pytest.raises(phiwire.InvalidParamError) as caught:
        anonymize(R("NAME", *span, 1.0))
    assert "Ann" not in str(caught.value)


SPANS = st.lists(
    st.tuples(
        st.sampled_from("ABC"),
        st.integers(0, 30),
        st.integers(1, 12),
        st.integers(0, 3),
    ),
    max_size=12,
)
LONG = "".join(chr(0x4E00 + i) for i in range(42))  # every character once


@given(SPANS, st.sampled_from(list(Strategy)), st.booleans())
def test_all_that_is_found_goes_and_nothing_else(spans, strategy, keep_a):
    results = [R(t, start, start + size, score) for t, start, size, score in spans]
    operators = {"A": OperatorConfig("keep" if keep_a else "redact")}
    operators["DEFAULT"] = OperatorConfig("redact")
    out = anonymize(
        *results, text=LONG, operators=operators, conflict_resolution=strategy
    )
    hidden = set()
    for r in results:
        if not (keep_a and r.entity_type == "A"):
            hidden |= set(range(r.start, r.end))
    assert out.text == "".join(c for i, c in enumerate(LONG) if i not in hidden)


@given(SPANS, st.sampled_from(list(Strategy)))
def test_items_say_what_stands_where(spans, strategy):
    results = [R(t, start, start + size, score) for t, start, size, score in spans]
    out = anonymize(*results, text=LONG, conflict_resolution=strategy)
    for item in out.items:
        assert out.text[item.start : item.end] == item.text == f"[{item.entity_type}]"
    starts = [item.start for item in out.items]
    assert starts == sorted(starts, reverse=True)


def test_result_relations():
    a, b, c = R("A", 0, 5, 0.5), R("B", 3, 9, 0.5), R("C", 5, 7, 0.9)
    assert (a.intersects(b), a.intersects(c), b.intersects(c)) == (2, 0, 2)
    assert c.contained_in(b) and b.contains(c) and not a.contains(b)
    assert c.has_conflict(b) and not b.has_conflict(c)
    assert R("A", 0, 5, 0.5).has_conflict(R("B", 0, 5, 0.5))
    assert b > a and R.from_json({**a.to_dict()}) == a
    assert hash(a) == hash(R("A", 0, 5, 0.5))


def test_operator_config_json():
    params = {"type": "mask", "masking_char": "*"}
    config = OperatorConfig.from_json(params)
    assert config == OperatorConfig("mask", {"masking_char": "*"})
    assert params["type"] == "mask"
    with pytest.raises(phiwire.InvalidParamError):
        OperatorConfig("")


def test_engine_lists_its_operators():
    assert "replace" in ENGINE.get_anonymizers()
    with pytest.raises(NotImplementedError):
        ENGINE.add_anonymizer(object)
