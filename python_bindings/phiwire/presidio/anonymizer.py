# SPDX-License-Identifier: Apache-2.0
"""AnonymizerEngine: results and operators in, the changed text out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from phiwire.errors import InvalidParamError, UnsupportedError
from phiwire.presidio.conflicts import (
    ConflictResolutionStrategy,
    Span,
    drop_overlapping,
    resolve,
)
from phiwire.presidio.entities import (
    EngineResult,
    OperatorConfig,
    OperatorResult,
    Replacer,
)
from phiwire.presidio.operators import OPERATORS, make_replacer
from phiwire.presidio_names import TO_PHIWIRE, TO_PRESIDIO

__all__ = ["AnonymizerEngine"]

_MERGE = ConflictResolutionStrategy.MERGE_SIMILAR_OR_CONTAINED


class AnonymizerEngine:
    """Replaces analyzer results in a text. Holds nothing; any thread may call.

    `operators` may be keyed by phiwire's types and by Presidio's names. LOCATION
    and ID, which both have, mean phiwire's narrower type here.

    >>> engine = AnonymizerEngine()
    >>> from phiwire.presidio import RecognizerResult
    >>> found = [RecognizerResult("NAME", 0, 8, 0.9)]
    >>> engine.anonymize("John Doe called.", found).text
    '[NAME] called.'
    >>> engine.anonymize("John Doe called.", found, operators={
    ...     "PERSON": OperatorConfig("replace", {"new_value": "A. Body"})}).text
    'A. Body called.'
    """

    def anonymize(
        self,
        text: str,
        analyzer_results: Iterable[Any],
        operators: dict[str, OperatorConfig] | None = None,
        conflict_resolution: ConflictResolutionStrategy = _MERGE,
        merge_entities_with_spaces: bool = True,
    ) -> EngineResult:
        """The text with each result replaced; items are the last one first.

        A result is any object with entity_type, start, end and score. Types
        without an operator use operators["DEFAULT"], or else become "[TYPE]".
        """
        if not isinstance(text, str):
            raise InvalidParamError("text must be a str")
        strategy = ConflictResolutionStrategy(conflict_resolution)
        chosen = _Operators(operators or {})
        spans = [_span(result, len(text)) for result in analyzer_results]

        def resolved(keep: bool) -> list[Span]:
            some = [s for s in spans if chosen.keeps(s.entity_type) == keep]
            return resolve(some, text, strategy, merge_entities_with_spaces)

        hidden = resolved(keep=False)
        kept = drop_overlapping(resolved(keep=True), hidden)
        return _splice(text, sorted(hidden + kept, key=lambda s: s.start), chosen)

    def get_anonymizers(self) -> list[str]:
        """The names an OperatorConfig may have."""
        return sorted(OPERATORS)

    def add_anonymizer(self, anonymizer_cls: Any) -> None:
        raise UnsupportedError('phiwire adds no operator classes: use "custom"')

    def remove_anonymizer(self, anonymizer_cls: Any) -> None:
        raise UnsupportedError("phiwire removes no operators")


class _Operators:
    """The operator of every type; all are checked here, used or not."""

    def __init__(self, configs: dict[str, OperatorConfig]) -> None:
        self._configs = dict(configs)
        self._configs.setdefault("DEFAULT", OperatorConfig("replace"))
        self._replacers = {
            name: make_replacer(config) for name, config in self._configs.items()
        }

    def _name(self, entity_type: str) -> str:
        """Under its own name, then the other vocabulary's, then DEFAULT."""
        for name in (entity_type, *_other_names(entity_type)):
            if name in self._configs:
                return name
        return "DEFAULT"

    def keeps(self, entity_type: str) -> bool:
        return self.operator(entity_type) == "keep"

    def operator(self, entity_type: str) -> str:
        return self._configs[self._name(entity_type)].operator_name

    def replacer(self, entity_type: str) -> Replacer:
        return self._replacers[self._name(entity_type)]


def _other_names(entity_type: str) -> tuple[str, ...]:
    """Names of the other side whose operator may serve for this type.

    None where one name means different things on the two sides, and none of a
    narrower meaning: operators={"CITY": keep} must not keep a whole LOCATION.
    """
    presidio = TO_PRESIDIO.get(entity_type)
    if presidio is not None and presidio not in TO_PRESIDIO:
        return (presidio,)
    ours = TO_PHIWIRE.get(entity_type, ())
    if len(ours) == 1 and TO_PRESIDIO.get(ours[0]) == entity_type:
        return ours
    return ()


def _span(result: Any, length: int) -> Span:
    start, end = result.start, result.end
    for offset in (start, end):
        if not isinstance(offset, int) or isinstance(offset, bool):
            raise InvalidParamError("a result's start and end must be ints")
    if not 0 <= start <= end <= length:
        raise InvalidParamError(
            f"Invalid analyzer result, start: {start} and end: {end}, "
            f"while text length is only {length}."
        )
    if not isinstance(result.entity_type, str) or not result.entity_type:
        raise InvalidParamError("a result's entity_type must be a str")
    return Span(start, end, result.entity_type, float(result.score))


def _splice(text: str, spans: list[Span], operators: _Operators) -> EngineResult:
    pieces: list[str] = []
    items: list[OperatorResult] = []
    at = 0  # in the text
    length = 0  # of the pieces
    for span in spans:
        new = operators.replacer(span.entity_type)(
            text[span.start : span.end], span.entity_type
        )
        start = length + span.start - at
        pieces += (text[at : span.start], new)
        at, length = span.end, start + len(new)
        name = operators.operator(span.entity_type)
        items.append(OperatorResult(start, length, span.entity_type, new, name))
    pieces.append(text[at:])
    return EngineResult("".join(pieces), items[::-1])
