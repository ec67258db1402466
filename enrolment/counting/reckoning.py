"""What a page of studies means for one teacher: everything is read once, for all of them together."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import Row

from catalog.offers.models import Module, Offering
from catalog.offers.rules import days_away
from enrolment.counting import queries, rules
from enrolment.counting.rules import Adds, Busy, Demand
from enrolment.gonogo.queries import risk_rule
from enrolment.progress import account as accounts
from enrolment.progress import queries as progress
from enrolment.progress.account import Account
from enrolment.progress.rules import missing_prerequisites
from enrolment.progress.values import Credit, Kind
from enrolment.seats.models import Enrolment
from enrolment.seats.queries import Line, places_in_line


@dataclass(frozen=True)
class ForMe:
    """One study, and the run of it that is told of (none = none), for one teacher. `held`: they have the module, or are on their way."""

    module: Module
    run: Offering | None
    held: bool
    adds: Adds | None
    other_grades: bool
    lacking: Sequence[Row]  # what is required and neither verified nor on its way
    later: Sequence[Row]  # what is required and on its way
    requires: bool  # whether anything is required at all
    must_teach: bool
    clash: tuple[date, str] | None
    clash_free: bool  # it has dates, I have dates, and none are the same
    days_away: int | None
    seat: Enrolment | None
    line: Line | None
    demand: Demand | None
    may_not_start: bool


class Person:
    """One teacher on a day, as far as studies are judged for them."""

    def __init__(self, person_id: int, on: date):
        self.person_id, self.on = person_id, on

    @cached_property
    def account(self) -> Account:
        return accounts.of(self.person_id, self.on)

    @cached_property
    def seats(self) -> Sequence[Enrolment]:
        return queries.own_seats(self.person_id)

    @cached_property
    def lines(self) -> dict[int, Line]:
        return places_in_line(list(self.seats))

    @cached_property
    def busy(self) -> list[Busy]:
        return [
            Busy(meeting.starts_on, meeting.ends_on, seat.module.title or seat.module.code or "")
            for seat in self.seats for meeting in seat.offering.gatherings if meeting.starts_on
        ]  # fmt: skip

    @cached_property
    def held(self) -> set[str]:
        """The modules, by UUID, that credits are held in, claimed or on their way."""
        return {credit.module for credit in self.account.credits if credit.module}

    @cached_property
    def taught(self) -> set[int]:
        return {row.subject_id for row in self.account.teacher.teaching} if self.account.teacher else set()

    def of_kinds(self, *kinds: Kind) -> list[Credit]:
        return [credit for credit in self.account.credits if credit.kind in kinds]

    def lacking(self, required: Sequence[Row], *kinds: Kind) -> list[Row]:
        held = self.of_kinds(*kinds)
        return [row for row in required if missing_prerequisites([queries.needed(row)], held, self.account.overlap_sets, self.account.rules.equivalents)]


def reckon(person: Person, cards: Sequence[tuple[int, int | None]]) -> list[ForMe | None]:
    """Of each card, module and run by their keys; None where the module is gone."""
    page = _Page(person, {module for module, _run in cards}, {run for _module, run in cards if run})
    return [page.judge(module, run) for module, run in cards]


class _Page:
    def __init__(self, person: Person, modules: Collection[int], runs: Collection[int]):
        self.person = person
        self.modules, self.runs = queries.modules(modules), queries.runs(runs)
        self.required = queries.prerequisites(modules)
        self.sets = progress.overlaps(person.held | {str(module.uuid) for module in self.modules.values()})
        self.demand = queries.earlier_demand(modules, person.on)
        rule = risk_rule(person.on)
        self.days_before = rule.days_before if rule else rules.DAYS_BEFORE

    def judge(self, module_id: int, run_id: int | None) -> ForMe | None:
        module, run, me = self.modules.get(module_id), self.runs.get(run_id), self.person
        if module is None:
            return None
        required = self.required.get(module_id, ())
        lacking = me.lacking(required, Kind.VERIFIED, Kind.RUNNING, Kind.PLANNED)
        seat = next((one for one in me.seats if run and one.offering_id == run.id), None)
        clash = None if seat or run is None else rules.clash(_days(run), me.busy)
        return ForMe(
            module, run, str(module.uuid) in me.held, self._adds(module), self._other_grades(module), lacking,
            [row for row in me.lacking(required, Kind.VERIFIED) if row not in lacking], bool(required or module.must_teach), bool(module.must_teach and module.subject_id not in me.taught),
            clash, bool(run and not seat and not clash and me.busy and _days(run)),
            days_away(run.delivery, run.gathering_days, run.gatherings) if run else None,
            seat, me.lines.get(seat.id) if seat else None, self._demand(module_id, run), self._at_risk(run),
        )  # fmt: skip

    def _adds(self, module: Module) -> Adds | None:
        if module.credits is None or module.subject is None or str(module.uuid) in self.person.held:
            return None
        account, subject = self.person.account, module.subject.code
        planned = Credit(key=f"if-{module.uuid}", subject=subject, credits=module.credits, kind=Kind.PLANNED, module=str(module.uuid), strand=module.strand)
        return rules.adds(account.progress(subject), account.progress(subject, (planned,), self.sets), module.grades.bands)

    def _other_grades(self, module: Module) -> bool:
        """Whether it is in a subject that they teach, but for grades they do not."""
        teacher = self.person.account.teacher
        bands = {row.band for row in teacher.teaching if row.subject_id == module.subject_id} if teacher else set()
        return bool(bands and module.grades and not bands & set(module.grades.bands))

    def _demand(self, module_id: int, run: Offering | None) -> Demand | None:
        before = [row for row in self.demand.get(module_id, ()) if run is None or (row.id != run.id and (run.semester is None or row.semester < run.semester))]
        return Demand(before[0].applicants, before[0].seats, before[0].last or None) if before else None

    def _at_risk(self, run: Offering | None) -> bool:
        return run is not None and run.state == "published" and rules.may_not_start(
            taken=run.seats_taken, minimum=run.minimum, starts_on=run.starts_on, on=self.person.on, days_before=self.days_before
        )  # fmt: skip


def _days(run: Offering) -> list[tuple[date, date]]:
    return [(meeting.starts_on, meeting.ends_on) for meeting in run.gatherings if meeting.starts_on]
