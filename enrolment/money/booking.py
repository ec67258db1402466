"""One person's places and events as the rules take them, and the entries that come of them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from config.clock import day_of
from enrolment.applications.models import CaseStep, ChoiceRun
from enrolment.money import queries, rules
from enrolment.money.models import MoneyEntry
from enrolment.money.values import Booked, Happening, Line, PaidPlace, Reason, Repayment, Source, What
from enrolment.participation import queries as participation
from enrolment.participation.models import ParticipationStep
from enrolment.participation.rules import semesters_of, study_begins
from enrolment.rounds.pricing import Prices
from enrolment.seats.models import EnrolmentStep


@dataclass(frozen=True)
class Happened:
    """What one person's ledger is made of."""

    places: list[PaidPlace]
    happenings: list[Happening]


def repayment_rules() -> rules.Rules:
    """By reason and day, the rule that holds; of several the one that began last. Of the rows nothing is kept, as each person's commit would let go of them."""
    known = [(one.valid_from or date.min, one.valid_to or date.max, one.said) for one in queries.repayment_rules()]

    def holding(reason: Reason, on: date) -> Repayment | None:
        fitting = [(first, said.code, said) for first, last, said in known if said.reason is reason and first <= on <= last]
        return max(fitting, key=lambda one: one[:2])[2] if fitting else None

    return holding


def entries(runs: list[ChoiceRun], prices: Prices, claims: rules.Rules, at: datetime, identity: Callable[..., UUID] = lambda *_names: uuid4()) -> list[MoneyEntry]:
    """What is to be added to one person's ledger at a moment. `runs`: their places with money of which something has been said. `identity`: how an entry gets its
    own, from its enrolment, semester and position."""
    happened = gathered(runs, prices)
    by_place = {run.enrolment_id: run for run in runs}
    booked, positions = _booked(by_place)
    latest = {one.place: one for one in sorted(happened.happenings, key=lambda one: one.order)}
    expected = rules.ledger(happened.places, happened.happenings, claims)
    return [_entry(line, by_place[line.place], positions, at, identity) for line in rules.to_write(expected, booked, latest)]


def gathered(runs: list[ChoiceRun], prices: Prices) -> Happened:
    """From the rows alone."""
    steps = queries.decisions(run.choice.application_id for run in runs)
    return Happened([_place(run, prices, steps) for run in runs], list(_happenings(runs, prices, steps)))


def _place(run: ChoiceRun, prices: Prices, steps: dict[int, list[CaseStep]]) -> PaidPlace:
    case, module, offering = run.choice.application, run.offering.module, run.offering
    on = study_begins(offering.starts_on, offering.semester, case.cycle.rates_on)
    subject = module.subject.code if module.subject else ""
    shares = {key: prices.of(key, case.strand, subject, module.credits, on) for key in prices.keys.values()}
    told = steps[case.id]
    return PaidPlace(run.enrolment_id, case.id, tuple(semesters_of(offering.semester, offering.semesters)), shares, None if told else case.scheme_id or run.choice.scheme_id)


def _happenings(runs: list[ChoiceRun], prices: Prices, steps: dict[int, list[CaseStep]]) -> Iterator[Happening]:
    said, left = participation.steps(run.enrolment_id for run in runs), queries.left(run.enrolment_id for run in runs)
    for run in runs:
        place = run.enrolment_id
        yield from (_approved(step, place, prices.keys) for step in steps[run.choice.application_id])
        yield from (_said(step, place) for step in said[place])
        yield from (_left(step, place) for step in left[place])


def _approved(step: CaseStep, place: int, keys: dict[str, int]) -> Happening:
    return Happening(step.at, Source.CASE, step.id, place, What.APPROVE, day_of(step.at), scheme=keys.get(step.facts["scheme"]))


def _said(step: ParticipationStep, place: int) -> Happening:
    return Happening(step.at, Source.PART, step.id, place, What(step.event), day_of(step.at), semester=step.semester)


def _left(step: EnrolmentStep, place: int) -> Happening:
    return Happening(step.at, Source.SEAT, step.id, place, What.WITHDRAW, day_of(step.at))


def _booked(by_place: dict[int, ChoiceRun]) -> tuple[dict[tuple, list[Booked]], Counter]:
    """What stands, by place and semester in its order; and how many entries each of them has."""
    keys = {run.enrolment.uuid: key for key, run in by_place.items()}
    found, positions = defaultdict(list), Counter()
    for entry in queries.entries_of(keys):
        found[keys[entry.enrolment], entry.semester].append(Booked(entry.source, entry.source_row, entry.oere))
        positions[entry.enrolment, entry.semester] += 1
    return found, positions


def _entry(line: Line, run: ChoiceRun, positions: Counter, at: datetime, identity: Callable[..., UUID]) -> MoneyEntry:
    case, seat, because = run.choice.application, run.enrolment, line.because
    positions[seat.uuid, line.semester] += 1
    position = positions[seat.uuid, line.semester]
    return MoneyEntry(
        uuid=identity(seat.uuid, line.semester.code, position), owner_id=case.owner_id, study_year=case.cycle.study_year, strand=case.strand, scheme_id=line.scheme, subject_id=run.offering.module.subject_id,
        application=case.uuid, enrolment=seat.uuid, semester=line.semester, position=position, oere=line.oere, reason=line.reason, rule=line.rule,
        source=because.source, source_row=because.number, what=because.what, happened_at=because.at, booked_at=at, made_up=seat.made_up,
    )  # fmt: skip
