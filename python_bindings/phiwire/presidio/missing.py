# SPDX-License-Identifier: Apache-2.0
"""Presidio's names that phiwire has nothing for, and what to use instead."""

__all__ = ["MISSING"]

_RULES = "write a catalogue file and pass it as Deidentifier(rules=[...])"
_NO_MODEL = "it runs without a language model"
_NO_REVERSAL = "results of AnonymizerEngine can't be turned back"
_DICTS = "call AnalyzerEngine and AnonymizerEngine for each value"

MISSING: dict[str, str] = {
    "BatchAnonymizerEngine": _DICTS,
    "DeanonymizeEngine": _NO_REVERSAL,
    "DictAnalyzerResult": _DICTS,
    "DictRecognizerResult": _DICTS,
    "EntityRecognizer": _RULES,
    "LocalRecognizer": _RULES,
    "Pattern": _RULES,
    "PatternRecognizer": _RULES,
    "RecognizerRegistry": _RULES,
    "RemoteRecognizer": _RULES,
    "AnalyzerEngineProvider": "build a Deidentifier from a policy file",
    "ContextAwareEnhancer": "context is part of the evidence model",
    "LemmaContextAwareEnhancer": "context is part of the evidence model",
    "NlpEngineProvider": _NO_MODEL,
}
