"""The rows of an owner's board: each case with its credits, its gap, its cost and its chances, read in as many questions as of one."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from uuid import UUID

from catalog.offers.sentences import title_of
from catalog.subjects.models import Subject
from catalog.values import Band, Strand
from enrolment.applications import groups
from enrolment.applications.lifecycle import Employer
from enrolment.applications.models import Application, Choice
from enrolment.board import queries, rules
from enrolment.board.models import OwnerList, ListRemark, SharingAnswer
from enrolment.board.values import Claim, Cuts, ExtraKind, Facts, Money, Need
from enrolment.progress import queries as progress_queries
from enrolment.progress import rules as progress_rules
from enrolment.progress import ruling
from enrolment.progress.ruling import Rules
from enrolment.progress.values import Credit, Kind
from enrolment.rounds import queries as round_queries
from enrolment.rounds import rules as round_rules
from enrolment.rounds.models import Cycle, Scheme
from enrolment.rounds.values import Dates, Step
from enrolment.staff import queries as staff_queries
from enrolment.staff import reckoning
from enrolment.staff.values import Gap

NONE = Decimal(0)


@dataclass(frozen=True)
class Standing:
    """Credits a teacher has in a subject now, and after a study; how many are required for what they teach (none: they do not teach it)."""

    now: Decimal
    after: Decimal
    required: Decimal | None

    @property
    def without(self) -> bool:
        return self.required is not None and self.now < self.required

    @property
    def gap(self) -> Fraction:
        return Fraction(max(self.required - self.now, NONE)) / Fraction(self.required) if self.required else Fraction(0)


@dataclass(frozen=True)
class ModuleCost:
    """What one module of a package costs, and the share of a full post that it takes."""

    title: str
    credits: Decimal
    money: Money
    release: Decimal


@dataclass(frozen=True)
class Costed:
    """One choice with what it costs: none where the year's rate or its credits are not known. `release` is the share of a full post; `modules` are
    those of a package of several, whose sums the package's figures are."""

    choice: Choice
    credits: Decimal | None
    money: Money | None
    release: Decimal | None
    modules: tuple[ModuleCost, ...] = ()


@dataclass(frozen=True)
class Row:
    """One case on the board. `choice` is the one the owner's scheme fits, else the first."""

    case: Application
    choice: Costed | None
    costs: tuple[Costed, ...]
    standing: Standing | None
    uncovered: Gap | None
    refused_before: int
    extras: dict[ExtraKind, int]
    remarks: tuple[ListRemark, ...]
    answer: SharingAnswer | None
    need: Need
    likely: bool | None
    together: tuple[Application, ...]  # others of its group before the owner that stand alike, and are decided with it

    @property
    def key(self) -> str:
        return str(self.case.uuid)

    @property
    def subject(self) -> Subject | None:
        return self.choice.choice.subject if self.choice else None

    @property
    def scheme(self) -> Scheme | None:
        return self.case.scheme or (self.choice.choice.scheme if self.choice else None)

    @property
    def schemes(self) -> list[Scheme]:
        """Those the teacher listed, in their order, each once."""
        return list(dict.fromkeys(one.scheme for one in self.case.ranked_choices if one.scheme))

    @property
    def may_be_approved(self) -> bool:
        """Whether there is a scheme to approve it with, where it needs one."""
        return bool(self.schemes) or self.case.strand is Strand.IN_SERVICE

    @property
    def title(self) -> str:
        return title_of_choice(self.choice.choice) if self.choice else ""

    @property
    def money(self) -> Money | None:
        extra = sum(self.extras.values())
        known = self.choice.money if self.choice else None
        return known + Money(extra=extra) if known else None

    @property
    def facts(self) -> Facts:
        gap = self.uncovered
        share = Fraction(gap.without, gap.teachers - gap.unknown) if gap and gap.teachers > gap.unknown else None
        stands = self.standing
        return Facts(share, bool(stands and stands.without), stands.gap if stands else Fraction(0), bool(self.refused_before))

    @property
    def claim(self) -> Claim:
        return Claim(self.key, self.facts, Fraction(self.standing.now if self.standing else NONE), str(self.case.sent_at or ""))


