"""One place in a study with what its steps come to, and what is paid for it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from catalog.values import Semester, Term
from enrolment.applications.lifecycle import Money
from enrolment.participation import queries, rules
from enrolment.participation.models import ParticipationStep
from enrolment.participation.studies import Study
from enrolment.participation.values import Part, Step
from enrolment.rounds import pricing
from enrolment.rounds import queries as rounds
from enrolment.rounds.values import Step as RoundStep


@dataclass(frozen=True)
class Place:
    study: Study
    steps: list[ParticipationStep]
    part: Part

    @property
    def semesters(self) -> list[Semester]:
        """The semesters the study takes; none where its first is not stated."""
        return self.study.semesters

    @property
    def may_be_dated(self) -> bool:
        """Whether the teacher may say when it is given: a study elsewhere, until something has been said of taking part."""
        return self.study.run is None and not self.steps

    def open_on(self, on: date) -> list[Semester]:
        """The semesters that the teacher can confirm on a day."""
        going = self.study.going and self.part.runs
        return [one for one in self.semesters if going and one not in self.part.confirmed and rules.begins(one) <= on]

    def due(self, semester: Semester) -> date | None:
        """The round's day for confirming a semester, where it has one."""
        case = self.study.case
        day = case.cycle.dates_of(case.strand).on(RoundStep.AUTUMN if semester.term is Term.AUTUMN else RoundStep.SPRING)
        return day if day and rules.semester_of(day) == semester else None

    def to_countersign(self) -> list[Semester]:
        return sorted(self.part.confirmed - self.part.countersigned)


def places(studies: Iterable[Study], until: datetime | None = None) -> list[Place]:
    """With what the steps until a moment come to."""
    rows = list(studies)
    steps = queries.steps(rows)
    return [Place(one, steps[one.key], rules.part((as_step(step) for step in steps[one.key]), until)) for one in rows]


def as_step(row: ParticipationStep) -> Step:
    return Step(row.event, row.semester, row.at)


def state_share(study: Study, work_year: Callable[[date], int | None] = rounds.work_year_oere) -> int | None:
    """What the state bears of a study, in whole øre: by the scheme that the owner approved and the rate of the day it begins. Nought where the
    case got no money; none where the rate, the credits or the cost of a work year is not known."""
    if study.case.money is not Money.FUNDED or study.scheme is None:
        return 0
    return pricing.state_oere(study.scheme, study.case.strand, study.subject_code, study.credits, study.begins_on, work_year)


@dataclass(frozen=True)
class Due:
    """What an owner is paid for one teacher in one semester; `oere` none = it cannot be worked out."""

    place: Place
    oere: int | None


def payment(places_of_owner: Iterable[Place], semester: Semester) -> list[Due]:
    """The payment basis of a semester: everybody both have vouched for."""
    found, work_year = [], cache(rounds.work_year_oere)
    for place in places_of_owner:
        if semester in place.part.payable and semester in place.semesters:
            share = state_share(place.study, work_year)
            found.append(Due(place, None if share is None else rules.basis(place.part, place.semesters, share)[semester]))
    return found
