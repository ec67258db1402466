"""A row of a staff register, and what a register is compared with. Pure."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from catalog.values import Band

Taught = tuple[int, int, Band]
"""The keys of a school and a subject, and the band."""


class Standing(StrEnum):
    """How somebody's credits stand against what is required for what they teach."""

    MEETS = "meets"
    LACKS = "lacks"
    UNKNOWN = "unknown"  # the owner has not said how many credits they hold
    FREE = "free"  # nothing is required


@dataclass(frozen=True)
class Row:
    """What one row says: somebody at a school, and, where it says so, what they teach there and with how many credits."""

    reference: str
    name: str
    school: int
    subject: int | None = None
    band: Band | None = None
    credits: Decimal | None = None

    def as_kept(self) -> list:
        return [self.reference, self.name, self.school, self.subject, self.band, None if self.credits is None else str(self.credits)]

    @classmethod
    def from_kept(cls, kept: list) -> "Row":
        *known, subject, band, credits = kept
        return cls(*known, subject, Band(band) if band else None, None if credits is None else Decimal(credits))


@dataclass(frozen=True)
class Staff:
    """One of the staff as a register has them."""

    name: str
    school: int
    teaches: dict[Taught, Decimal | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Gap:
    """How many teach something, and of them how many lack credits and of how many it is not known."""

    teachers: int = 0
    without: int = 0
    unknown: int = 0

    def __add__(self, other: "Gap") -> "Gap":
        return Gap(self.teachers + other.teachers, self.without + other.without, self.unknown + other.unknown)
