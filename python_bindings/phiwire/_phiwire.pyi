"""The C++ library behind the package phiwire; not for direct use."""

from collections.abc import Mapping, Sequence
import os


VERSION: str = '0.1.0'

def type_names() -> list[str]:
    """Every type of PHI that phiwire knows."""

class TypePolicy:
    """What a policy does with one type of PHI."""

    @property
    def enabled(self) -> bool: ...

    @property
    def anonymizer(self) -> str: ...

    @property
    def params(self) -> dict[str, str]: ...

    @property
    def threshold(self) -> float | None:
        """Least score in [0, 1]; None: the sensitivity's own."""

class Policy:
    """
    What is looked for, how sure phiwire must be, and what takes the place of
    what it finds. A value: the with_ methods give a changed copy.
    """

    @staticmethod
    def safe_harbor() -> Policy:
        """Every type but PROFESSION, replaced by "[TYPE]"."""

    @staticmethod
    def named(name: str) -> Policy:
        """A built-in policy by its name, such as "safe-harbor"."""

    @staticmethod
    def from_file(path: str | os.PathLike) -> Policy:
        """Reads a policy file (docs/policy.md has the schema)."""

    @staticmethod
    def from_yaml(yaml: str, source_name: str = '<string>', *, base_dir: str | os.PathLike = ...) -> Policy:
        """Reads a policy from YAML text; relative paths start at base_dir."""

    @property
    def name(self) -> str: ...

    @property
    def sensitivity(self) -> str:
        """strict, balanced or precise."""

    @property
    def rules(self) -> list[str]: ...

    @property
    def weights_file(self) -> str: ...

    @property
    def key_file(self) -> str: ...

    @property
    def roster_file(self) -> str: ...

    @property
    def columns_file(self) -> str: ...

    @property
    def allow(self) -> list[str]: ...

    @property
    def deny(self) -> list[str]: ...

    @property
    def max_record(self) -> int:
        """Bytes."""

    def type(self, type: str) -> TypePolicy:
        """What this policy does with one type."""

    def with_type(self, type: str, anonymizer: str | None = None, *, params: Mapping[str, str] | None = None, threshold: float | None = None, enabled: bool | None = None) -> Policy:
        """
        A copy with another treatment of one type; None leaves a setting as it
        is, but a new anonymizer starts without params.
        """

    def with_options(self, *, sensitivity: str | None = None, rules: Sequence[str | os.PathLike] | None = None, weights_file: str | os.PathLike | None = None, key_file: str | os.PathLike | None = None, roster_file: str | os.PathLike | None = None, columns_file: str | os.PathLike | None = None, allow: Sequence[str] | None = None, deny: Sequence[str] | None = None, max_record: int | None = None) -> Policy:
        """
        A copy with other options; rules are added to the policy's own, the others
        take the place of the policy's.
        """

    def to_yaml(self) -> str:
        """The policy as a policy file."""

    def __repr__(self) -> str: ...

class Session:
    """One record while it is worked on; of use during the call only."""

    @property
    def subject(self) -> str:
        """The patient's id as written, "" when unknown."""

    @property
    def state(self) -> dict:
        """What this anonymizer keeps of this record, a dict."""

    def number(self, type: str, identity: str) -> int:
        """1 for the first identity of a type in this record, 2 for the next."""

    def holds(self, text: str) -> bool:
        """Whether a value of the record reads so, ASCII case apart."""

class OpenFile:
    """
    phiwire::FileDeidentifier: a file that is read piece by piece, whole records each.
    """

    def deidentify(self, data: bytes) -> tuple[bytes, list[tuple[int, int, int, str, str]]]: ...

class Engine:
    """
    phiwire::Deidentifier; offsets are code points, in files bytes.
    Every call releases the GIL.
    """

    def __init__(self, policy: Policy, data_dir: str, cache_dir: str, anonymizers: dict = {}) -> None: ...

    def analyze(self, text: str, explain: bool, near_misses: bool) -> list[tuple[int, int, str, float, str, tuple[tuple[str, float], ...]]]: ...

    def text(self, text: str) -> str: ...

    def anonymize(self, text: str, spans: Sequence[tuple[int, int, str]]) -> str: ...

    def texts(self, texts: list[str], threads: int) -> list[str]: ...

    def analyze_texts(self, texts: list[str], threads: int, explain: bool) -> list[list[tuple[int, int, str, float, str, tuple[tuple[str, float], ...]]]]: ...

    def file(self, data: bytes, format: str) -> tuple[bytes, list[tuple[int, int, str, float, str, tuple[tuple[str, float], ...]]], list[tuple[int, int, int, str, str]], int, str]: ...

    def open(self, head: bytes, whole: bool, format: str) -> OpenFile: ...

    @property
    def policy(self) -> Policy: ...
