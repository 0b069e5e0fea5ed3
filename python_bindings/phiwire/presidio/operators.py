# SPDX-License-Identifier: Apache-2.0
"""Presidio's operators: from an OperatorConfig to the function it stands for.

All of a config is checked when the function is made, before any text is
touched; an operator or parameter that phiwire doesn't know is an error.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from phiwire.errors import InvalidParamError, UnsupportedError
from phiwire.presidio.entities import OperatorConfig, Replacer

__all__ = ["OPERATORS", "make_replacer"]

MIN_KEY_BYTES = 32


def make_replacer(config: OperatorConfig) -> Replacer:
    """The function of a config, which is checked here."""
    if not isinstance(config, OperatorConfig):
        raise InvalidParamError("operators must be OperatorConfig objects")
    if config.operator_name in _UNSUPPORTED:
        raise UnsupportedError(
            f"operator {config.operator_name!r}: {_UNSUPPORTED[config.operator_name]}"
        )
    maker = OPERATORS.get(config.operator_name)
    if maker is None:
        raise InvalidParamError(
            f"unknown operator {config.operator_name!r}; there are "
            + ", ".join(sorted(OPERATORS))
        )
    # Presidio hands entity_type to its operators as a parameter.
    return maker({k: v for k, v in config.params.items() if k != "entity_type"})


def _only(params: dict[str, Any], operator: str, *known: str) -> None:
    for name in params:
        if name not in known:
            raise InvalidParamError(f"operator {operator!r} has no parameter {name!r}")


def _replace(params: dict[str, Any]) -> Replacer:
    _only(params, "replace", "new_value")
    value = params.get("new_value")
    if value is not None and not isinstance(value, str):
        raise InvalidParamError("replace: new_value must be a str")
    if value:
        return lambda text, entity_type: value
    return lambda text, entity_type: f"[{entity_type}]"


def _redact(params: dict[str, Any]) -> Replacer:
    _only(params, "redact")
    return lambda text, entity_type: ""


def _keep(params: dict[str, Any]) -> Replacer:
    _only(params, "keep")
    return lambda text, entity_type: text


def _mask(params: dict[str, Any]) -> Replacer:
    _only(params, "mask", "masking_char", "chars_to_mask", "from_end")
    char = params.get("masking_char")
    count = params.get("chars_to_mask")
    from_end = params.get("from_end")
    if not isinstance(char, str) or len(char) != 1:
        raise InvalidParamError("mask: masking_char must be one character")
    if not isinstance(count, int) or isinstance(count, bool):
        raise InvalidParamError("mask: chars_to_mask must be an int")
    if not isinstance(from_end, bool):
        raise InvalidParamError("mask: from_end must be a bool")

    def mask(text: str, entity_type: str) -> str:
        hidden = max(0, min(count, len(text)))
        shown = len(text) - hidden
        if from_end:
            return text[:shown] + char * hidden
        return char * hidden + text[hidden:]

    return mask


def _hash(params: dict[str, Any]) -> Replacer:
    """A keyed digest (HMAC): an unkeyed one of an SSN is undone in minutes."""
    _only(params, "hash", "hash_type", "key", "salt")
    hash_type = params.get("hash_type", "sha256")
    if hash_type not in ("sha256", "sha512"):
        raise InvalidParamError("hash: hash_type must be sha256 or sha512")
    if ("key" in params) == ("salt" in params):
        raise InvalidParamError(
            "hash: give either key or salt; without it anyone "
            "can hash all the values there are and compare"
        )
    key = params.get("key", params.get("salt"))
    if isinstance(key, str):
        key = key.encode()
    if not isinstance(key, bytes) or len(key) < MIN_KEY_BYTES:
        raise InvalidParamError(f"hash: the key needs {MIN_KEY_BYTES} bytes or more")
    digest = getattr(hashlib, hash_type)

    def keyed(text: str, entity_type: str) -> str:
        data = text.encode(errors="surrogatepass")
        return hmac.new(key, data, digest).hexdigest()

    return keyed


def _custom(params: dict[str, Any]) -> Replacer:
    _only(params, "custom", "lambda")
    function = params.get("lambda")
    if not callable(function):
        raise InvalidParamError("custom: lambda must be callable")

    def custom(text: str, entity_type: str) -> str:
        value, raised = None, None
        try:
            value = function(text)
        except Exception as error:
            # Its message may quote the text; so may it as the context of ours.
            raised = type(error).__name__
        if raised is not None:
            raise InvalidParamError(f"custom: lambda raised {raised}")
        if not isinstance(value, str):
            raise InvalidParamError("custom: lambda must return a str")
        return value

    return custom


OPERATORS = {
    "custom": _custom,
    "hash": _hash,
    "keep": _keep,
    "mask": _mask,
    "redact": _redact,
    "replace": _replace,
}

_UNSUPPORTED = {
    "encrypt": "use a Deidentifier whose policy encrypts",
    "surrogate_ahds": "phiwire calls no service",
}
