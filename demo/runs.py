"""Made-up runs: of the made-up modules as they are written, and of every real module that states its credits.

Semesters are counted from the first coming one (dates.py). The runs of the first two are published and open now or soon,
those after are planned; the ones before have begun or are over.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from accounts import audit
from accounts.acting import Actor
from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Gathering, Module, Offering
from catalog.values import Delivery, EnrolmentMode, Semester, Term
from config.clock import start_of
from config.database import db
from demo import dates
from demo.dates import Dates
from demo.dice import Dice, Seed
from demo.registers import Registers
from demo.studies import Named, Studies

TOWNS = {  # where an institution teaches, by municipality, for runs that do not say otherwise
    "HVL": "4601", "UiB": "4601", "NLA": "4601", "NHH": "4601", "UiS": "1103", "UiA": "4204", "HVO": "1577", "HiM": "1506",
    "NTNU": "5001", "DMMH": "5001", "Nord": "1804", "UiT": "5501", "SH": "5612", "OsloMet": "0301", "UiO": "0301", "NIH": "0301",
    "NMH": "0301", "MF": "0301", "VID": "0301", "Steiner": "0301", "BI": "0301", "NMBU": "3218", "USN": "3901", "HiØ": "3101",
    "INN": "3403",
}  # fmt: skip
FORMS = {Delivery.BLENDED: (2, 2), Delivery.GATHERINGS: (2, 2, 2, 2)}  # days of each gathering, where nobody has said
FEW = "Avlyst: for få påmeldte."


class Kind(StrEnum):
    HELD = "held"  # has begun, or is over
    OPEN = "open"
    SOON = "soon"
    PLANNED = "planned"
    CANCELLED = "cancelled"
    DRAFT = "draft"


@dataclass(frozen=True)
class Plan:
    """One run before it is a row. `number` tells runs of one module in one semester apart."""

    module: Module
    named: Named
    number: int
    offset: int
    kind: Kind
    semester: Semester
    semesters: int
    dates: Dates
    delivery: Delivery
    days: tuple[int, ...]
    town: str
    language: str
    seats: int
    fee: str
    reason: str | None = None
    in_letters: bool = True
    group: str | None = None
    people: int | None = None  # how many have enrolled, where it is told beforehand

    @property
    def key(self) -> tuple[str, str, int, int]:
        return *self.named, self.offset, self.number

    @property
    def is_over(self) -> bool:
        """Ended before the semester of today; what ends in it waits for its results."""
        return self.offset + self.semesters - 1 < -1


class Runs:
    """The runs as they are added, each with its plan."""

    def __init__(self, seed: Seed, registers: Registers, editors: dict[str, Actor], today: date):
        self.seed, self.registers, self.editors, self.today = seed, registers, editors, today
        self.first = dates.first_coming(today)
        self.codes = {key: code for code, (key, _name) in registers.municipalities.items()}
        self.rows: dict[tuple, tuple[Plan, Offering]] = {}

    def add(self, studies: Studies, real: Iterable[Module], *, years_back: int, groups: int, kept_open: set[tuple]) -> None:
        """`years_back`: how many years of history every made-up module has; `groups`: parallel runs.

        `kept_open`: those that must be open now.
        """
        for plan in (*self._written(studies, years_back, groups, kept_open), *self._of_real(real)):
            if plan.key not in self.rows:
                self.put(plan)
        db.session.flush()

    def put(self, plan: Plan) -> None:
        self.rows[plan.key] = plan, self._row(plan)

    def _written(self, studies: Studies, years_back: int, groups: int, kept_open: set[tuple]) -> Iterator[Plan]:
        for named, said in studies.said.items():
            course, module = studies.courses[named], studies.modules[named]
            towns = course.places or (TOWNS[named[0]],)
            back = range(-2 * years_back, 0) if module.state is Publication.PUBLISHED else ()
            wanted = {
                **dict.fromkeys(back, None), **dict.fromkeys(said.past, None), **dict.fromkeys(said.runs, None),
                **dict.fromkeys(said.drafts, Kind.DRAFT), **dict.fromkeys(said.cancelled, Kind.CANCELLED),
            }  # fmt: skip
            for offset, kind in wanted.items():
                extra = (said.also_in,) if said.also_in and offset == max(said.runs) else ()
                for number, town in enumerate((*towns * groups, *extra)):
                    yield self._plan(
                        module, named, number, self._begins(offset, course.begins), kind, kept_open, semesters=said.semesters,
                        delivery=Delivery(course.delivery), days=course.days, town=town, language=course.language, seats=course.seats,
                        fee=course.fee, reason=said.cancelled_reason or FEW, in_letters=course.in_letters,
                    )  # fmt: skip

    def _begins(self, offset: int, term: str | None) -> int:
        """The semester before, where this one is spring and the study begins in autumn."""
        return offset - 1 if term == "autumn" and self.first.plus(offset).term is Term.SPRING else offset

    def _plan(
        self, module: Module, named: Named, number: int, offset: int, kind: Kind | None, kept_open: set[tuple], *, semesters: int, **facts
    ) -> Plan:
        dice = self.seed.dice("run", *named, offset, number)
        kind = kind or self._kind(dice, offset, (*named, offset, number) in kept_open)
        semester = self.first.plus(offset)
        return Plan(module, named, number, offset, kind, semester, semesters, self._dates(kind, semester, semesters, dice), **facts)

    def _kind(self, dice: Dice, offset: int, kept_open: bool) -> Kind:
        if offset < 0:
            return Kind.HELD
        if offset > 1:
            return Kind.PLANNED
        if kept_open:
            return Kind.OPEN
        return dice.one_of((Kind.OPEN, Kind.OPEN, Kind.OPEN, Kind.SOON) if offset == 0 else (Kind.OPEN, Kind.SOON, Kind.PLANNED))

    def _dates(self, kind: Kind, semester: Semester, semesters: int, dice: Dice) -> Dates:
        if kind is Kind.PLANNED:
            return Dates()
        when = {Kind.HELD: dates.held, Kind.SOON: dates.opens_soon, Kind.DRAFT: dates.opens_soon}.get(kind, dates.open_now)
        return when(semester, semesters, self.today, dice)

    def _of_real(self, real: Iterable[Module]) -> Iterator[Plan]:
        """One coming run of each, and mostly one more a year later: when and how the institution gives it, if it says so."""
        for module in real:
            named = module.institution.code, module.slug
            dice = self.seed.dice("real", *named)
            offset = self._usual_offset(module, dice)
            for place, at in enumerate((offset, offset + 2)):
                if place == 0 or dice.chance(0.75):
                    yield self._plan(module, named, 0, at, None, set(), semesters=1, **self._usual_form(module, dice))

    def _usual_offset(self, module: Module, dice: Dice) -> int:
        terms = {run.semester.term for run in module.offerings if run.semester and run.semesters == 1}
        if len(terms) == 1:
            return 0 if self.first.term in terms else 1
        return dice.between(0, 1)

    def _usual_form(self, module: Module, dice: Dice) -> dict:
        delivery = _stated(run.delivery for run in module.offerings) or Delivery.GATHERINGS
        stated = _stated(self.codes.get(run.municipality_id) for run in module.offerings)
        return {
            "delivery": delivery, "days": FORMS.get(delivery, ()), "town": stated or TOWNS[module.institution.code],
            "language": module.language or "nb", "seats": _stated(run.seats for run in module.offerings) or dice.between(10, 17) * 2,
            "fee": _stated(run.fee_text for run in module.offerings) or "Semesteravgift",
        }  # fmt: skip

    def _row(self, plan: Plan) -> Offering:
        town_id, town = self.registers.municipalities[plan.town]
        somewhere = plan.delivery is not Delivery.ONLINE
        row = Offering(
            uuid=self.seed.uuid("run", *plan.key), module=plan.module, semester=plan.semester, semesters=plan.semesters,
            mode=EnrolmentMode.DIRECT, delivery=plan.delivery, part_time=True, place=town if somewhere else None,
            municipality_id=town_id if somewhere else None, language=plan.language, fee_text=plan.fee, seats=plan.seats,
            minimum=min(plan.seats // 2, 12), group_name=plan.group, made_up=True, state=Run.DRAFT,
            gathering_days=sum(plan.days) if plan.days and plan.kind is Kind.PLANNED else None, starts_on=plan.dates.starts_on,
            ends_on=plan.dates.ends_on, opens_on=plan.dates.opens_on, apply_by=plan.dates.apply_by,
            queue_closes_on=plan.dates.queue_closes_on, gatherings=list(self._gatherings(plan, town_id, town)),
        )  # fmt: skip
        db.session.add(row)
        self._announce(plan, row)
        return row

    def _gatherings(self, plan: Plan, town_id: int, town: str) -> Iterator[Gathering]:
        spans = dates.gatherings(plan.dates, plan.semester, plan.semesters, plan.days)
        for number, (first, last) in enumerate(spans):
            uuid = self.seed.uuid("gathering", *plan.key, number)
            yield Gathering(uuid=uuid, starts_on=first, ends_on=last, place=town, municipality_id=town_id)

    def _announce(self, plan: Plan, row: Offering) -> None:
        """Through the rules that an editor meets. What is announced later than today is announced half a year before it opens."""
        if plan.kind is Kind.DRAFT:
            return
        at = start_of(min(self.today, plan.dates.opens_on or self.today).replace(day=1))
        self._step(row, "plan" if plan.kind is Kind.PLANNED else "publish", plan, at)
        if plan.kind is Kind.CANCELLED:
            self._step(row, "cancel", plan, start_of(self.today))

    def _step(self, row: Offering, event: str, plan: Plan, at: datetime) -> None:
        before, actor = row.state, self.editors.get(plan.named[0])
        if event == "cancel":
            row.cancel(plan.reason)
        else:
            getattr(row, event)(at)
        audit.record(
            "offering", row.uuid, event, by=actor, at=at, organisation_id=plan.module.institution_id, from_state=before,
            to_state=row.state, why=row.cancelled_reason,
        )  # fmt: skip



def _stated(values: Iterable):
    """The first that is stated."""
    return next((value for value in values if value), None)
