"""What awards bind: those that have been made known in a study year, and those that an allocation run would give."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from catalog.values import Semester, Term
from enrolment.awarding import results
from enrolment.awarding.models import AllocationRun
from enrolment.money import queries
from enrolment.money.values import Award
from enrolment.participation import rules
from enrolment.participation.values import Part
from enrolment.rounds.pricing import Prices
from enrolment.seats.lifecycle import Seat


def of_year(study_year: int) -> list[Award]:
    """One for each study that a teacher has money for, and one for each part of the ledger with what is paid."""
    return _given(study_year, None) + [Award(row.strand, row.subject_id, row.scheme_id, 0, paid=int(row.oere)) for row in queries.paid_of_year(study_year)]


def of_counties(study_year: int, counties: Collection[int]) -> list[Award]:
    """One for each study that a teacher at a school in one of these counties has money for."""
    return _given(study_year, counties)


def _given(study_year: int, counties: queries.Counties) -> list[Award]:
    """Of a study that was interrupted no more is bound than what is paid for it, or, until the ledger has it, what has been confirmed."""
    prices, steps, ledger = Prices(), queries.steps_of_year(study_year, counties), queries.paid_of_interrupted(study_year)
    found = [_of_seat(row, rules.part(steps.get((row.enrolment_id, None), [])), study_year, prices, ledger) for row in queries.seats_given(study_year, counties)]
    away = [_elsewhere(row, rules.part(steps.get((None, row.choice_id), [])), study_year, prices, ledger) for row in queries.grants_elsewhere(study_year, counties)]
    return found + away


def _of_seat(row: Any, part: Part, study_year: int, prices: Prices, ledger: Mapping[UUID, int]) -> Award:
    ended = row.state is Seat.INTERRUPTED
    return _award(row, part, rules.study_begins(row.starts_on, row.semester, _first_day(study_year)), prices, ledger.get(row.seat) if ended else None, ended)


def _award(row: Any, part: Part, on: date, prices: Prices, paid: int | None, ended: bool) -> Award:
    """`on`: the day whose rates hold. `paid`: what the ledger has of a study that has ended; none = nothing yet."""
    scheme = row.scheme_id or row.asked_id
    share = prices.of(scheme, row.strand, row.subject or "", row.credits, on)
    confirmed = sum(rules.basis(part, rules.semesters_of(row.semester, row.semesters or 1), share).values()) if share and row.semester else 0
    bound = (confirmed if paid is None else paid) if ended else share
    return Award(row.strand, row.subject_id, scheme, bound, confirmed, owner=row.owner_id, person=row.person_id, county=row.county_id)


def _first_day(study_year: int) -> date:
    return rules.begins(Semester(study_year, Term.AUTUMN))


def _elsewhere(row: Any, part: Part, study_year: int, prices: Prices, ledger: Mapping[UUID, int]) -> Award:
    on = rules.study_begins(None, row.semester, _first_day(study_year))
    return _award(row, part, on, prices, ledger.get(row.choice) if part.interrupted else None, part.interrupted)


def of_run(run: AllocationRun) -> list[Award]:
    """What an allocation run would bind if it were made known as it stands."""
    frozen, result = results.read(run.frozen), results.read(run.result)
    return [award for _person, award in _would_give(run, _funded(frozen, result), Prices())]


def _funded(frozen: Mapping[str, Any], result: Mapping[str, Any]) -> list[tuple[str, int, dict]]:
    """Whom a run gives money: person, the number of the choice, and the choice."""
    asked = {one["key"]: one["choices"] for one in frozen["inputs"]["applicants"]}
    return [(one["key"], one["choice"], asked[one["key"]][one["choice"] - 1]) for one in result["people"] if one["money"] and one["choice"]]


@dataclass
class Share:
    """What a run gives the teachers of one owner: of so many applicants, how many get a place, in how many seats, how many get state money, and what it comes to
    in whole øre (`unknown` of the awards cannot be worked out)."""

    applicants: int = 0
    placed: int = 0
    seats: int = 0
    funded: int = 0
    bound: int = 0
    unknown: int = 0


def by_owner(run: AllocationRun) -> dict[str, Share]:
    """By the owner's key, as the run stands."""
    frozen, result = results.read(run.frozen), results.read(run.result)
    owner_of = {one["key"]: one["owner"] for one in frozen["inputs"]["applicants"]}
    found: dict[str, Share] = {owner: Share() for owner in owner_of.values()}
    for one in result["people"]:
        share = found[owner_of[one["key"]]]
        share.applicants += 1
        share.placed += one["choice"] is not None
        share.seats += len(one["seats"] or ())
        share.funded += bool(one["money"] and one["choice"])
    for person, award in _would_give(run, _funded(frozen, result), Prices()):
        share = found[owner_of[person]]
        share.bound, share.unknown = share.bound + (award.bound or 0), share.unknown + (award.bound is None)
    return found


def _would_give(run: AllocationRun, given: list[tuple[str, int, dict]], prices: Prices) -> Iterator[tuple[str, Award]]:
    first_day = run.cycle.rates_on
    studies = queries.runs({key for _person, _number, choice in given for key in choice["package"]})
    others = queries.choices_without_seats(run.cycle_id)
    for person, number, choice in given:
        scheme = prices.keys.get(choice["scheme"])
        for row in (studies[key] for key in choice["package"] if key in studies):
            on = rules.study_begins(row.starts_on, row.semester, first_day)
            yield person, Award(run.strand, row.subject_id, scheme, prices.of(scheme, run.strand, row.subject or "", row.credits, on))
        if not choice["package"] and (row := others.get((person, number))):
            credits = row.credits if row.of_module is None else row.of_module
            on = rules.study_begins(None, row.semester, first_day)
            yield person, Award(run.strand, row.subject_id, scheme, prices.of(scheme, run.strand, row.subject or "", credits, on))
