# SPDX-License-Identifier: Apache-2.0
"""AnalyzerEngine: phiwire's analysis under Presidio's names and arguments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from phiwire.default import default_deidentifier
from phiwire.deidentifier import Deidentifier, Policy, StrPath
from phiwire.errors import InputError, UnsupportedError
from phiwire.finding import TYPES, Finding
from phiwire.presidio.entities import AnalysisExplanation, RecognizerResult
from phiwire.presidio_names import NOT_FOUND_BY_PHIWIRE, TO_PHIWIRE

__all__ = ["AnalyzerEngine", "BatchAnalyzerEngine"]

_REGEX_FLAGS = re.DOTALL | re.MULTILINE | re.IGNORECASE
_MODEL = "evidence model"


class AnalyzerEngine:
    """Finds PHI. Immutable, and any thread may call it.

    policy, deidentifier  phiwire's own: what to look for; default safe-harbor
    default_score_threshold  results below it are dropped. phiwire's scores are
        probabilities and its policy has thresholds of its own, which this one
        can only raise.

    The other arguments are Presidio's; those that phiwire has nothing for must
    be left as they are.

    >>> analyzer = AnalyzerEngine()
    >>> text = "Patient John Doe called."
    >>> [(r.entity_type, r.start, r.end) for r in analyzer.analyze(text, "en")]
    [('NAME', 8, 16)]
    >>> [r.entity_type for r in analyzer.analyze(text, "en", entities=["PERSON"])]
    ['PERSON']
    """

    def __init__(
        self,
        registry: Any = None,
        nlp_engine: Any = None,
        app_tracer: Any = None,
        log_decision_process: bool = False,
        default_score_threshold: float = 0,
        supported_languages: Sequence[str] | None = None,
        context_aware_enhancer: Any = None,
        *,
        policy: Policy | StrPath | None = None,
        deidentifier: Deidentifier | None = None,
    ) -> None:
        _refuse(
            registry=registry,
            nlp_engine=nlp_engine,
            app_tracer=app_tracer,
            log_decision_process=log_decision_process,
            context_aware_enhancer=context_aware_enhancer,
        )
        for language in supported_languages or ():
            _check_language(language)
        if policy is not None and deidentifier is not None:
            raise InputError("give a policy or a deidentifier, not both")
        if deidentifier is None:
            deidentifier = (
                default_deidentifier() if policy is None else Deidentifier(policy)
            )
        self.supported_languages = ["en"]
        self.default_score_threshold = default_score_threshold
        self._deidentifier = deidentifier

    def analyze(
        self,
        text: str,
        language: str,
        entities: Sequence[str] | None = None,
        correlation_id: str | None = None,
        score_threshold: float | None = None,
        return_decision_process: bool = False,
        ad_hoc_recognizers: Any = None,
        context: Sequence[str] | None = None,
        allow_list: Sequence[str] | None = None,
        allow_list_match: str = "exact",
        regex_flags: int = _REGEX_FLAGS,
        nlp_artifacts: Any = None,
    ) -> list[RecognizerResult]:
        """The results, best score first.

        entities   phiwire's types or Presidio's names; a result has the name
                   it was asked by, and phiwire's without this argument
        allow_list, allow_list_match, regex_flags
                   surfaces that are no result: "exact", or "regex" (searched)
        return_decision_process
                   fill analysis_explanation
        correlation_id
                   has no effect: phiwire keeps no trace of texts
        """
        request = self._request(
            language,
            entities,
            score_threshold,
            return_decision_process,
            ad_hoc_recognizers,
            context,
            allow_list,
            allow_list_match,
            regex_flags,
            nlp_artifacts,
        )
        found = self._deidentifier.analyze(text, explain=return_decision_process)
        return request.results(text, found)

    def _request(
        self,
        language: str,
        entities: Sequence[str] | None = None,
        score_threshold: float | None = None,
        return_decision_process: bool = False,
        ad_hoc_recognizers: Any = None,
        context: Sequence[str] | None = None,
        allow_list: Sequence[str] | None = None,
        allow_list_match: str = "exact",
        regex_flags: int = _REGEX_FLAGS,
        nlp_artifacts: Any = None,
        correlation_id: str | None = None,
    ) -> _Request:
        """The arguments of analyze, checked."""
        _check_language(language)
        _refuse(
            ad_hoc_recognizers=ad_hoc_recognizers,
            context=context,
            nlp_artifacts=nlp_artifacts,
        )
        if score_threshold is None:
            score_threshold = self.default_score_threshold
        return _Request(
            self._names(entities),
            score_threshold,
            return_decision_process,
            _allowed(allow_list, allow_list_match, regex_flags),
        )

    def get_supported_entities(self, language: str | None = None) -> list[str]:
        """The types that the policy looks for, phiwire's names."""
        if language is not None:
            _check_language(language)
        policy = self._deidentifier.policy
        return [name for name in TYPES if policy.type(name).enabled]

    def get_recognizers(self, language: str | None = None) -> list[Any]:
        raise UnsupportedError("phiwire's recognizers are no Python objects")

    def _names(self, entities: Sequence[str] | None) -> dict[str, str]:
        """Our type to the name its results get; types left out are dropped."""
        if not entities:
            return {name: name for name in TYPES}
        names = {name: name for name in entities if name in TYPES}
        for name in entities:
            for ours in _types_of(name):
                names.setdefault(ours, name)
        policy = self._deidentifier.policy
        if not any(policy.type(name).enabled for name in names):
            raise InputError("the policy looks for none of the given entities")
        return names


