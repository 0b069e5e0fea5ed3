# SPDX-License-Identifier: Apache-2.0
"""phiwire's exceptions.

A message says what is wrong and where (rule, line, byte range); it never holds
document text, a matched value or key material. When one is raised, nothing of
the input was given back.
"""

__all__ = [
    "InputError",
    "InternalError",
    "InvalidParamError",
    "LimitError",
    "PhiwireError",
    "PolicyError",
    "UnsupportedError",
]


class PhiwireError(Exception):
    """The base of all of them; `code` is the library's own status code."""

    def __init__(self, message: str, code: str = "INVALID_ARGUMENT") -> None:
        super().__init__(message)
        self.code = code

    def __reduce__(self) -> tuple[type, tuple[str, str]]:
        return type(self), (str(self), self.code)


class PolicyError(PhiwireError, ValueError):
    """The policy, a rule, a key or another setting can't be used."""


class InputError(PhiwireError, ValueError):
    """The input is malformed, or an argument makes no sense."""


class InvalidParamError(InputError):
    """An operator's parameter or a result can't be used (Presidio's name)."""


class LimitError(PhiwireError, ValueError):
    """A limit was exceeded, such as the policy's max_record."""


class UnsupportedError(PhiwireError, NotImplementedError):
    """A feature that phiwire doesn't have: nothing was done."""

    def __init__(self, message: str, code: str = "UNIMPLEMENTED") -> None:
        super().__init__(message, code)


class InternalError(PhiwireError, RuntimeError):
    """A failed self-test, or a mistake of ours: please report it."""
