"""What becomes of each person when a run is cancelled or joined with another, gathered from the rows."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from catalog.offers.models import Offering
from enrolment.gonogo import queries, rules
from enrolment.gonogo.models import RiskRule, StartDecision
from enrolment.gonogo.reaching import Reaching
from enrolment.gonogo.values import Pair, Reach, Seen, Size
from enrolment.seats import queries as seats
from enrolment.seats.models import Enrolment
from enrolment.seats.queries import Line


@dataclass(frozen=True)
class Option:
    """A run that somebody could take instead, and how they can get at it."""

    run: Offering
    reach: Reach


@dataclass(frozen=True)
class Concerned:
    """One person in a run: their seat or place in the queue, their school, and what they could take instead."""

    enrolment: Enrolment
    school: str | None
    line: Line | None
    options: tuple[Option, ...]

    @property
    def uuid(self) -> UUID:
        return self.enrolment.uuid


def of_cancelling(run: Offering, on: date) -> list[Concerned]:
    """Everybody in a run, by name, with what each could take instead: within reach, with free seats, and not taken by them already."""
    people, open_runs, reaching = queries.people_in(run.id), queries.alternatives_to(run, on), Reaching(on)
    taken = queries.taken_elsewhere({one.person_id for one, _school, _county in people}, run, {other.module_id for other in open_runs})
    lines = seats.places_in_line([one for one, _school, _county in people])

    def options(enrolment: Enrolment, county: int | None) -> tuple[Option, ...]:
        fit = (other for other in open_runs if (enrolment.person_id, other.module_id) not in taken)
        return tuple(Option(other, how) for other in fit if (how := reaching.reach(county, other)))

    return [Concerned(one, school, lines.get(one.id), options(one, county)) for one, school, county in people]


def of_joining(source: Offering, target: Offering, on: date) -> list[tuple[Concerned, Reach | None]]:
    """Everybody in a run, by name, each with how they can get at the run they would be moved to."""
    people, reaching = queries.people_in(source.id), Reaching(on)
    lines = seats.places_in_line([one for one, _school, _county in people])
    return [(Concerned(one, school, lines.get(one.id), ()), reaching.reach(county, target)) for one, school, county in people]


def seen(people: list[Concerned]) -> Seen:
    """What a page of these people shows, to tell later whether it still is so."""
    runs = {str(option.run.uuid) for one in people for option in one.options}
    return Seen({str(one.uuid): str(one.enrolment.state) for one in people}, frozenset(runs))


@dataclass(frozen=True)
class Joining:
    """Two runs that could be joined, and how many of the people of the first can get at the second."""

    source: Offering
    target: Offering
    pair: Pair
    reachable: int


@dataclass(frozen=True)
class Radar:
    """The runs that begin soon: those that lack participants, those that have enough, what was decided, and which could be joined."""

    rule: RiskRule | None
    until: date
    lacking: list[Offering]
    enough: list[Offering]
    decided: dict[int, StartDecision]
    joinings: list[Joining]


def radar(institution_id: int, on: date) -> Radar:
    """Of an institution on a day. Without a rule nothing is at risk."""
    rule = queries.risk_rule(on)
    until = rules.last_start_at_risk(on, rule.days_before if rule else 0)
    runs = list(queries.starting(institution_id, on, until)) if rule else []
    lacking = [run for run in runs if run.seats_taken < run.minimum]
    enough = [run for run in runs if run.seats_taken >= run.minimum]
    return Radar(rule, until, lacking, enough, queries.decisions(runs), _joinings(lacking, on))


def _joinings(lacking: list[Offering], on: date) -> list[Joining]:
    """Those that could be joined with another run of the module in the semester."""
    if not lacking:
        return []
    runs = {run.id: run for run in queries.beside(lacking, on)}
    groups: dict[tuple, list[Size]] = {}
    for run in runs.values():
        groups.setdefault((run.module_id, run.semester), []).append(size_of(run))
    named = {run.id for run in lacking}
    found = [pair for sizes in groups.values() for pair in rules.pairs(sizes) if named & {pair.source, pair.target}]
    return _with_reach(found, runs, on)


def _with_reach(found: list[Pair], runs: dict[int, Offering], on: date) -> list[Joining]:
    if not found:
        return []
    reaching, homes = Reaching(on), queries.homes({pair.source for pair in found})
    return [
        Joining(runs[pair.source], runs[pair.target], pair, sum(bool(reaching.reach(county, runs[pair.target])) for run, county in homes if run == pair.source))
        for pair in found
    ]


def size_of(run: Offering) -> Size:
    return Size(run.id, run.seats or 0, run.seats_taken, run.waiting, run.minimum or 0)
