"""What the rules are asked of a case: its packages, what it lacks, what the funding check looks at, and which schemes it may name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Offering
from catalog.values import Strand
from config.clock import day_of
from enrolment.applications import rules
from enrolment.applications.lifecycle import Money
from enrolment.applications.models import Application, Choice
from enrolment.applications.values import FundingFacts, PackageRun, Task, Verdict
from enrolment.rounds import queries as rounds
from enrolment.rounds.models import Scheme, SchemeRate
from enrolment.rounds.values import Dates, Gate
from enrolment.schools.models import Teacher


class Lack(StrEnum):
    NO_EMPLOYER = "no-employer"
    NO_TEACHING = "no-teaching"
    NO_CHOICE = "no-choice"
    NO_SCHEME = "no-scheme"
    NO_LONGER_GIVEN = "no-longer-given"
    NOT_ANSWERED = "not-answered"
    NOT_TALKED = "not-talked"


@dataclass(frozen=True)
class Gap:
    """What must be filled in before an application can be sent; `choice` is its number, where it is about one."""

    task: Task
    lack: Lack
    choice: int | None = None


def dates(case: Application) -> Dates:
    return case.cycle.dates_of(case.strand)


def is_open(case: Application, at: datetime) -> bool:
    """Whether the teacher may still change, send or withdraw."""
    return dates(case).is_open(Gate.APPLY, day_of(at))


def package(runs: Iterable[Offering]) -> tuple[PackageRun, ...]:
    return tuple(PackageRun(run.module_id, run.module.course_id, run.module.strand, run.semester) for run in runs)


def is_given(run: Offering) -> bool:
    """Whether a run can still be chosen."""
    return run.state is Run.PUBLISHED and run.module.state is Publication.PUBLISHED


def no_longer_given(choice: Choice) -> list[Offering]:
    return [one.offering for one in choice.runs if not is_given(one.offering)]


def funding_facts(case: Application) -> FundingFacts:
    kinds = frozenset(one.scheme.kind for one in case.ranked_choices if one.scheme)
    private = bool(case.school and case.school.private)
    return FundingFacts(case.strand, case.owner_id is not None, private, case.funding or {}, kinds)


def verdict(case: Application) -> Verdict:
    return rules.funding(funding_facts(case))


def state_may_pay(case: Application) -> bool:
    """Whether the state may pay for what the owner has approved: by the funding check, and by a scheme that it pays. Principal education it pays itself."""
    paid = case.strand is Strand.PRINCIPAL or case.scheme is None or case.scheme.kind in rules.STATE_PAYS
    return case.money in (Money.ELIGIBLE, Money.FUNDED) and paid


def gaps(case: Application, teacher: Teacher | None) -> list[Gap]:
    """Everything that is still missing, in the order of the tasks."""
    return [*_of_employer(case, teacher), *_of_choices(case), *_of_answers(case)]


def _of_employer(case: Application, teacher: Teacher | None) -> Iterable[Gap]:
    if case.owner_id is None:
        yield Gap(Task.SCHOOL, Lack.NO_EMPLOYER)
    if case.strand is Strand.FURTHER and not (teacher and teacher.teaching):
        yield Gap(Task.TEACHING, Lack.NO_TEACHING)


def _of_choices(case: Application) -> Iterable[Gap]:
    if not case.ranked_choices:
        yield Gap(Task.CHOICES, Lack.NO_CHOICE)
    for choice in case.ranked_choices:
        if no_longer_given(choice):
            yield Gap(Task.CHOICES, Lack.NO_LONGER_GIVEN, choice.position)
        if choice.scheme_id is None and case.strand is not Strand.IN_SERVICE:
            yield Gap(Task.CHOICES, Lack.NO_SCHEME, choice.position)


def _of_answers(case: Application) -> Iterable[Gap]:
    asked = rules.questions(case.strand, private=bool(case.school and case.school.private))
    if any(question not in (case.funding or {}) for question in asked):
        yield Gap(Task.FUNDING, Lack.NOT_ANSWERED)
    if case.talked_on is None:
        yield Gap(Task.HEAD, Lack.NOT_TALKED)


def schemes(case: Application, subject: str, at: datetime) -> list[tuple[Scheme, SchemeRate]]:
    """How a study in a subject may be paid in the case's strand, each with the rate that has been let out for the study year."""
    found = ((one, one.rate(case.strand, subject, case.cycle.rates_on)) for one in rounds.schemes())
    return [(one, rate) for one, rate in found if rate and rate.released_at and rate.released_at <= at and dates(case).is_open(Gate.APPLY, day_of(at), one.code)]
