# SPDX-License-Identifier: Apache-2.0
"""Anonymizers of your own, for `Deidentifier(anonymizers={name: ...})`.

A policy names them "user:" and the name. The simplest is a function of the
type and the value:

>>> from phiwire import Deidentifier, Policy
>>> def initials(type: str, value: str) -> str:
...     return "".join(word[0] + "." for word in value.split())
>>> policy = Policy.safe_harbor().with_type("NAME", "user:initials")
>>> deid = Deidentifier(policy, anonymizers={"initials": initials})
>>> deid.text("Patient John Doe called.")
'Patient J.D. called.'

An object with `apply` is told more and has the record's session:

>>> class Numbered:
...     def apply(self, target: Target, session: Session) -> str:
...         number = session.number(target.type, target.value.lower())
...         return f"<{target.type} {number}>"
>>> deid = Deidentifier(policy, anonymizers={"initials": Numbered()})
>>> deid.text("Patient John Doe called. JOHN DOE smiled.")
'Patient <NAME 1> called. <NAME 1> smiled.'

They are called from any thread, and from several at once. An exception refuses
the record; the error names its class and nothing else of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

from phiwire._phiwire import Session

__all__ = ["Anonymizer", "Session", "Target"]


class Target(NamedTuple):
    """A value that must go.

    type     one of `phiwire.TYPES`
    value    as it reads; where the format escapes, without escapes
    grammar  what may stand in its place: "text" (anything), "name" (one leaf
             of a name or address), "identifier", "hl7_date", "zip", "empty"
    path     the field, "PID-5.1"; "" in a plain text
    subject  the patient's id, "" when unknown
    """

    type: str
    value: str
    grammar: str = "text"
    path: str = ""
    subject: str = ""

    def __repr__(self) -> str:
        # Not the value, which must not get into logs, nor whose it is.
        return f"Target(type={self.type!r}, path={self.path!r})"


class _Applies(Protocol):
    """Has `apply`; may have `finish(session)`, called once a record."""

    def apply(self, target: Target, session: Session) -> str: ...


Anonymizer = Callable[[str, str], str] | _Applies
"""A function of (type, value), or an object with apply(target, session)."""
