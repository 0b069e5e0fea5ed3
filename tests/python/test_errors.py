# SPDX-License-Identifier: Apache-2.0
"""Which exception says what; none of them quotes the text."""

import pickle
import traceback

import phiwire
import pytest
from seed import SEED, SEED_OUT

SECRET = "Zebulon Quux"
LONE_SURROGATE = f"Patient {SECRET} \ud800 called."


def assert_silent(error):
    """Neither the error nor what it came from shows the secret."""
    while error is not None:
        shown = [str(error), repr(error), repr(error.args), repr(vars(error))]
        shown += traceback.format_exception_only(error)
        assert not any("Zebulon" in s or "Quux" in s for s in shown)
        error = error.__cause__ or error.__context__


def tiny(**options):
    return phiwire.Deidentifier(phiwire.Policy.safe_harbor().with_options(**options))


CALLS = {
    "deidentify": lambda d, text: phiwire.deidentify(text),
    "analyze": lambda d, text: phiwire.analyze(text),
    "text": lambda d, text: d.text(text),
    "texts": lambda d, text: d.texts([text]),
    "analyze_texts": lambda d, text: d.analyze_texts([text]),
    "anonymize": lambda d, text: d.anonymize(text, []),
    "AnalyzerEngine": lambda d, text: phiwire.AnalyzerEngine().analyze(text, "en"),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_lone_surrogate_is_refused_by_place(deid, call):
    with pytest.raises(phiwire.InputError, match="code point 21") as caught:
        call(deid, LONE_SURROGATE)
    assert_silent(caught.value)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize("value", [None, 7, SECRET.encode()])
def test_not_a_str_is_a_type_error(deid, call, value):
    with pytest.raises((TypeError, phiwire.InputError)) as caught:
        call(deid, value)
    assert_silent(caught.value)


@pytest.mark.parametrize(
    "call",
    [lambda d, t: d.text(t), lambda d, t: d.analyze(t), lambda d, t: d.texts([t])],
)
def test_over_the_limit(call):
    with pytest.raises(phiwire.LimitError) as caught:
        call(tiny(max_record=10), f"Patient {SECRET} called.")
    assert caught.value.code == "OUT_OF_RANGE"
    assert_silent(caught.value)


def test_batch_names_the_first_failing_text():
    texts = ["ok"] * 50 + [SECRET * 9] + ["ok"] * 50 + [SECRET * 9]
    for threads in (1, 4):
        with pytest.raises(phiwire.LimitError, match=r"^text 50: ") as caught:
            tiny(max_record=50).texts(texts, threads=threads)
        assert_silent(caught.value)


def test_invalid_utf8_never_passes(deid):
    # Refused as a whole or as its one record, never let through.
    try:
        result = deid.file(SECRET.encode() + b"\xff\xfe", "text")
    except phiwire.InputError as error:
        assert_silent(error)
    else:
        assert SECRET.encode() not in result.data
        assert len(result.refusals) == 1


def test_unknown_format(deid):
    with pytest.raises(phiwire.InputError):
        deid.file(SEED.encode(), "docx")


SETUPS = {
    "unknown policy": lambda p: phiwire.Deidentifier("no-such-policy"),
    "missing file": lambda p: phiwire.Deidentifier("/no/such/policy.yaml"),
    "unknown key": lambda p: phiwire.Policy.from_yaml("version: 1\nfoo: 2\n"),
    "unknown type": lambda p: p.with_type("SHOE_SIZE", "redact"),
    "unknown anonymizer": lambda p: phiwire.Deidentifier(p.with_type("DATE", "burn")),
    "no key": lambda p: phiwire.Deidentifier(p.with_type("DATE", "hash")),
    "sensitivity": lambda p: p.with_options(sensitivity="lax"),
    "threshold": lambda p: p.with_type("DATE", threshold=1.5),
    "not a number": lambda p: p.with_type("DATE", threshold=float("nan")),
}


@pytest.mark.parametrize("call", SETUPS.values(), ids=SETUPS)
def test_setup_errors_are_policy_errors(call):
    with pytest.raises(phiwire.PolicyError):
        call(phiwire.Policy.safe_harbor())


def test_yaml_errors_name_their_place():
    with pytest.raises(phiwire.PolicyError, match=r"^site\.yaml:\d+:\d+: "):
        phiwire.Policy.from_yaml("version: 1\nfoo: 2\n", "site.yaml")


@pytest.mark.parametrize(
    ("name", "builtin"),
    [
        ("PolicyError", ValueError),
        ("InputError", ValueError),
        ("InvalidParamError", ValueError),
        ("LimitError", ValueError),
        ("UnsupportedError", NotImplementedError),
        ("InternalError", RuntimeError),
    ],
)
def test_hierarchy(name, builtin):
    cls = getattr(phiwire, name)
    assert issubclass(cls, phiwire.PhiwireError)
    assert issubclass(cls, builtin)
    copy = pickle.loads(pickle.dumps(cls("why")))
    assert (type(copy), str(copy)) == (cls, "why")


def test_a_deidentifier_goes_on_after_an_error(deid):
    with pytest.raises(phiwire.InputError):
        deid.text(LONE_SURROGATE)
    assert deid.text(SEED) == SEED_OUT
