"""Which semesters a plan holds, and what a change of its marks comes to. Pure."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from catalog.values import Semester, Term

SEMESTERS = 8  # four years

Mark = TypeVar("Mark")


def semester_of(on: date) -> Semester:
    """The semester a day lies in: the autumn from August."""
    return Semester(on.year, Term.AUTUMN if on.month >= 8 else Term.SPRING)


def ahead(on: date) -> list[Semester]:
    """The semesters that can be planned on a day: the eight that follow."""
    return [semester_of(on).plus(number) for number in range(1, SEMESTERS + 1)]


def change(*, seen: Iterable[Mark], ticked: Iterable[Mark]) -> tuple[set[Mark], set[Mark]]:
    """The marks that somebody has added and removed since they saw the plan; what others did meanwhile is left alone."""
    before, after = set(seen), set(ticked)
    return after - before, before - after
