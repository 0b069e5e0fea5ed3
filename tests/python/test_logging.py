# SPDX-License-Identifier: Apache-2.0
"""PhiFilter: nothing identifying reaches a log."""

import io
import logging

import pytest
from phiwire.logging import WITHHELD, PhiFilter
from seed import SEED, SEED_OUT


@pytest.fixture
def log(deid):
    """A logger, and the function that gives what it wrote."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(PhiFilter(deid))
    logger = logging.Logger("test")
    logger.addHandler(handler)
    logger.written = stream.getvalue
    return logger


def test_finished_message(log):
    log.info("%s", SEED)
    log.info("Patient %s called %d times.", "John Doe", 2)
    assert log.written() == SEED_OUT + "\nPatient [NAME] called 2 times.\n"


def test_not_a_string(log):
    log.info(ValueError("Patient John Doe called."))
    assert log.written() == "Patient [NAME] called.\n"


def test_exception_and_stack(log):
    try:
        raise ValueError("Patient John Doe called.")
    except ValueError:
        log.exception("failed", stack_info=True)
    assert "Patient [NAME] called." in log.written()
    assert "Traceback" in log.written()
    assert "John" not in log.written()


def test_exception_that_another_handler_formatted(log):
    record = logging.makeLogRecord({"msg": "failed", "levelno": logging.ERROR})
    record.exc_text = "ValueError: Patient John Doe called."
    log.handle(record)
    assert log.written() == "failed\nValueError: Patient [NAME] called.\n"


@pytest.mark.parametrize(
    ("message", "args"),
    [("John Doe \ud800", ()), ("John Doe %d", ("x",)), ("John Doe %s %s", ("x",))],
)
def test_what_cannot_be_read_is_withheld(log, message, args):
    log.info(message, *args)
    assert log.written() == WITHHELD + "\n"


def test_later_handlers_cannot_bring_it_back(log):
    later = io.StringIO()
    log.addHandler(logging.StreamHandler(later))
    try:
        raise ValueError("John Doe called.")
    except ValueError:
        log.exception("Patient %s called.", "John Doe")
    assert "John" not in later.getvalue()
