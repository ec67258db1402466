"""The gaps of an owner's register, gathered for its pages and for the census."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from catalog.values import Band
from enrolment.staff import queries, rules
from enrolment.staff.values import Gap


@dataclass(frozen=True)
class Gaps:
    """By subject and band, and by school, of an owner; and all together. Somebody who teaches two subjects counts in both."""

    taught: dict[tuple[int, Band], Gap]
    schools: dict[int, Gap]
    whole: Gap


def of_owner(owner_id: int, on: date) -> Gaps:
    required = queries.requirements(on)
    lines = queries.lines(owner_id)

    def by(key: Callable) -> dict:
        return rules.gaps((key(line), rules.standing(line.credits, required.get((line.subject_id, line.band)))) for line in lines)

    return Gaps(by(lambda line: (line.subject_id, line.band)), by(lambda line: line.school_id), by(lambda line: None).get(None, Gap()))


def of_school(owner_id: int, school_id: int, on: date) -> dict[tuple[int, Band], Gap]:
    """By subject and band."""
    required = queries.requirements(on)
    here = [line for line in queries.lines(owner_id) if line.school_id == school_id]
    return rules.gaps(((line.subject_id, line.band), rules.standing(line.credits, required.get((line.subject_id, line.band)))) for line in here)


def of_schools(owner_id: int, on: date) -> dict[int, dict[tuple[int, Band], Gap]]:
    """By school, then by subject and band."""
    required: dict[tuple[int, Band], Decimal] = queries.requirements(on)
    found: dict[int, dict[tuple[int, Band], Gap]] = {}
    told = ((line, rules.standing(line.credits, required.get((line.subject_id, line.band)))) for line in queries.lines(owner_id))
    for (school, *key), gap in rules.gaps(((line.school_id, line.subject_id, line.band), stands) for line, stands in told).items():
        found.setdefault(school, {})[tuple(key)] = gap
    return found
