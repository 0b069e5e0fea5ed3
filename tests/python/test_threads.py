# SPDX-License-Identifier: Apache-2.0
"""Calls run side by side: without the GIL, and with the results of one thread."""

import concurrent.futures
import sys
import threading

import phiwire
import pytest
from phiwire import _phiwire, deidentifier
from seed import SEED, SEED_OUT

NOTES = [f"\u00e9 Note {i}. {SEED * (i % 7)} End {'x' * i}." for i in range(200)]


@pytest.fixture(scope="module")
def serial(deid):
    return [deid.text(note) for note in NOTES]


@pytest.mark.parametrize("threads", [0, 1, 2, 8, 1000])
def test_texts_is_text_for_each(deid, serial, threads):
    assert deid.texts(NOTES, threads=threads) == serial


@pytest.mark.parametrize("threads", [1, 4])
def test_analyze_texts_is_analyze_for_each(deid, threads):
    expected = [deid.analyze(note, explain=True) for note in NOTES]
    assert deid.analyze_texts(NOTES, explain=True, threads=threads) == expected


def test_no_texts(deid):
    assert deid.texts([]) == []
    assert deid.analyze_texts(iter(())) == []


def test_python_threads_share_a_deidentifier(deid, serial):
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert list(pool.map(deid.text, NOTES)) == serial


def test_threads_share_one_default(monkeypatch):
    from phiwire import default

    monkeypatch.setattr(default, "_default", None)
    barrier = threading.Barrier(8)

    def first_use(_):
        barrier.wait()
        return default.default_deidentifier()

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert len(set(map(id, pool.map(first_use, range(8))))) == 1


def resumes_during(call):
    """Whether this thread gets to run while another is inside call.

    With this switch interval a thread keeps the GIL until it gives it up, so
    when call holds it the main thread wakes up after the end of call only.
    """
    started, done = threading.Event(), []

    def work():
        started.set()
        call()
        done.append(True)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1000)
    try:
        thread = threading.Thread(target=work)
        thread.start()
        started.wait()
        during = not done
        thread.join()
    finally:
        sys.setswitchinterval(interval)
    return during


def test_the_probe_sees_a_held_gil():
    assert not any(resumes_during(lambda: sum(range(10**6))) for _ in range(5))


@pytest.mark.parametrize("method", ["text", "analyze", "texts", "file"])
def test_the_gil_is_released(deid, method):
    text = (SEED + "\n") * 20_000
    argument = {"texts": [text], "file": text.encode()}.get(method, text)
    call = getattr(deid, method)
    assert any(resumes_during(lambda: call(argument)) for _ in range(10))


def test_the_gil_is_released_while_building():
    # Not phiwire.Deidentifier, whose Python looks at files and so yields.
    policy = phiwire.Policy.safe_harbor()
    packaged = deidentifier._data_dir()

    def build():
        _phiwire.Engine(policy, data_dir=packaged, cache_dir="")

    assert any(resumes_during(build) for _ in range(10))


def test_seed_from_many_threads_at_first_use():
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert set(pool.map(phiwire.deidentify, [SEED] * 50)) == {SEED_OUT}
