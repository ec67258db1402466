"""The lines of the sections that hold several: as read from a form, and as kept."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from catalog.values import Tag


@dataclass(frozen=True)
class Contained:
    """That a module contains something, the sentence of the study plan that says so, where it stands, and how many credits it covers."""

    tag: Tag
    sentence: str
    address: str | None = None
    credits: Decimal | None = None


@dataclass(frozen=True)
class Bonus:
    """What an applicant is given points for, and how many."""

    reason: str
    points: int
    row: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True)
class Owner:
    """An institution (by its code) that owns the module with others, its share of the seats in parts, and where it holds runs."""

    institution: str
    share: int | None = None
    place: str | None = None
    row: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True)
class Before:
    """What one must, or should, have before: a module or credits in a subject, both by code. `row` is its place in the form."""

    required: bool
    module: str | None = None
    subject: str | None = None
    credits: Decimal | None = None
    row: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True)
class Apart:
    """A module (by code) that cannot be taken in the same semester, and where that is stated."""

    module: str
    source: str | None = None
    row: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True)
class Shared:
    """Modules (by code) that share so many credits with the one edited."""

    modules: tuple[str, ...]
    credits: Decimal
    source: str | None = None
    uuid: UUID | None = None
    row: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True)
class Meeting:
    """A gathering: its first and last day, where, and whether online. One that has its place in an ISO week only has no days."""

    starts_on: date | None
    ends_on: date | None
    place: str | None = None
    online: bool = False
    week: str | None = None
    uuid: UUID | None = None
    row: int = field(default=0, compare=False, repr=False)
