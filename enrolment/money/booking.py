"""One person's studies and events as the rules take them, and the entries that come of them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from config.clock import day_of
from enrolment.applications.models import CaseStep
from enrolment.money import queries, rules
from enrolment.money.models import MoneyEntry
from enrolment.money.values import Booked, Happening, Line, PaidPlace, Place, Reason, Repayment, Source, What
from enrolment.participation import queries as participation
from enrolment.participation.models import ParticipationStep
from enrolment.participation.studies import Study
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


def entries(studies: list[Study], prices: Prices, claims: rules.Rules, at: datetime, identity: Callable[..., UUID] = lambda *_names: uuid4()) -> list[MoneyEntry]:
    """What is to be added to one person's ledger at a moment. `studies`: theirs with money of which something has been said. `identity`: how an entry gets its
    own, from its study, semester and position."""
    happened = gathered(studies, prices)
    by_place = {one.place: one for one in studies}
    booked, positions = _booked(by_place)
    latest = {one.place: one for one in sorted(happened.happenings, key=lambda one: one.order)}
    expected = rules.ledger(happened.places, happened.happenings, claims)
    return [_entry(line, by_place[line.place], positions, at, identity) for line in rules.to_write(expected, booked, latest)]


def gathered(studies: list[Study], prices: Prices) -> Happened:
    """From the rows alone."""
    steps = queries.decisions(one.case.id for one in studies)
    return Happened([_place(one, prices, steps) for one in studies], list(_happenings(studies, prices, steps)))


def _place(study: Study, prices: Prices, steps: dict[int, list[CaseStep]]) -> PaidPlace:
    case = study.case
    shares = {key: prices.of(key, case.strand, study.subject_code, study.credits, study.begins_on) for key in prices.keys.values()}
    return PaidPlace(study.place, case.id, tuple(study.semesters), shares, None if steps[case.id] else case.scheme_id or study.choice.scheme_id)


def _happenings(studies: list[Study], prices: Prices, steps: dict[int, list[CaseStep]]) -> Iterator[Happening]:
    said, left = participation.steps(studies), queries.left(one.run.enrolment_id for one in studies if one.run)
    for study in studies:
        yield from (_approved(step, study.place, prices.keys) for step in steps[study.case.id])
        yield from (_said(step, study.place) for step in said[study.key])
        yield from (_left(step, study.place) for step in (left[study.run.enrolment_id] if study.run else ()))


def _approved(step: CaseStep, place: Place, keys: dict[str, int]) -> Happening:
    return Happening(step.at, Source.CASE, step.id, place, What.APPROVE, day_of(step.at), scheme=keys.get(step.facts["scheme"]))


def _said(step: ParticipationStep, place: Place) -> Happening:
    return Happening(step.at, Source.PART, step.id, place, What(step.event), day_of(step.at), semester=step.semester)


def _left(step: EnrolmentStep, place: Place) -> Happening:
    return Happening(step.at, Source.SEAT, step.id, place, What.WITHDRAW, day_of(step.at))


def _booked(by_place: dict[Place, Study]) -> tuple[dict[tuple, list[Booked]], Counter]:
    """What stands, by place and semester in its order; and how many entries each of them has."""
    places = {one.uuid: place for place, one in by_place.items()}
    found, positions = defaultdict(list), Counter()
    for entry in queries.entries_of(places):
        found[places[entry.enrolment], entry.semester].append(Booked(entry.source, entry.source_row, entry.oere))
        positions[entry.enrolment, entry.semester] += 1
    return found, positions


def _entry(line: Line, study: Study, positions: Counter, at: datetime, identity: Callable[..., UUID]) -> MoneyEntry:
    case, because = study.case, line.because
    positions[study.uuid, line.semester] += 1
    position = positions[study.uuid, line.semester]
    return MoneyEntry(
        uuid=identity(study.uuid, line.semester.code, position), owner_id=case.owner_id, study_year=case.cycle.study_year, strand=case.strand, scheme_id=line.scheme,
        subject_id=study.subject.id if study.subject else None, application=case.uuid, enrolment=study.uuid, semester=line.semester, position=position, oere=line.oere,
        reason=line.reason, rule=line.rule, source=because.source, source_row=because.number, what=because.what, happened_at=because.at, booked_at=at, made_up=study.made_up,
    )  # fmt: skip
