# SPDX-License-Identifier: Apache-2.0
"""phiwire finds protected health information in text and takes it out.

>>> import phiwire
>>> phiwire.deidentify("Patient John Doe (MRN 12345) was born on 01/01/1980.")
'Patient [NAME] (MRN [MEDICALRECORD]) was born on [DATE].'
>>> [f.type for f in phiwire.analyze("Patient John Doe was born on 01/01/1980.")]
['NAME', 'DATE']

Keep a `Deidentifier` for other policies, files and many texts at once. Those
who come from Presidio find `AnalyzerEngine` and `AnonymizerEngine` here.
"""

from __future__ import annotations

from typing import Any

from phiwire._phiwire import VERSION as __version__
from phiwire._phiwire import TypePolicy
from phiwire.anonymizer import Session, Target
from phiwire.default import default_deidentifier
from phiwire.deidentifier import Deidentifier, Policy, StrPath
from phiwire.errors import (
    InputError,
    InternalError,
    InvalidParamError,
    LimitError,
    PhiwireError,
    PolicyError,
    UnsupportedError,
)
from phiwire.finding import TYPES, FileResult, Finding, Refusal, Term
from phiwire.presidio import (
    AnalysisExplanation,
    AnalyzerEngine,
    AnonymizerEngine,
    BatchAnalyzerEngine,
    ConflictResolutionStrategy,
    EngineResult,
    OperatorConfig,
    OperatorResult,
    RecognizerResult,
)
from phiwire.presidio.missing import MISSING as _MISSING

__all__ = [
    "TYPES",
    "AnalysisExplanation",
    "AnalyzerEngine",
    "AnonymizerEngine",
    "BatchAnalyzerEngine",
    "ConflictResolutionStrategy",
    "Deidentifier",
    "EngineResult",
    "FileResult",
    "Finding",
    "InputError",
    "InternalError",
    "InvalidParamError",
    "LimitError",
    "OperatorConfig",
    "OperatorResult",
    "PhiwireError",
    "Policy",
    "PolicyError",
    "RecognizerResult",
    "Refusal",
    "Session",
    "Target",
    "Term",
    "TypePolicy",
    "UnsupportedError",
    "__version__",
    "analyze",
    "deidentify",
]


def deidentify(text: str, policy: Policy | StrPath | None = None) -> str:
    """The text with its PHI replaced, under safe-harbor or the given policy.

    The default Deidentifier is built at the first call and kept; one for a
    policy is built at every call, so keep your own for more than a few texts.

    >>> deidentify("Patient John Doe called.")
    'Patient [NAME] called.'
    >>> deidentify("Patient John Doe called.",
    ...            Policy.safe_harbor().with_type("NAME", "redact"))
    'Patient  called.'
    """
    return _deidentifier(policy).text(text)


def analyze(
    text: str,
    policy: Policy | StrPath | None = None,
    *,
    explain: bool = False,
    near_misses: bool = False,
) -> list[Finding]:
    """The findings in a text, sorted by start; offsets are code points.

    >>> text = "Patient John Doe called."
    >>> [text[f.start:f.end] for f in analyze(text)]
    ['John Doe']
    """
    return _deidentifier(policy).analyze(text, explain=explain, near_misses=near_misses)


def _deidentifier(policy: Policy | StrPath | None) -> Deidentifier:
    return default_deidentifier() if policy is None else Deidentifier(policy)


def __getattr__(name: str) -> Any:
    """Says what to use instead of those of Presidio's names phiwire lacks."""
    if name in _MISSING:
        raise UnsupportedError(f"phiwire has no {name}: {_MISSING[name]}")
    raise AttributeError(f"module 'phiwire' has no attribute {name!r}")
