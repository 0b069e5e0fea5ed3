# SPDX-License-Identifier: Apache-2.0
"""A filter for Python's logging: what reaches a log has no PHI in it.

>>> import logging, sys
>>> handler = logging.StreamHandler(sys.stdout)
>>> handler.addFilter(PhiFilter())
>>> log = logging.Logger("ward")
>>> log.addHandler(handler)
>>> log.warning("Patient %s called.", "John Doe")
Patient [NAME] called.

Add it to handlers: a filter on a logger doesn't see what its children log.
The finished message, the text of an exception and of a stack are rewritten.
Not looked at: names of loggers, files and threads, and `extra` attributes.
When a record can't be read its message is withheld and says so.
"""

from __future__ import annotations

import logging

from phiwire.default import default_deidentifier
from phiwire.deidentifier import Deidentifier

__all__ = ["PhiFilter"]

WITHHELD = "[withheld by phiwire: the record could not be de-identified]"

_FORMATTER = logging.Formatter()


class PhiFilter(logging.Filter):
    """Rewrites every record under a Deidentifier, by default safe-harbor's.

    The record is changed for later handlers too, and its `args` and `exc_info`
    are gone: a handler can't bring back what was taken out.
    """

    def __init__(self, deidentifier: Deidentifier | None = None) -> None:
        super().__init__()
        self._deidentifier = deidentifier or default_deidentifier()

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            message = self._clean(record.getMessage())
            trace = record.exc_text or ""
            if record.exc_info and not trace:
                trace = _FORMATTER.formatException(record.exc_info)
            trace, stack = self._clean(trace), self._clean(record.stack_info or "")
        except Exception:
            # Of any kind: a log call must not fail, and must not leak either.
            message, trace, stack = WITHHELD, "", ""
        record.msg, record.args = message, None
        record.exc_info, record.exc_text = None, trace or None
        record.stack_info = stack or None
        return True

    def _clean(self, text: str) -> str:
        return self._deidentifier.text(text) if text else text