def title_of_choice(choice: Choice) -> str:
    """The titles of the package's modules, or of the study elsewhere."""
    return " + ".join(dict.fromkeys(title_of(run.offering.module) for run in choice.runs)) or choice.title or ""


def credits_of(choice: Choice) -> Decimal | None:
    """All the credits of a package; none where one of its modules does not state them."""
    if not choice.runs:
        return choice.credits
    each = [run.offering.module.credits for run in choice.runs]
    return None if None in each else sum(each, NONE)


def _parts(choice: Choice) -> list[tuple[str, Decimal | None]]:
    """The modules of a package, or the study elsewhere as a whole, each with its title and credits."""
    if not choice.runs:
        return [(choice.title or "", choice.credits)]
    return [(title_of(run.offering.module), run.offering.module.credits) for run in choice.runs]


@dataclass(frozen=True)
class Board:
    """Everything an owner sees of a round and strand on a day."""

    cycle: Cycle
    strand: Strand
    dates: Dates
    on: date
    list: OwnerList
    rows: Sequence[Row]
    weights: dict[str, int]
    remarks: Sequence[ListRemark]  # of the list as a whole
    funded_last: int | None

    def row(self, uuid: UUID) -> Row | None:
        return next((one for one in self.rows if one.case.uuid == uuid), None)

    @cached_property
    def approved(self) -> list[Row]:
        return [one for one in self.rows if one.case.employer is Employer.APPROVED]

    @cached_property
    def ranked(self) -> list[Row]:
        return sorted((one for one in self.approved if one.case.rank is not None), key=lambda one: one.case.rank)

    @cached_property
    def unranked(self) -> list[Row]:
        """Those approved without a number, in the order the criteria suggest."""
        place = {key: number for number, key in enumerate(self.suggested)}
        return sorted((one for one in self.approved if one.case.rank is None), key=lambda one: place[one.key])

    @cached_property
    def suggested(self) -> list[str]:
        return rules.suggested([one.claim for one in self.approved], self.weights)

    @cached_property
    def deviating(self) -> set[str]:
        """Those that stand elsewhere than suggested; where it could be one or another, one that has its reason."""
        reasoned = {one.key for one in self.ranked if one.case.rank_reason}
        points = {one.key: rules.points(one.facts, self.weights) for one in self.ranked}
        return rules.deviating([one.key for one in self.ranked], points, reasoned)

    @property
    def unexplained(self) -> list[Row]:
        return [one for one in self.ranked if one.key in self.deviating and not one.case.rank_reason]

    @property
    def undecided(self) -> list[Row]:
        return [one for one in self.rows if one.case.employer in rules.WAITING]

    @property
    def state_places(self) -> int | None:
        return self.list.state_places if self.list.state_places is not None else self.funded_last

    @property
    def cuts(self) -> Cuts:
        places = self.state_places
        amounts = [one.money.ours if one.money else 0 for one in self.ranked]
        return Cuts(
            None if places is None else min(places, len(self.ranked)), rules.within(amounts, self.list.budget_oere), rules.first_unlikely([one.likely for one in self.ranked])
        )

    def total(self, rows: Sequence[Row]) -> Money:
        return rules.total(one.money for one in rows)

    def grouped(self, rows: Sequence[Row]) -> list[tuple[Need, list[Row]]]:
        """By what needs doing, in that order; empty groups are left out."""
        groups: dict[Need, list[Row]] = defaultdict(list)
        for one in rows:
            groups[one.need].append(one)
        return [(need, groups[need]) for need in Need if groups[need]]


