# SPDX-License-Identifier: Apache-2.0
"""What an analysis gives back: plain tuples with names."""

from __future__ import annotations

from itertools import repeat
from typing import NamedTuple

from phiwire import _phiwire

__all__ = ["TYPES", "FileResult", "Finding", "Refusal", "Term"]


TYPES: tuple[str, ...] = tuple(_phiwire.type_names())
"""Every type of PHI that phiwire knows, in its own order."""


class Term(NamedTuple):
    """One addend of a score: what fired, and its log-odds."""

    name: str
    weight: float


_Fields = tuple[int, int, str, float, str, tuple[tuple[str, float], ...]]


class Finding(NamedTuple):
    """One stretch of a text that phiwire holds to be PHI.

    `text[start:end]` is the stretch: offsets are code points, as Python's own
    (in a `FileResult`, which has bytes, they are bytes).

    >>> Finding(8, 16, "NAME").type
    'NAME'
    """

    start: int
    end: int
    type: str
    score: float = 1.0
    source: str = ""
    """The rule or recognizer that decided; empty: the evidence model alone."""
    evidence: tuple[Term, ...] = ()
    """Filled by `analyze(..., explain=True)` only."""

    @classmethod
    def _all_of(cls, found: list[_Fields], explained: bool = False) -> list[Finding]:
        """Findings of the tuples that the extension module gives."""
        if not explained:  # as quick as tuples are made
            return list(map(tuple.__new__, repeat(cls), found))
        return [
            cls(*fields[:5], tuple(Term(*term) for term in fields[5]))
            for fields in found
        ]


class Refusal(NamedTuple):
    """One record of a file that was left out, and why."""

    ordinal: int
    """Of the record in its file, from 1."""
    start: int
    end: int
    code: str
    message: str


class FileResult(NamedTuple):
    """A de-identified file. A record that can't be read is not in `data`."""

    data: bytes
    findings: list[Finding]
    refusals: list[Refusal]
    records: int
    format: str