@dataclass(frozen=True)
class _Request:
    """From findings to results, as the arguments of one call say."""

    names: dict[str, str]
    threshold: float
    explain: bool
    allowed: Callable[[str], bool]

    def results(self, text: str, found: list[Finding]) -> list[RecognizerResult]:
        results = [
            _result(f, self.names[f.type], self.explain)
            for f in found
            if f.type in self.names
            and f.score >= self.threshold
            and not self.allowed(text[f.start : f.end])
        ]
        return sorted(results, key=lambda r: (-r.score, r.start))


class BatchAnalyzerEngine:
    """Many texts at once, over threads and without the GIL.

    >>> batch = BatchAnalyzerEngine()
    >>> [len(r) for r in batch.analyze_iterator(["John Doe called.", "", 7], "en")]
    [1, 0, 0]
    """

    def __init__(self, analyzer_engine: AnalyzerEngine | None = None) -> None:
        self.analyzer_engine = analyzer_engine or AnalyzerEngine()

    def analyze_iterator(
        self,
        texts: Iterable[Any],
        language: str,
        batch_size: int = 1,
        n_process: int = 1,
        **kwargs: Any,
    ) -> list[list[RecognizerResult]]:
        """The results of each text; numbers, bools and None are read as text.

        kwargs are those of AnalyzerEngine.analyze. batch_size has no effect;
        threads take the place of n_process: 1 stands for one a processor.
        """
        engine = self.analyzer_engine
        request = engine._request(language, **kwargs)
        batch = [_as_text(text) for text in texts]
        found = engine._deidentifier.analyze_texts(
            batch, explain=request.explain, threads=0 if n_process == 1 else n_process
        )
        return [request.results(*pair) for pair in zip(batch, found)]

    def analyze_dict(self, *args: Any, **kwargs: Any) -> Any:
        raise UnsupportedError("use analyze_iterator on the values")


def _refuse(**arguments: Any) -> None:
    for name, value in arguments.items():
        if value is not None and value is not False and value != []:
            raise UnsupportedError(f"phiwire has no {name}")


def _check_language(language: str) -> None:
    if language != "en":
        raise InputError("phiwire reads English only: language must be 'en'")


def _types_of(name: str) -> tuple[str, ...]:
    if name in TO_PHIWIRE:
        return TO_PHIWIRE[name]
    if name in TYPES:
        return (name,)
    if name in NOT_FOUND_BY_PHIWIRE:
        raise UnsupportedError(f"phiwire doesn't look for {name}")
    raise InputError(
        "unknown entity; phiwire.TYPES and phiwire.presidio_names list those there are"
    )


def _allowed(
    terms: Sequence[str] | None, match: str, flags: int
) -> Callable[[str], bool]:
    terms = [term for term in terms or () if term]
    if match not in ("exact", "regex"):
        raise InputError("allow_list_match must be 'exact' or 'regex'")
    if not terms:
        return lambda surface: False
    if match == "exact":
        return frozenset(terms).__contains__
    try:
        pattern = re.compile("|".join(terms), flags)
    except re.error:
        # The pattern itself may be a name: it stays out of the message.
        raise InputError("allow_list is not a regular expression") from None
    return lambda surface: pattern.search(surface) is not None


def _result(finding: Finding, name: str, explain: bool) -> RecognizerResult:
    source = finding.source or _MODEL
    metadata = {
        RecognizerResult.RECOGNIZER_NAME_KEY: source,
        RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: source,
    }
    return RecognizerResult(
        name,
        finding.start,
        finding.end,
        finding.score,
        _explanation(finding, source) if explain else None,
        metadata,
    )


def _explanation(finding: Finding, source: str) -> AnalysisExplanation:
    terms = "; ".join(f"{term.name} {term.weight:+.2f}" for term in finding.evidence)
    return AnalysisExplanation(
        recognizer=source,
        original_score=finding.score,
        textual_explanation=f"Detected by `{source}`" + (f": {terms}" if terms else ""),
    )


def _as_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, (bool, int, float)):
        return str(value)
    raise InputError("analyze_iterator takes str, numbers, bools and None only")
