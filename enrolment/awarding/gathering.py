"""The inputs of an allocation run out of the rows: everything it looks at and nothing more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from catalog.offers.lifecycle import Run
from catalog.offers.models import Offering
from catalog.values import EnrolmentMode, Strand
from enrolment.allocation import values
from enrolment.allocation.values import Inputs, QuotaKind
from enrolment.applications import facts, groups
from enrolment.applications.models import Application, Choice
from enrolment.awarding import queries
from enrolment.quotas import queries as quotas
from enrolment.quotas.models import Quota
from enrolment.quotas.rules import Kept, fitted
from enrolment.rounds.models import Cycle
from enrolment.schools.models import Teacher


@dataclass(frozen=True)
class Gathered:
    """`unstated`: how many owners have not stated their teachers, so that they are counted."""

    inputs: Inputs
    unstated: int


def gather(cycle: Cycle, strand: Strand, on: date) -> Gathered:
    """Who takes part and what there is to give on a day. Raises InputsWrong for what contradicts itself."""
    cases = queries.approved(cycle.id, strand)
    runs = {run.offering_id: run.offering for case in cases for choice in case.ranked_choices for run in choice.runs if gives_seats(run.offering)}
    posts, unstated = queries.teachers_by_owner({case.owner_id for case in cases}, on)
    owners = {case.owner_id: case.owner.key for case in cases}
    return Gathered(
        Inputs(
            on=on.isoformat(), applicants=tuple(_applicants(cases, queries.homes(cycle.id, strand), on)), offerings=tuple(_offerings(runs, on)),
            owners=tuple(values.Owner(key, posts.get(number, 0)) for number, key in owners.items()),
            groups=groups.for_allocation(cycle.id, strand, {str(case.uuid) for case in cases}),
        ),
        len(unstated),
    )  # fmt: skip


def gives_seats(run: Offering) -> bool:
    """Whether its seats are given here; one whose institution admits by itself is money and no seat."""
    return run.mode is not EnrolmentMode.ELSEWHERE and run.seats is not None


def package(choice: Choice) -> tuple[str, ...]:
    """What a choice asks for, as it stands in the inputs."""
    return tuple(str(run.offering.uuid) for run in choice.runs if gives_seats(run.offering))


def _applicants(cases: Iterable[Application], homes: dict[int, Teacher], on: date) -> Iterable[values.Applicant]:
    regions = _regions(homes, on)
    for case in cases:
        choices = tuple(_choice(case, one) for one in case.ranked_choices)
        yield values.Applicant(str(case.uuid), case.owner.key, choices, case.rank, True, regions.get(case.person_id, ()), facts.state_may_pay(case))


def _choice(case: Application, choice: Choice) -> values.Choice:
    scheme = case.scheme or choice.scheme
    about = choice.subject or next((run.offering.module.subject for run in choice.runs), None)
    return values.Choice(package(choice), about.code if about else "", scheme.code if scheme else "")


def _regions(teachers: dict[int, Teacher], on: date) -> dict[int, tuple[str, ...]]:
    """By person, the codes of their regions on a day."""
    by_county = quotas.regions_by_county(on)
    return {person: tuple(sorted(by_county.get(one.county_id, ()))) for person, one in teachers.items()}


def _offerings(runs: dict[int, Offering], on: date) -> Iterable[values.Offering]:
    kept = quotas.of_offerings(runs)
    used = quotas.held([one.id for rows in kept.values() for one in rows])
    for number, run in runs.items():
        free = max(0, run.seats - run.seats_taken)
        minimum = max(0, (run.minimum or 0) - run.seats_taken)
        yield values.Offering(str(run.uuid), free, minimum, run.state is not Run.PUBLISHED, tuple(_quotas(kept.get(number, []), used, free, on)))


def _quotas(rows: Iterable[Quota], used: dict[int, int], free: int, on: date) -> Iterable[values.Quota]:
    """Their unused seats; where others have taken what was kept, the last in precedence give way."""
    unused = {one.id: Kept(one.id, one.kind, one.value, one.seats, used.get(one.id, 0)).unused for one in rows if one.kind is not QuotaKind.OPEN}
    fits = fitted(unused, free)
    for one in rows:
        released = one.release_on.isoformat() if one.release_on else None
        yield values.Quota(one.kind, one.value, fits.get(one.id, 0), released)
