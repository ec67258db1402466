"""What an award comes to, what happens to it, and the lines of the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from catalog.values import Semester, Strand, Term


@dataclass(frozen=True)
class Award:
    """State money that one teacher has been given for one study, in whole øre. `subject` and `scheme` are keys.

    `bound`: what it may come to at most; none = it cannot be worked out. `confirmed`: the part of it that teacher and owner have confirmed.
    `paid`: what the ledger says, without what was claimed back. `owner`, `person` and `county` (of the school) are keys; none in sums of several.
    """

    strand: Strand
    subject: int | None
    scheme: int | None
    bound: int | None
    confirmed: int = 0
    paid: int = 0
    owner: int | None = None
    person: int | None = None
    county: int | None = None


def kr(oere: int) -> Decimal:
    """Whole øre as kroner with two decimals, for files."""
    return (Decimal(oere) / 100).quantize(Decimal("0.01"))


Place = tuple[int, int]
"""What tells one place of a person from another, and which of them goes first: a seat (0) or a study elsewhere (1), and its number."""


class Source(StrEnum):
    """Where an event is written down."""

    CASE = "case-step"
    SEAT = "seat-step"
    PART = "participation-step"


class What(StrEnum):
    APPROVE = "approve"  # by the owner, with a scheme
    CONFIRM = "confirm"
    COUNTERSIGN = "countersign"
    RETRACT = "retract"  # the owner: they did not take part after all
    RESTORE = "restore"
    DEFER = "defer"
    RESUME = "resume"
    INTERRUPT = "interrupt"
    WITHDRAW = "withdraw"  # from the seat


class Reason(StrEnum):
    """Why an entry is made."""

    CONFIRMED = "confirmed"
    INTERRUPTED = "interrupted"
    NOT_TAKING_PART = "not-taking-part"
    SCHEME = "changed-scheme"
    DOUBLE = "double-grant"
    RESTORED = "restored"
    ANEW = "worked-out-anew"  # a rate became known, or something that had happened before was written down later


CLAIMS = (Reason.INTERRUPTED, Reason.NOT_TAKING_PART, Reason.SCHEME, Reason.DOUBLE)  # what a rule of repayment is about


@dataclass(frozen=True)
class Repayment:
    """A rule of repayment: so many per cent of a semester's payment, where it happens before a day of that semester (month and day; none = whenever)."""

    code: str
    reason: Reason
    percent: int
    autumn_before: tuple[int, int] | None = None
    spring_before: tuple[int, int] | None = None

    def reaches(self, semester: Semester, on: date) -> bool:
        limit = self.autumn_before if semester.term is Term.AUTUMN else self.spring_before
        return limit is None or on < date(semester.year, *limit)


@dataclass(frozen=True)
class Happening:
    """One event of one place, in the order of `order`. `on`: its day at home. `scheme`: the key of the one approved."""

    at: datetime
    source: Source
    number: int  # its row
    place: Place
    what: What
    on: date
    semester: Semester | None = None
    scheme: int | None = None

    @property
    def order(self) -> tuple:
        return (self.at, list(Source).index(self.source), self.number)


@dataclass(frozen=True)
class PaidPlace:
    """One place in a study that somebody has money for. `shares`: by scheme, what the state bears of the whole study in øre (none = not known);
    `scheme`: the one that holds before anything has happened."""

    key: Place
    case: int
    semesters: tuple[Semester, ...]
    shares: Mapping[int | None, int | None]
    scheme: int | None = None


@dataclass(frozen=True)
class Line:
    """One entry: paid (positive) or claimed back (negative), in whole øre, because of one event."""

    place: Place
    semester: Semester
    oere: int
    reason: Reason
    because: Happening
    rule: str | None = None
    scheme: int | None = None

    @property
    def key(self) -> tuple:
        return (self.because.source, self.because.number, self.oere)


@dataclass(frozen=True)
class Booked:
    """An entry as it was written, by what tells it from others of its place and semester."""

    source: Source
    number: int
    oere: int

    @property
    def key(self) -> tuple:
        return (self.source, self.number, self.oere)
