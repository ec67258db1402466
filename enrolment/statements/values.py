"""What a statement says of one study, and whether it still stands."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from enrolment.results.values import Mark


def figure(credits: Decimal) -> str:
    """As programs read it: 15 or 7.5."""
    return f"{credits.normalize():f}"


class Voucher(StrEnum):
    """Who vouches for a line: the institution that recorded the result, or the school owner that verified earlier education."""

    INSTITUTION = "institution"
    OWNER = "owner"


class Standing(StrEnum):
    """`CORRECTED`: what was recorded has been changed, so the line no longer tells it; `GONE`: nobody vouches for it any longer."""

    STANDS = "stands"
    CORRECTED = "corrected"
    GONE = "gone"


@dataclass(frozen=True)
class Said:
    """What a line says: passed with so many credits, and with which mark where the holder shows it."""

    credits: Decimal
    mark: Mark | None = None


@dataclass(frozen=True)
class Known:
    """What is recorded now. `mark`: none for earlier education, which has none here."""

    credits: Decimal
    mark: Mark | None = None
    vouched_for: bool = True


@dataclass(frozen=True)
class Choice:
    """Something a teacher may share: a passed result or verified earlier education, by the UUID of the enrolment or the claim."""

    key: str
    title: str
    institution: str
    credits: Decimal
    voucher: Voucher
    mark: Mark | None = None
    finished_on: date | None = None
    made_up: bool = False
