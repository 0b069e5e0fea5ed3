# SPDX-License-Identifier: Apache-2.0
"""The Deidentifier: finds PHI in texts and files, and takes it out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Union

from phiwire import _phiwire
from phiwire.anonymizer import Anonymizer
from phiwire.finding import FileResult, Finding, Refusal

__all__ = ["Deidentifier", "Policy"]

Policy = _phiwire.Policy

StrPath = Union[str, "os.PathLike[str]"]


class Deidentifier:
    """Finds and replaces PHI as a policy says.

    Building one reads the lexicon and compiles the rules, so build it once and
    keep it. It never changes afterwards: use it from as many threads as you
    like, they run side by side because every call releases the GIL.

    policy     a `Policy`, the name of a built-in one ("safe-harbor"), or a
               path that is an `os.PathLike` or ends in .yaml or .yml
    key_file   the key of keyed anonymizers (hash, ...), 32 bytes or more
    rules      folders or files of the site's own catalogue and rules
    roster_file  known patients (CSV)
    columns_file  column map of tables, as `phiwire profile` writes it
    anonymizers  your own by name, which the policy calls "user:" and the name
               (`phiwire.anonymizer`)
    cache_dir  where compiled patterns are kept between runs; None: "phiwire"
               in the user's cache folder; "": nowhere

    >>> deid = Deidentifier()
    >>> deid.text("Patient John Doe (MRN 12345) was born on 01/01/1980.")
    'Patient [NAME] (MRN [MEDICALRECORD]) was born on [DATE].'
    """

    def __init__(
        self,
        policy: Policy | StrPath | None = None,
        *,
        key_file: StrPath | None = None,
        rules: Sequence[StrPath] = (),
        roster_file: StrPath | None = None,
        columns_file: StrPath | None = None,
        anonymizers: Mapping[str, Anonymizer] | None = None,
        cache_dir: StrPath | None = None,
        data_dir: StrPath | None = None,
    ) -> None:
        chosen = _policy(policy).with_options(
            key_file=key_file,
            rules=list(rules),
            roster_file=roster_file,
            columns_file=columns_file,
        )
        self._engine = _phiwire.Engine(
            chosen,
            data_dir=_data_dir() if data_dir is None else os.fspath(data_dir),
            cache_dir=_cache_dir() if cache_dir is None else os.fspath(cache_dir),
            anonymizers=dict(anonymizers or {}),
        )

    @property
    def policy(self) -> Policy:
        """The policy in force."""
        return self._engine.policy

    def text(self, text: str) -> str:
        """The text with everything the policy hides replaced."""
        return self._engine.text(text)

    def analyze(
        self, text: str, *, explain: bool = False, near_misses: bool = False
    ) -> list[Finding]:
        """The findings, sorted by start; they never overlap.

        explain      fill `Finding.evidence`
        near_misses  also report what stayed below its threshold; the
                     findings stay as they are

        >>> [(f.start, f.end, f.type) for f in Deidentifier().analyze(
        ...     "Patient John Doe called.")]
        [(8, 16, 'NAME')]
        """
        found = self._engine.analyze(text, explain=explain, near_misses=near_misses)
        return Finding._all_of(found, explain)

    def anonymize(self, text: str, findings: Iterable[Finding]) -> str:
        """Replaces the given findings, for callers that filter or add some.

        >>> deid = Deidentifier()
        >>> deid.anonymize("Ward 7, bed 2", [Finding(5, 6, "LOCATION")])
        'Ward [LOCATION], bed 2'
        """
        spans = [(f.start, f.end, f.type) for f in findings]
        return self._engine.anonymize(text, spans)

    def texts(self, texts: Iterable[str], *, threads: int = 0) -> list[str]:
        """Many texts over threads (0: one a processor), in the given order.

        When one can't be done the whole call raises, naming its index.

        >>> Deidentifier().texts(["John Doe called.", "No change."])
        ['[NAME] called.', 'No change.']
        """
        return self._engine.texts(list(texts), threads=threads)

    def analyze_texts(
        self, texts: Iterable[str], *, explain: bool = False, threads: int = 0
    ) -> list[list[Finding]]:
        """The findings of many texts over threads, in the given order."""
        found = self._engine.analyze_texts(
            list(texts), threads=threads, explain=explain
        )
        return [Finding._all_of(one, explain) for one in found]

    def file(self, data: bytes, format: str = "auto") -> FileResult:
        """A whole file's bytes: auto, text, log or hl7.

        Offsets in the result are bytes of `data`. A record that can't be read
        is left out and listed in `refusals`.

        >>> Deidentifier().file(b"Patient John Doe called.", "text").data
        b'Patient [NAME] called.'
        """
        out, findings, refusals, records, name = self._engine.file(
            bytes(data), format=format
        )
        return FileResult(
            out,
            Finding._all_of(findings),
            [Refusal(*fields) for fields in refusals],
            records,
            name,
        )


def _policy(policy: Policy | StrPath | None) -> Policy:
    if policy is None:
        return Policy.safe_harbor()
    if isinstance(policy, Policy):
        return policy
    if isinstance(policy, str) and not policy.endswith((".yaml", ".yml")):
        return Policy.named(policy)
    return Policy.from_file(policy)


def _data_dir() -> str:
    """A wheel has the data inside the package; elsewhere the library knows."""
    packaged = Path(__file__).parent / "share" / "phiwire"
    return str(packaged) if packaged.is_dir() else ""


def _cache_dir() -> str:
    """$XDG_CACHE_HOME/phiwire; empty, which only costs time, if there's none."""
    try:
        base = os.environ.get("XDG_CACHE_HOME", "")
        root = Path(base) if os.path.isabs(base) else Path.home() / ".cache"
        folder = root / "phiwire"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return ""
    return str(folder) if os.access(folder, os.W_OK) else ""
