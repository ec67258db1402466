"""Rows of the catalogue and of a teacher as the facts a plan is made from."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

from catalog.offers import rules as offer_rules
from catalog.offers.models import Module as ModuleRow
from catalog.offers.models import Offering
from catalog.values import MOST_CREDITS, Delivery, Semester, Term
from enrolment.planning import values
from enrolment.planning.values import Held, Reach
from enrolment.progress.asked import OverlapSet, Rule
from enrolment.progress.queries import Earned
from enrolment.progress.rules import evaluate, one_name_each
from enrolment.progress.values import Credit, CreditsNeeded, Kind, ModuleNeeded

NOTHING = Decimal(0)
ASSUMED_DAYS = 6  # a semester, where a run with gatherings or on campus does not state them; the page says so


def module(row: ModuleRow) -> values.Module:
    needs = tuple(
        ModuleNeeded(str(need.required_module.uuid)) if need.required_module else CreditsNeeded(need.subject.code, need.credits)
        for need in row.prerequisites if need.required
    )  # fmt: skip
    return values.Module(str(row.uuid), row.subject.code, row.credits, needs, content(row))


def content(row: ModuleRow) -> dict[str, Decimal | None]:
    return {tag.tag.value: tag.credits for tag in row.tags}


def run(row: Offering, module_key: str, counties: Collection[int]) -> values.Run:
    days = days_by_term(row)
    return values.Run(
        key=str(row.uuid), module=module_key, first=row.semester.number, terms=max(row.semesters, 1), days=days, dates=dates(row),
        fee=row.fee_oere or 0, reach=reach(row, days, counties),
    )  # fmt: skip


def are_days_stated(row: Offering) -> bool:
    return offer_rules.days_away(row.delivery, row.gathering_days, row.gatherings) is not None


def days_by_term(row: Offering) -> dict[int, int]:
    """Days away in each term: by the dates where they are known, else as stated for a semester, else as assumed."""
    most = offer_rules.days_away(row.delivery, row.gathering_days, row.gatherings)
    meetings = [meeting for meeting in row.gatherings if not meeting.online]
    if most and meetings and all(meeting.starts_on for meeting in meetings):
        return _by_dates(meetings)
    a_term = ASSUMED_DAYS if most is None else most
    return {row.semester.number + term: a_term for term in range(max(row.semesters, 1))} if a_term else {}


def _by_dates(meetings: Iterable) -> dict[int, int]:
    days: dict[int, int] = defaultdict(int)
    for meeting in meetings:
        days[term_of(meeting.starts_on)] += meeting.days
    return dict(days)


def term_of(day: date) -> int:
    return Semester(day.year, Term.AUTUMN if day.month >= 8 else Term.SPRING).number


def dates(row: Offering) -> frozenset[date]:
    """Every day with a gathering, online ones too: one cannot be in two."""
    spans = [(meeting.starts_on, meeting.days) for meeting in row.gatherings if meeting.starts_on]
    return frozenset(first + timedelta(days=number) for first, length in spans for number in range(length))


def reach(row: Offering, days: dict[int, int], counties: Collection[int]) -> Reach:
    """Online where nobody travels; in the region where every place that is known lies there."""
    if row.delivery is Delivery.ONLINE or not days:
        return Reach.ONLINE
    places = [meeting.municipality for meeting in row.gatherings if not meeting.online and meeting.municipality]
    places = places or ([row.municipality] if row.municipality else [])
    return Reach.REGION if places and all(place.county_id in counties for place in places) else Reach.ANYWHERE


def held(earned: Iterable[Earned], contents: dict[str, dict]) -> tuple[Held, ...]:
    """What one has or has a seat for, each content once in each subject it counts in; a seat can be built on from the term after it ends."""
    best: dict[tuple[str, str], Held] = {}
    for row in earned:
        credit = row.credit
        if credit.kind is Kind.CLAIMED or not _counts(credit):
            continue
        one = Held(credit.content, credit.subject, credit.credits, ready(row), contents.get(credit.module or "", {}) if row.recognition is None else {})
        known = best.get((one.key, one.subject), one)
        best[one.key, one.subject] = min(one, known, key=lambda each: (-each.credits, each.ready))
    return tuple(best[key] for key in sorted(best))


def with_equivalents(held: tuple[Held, ...], equivalents: Iterable[frozenset[str]]) -> tuple[Held, ...]:
    """The same, and for no credits the modules of the same content: what builds on one builds on the other."""
    own, same = {one.key: one for one in held}, one_name_each(equivalents)
    named = [(other, own[key]) for key in sorted(own.keys() & same.keys()) for other in sorted(same) if same[other] == same[key] and other not in own]
    return (*held, *(replace(one, key=other, credits=NOTHING, content={}) for other, one in dict(named).items()))


def counted_once(equivalents: Iterable[frozenset[str]]) -> tuple[OverlapSet, ...]:
    """Two modules of the same content share all of it; no study is larger than what falls away."""
    same = one_name_each(equivalents)
    pairs = [pair for name in sorted(set(same.values())) for pair in combinations(sorted(key for key in same if same[key] == name), 2)]
    return tuple(OverlapSet(frozenset(pair), MOST_CREDITS) for pair in pairs)


def _counts(credit: Credit) -> bool:
    return evaluate([credit], Rule(credit.subject)).counted[0].counted > 0


def ready(row: Earned) -> int:
    """The first term that can build on it: at once on what is passed, on a seat from the term after it ends."""
    if row.credit.kind is Kind.VERIFIED or row.enrolment is None or row.enrolment.offering.semester is None:
        return 0
    offering = row.enrolment.offering
    return offering.semester.number + max(offering.semesters, 1)
