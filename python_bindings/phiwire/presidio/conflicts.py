# SPDX-License-Identifier: Apache-2.0
"""How overlapping results become disjoint spans, Presidio's order of steps:

1. results of one type that overlap become one (their union, the best score);
2. of two types over the same span the better score stays, and a span inside
   another's goes;
3. of two types that overlap in part one is cut, so nothing is left uncovered;
4. neighbours of one type with nothing but spaces between become one.

What differs from Presidio, on purpose: a result whose operator is `keep` never
takes part. It would win over what lies inside and let it through; here the
others are hidden and the kept one goes where it meets them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

__all__ = ["ConflictResolutionStrategy", "Span", "drop_overlapping", "resolve"]


class ConflictResolutionStrategy(Enum):
    """Which of two partly overlapping results of different types is cut."""

    MERGE_SIMILAR_OR_CONTAINED = "merge_similar_or_contained"
    """The one that begins first."""
    REMOVE_INTERSECTIONS = "remove_intersections"
    """The one with the lower score."""


@dataclass
class Span:
    """The part of a result that matters here."""

    start: int
    end: int
    entity_type: str
    score: float


def resolve(
    spans: Iterable[Span],
    text: str,
    strategy: ConflictResolutionStrategy,
    merge_with_spaces: bool,
) -> list[Span]:
    """Disjoint spans, sorted by start, that cover all that the given ones do."""
    merged = _merge_same_type(spans)
    standing = _cut(_drop_contained(merged), strategy)
    return _merge_over_spaces(standing, text) if merge_with_spaces else standing


def drop_overlapping(spans: Iterable[Span], hidden: list[Span]) -> list[Span]:
    """The spans that meet none of the hidden ones; both sorted and disjoint."""
    kept = []
    index = 0
    for span in spans:
        while index < len(hidden) and hidden[index].end <= span.start:
            index += 1
        if index == len(hidden) or span.end <= hidden[index].start:
            kept.append(span)
    return kept


def _by_place(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _merge_same_type(spans: Iterable[Span]) -> list[Span]:
    last: dict[str, Span] = {}
    merged = []
    for span in sorted(spans, key=_by_place):
        before = last.get(span.entity_type)
        same = before is not None and (
            span.start < before.end or _by_place(span) == _by_place(before)
        )
        if before is not None and same:
            before.end = max(before.end, span.end)
            before.score = max(before.score, span.score)
        else:
            span = Span(span.start, span.end, span.entity_type, span.score)
            merged.append(span)
            last[span.entity_type] = span
    return merged


def _drop_contained(spans: list[Span]) -> list[Span]:
    """Outer ones first, the better of equals first: so who stays is known."""
    standing: list[Span] = []
    reach = -1
    for span in sorted(spans, key=lambda s: (s.start, -s.end, -s.score)):
        if span.end <= reach:
            continue  # inside the one that reaches so far, which starts no later
        standing.append(span)
        reach = span.end
    return standing


def _cut(spans: list[Span], strategy: ConflictResolutionStrategy) -> list[Span]:
    """No span holds another here, so both starts and ends ascend."""
    by_score = strategy is ConflictResolutionStrategy.REMOVE_INTERSECTIONS
    standing: list[Span] = []
    for span in spans:
        while standing and standing[-1].end > span.start:
            before = standing[-1]
            if by_score and before.score >= span.score:
                span.start = before.end
            elif before.start < span.start:
                before.end = span.start
            else:
                standing.pop()  # all of it lies in span by now
        standing.append(span)
    return [span for span in standing if span.start < span.end]


def _merge_over_spaces(spans: list[Span], text: str) -> list[Span]:
    merged: list[Span] = []
    for span in spans:
        before = merged[-1] if merged else None
        if before is not None and before.entity_type == span.entity_type:
            between = text[before.end : span.start]
            if between and not between.strip(" "):
                before.end = span.end
                before.score = max(before.score, span.score)
                continue
        merged.append(span)
    return merged