def board(owner_id: int, cycle: Cycle, strand: Strand, *, on: date, at: datetime, wanted: Callable[[Application], bool] = lambda case: True) -> Board:
    """An owner's board; `wanted` narrows the rows to some cases, before anything is reckoned of them."""
    cases = queries.cases(owner_id, cycle.id, strand)
    known = queries.owner_list(owner_id, cycle.id, strand)
    remarks = queries.remarks(owner_id, cycle.id, strand)
    rows = _Reckoner(owner_id, cycle, strand, known, cases, [case for case in cases if wanted(case)], remarks, on).rows()
    weights = {one.kind: one.weight for one in round_queries.criteria(on, at)}
    whole = [one for one in remarks if one.application_id is None]
    return Board(cycle, strand, cycle.dates_of(strand), on, known, rows, weights, whole, queries.funded_last(owner_id, strand, cycle.study_year))


class _Reckoner:
    """What all the rows are reckoned from, read once."""

    def __init__(
        self, owner_id: int, cycle: Cycle, strand: Strand, known: OwnerList, everybody: Sequence[Application], cases: Sequence[Application],
        remarks: Sequence[ListRemark], on: date,
    ):  # fmt: skip
        people = [case.person_id for case in cases]
        self.strand, self.on, self.everybody, self.cases = strand, on, everybody, cases
        self.last_day = cycle.dates_of(strand).on(Step.OWNER)
        self.rates_on = cycle.rates_on
        self.work_year = known.work_year_oere or round_queries.work_year_oere(on)
        self.schemes = {one.id: one for one in round_queries.schemes()}
        self.histories = {person: [one.credit for one in earned] for person, earned in progress_queries.histories(people, on).items()}
        modules = {credit.module for earned in self.histories.values() for credit in earned if credit.module}
        modules |= {str(run.offering.module.uuid) for case in cases for choice in case.choices for run in choice.runs}
        self.overlaps = progress_queries.overlaps(modules)
        self.rules = Rules(goals=ruling.goals(on), equivalents=ruling.equivalents(modules))
        self.taught, self.required = queries.taught_by(people), staff_queries.requirements(on)
        self.dispensed = queries.dispensed(people, on)
        self.gaps = reckoning.of_schools(owner_id, on)
        self.refused = queries.refused_before(owner_id, people, cycle.id)
        self.extras, self.answers = queries.extras(case.id for case in cases), queries.answers([case.id for case in cases])
        self.remarks: dict[int | None, list[ListRemark]] = defaultdict(list)
        for one in remarks:
            self.remarks[one.application_id].append(one)
        runs = {run.offering_id for case in cases for choice in case.ranked_choices[:1] for run in choice.runs}
        self.wanted = queries.wanted_first(runs, cycle.id)
        self.ours = self._ours()
        self.known, self.fellows = {case.uuid: case for case in everybody}, groups.fellows([case.uuid for case in cases])

    def _ours(self) -> dict[int, dict[int, int]]:
        """By run, the number of each approved case among this owner's own, in the order of the list."""
        found: dict[int, dict[int, int]] = defaultdict(dict)
        approved = [case for case in self.everybody if case.employer is Employer.APPROVED]
        for case in sorted(approved, key=lambda one: (one.rank is None, one.rank or 0, one.id)):
            for run in case.ranked_choices[0].runs if case.ranked_choices else ():
                found[run.offering_id][case.id] = len(found[run.offering_id]) + 1
        return found

    def rows(self) -> list[Row]:
        return [self._row(case) for case in self.cases]

    def _row(self, case: Application) -> Row:
        costs = tuple(self._costed(choice) for choice in case.ranked_choices)
        chosen = next((one for one in costs if case.scheme_id in (None, one.choice.scheme_id)), costs[0] if costs else None)
        return Row(
            case=case, choice=chosen, costs=costs, standing=self._standing(case, chosen), uncovered=self._uncovered(case, chosen),
            refused_before=self.refused[case.person_id], extras={one.kind: one.oere for one in self.extras[case.id]}, remarks=tuple(self.remarks[case.id]),
            answer=self.answers.get(case.id), need=rules.need(case.employer, case.rank, self.last_day, self.on), likely=self._likely(case),
            together=self._together(case),
        )  # fmt: skip

    def _costed(self, choice: Choice) -> Costed:
        credits = credits_of(choice)
        if self.strand is Strand.IN_SERVICE:  # nobody is released by a rate for it
            return Costed(choice, credits, Money(), NONE)
        scheme = self.schemes.get(choice.scheme_id)
        rate = scheme.rate(self.strand, choice.subject.code if choice.subject else "", self.rates_on) if scheme else None
        if credits is None or rate is None or self.work_year is None:
            return Costed(choice, credits, None, None)
        parts = [ModuleCost(title, each, Money(*round_rules.cost(each, rate.split, self.work_year)), round_rules.release(each, rate.split)) for title, each in _parts(choice)]
        return Costed(choice, credits, rules.total(one.money for one in parts), sum((one.release for one in parts), NONE), tuple(parts) if len(parts) > 1 else ())

    def _standing(self, case: Application, chosen: Costed | None) -> Standing | None:
        subject = chosen.choice.subject if chosen else None
        if subject is None:
            return None
        held = [one for one in self.histories[case.person_id] if one.kind is Kind.VERIFIED and one.subject == subject.code]
        taught = [self._asked(case.person_id, subject.id, row.band) for row in self.taught[case.person_id] if row.subject_id == subject.id]
        now, after = (self._verified(subject.code, held + more) for more in ([], _coming(chosen.choice, subject)))
        return Standing(now, after, max((one for one in taught if one is not None), default=None))

    def _asked(self, person_id: int, subject_id: int, band: Band) -> Decimal | None:
        """What is required of somebody in a band, or what the owner asks instead, for a time."""
        instead = [one.credits for one in self.dispensed.get((person_id, subject_id), ()) if one.band in (None, band)]
        return min(instead, default=self.required.get((subject_id, band)))

    def _verified(self, subject: str, credits: list[Credit]) -> Decimal:
        if not credits:
            return NONE
        return progress_rules.evaluate(credits, self.rules.of(subject, self.overlaps), self.on).verified

    def _uncovered(self, case: Application, chosen: Costed | None) -> Gap | None:
        """Of those who teach the subject at the school, by the owner's own register."""
        subject = chosen.choice.subject_id if chosen else None
        here = self.gaps.get(case.school_id, {})
        found = [gap for (taught, _band), gap in here.items() if taught == subject]
        return sum(found, Gap()) if found else None

    def _likely(self, case: Application) -> bool | None:
        first = case.ranked_choices[0] if case.ranked_choices else None
        if first is None or case.employer is not Employer.APPROVED:
            return None
        each = [self._seat(run.offering, case) for run in first.runs]
        return False if False in each else None if None in each or not each else True

    def _together(self, case: Application) -> tuple[Application, ...]:
        others = (self.known[uuid] for uuid in self.fellows.get(case.uuid, ()) if uuid in self.known)
        return tuple(one for one in others if rules.decided_alike(case.employer, one.employer))

    def _seat(self, run, case: Application) -> bool | None:
        free = None if run.seats is None else max(run.seats - run.seats_taken, 0)
        ours = self.ours[run.id]
        return rules.seat_is_likely(free=free, wanted=max(self.wanted[run.id], len(ours)), ours=len(ours), number=ours[case.id])


def _coming(choice: Choice, subject: Subject) -> list[Credit]:
    """What a study would give if it were passed, in its own subject."""
    if not choice.runs:
        return [Credit(f"choice-{choice.uuid}", subject.code, choice.credits, Kind.VERIFIED)] if choice.credits else []
    modules = {run.offering.module for run in choice.runs}
    counted = [one for one in modules if one.credits is not None and one.subject_id == subject.id]
    return [Credit(f"choice-{one.uuid}", subject.code, one.credits, Kind.VERIFIED, module=str(one.uuid), strand=one.strand) for one in counted]
