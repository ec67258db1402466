"""One teacher's progress put together: a card for each subject they teach or hold credits in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from catalog.offers.lifecycle import Run
from catalog.offers.models import Module, Offering
from catalog.offers.rules import can_be_applied_for, first_day_of
from catalog.subjects.models import Subject
from catalog.values import Delivery, Tag
from enrolment.progress import queries, rules, ruling
from enrolment.progress.queries import Earned
from enrolment.progress.ruling import Rules
from enrolment.progress.values import Counted, Credit, Kind, OverlapSet, Progress
from enrolment.schools.models import Teacher


@dataclass(frozen=True)
class Filling:
    """A module that would count towards what is missing, how much, its next run, and whether it is for a level the teacher teaches at, with a
    seat free, and online or in the teacher's region. `content`: what is missing of a content that it gives, by content."""

    module: Module
    gain: Decimal
    run: Offering
    for_my_level: bool
    free: bool
    near: bool
    content: dict[Tag, Decimal]

    @property
    def useful(self) -> bool:
        return self.gain > 0 or bool(self.content)


@dataclass(frozen=True)
class Account:
    """Everything progress is counted from, read once."""

    teacher: Teacher | None
    on: date
    earned: list[Earned]
    overlap_sets: list[OverlapSet]
    rules: Rules
    regions: list[str]
    counties: frozenset[int]

    @property
    def credits(self) -> list[Credit]:
        return [row.credit for row in self.earned]

    def progress(self, subject: str, adding: tuple[Credit, ...] = (), overlap_sets: list[OverlapSet] | None = None) -> Progress:
        """The way in a subject; `adding`: what one might take besides, with the overlaps it brings."""
        rule = self.rules.of(subject, self.overlap_sets if overlap_sets is None else overlap_sets)
        return rules.evaluate([*self.credits, *adding], rule, self.on)

    def origin(self, counted: Counted) -> Earned:
        return next(row for row in self.earned if row.credit.key == counted.credit.key)

    def taught_or_held(self, subjects: list[Subject]) -> list[Subject]:
        """The subjects that get a card: those taught, then those held beside, each in the register's order."""
        taught = {row.subject.code for row in self.teacher.teaching} if self.teacher else set()
        held = {credit.subject for credit in self.credits}
        return [one for one in subjects if one.code in taught] + [one for one in subjects if one.code in held - taught]


def of(person_id: int, on: date) -> Account:
    """A person's account on a day."""
    teacher = queries.teacher_of(person_id)
    earned = queries.history(person_id, on)
    modules = {row.credit.module for row in earned if row.credit.module}
    in_force = ruling.rules(person_id, teacher.teaching if teacher else (), modules, on)
    return Account(teacher, on, earned, queries.overlaps(modules), in_force, *queries.own_regions(teacher, on))


def gain(account: Account, module: Module, overlap_sets: list[OverlapSet]) -> Decimal:
    """How much of what is missing in its subject a module would fill, if it were planned now."""
    return account.progress(module.subject.code).missing - account.progress(module.subject.code, (_planned(module),), overlap_sets).missing


def _planned(module: Module, contents: tuple = ()) -> Credit:
    return Credit(
        key=f"if-{module.uuid}", subject=module.subject.code, credits=module.credits, kind=Kind.PLANNED, module=str(module.uuid), strand=module.strand,
        contents=contents,
    )  # fmt: skip


def fillings(account: Account, subject: str, most: int = 3, wanted: Callable[[Module], bool] = lambda module: True) -> list[Filling]:
    """Up to three modules with a coming run: those for the levels one teaches first, then with a seat free, then near, then what fills the most (of
    a content that is missing first), then the soonest."""
    held = {credit.module for credit in account.credits if credit.module}
    candidates = [module for module in queries.modules_that_may_fill(subject, account.on, held) if wanted(module)]
    sets = queries.overlaps(held | {str(module.uuid) for module in candidates}) if candidates else []
    before = account.progress(subject)
    useful = [one for module in candidates if (one := _filling(account, module, sets, before)).useful]
    return sorted(useful, key=_best_first)[:most]


def _best_first(one: Filling) -> tuple:
    return not one.for_my_level, not one.free, not one.near, -sum(one.content.values()), -one.gain, _start(one.run), one.module.id


def _filling(account: Account, module: Module, sets: list[OverlapSet], before: Progress) -> Filling:
    taught = {row.band for row in account.teacher.teaching if row.subject_id == module.subject_id} if account.teacher else set()
    run = _next_run(module, account.on)
    free = run.seats is None or run.seats_taken < run.seats and not run.waiting
    after = account.progress(module.subject.code, (_planned(module, queries.contents(module)),), sets)
    content = {tag: amount - after.short_of.get(tag, 0) for tag, amount in before.short_of.items() if after.short_of.get(tag, 0) < amount}
    fits = bool(taught & set(module.grades.bands))
    return Filling(module, before.missing - after.missing, run, fits, free, _is_near(run, account.counties), content)


def _is_near(run: Offering, counties: frozenset[int]) -> bool:
    return run.delivery is Delivery.ONLINE or (run.municipality is not None and run.municipality.county_id in counties)


def _next_run(module: Module, on: date) -> Offering:
    """The first of those one can still apply for. The modules asked for all have one."""
    runs = [run for run in module.offerings if run.state is Run.PUBLISHED and not run.told_over and _in_time(run, on)]
    return min(runs, key=lambda run: (_start(run), run.id))


def _in_time(run: Offering, on: date) -> bool:
    return can_be_applied_for(semester=run.semester, apply_by=run.apply_by, starts_on=run.starts_on, on=on)


def _start(run: Offering) -> date:
    return run.starts_on or (first_day_of(run.semester) if run.semester else date.max)
