# SPDX-License-Identifier: Apache-2.0
"""Anonymizers written in Python: they serve as phiwire's own do, and whatever
goes wrong in one lets nothing out."""

import concurrent.futures
import gc
import logging
import os
import signal
import sys
import threading
import traceback
import weakref

import phiwire
import pytest
from phiwire.logging import PhiFilter
from seed import SEED, SEED_OUT

SECRET = "Zebulon Quackenbush"
NOTE = f"Patient {SECRET} (MRN 12345) called. {SECRET} is well."
MESSAGE = (
    b"MSH|^~\\&|A|B|C|D|20200101||ORU^R01|1|P|2.5\r"
    b"PID|1||998877||Quackenbush^Zebulon\r"
    b"OBX|1|TX|1^n||Zebulon Quackenbush called||||||F\r"
)


def make(own, *types, on_failure=None):
    settings = "anonymizer: user:own"
    if on_failure:
        settings += f", on_failure: {on_failure}"
    lines = [f"  {t}: {{{settings}}}" for t in types or ("NAME",)]
    yaml = "version: 1\nextends: safe-harbor\ntypes:\n" + "\n".join(lines)
    policy = phiwire.Policy.from_yaml(yaml, "site.yaml")
    return phiwire.Deidentifier(policy, anonymizers={"own": own})


def initials(type, value):
    return "".join(word[0] + "." for word in value.split())


def test_a_function_has_type_and_value():
    asked = []

    def own(type, value):
        asked.append((type, value))
        return f"<{type}>"

    deid = make(own, "NAME", "MEDICALRECORD")
    out = deid.text(NOTE)
    assert out == "Patient <NAME> (MRN <MEDICALRECORD>) called. <NAME> is well."
    assert asked == [("NAME", SECRET), ("MEDICALRECORD", "12345"), ("NAME", SECRET)]


@pytest.mark.parametrize("text", ["\u00c9lodie \U0001f600", "", "\0", "a" * 100_000])
def test_any_str_comes_out_as_it_is(text):
    out = make(lambda type, value: text).text(SEED)
    assert out == SEED_OUT.replace("[NAME]", text)


def test_every_call_asks_it():
    deid = make(initials)
    expected = SEED_OUT.replace("[NAME]", "J.D.")
    assert deid.text(SEED) == expected
    assert deid.texts([SEED] * 3) == [expected] * 3
    assert deid.anonymize(SEED, deid.analyze(SEED)) == expected
    assert deid.file(SEED.encode(), "text").data == expected.encode()
    assert deid.analyze(SEED) == phiwire.analyze(SEED)


class Recorder:
    """Keeps what it is given, sessions too."""

    def __init__(self):
        self.targets, self.sessions, self.counts = [], [], []

    def apply(self, target, session):
        self.targets.append(target)
        self.sessions.append(session)
        session.state["asked"] = session.state.get("asked", 0) + 1
        number = session.number(target.type, target.value)
        return f"<{target.type} {number} of {session.state['asked']}>"

    def finish(self, session):
        self.counts.append(session.state["asked"])


def test_an_object_has_the_records_session():
    own = Recorder()
    deid = make(own, "NAME", "MEDICALRECORD")
    for _ in range(2):
        assert deid.text(NOTE) == (
            "Patient <NAME 1 of 1> (MRN <MEDICALRECORD 1 of 2>) called. "
            "<NAME 1 of 3> is well."
        )
    assert own.counts == [3, 3]  # once a record, though it serves two types
    assert own.targets[0] == phiwire.Target("NAME", SECRET)


def test_slots_say_what_they_are():
    own = Recorder()
    result = make(own, "NAME", "MEDICALRECORD").file(MESSAGE, "hl7")
    assert result.refusals == []
    assert {t[:5] for t in own.targets} == {
        ("MEDICALRECORD", "998877", "identifier", "PID-3.1", "998877"),
        ("NAME", "Quackenbush", "name", "PID-5.1", "998877"),
        ("NAME", "Zebulon", "name", "PID-5.2", "998877"),
        ("NAME", SECRET, "text", "OBX-5.1", "998877"),
    }
    assert not any(t.value in repr(t) for t in own.targets)


class Asks:
    def apply(self, target, session):
        assert session.holds("12345")
        assert session.holds(SECRET.upper())
        assert not session.holds("Smith")
        assert session.subject == ""
        with pytest.raises(phiwire.InputError):
            session.number("SHOE_SIZE", "x")
        return "x"


def test_the_session_knows_the_record():
    assert make(Asks()).text(NOTE).startswith("Patient x (MRN")


def test_a_session_is_over_after_its_call():
    own = Recorder()
    make(own).text(NOTE)
    for use in (
        lambda s: s.state,
        lambda s: s.subject,
        lambda s: s.number("NAME", "x"),
        lambda s: s.holds("x"),
    ):
        with pytest.raises(phiwire.InputError, match="over"):
            use(own.sessions[0])


def raises(error):
    def own(type, value):
        raise error(f"can't do {value}")

    return own


class BadFinish:
    def apply(self, target, session):
        return "x"

    def finish(self, session):
        raise OSError(f"can't store {SECRET}")


FAILURES = {
    "ValueError": (raises(ValueError), "it raised ValueError"),
    "own class": (raises(type("Odd", (Exception,), {})), "it raised Odd"),
    "KeyError": (lambda type, value: {}[value], "it raised KeyError"),
    "phiwire's": (raises(phiwire.PolicyError), "it raised PolicyError"),
    "its name quotes": (raises(type(SECRET, (Exception,), {})), "withheld"),
    "None": (lambda type, value: None, "it returned no str"),
    "bytes": (lambda type, value: value.encode(), "it returned no str"),
    "surrogate": (lambda type, value: value + "\ud800", "a lone surrogate"),
    "arguments": (lambda value: value, "it raised TypeError"),
    "finish": (BadFinish(), "could not be finished"),
}


