"""One place in a study with what its steps come to, and what is paid for it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from catalog.values import Semester, Term
from enrolment.applications.lifecycle import Money
from enrolment.applications.models import ChoiceRun
from enrolment.participation import queries, rules
from enrolment.participation.models import ParticipationStep
from enrolment.participation.values import Part, Step
from enrolment.rounds import pricing
from enrolment.rounds import queries as rounds
from enrolment.rounds.values import Step as RoundStep
from enrolment.seats.lifecycle import Seat


@dataclass(frozen=True)
class Place:
    run: ChoiceRun
    steps: list[ParticipationStep]
    part: Part

    @property
    def semesters(self) -> list[Semester]:
        """The semesters the study takes; none where its institution has not stated its first."""
        return rules.semesters_of(self.run.offering.semester, self.run.offering.semesters)

    def open_on(self, on: date) -> list[Semester]:
        """The semesters that the teacher can confirm on a day."""
        going = self.run.enrolment.state is Seat.PLACED and self.part.runs
        return [one for one in self.semesters if going and one not in self.part.confirmed and rules.begins(one) <= on]

    def due(self, semester: Semester) -> date | None:
        """The round's day for confirming a semester, where it has one."""
        case = self.run.choice.application
        day = case.cycle.dates_of(case.strand).on(RoundStep.AUTUMN if semester.term is Term.AUTUMN else RoundStep.SPRING)
        return day if day and rules.semester_of(day) == semester else None

    def to_countersign(self) -> list[Semester]:
        return sorted(self.part.confirmed - self.part.countersigned)


def places(runs: Iterable[ChoiceRun], until: datetime | None = None) -> list[Place]:
    """With what the steps until a moment come to."""
    rows = list(runs)
    steps = queries.steps(run.enrolment_id for run in rows)
    return [Place(run, steps[run.enrolment_id], rules.part((as_step(one) for one in steps[run.enrolment_id]), until)) for run in rows]


def as_step(row: ParticipationStep) -> Step:
    return Step(row.event, row.semester, row.at)


def state_share(run: ChoiceRun, work_year: Callable[[date], int | None] = rounds.work_year_oere) -> int | None:
    """What the state bears of a study, in whole øre: by the scheme that the owner approved and the rate of the day it begins. Nought where the
    case got no money; none where the rate, the credits or the cost of a work year is not known."""
    case, module = run.choice.application, run.offering.module
    scheme = case.scheme or run.choice.scheme
    if case.money is not Money.FUNDED or scheme is None:
        return 0
    on = rules.study_begins(run.offering.starts_on, run.offering.semester, case.cycle.rates_on)
    return pricing.state_oere(scheme, case.strand, module.subject.code if module.subject else "", module.credits, on, work_year)


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
            share = state_share(place.run, work_year)
            found.append(Due(place, None if share is None else rules.basis(place.part, place.semesters, share)[semester]))
    return found
