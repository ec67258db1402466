"""What an ELMO file tells, and how far its signature can be trusted."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Signed(StrEnum):
    """`BY_ANOTHER`: whole as it was signed, but by nobody whom this installation trusts."""

    NOT = "not"
    BY_ANOTHER = "by-another"
    BY_TRUSTED = "by-trusted"


@dataclass(frozen=True)
class Node:
    """A learning opportunity as it stands: a whole or a part, with its parts. `credits` are ECTS as written; none = not stated, or another scheme."""

    title: str
    code: str
    status: str
    credits: Decimal | None
    finished_on: date | None = None
    label: str = ""
    parts: tuple["Node", ...] = ()


@dataclass(frozen=True)
class Report:
    """One issuer's. `identifiers`: by kind, such as schac and organisasjonsnummer."""

    issuer: str
    identifiers: dict[str, str]
    country: str
    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class Study:
    """A passed study that can be taken: `key` is the issuer and its own code, by which the same result is known again."""

    key: str
    title: str
    code: str
    institution: str
    identifiers: dict[str, str] = field(hash=False)
    country: str
    credits: Decimal
    finished_on: date | None
    label: str


class Why(StrEnum):
    """Why a study of a file cannot be taken."""

    NOT_PASSED = "not-passed"
    NO_CREDITS = "no-credits"
    NOT_IN_HALVES = "not-in-halves"
    TWICE = "twice"


@dataclass(frozen=True)
class Content:
    """Whom a file is about, the studies that can be taken, and those that cannot, with the reason."""

    given: str
    family: str
    studies: tuple[Study, ...]
    left_out: tuple[tuple[str, Why], ...]
