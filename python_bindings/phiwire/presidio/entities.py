# SPDX-License-Identifier: Apache-2.0
"""Presidio's value classes: results, operators, explanations."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from phiwire.errors import InvalidParamError

__all__ = [
    "AnalysisExplanation",
    "EngineResult",
    "OperatorConfig",
    "OperatorResult",
    "RecognizerResult",
]


@dataclass
class AnalysisExplanation:
    """Why a result is one (`analyze(..., return_decision_process=True)`)."""

    recognizer: str
    original_score: float
    pattern_name: str | None = None
    pattern: str | None = None
    validation_result: bool | None = None
    textual_explanation: str | None = None
    regex_flags: int | None = None

    def __post_init__(self) -> None:
        self.score = self.original_score
        self.score_context_improvement = 0.0
        self.supportive_context_word = ""

    def to_dict(self) -> dict[str, Any]:
        return dict(self.__dict__)


class RecognizerResult:
    """One found stretch of a text, `text[start:end]`, in code points.

    Two are equal when start, end, score and entity_type are.

    >>> RecognizerResult("NAME", 8, 16, 0.98)
    type: NAME, start: 8, end: 16, score: 0.98
    """

    RECOGNIZER_NAME_KEY = "recognizer_name"
    RECOGNIZER_IDENTIFIER_KEY = "recognizer_identifier"
    IS_SCORE_ENHANCED_BY_CONTEXT_KEY = "is_score_enhanced_by_context"

    def __init__(
        self,
        entity_type: str,
        start: int,
        end: int,
        score: float,
        analysis_explanation: AnalysisExplanation | None = None,
        recognition_metadata: dict[str, Any] | None = None,
    ) -> None:
        self.entity_type = entity_type
        self.start = start
        self.end = end
        self.score = score
        self.analysis_explanation = analysis_explanation
        self.recognition_metadata = recognition_metadata or {}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> RecognizerResult:
        return cls(data["entity_type"], data["start"], data["end"], data["score"])

    def to_dict(self) -> dict[str, Any]:
        return dict(self.__dict__)

    def intersects(self, other: RecognizerResult) -> int:
        """How many code points both have; touching ones have none."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def contained_in(self, other: RecognizerResult) -> bool:
        return other.start <= self.start and self.end <= other.end

    def contains(self, other: RecognizerResult) -> bool:
        return self.start <= other.start and other.end <= self.end

    def equal_indices(self, other: RecognizerResult) -> bool:
        return self.start == other.start and self.end == other.end

    def has_conflict(self, other: RecognizerResult) -> bool:
        """Whether this one gives way to the other."""
        if self.equal_indices(other):
            return self.score <= other.score
        return other.contains(self)

    def _key(self) -> tuple[int, int, float, str]:
        return self.start, self.end, self.score, self.entity_type

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RecognizerResult):
            return NotImplemented
        return self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __gt__(self, other: RecognizerResult) -> bool:
        return (self.start, self.end) > (other.start, other.end)

    def __repr__(self) -> str:
        return (
            f"type: {self.entity_type}, start: {self.start}, "
            f"end: {self.end}, score: {self.score}"
        )


class OperatorConfig:
    """Which operator to use, and its parameters.

    >>> OperatorConfig("mask", {"masking_char": "*", "chars_to_mask": 4,
    ...                         "from_end": True}).operator_name
    'mask'
    """

    def __init__(
        self, operator_name: str, params: dict[str, Any] | None = None
    ) -> None:
        if not isinstance(operator_name, str) or not operator_name:
            raise InvalidParamError("OperatorConfig needs an operator's name")
        self.operator_name = operator_name
        self.params: dict[str, Any] = dict(params or {})

    @classmethod
    def from_json(cls, params: dict[str, Any]) -> OperatorConfig:
        rest = dict(params)
        return cls(rest.pop("type", ""), rest)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, OperatorConfig):
            return NotImplemented
        mine = (self.operator_name, self.params)
        return mine == (other.operator_name, other.params)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        # Not the params: there may be a key among them.
        return f"OperatorConfig({self.operator_name!r})"


@dataclass
class OperatorResult:
    """What stands in the output in an entity's place, `output[start:end]`."""

    start: int
    end: int
    entity_type: str
    text: str | None = None
    operator: str | None = None

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> OperatorResult:
        return cls(
            data["start"],
            data["end"],
            data["entity_type"],
            data.get("text"),
            data.get("operator"),
        )

    def to_dict(self) -> dict[str, Any]:
        return dict(self.__dict__)


@dataclass
class EngineResult:
    """An anonymized text and its items, the last in the text first."""

    text: str | None = None
    items: list[OperatorResult] = field(default_factory=list)

    def to_json(self) -> str:
        items = [item.to_dict() for item in self.items]
        return json.dumps({"text": self.text, "items": items})


Replacer = Callable[[str, str], str]
"""(text of the entity, its type) to what takes its place."""
