# SPDX-License-Identifier: Apache-2.0
"""The Deidentifier behind the package's functions, built once, when needed."""

from __future__ import annotations

import threading

from phiwire.deidentifier import Deidentifier

__all__ = ["default_deidentifier"]

_lock = threading.Lock()
_default: Deidentifier | None = None


def default_deidentifier() -> Deidentifier:
    """The safe-harbor Deidentifier of this process, from any thread."""
    global _default
    if _default is None:
        with _lock:
            if _default is None:
                _default = Deidentifier()
    return _default
