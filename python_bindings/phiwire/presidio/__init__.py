# SPDX-License-Identifier: Apache-2.0
"""The calls Presidio's users have written, over phiwire's engine.

>>> from phiwire import AnalyzerEngine, AnonymizerEngine
>>> text = "Patient John Doe (MRN 12345) was born on 01/01/1980."
>>> results = AnalyzerEngine().analyze(text=text, language="en")
>>> print(AnonymizerEngine().anonymize(text=text, analyzer_results=results).text)
Patient [NAME] (MRN [MEDICALRECORD]) was born on [DATE].

docs/python.md lists what differs. What phiwire doesn't have raises
UnsupportedError; nothing asked for is silently ignored.
"""

from phiwire.presidio.analyzer import AnalyzerEngine, BatchAnalyzerEngine
from phiwire.presidio.anonymizer import AnonymizerEngine
from phiwire.presidio.conflicts import ConflictResolutionStrategy
from phiwire.presidio.entities import (
    AnalysisExplanation,
    EngineResult,
    OperatorConfig,
    OperatorResult,
    RecognizerResult,
)

__all__ = [
    "AnalysisExplanation",
    "AnalyzerEngine",
    "AnonymizerEngine",
    "BatchAnalyzerEngine",
    "ConflictResolutionStrategy",
    "EngineResult",
    "OperatorConfig",
    "OperatorResult",
    "RecognizerResult",
]
