"""Plans by hand with all that their pages show, read in a fixed number of queries however many plans and studies there are."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from catalog.offers.lifecycle import Publication
from catalog.offers.models import Module, Offering
from catalog.offers.rules import first_day_of
from enrolment.byhand import queries, rules
from enrolment.byhand.models import PlannedStudy, StudyPlan
from enrolment.byhand.values import Bucket, Mine, Problem, Study, Warned, Workload
from enrolment.planning import facts
from enrolment.planning import queries as planner_queries
from enrolment.planning.asking import load_of_seats
from enrolment.progress import queries as progress_queries
from enrolment.progress import ruling
from enrolment.progress.account import Account
from enrolment.progress.values import Counted, Credit, CreditsNeeded, Kind, Progress, Reason
from enrolment.progress.words import explanation


@dataclass(frozen=True)
class Placed:
    """A study and the run it would be taken in, where one is known in its term."""

    row: PlannedStudy
    study: Study
    run: Offering | None

    @property
    def can_be_taken(self) -> bool:
        """Whether it can still count: not a module that the catalogue has lost."""
        return self.study.own or self.study.module is not None


@dataclass(frozen=True)
class Board:
    """One plan: its studies, what they come to together with all one has, and what does not fit. `finish`: its last term; `fee` in øre."""

    plan: StudyPlan
    placed: list[Placed]
    progress: Progress
    warned: list[Warned]
    counted: Decimal
    finish: int | None
    days: int
    fee: int

    def column(self, code: str) -> list[Placed]:
        return [one for one in self.placed if one.row.column == code]


def boards(plans: Collection[StudyPlan], account: Account, person_id: int) -> list[Board]:
    """The boards of plans, in their order."""
    found = _Known(plans, account, person_id)
    return [found.board(plan) for plan in plans]


class _Known:
    """What all the plans are read by."""

    def __init__(self, plans: Collection[StudyPlan], account: Account, person_id: int):
        modules = {study.module_id for plan in plans for study in plan.studies if study.module_id}
        self.runs: dict[int, list[Offering]] = {number: [] for number in modules}
        for run in planner_queries.runs_to_come(modules, account.on):
            self.runs[run.module_id].append(run)
        self.same = queries.same_content(modules)
        self.apart = self._apart({study.module_id: str(study.module.uuid) for plan in plans for study in plan.studies if study.module})
        self.meant: dict[int, set[int]] = {number: set() for number in modules}
        for planned in queries.planned_terms(modules):
            self.meant[planned.module_id].add(planned.semester.number)
        self.seats = planner_queries.runs_with_a_seat(person_id)
        keys = {str(study.module.uuid) for plan in plans for study in plan.studies if study.module}
        keys |= {credit.module for credit in account.credits if credit.module}
        same = ruling.equivalents(keys)
        self.account = replace(account, rules=replace(account.rules, equivalents=same))
        own = facts.held(account.earned, {})  # what was failed is not among it, and can be planned again
        self.held = {each.key for each in own}
        self.ready = {each.key: each.ready for each in facts.with_equivalents(own, same)}  # what builds on one builds on its equivalent
        self.overlaps = progress_queries.overlaps(keys)
        rule = queries.workload(account.on)
        self.workload = Workload(rule.soft, rule.hard) if rule else None

    def _apart(self, keys: dict[int, str]) -> dict[int, frozenset[str]]:
        """What cannot be taken in the same term as each module, of those in the plans."""
        pairs = planner_queries.not_together(keys)
        both = {*pairs, *((other, one) for one, other in pairs)}
        return {key: frozenset(keys[other] for one, other in both if one == key) for key in keys}

    def board(self, plan: StudyPlan) -> Board:
        placed = [self._placed(row) for row in plan.studies]
        goal = [one for one in placed if one.study.term is not None]
        planned = tuple(self._credit(one, plan) for one in goal if self._counts(one))
        progress = self.account.progress(plan.subject.code, planned, list(self.overlaps))
        warned = rules.warnings([one.study for one in placed], mine=self._mine(goal), workload=self.workload)
        counted = sum((row.counted - row.unused for row in progress.counted if row.credit.kind is not Kind.CLAIMED), Decimal(0))
        runs = [one.run for one in goal if one.run]
        return Board(
            plan, placed, progress, [*warned, *_overlapping(goal, progress)], counted, max((one.study.last for one in goal if one.can_be_taken), default=None),
            sum(sum(facts.days_by_term(run).values()) for run in runs), sum(run.fee_oere or 0 for run in runs),
        )  # fmt: skip

    def _mine(self, goal: Iterable[Placed]) -> Mine:
        """What one has beside a plan. A seat that stands in the plan, in its own term, is the plan's and not counted a second time."""
        planned = {(one.row.module_id, one.row.semester) for one in goal}
        beside = [run for run in self.seats if (run.module_id, run.semester) not in planned]
        passed = {row.credit.module for row in self.account.earned if row.credit.kind is Kind.VERIFIED and row.credit.passed and row.credit.module}
        return Mine(
            ready=self.ready, passed=frozenset(passed), seats={str(run.module.uuid): run.semester.number for run in self.seats if run.semester},
            credits=tuple((facts.ready(row), row.credit) for row in self.account.earned if row.credit.kind is not Kind.CLAIMED),
            load=load_of_seats(beside), busy=frozenset(day for run in beside for day in facts.dates(run)), overlap_sets=tuple(self.overlaps),
            equivalents=self.account.rules.equivalents,
        )  # fmt: skip

    def _placed(self, row: PlannedStudy) -> Placed:
        module = row.module if row.module and row.module.state is Publication.PUBLISHED else None
        runs = self.runs.get(row.module_id, []) if module else []
        here = [run for run in runs if run.semester == row.semester]
        run = next((run for run in here if run.id == row.offering_id), here[0] if here else None)
        offered = {run.semester.number for run in runs} | (self.meant.get(row.module_id, set()) if module else set())
        required = [need for need in module.prerequisites if need.required] if module else []
        study = Study(
            str(row.uuid), row.title, row.credits, str(module.uuid) if module else None, row.semester.number if row.semester else None,
            max(run.semesters, 1) if run else 1, row.bucket is Bucket.HELD, _modules(need.required_module for need in required if need.required_module),
            tuple(sorted(offered)), facts.dates(run) if run else frozenset(), row.own, self.apart.get(row.module_id, frozenset()),
            _modules(self.same.get(row.module_id, ())), self._subject(row, module),
            tuple((CreditsNeeded(need.subject.code, need.credits), need.subject.name) for need in required if need.subject),
        )  # fmt: skip
        return Placed(row, study, run)

    def _subject(self, row: PlannedStudy, module: Module | None) -> str | None:
        """A study of one's own counts in the subject of the plan."""
        about = row.plan.subject if row.own else module.subject if module else None
        return about.code if about else None

    def _counts(self, one: Placed) -> bool:
        """A module that can be taken counts in its own subject, unless one has it; a study of one's own in the subject of the plan."""
        module = one.row.module
        return one.row.own or bool(one.study.module and module.subject and module.credits and one.study.module not in self.held)

    def _credit(self, one: Placed, plan: StudyPlan) -> Credit:
        """Dated by its term, so that of two with the same content the later one bears what falls away."""
        module, begins = one.row.module, first_day_of(one.row.semester)
        if one.row.own:
            return Credit(key=one.study.key, subject=plan.subject.code, credits=one.row.credits, kind=Kind.PLANNED, finished_on=begins, title=one.row.title)
        return Credit(
            key=one.study.key, subject=module.subject.code, credits=one.row.credits, kind=Kind.PLANNED, module=str(module.uuid), strand=module.strand,
            finished_on=begins, title=one.row.title, source=module.institution.short_name, contents=progress_queries.contents(module),
        )  # fmt: skip


def _modules(modules: Iterable[Module]) -> tuple[tuple[str, str], ...]:
    return tuple((str(one.uuid), one.title or one.code or "") for one in modules)


def _overlapping(placed: Iterable[Placed], progress: Progress) -> list[Warned]:
    """What does not count in full for what else one has or plans: another's content, or the same under another name."""
    lowered = {row.credit.key: row for row in progress.counted if row.reason in (Reason.OVERLAP, Reason.SAME_MODULE)}
    found = [(one.study, lowered[one.study.key]) for one in placed if one.study.key in lowered]
    return [_lowered(study, row, progress) for study, row in found]


def _lowered(study: Study, row: Counted, progress: Progress) -> Warned:
    if row.reason is Reason.OVERLAP:
        return Warned(Problem.OVERLAP, study, explanation(row, progress))
    counting = {key for because in row.because for key in because.credits}
    return Warned(Problem.SAME, study, next((each.credit.title for each in progress.counted if each.credit.key in counting), ""))