def assert_silent(error):
    while error is not None:
        shown = [str(error), repr(error), repr(error.args), repr(vars(error))]
        shown += traceback.format_exception_only(error)
        assert not any("Zebulon" in s or "Quack" in s for s in shown)
        error = error.__cause__ or error.__context__


@pytest.mark.parametrize(("own", "message"), FAILURES.values(), ids=FAILURES)
def test_a_failure_refuses_and_tells_no_value(own, message):
    deid = make(own)
    for call in (deid.text, lambda t: deid.texts(["ok", t], threads=2)):
        with pytest.raises(phiwire.InputError, match=message) as caught:
            call(NOTE)
        assert "anonymizer user:own: " in str(caught.value)
        assert_silent(caught.value)
    result = deid.file(MESSAGE, "hl7")
    assert result.data == b""
    (refusal,) = result.refusals
    assert message in refusal.message
    assert "Quack" not in repr(refusal)


def test_on_failure_takes_exceptions_for_refusals():
    deid = make(raises(ValueError), on_failure="replace")
    assert deid.text(SEED) == SEED_OUT


@pytest.mark.parametrize("error", [SystemExit, GeneratorExit])
def test_other_exceptions_are_no_refusals(error):
    deid = make(raises(error), on_failure="replace")
    with pytest.raises(phiwire.PhiwireError, match=error.__name__) as caught:
        deid.text(NOTE)
    assert caught.value.code == "ABORTED"
    assert_silent(caught.value)


def test_an_interrupt_gets_through():
    def own(type, value):
        os.kill(os.getpid(), signal.SIGINT)
        return "x".join(str(i) for i in range(10_000))

    deid = make(own)
    with pytest.raises(KeyboardInterrupt):
        deid.text(NOTE)
        sum(range(1000))  # a signal comes in between two bytecodes


@pytest.mark.parametrize("own", [7, None, "initials", object()])
def test_what_can_not_be_called_is_a_policy_error(own):
    with pytest.raises(phiwire.PolicyError, match="user:own"):
        make(own)


@pytest.mark.parametrize("name", ["", "a b", "user:x", "\u00e9", "\ud800", 7])
def test_names_that_no_policy_can_name(name):
    with pytest.raises(phiwire.PolicyError, match="letters, digits"):
        phiwire.Deidentifier(anonymizers={name: initials})


def test_a_name_that_is_not_registered():
    policy = phiwire.Policy.safe_harbor().with_type("NAME", "user:initials")
    for own in (None, {}, {"other": initials}):
        with pytest.raises(phiwire.PolicyError, match="user:initials"):
            phiwire.Deidentifier(policy, anonymizers=own)


def test_a_log_filter_takes_it():
    record = logging.LogRecord("ward", logging.INFO, "", 0, SEED, None, None)
    assert PhiFilter(make(initials)).filter(record)
    assert record.msg == SEED_OUT.replace("[NAME]", "J.D.")


def test_threads_share_it():
    own = Recorder()
    deid = make(own)
    notes = [f"Patient John Doe called. {SEED * (i % 5)}" for i in range(100)]
    expected = [deid.text(note) for note in notes]
    for threads in (1, 2, 8):
        assert deid.texts(notes, threads=threads) == expected
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert list(pool.map(deid.text, notes)) == expected
    assert len(own.counts) == 5 * len(notes)


def test_two_threads_may_be_in_it_at_once():
    barrier = threading.Barrier(2, timeout=60)

    def own(type, value):
        barrier.wait()
        return "x"

    deid = make(own)
    assert deid.texts(["John Doe called.", "Jane Roe called."], threads=2) == [
        "x called.",
        "x called.",
    ]


def test_it_may_call_phiwire():
    inner = phiwire.Deidentifier()
    deid = make(lambda type, value: inner.text(SEED))
    assert SEED_OUT in deid.text(SEED)
    holder = {}
    holder["deid"] = make(lambda type, value: str(len(holder["deid"].analyze(value))))
    assert holder["deid"].text(SEED).startswith("Patient ")


def test_what_it_holds_is_freed():
    class Value:
        pass

    value = Value()
    freed = weakref.ref(value)
    deid = make(lambda type, text, value=value: "x")
    deid.text(SEED)
    del value
    assert freed() is not None
    del deid
    gc.collect()
    assert freed() is None


def test_a_cycle_is_freed():
    class Service:
        def __init__(self):
            self.deid = make(self.own)

        def own(self, type, value):
            return "x"

    service = Service()
    service.deid.text(SEED)
    freed = weakref.ref(service)
    del service
    gc.collect()
    assert freed() is None


def test_states_of_records_are_freed():
    class Value:
        pass

    values = []

    class Keeps:
        def apply(self, target, session):
            session.state["value"] = Value()
            values.append(weakref.ref(session.state["value"]))
            return "x"

    deid = make(Keeps())
    deid.texts([SEED] * 20, threads=4)
    gc.collect()
    assert len(values) == 20
    assert not any(ref() for ref in values)


def test_no_reference_is_lost_or_kept():
    result = "x" * 1000

    def own(type, value):
        return result

    deid = make(own)
    deid.text(SEED)
    before = sys.getrefcount(result), sys.getrefcount(own)
    deid.texts([SEED] * 200)
    assert (sys.getrefcount(result), sys.getrefcount(own)) == before
