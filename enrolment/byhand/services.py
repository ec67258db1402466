"""Making and changing plans by hand: one function, one use case, one commit. The last change of a plan can be undone."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from string import ascii_uppercase
from uuid import UUID, uuid4

from accounts import audit
from accounts.acting import Actor
from accounts.models import Role
from catalog.offers.models import Module, Offering
from catalog.offers.sentences import title_of
from catalog.values import Semester
from config.clock import day_of
from config.database import db
from config.errors import BadInput, NotFound, Refusal
from config.languages import _
from enrolment.byhand import queries
from enrolment.byhand.models import PlannedStudy, StudyPlan
from enrolment.byhand.values import Bucket
from enrolment.planning.asking import TERMS_AHEAD, first_term
from enrolment.planning.queries import runs_to_come

MOST_PLANS = 6
MOST_STUDIES = 40  # in one plan

Column = tuple[Bucket, Semester | None]


class NoRoomInPlans(Refusal):
    code = "no-room-in-plans"


def make(*, name: str | None, subject: str, goal: Decimal, offerings: Iterable[UUID] = (), actor: Actor, at: datetime) -> StudyPlan:
    """A new plan, with runs that the planner found where some are given. Raises BadInput for no such subject, NoRoomInPlans."""
    actor.require(Role.TEACHER)
    about = queries.subject(subject)
    if about is None:
        raise BadInput(_("Choose a subject of the list."), {"subject": [_("Choose a subject of the list.")]})
    plan = _new(name, about.id, goal, actor, at)
    modules: dict[int, Offering] = {}
    for run in queries.runs_to_plan(offerings):
        modules.setdefault(run.module_id, run)
    plan.studies = [_study(run.module, (Bucket.TERM, run.semester), run) for run in modules.values()]
    db.session.commit()
    return plan


def _new(name: str | None, subject_id: int, goal: Decimal, actor: Actor, at: datetime) -> StudyPlan:
    names = {plan.name for plan in queries.own_plans(actor)}
    if len(names) >= MOST_PLANS:
        raise NoRoomInPlans(_("You have %(most)s plans already, which is the most there is room for. Delete one first.", most=MOST_PLANS))
    free = next(called for letter in ascii_uppercase if (called := _("Plan %(letter)s", letter=letter)) not in names)
    plan = StudyPlan(uuid=uuid4(), person_id=actor.person_id, subject_id=subject_id, goal=goal, name=free if not name or name in names else name, changed_at=at)
    db.session.add(plan)
    return plan


def _study(module: Module, column: Column, run: Offering | None = None) -> PlannedStudy:
    bucket, semester = column
    return PlannedStudy(
        uuid=uuid4(), bucket=bucket, semester=semester, module_id=module.id, offering_id=run.id if run else None, title=title_of(module) or "",
        credits=module.credits,
    )  # fmt: skip


def add_to_latest(module: UUID, *, actor: Actor, at: datetime) -> StudyPlan:
    """Puts a module in the plan of its subject that was changed last; in a new one where there is none. Raises BadInput, NoRoomInPlans."""
    actor.require(Role.TEACHER)
    found = _module(module)
    latest = next((plan for plan in queries.own_plans(actor) if plan.subject_id == found.subject_id), None)
    plan = queries.locked_plan(actor, latest.uuid) if latest else _new(None, found.subject_id, Decimal(60), actor, at)
    return _added(plan, found, at)


def add(plan: UUID, module: UUID, *, actor: Actor, at: datetime) -> StudyPlan:
    """Puts a module in the first term it is given in, else among «later». One that is in the plan stays where it is."""
    return _added(queries.locked_plan(actor, plan), _module(module), at)


def _module(uuid: UUID) -> Module:
    found = queries.module_to_plan(uuid)
    if found is None:
        raise BadInput(_("Only published modules with credits in a subject can be planned."), {"module": [_("Choose a module of the catalogue.")]})
    return found


def _added(plan: StudyPlan, module: Module, at: datetime) -> StudyPlan:
    _require_room(plan)
    if module.id not in {study.module_id for study in plan.studies}:
        _remember(plan, at)
        run = next(iter(runs_to_come([module.id], day_of(at))), None)
        plan.studies.append(_study(module, (Bucket.TERM, run.semester) if run else (Bucket.LATER, None), run))
    db.session.commit()
    return plan


def add_own(plan: UUID, *, title: str, credits: Decimal, column: Column, actor: Actor, at: datetime) -> StudyPlan:
    """Puts a study of one's own in a column, as a placeholder. Raises NotFound, NoRoomInPlans, and BadInput for a term out of reach."""
    kept = queries.locked_plan(actor, plan)
    _require_room(kept)
    bucket, semester = _within_reach(column, at)
    _remember(kept, at)
    kept.studies.append(PlannedStudy(uuid=uuid4(), bucket=bucket, semester=semester, title=title, credits=credits, own=True))
    db.session.commit()
    return kept


def replace(plan: UUID, study: UUID, module: UUID, *, actor: Actor, at: datetime) -> StudyPlan:
    """Puts a module where another stood, in the first term it is given in from there on. Raises NotFound, BadInput."""
    kept, gone = _own_study(plan, study, actor)
    found = _module(module)
    _remember(kept, at)
    runs = [run for run in runs_to_come([found.id], day_of(at)) if gone.semester is None or run.semester >= gone.semester]
    kept.studies.remove(gone)
    if found.id not in {one.module_id for one in kept.studies}:
        run = runs[0] if runs else None
        kept.studies.append(_study(found, (Bucket.TERM, run.semester) if run else (Bucket.LATER, None), run))
    db.session.commit()
    return kept


def _require_room(plan: StudyPlan) -> None:
    if len(plan.studies) >= MOST_STUDIES:
        raise NoRoomInPlans(_("The plan has %(most)s studies already, which is the most there is room for.", most=MOST_STUDIES))


def _within_reach(column: Column, at: datetime) -> Column:
    bucket, semester = column
    first = first_term(day_of(at))
    if semester and not first <= semester.number < first + 2 * TERMS_AHEAD:
        raise BadInput(_("Choose a column of the list."), {"column": [_("Choose a column of the list.")]})
    return bucket, semester


def move(plan: UUID, study: UUID, column: Column, *, actor: Actor, at: datetime) -> StudyPlan:
    """Puts a study in another column. Raises NotFound, and BadInput for a term that is over or too far ahead."""
    kept, moved = _own_study(plan, study, actor)
    bucket, semester = _within_reach(column, at)
    _remember(kept, at)
    moved.bucket, moved.semester, moved.offering_id = bucket, semester, None
    db.session.commit()
    return kept


def _own_study(plan: UUID, study: UUID, actor: Actor) -> tuple[StudyPlan, PlannedStudy]:
    kept = queries.locked_plan(actor, plan)
    found = next((one for one in kept.studies if one.uuid == study), None)
    if found is None:
        raise NotFound(_("There is no such study in your plan."))
    return kept, found


def remove(plan: UUID, study: UUID, *, actor: Actor, at: datetime) -> StudyPlan:
    kept, gone = _own_study(plan, study, actor)
    _remember(kept, at)
    kept.studies.remove(gone)
    db.session.commit()
    return kept


def undo(plan: UUID, *, actor: Actor, at: datetime) -> StudyPlan:
    """Puts the studies back as they stood before the last change; what the catalogue has lost since comes back by its title. Raises Refusal."""
    kept = queries.locked_plan(actor, plan)
    if kept.before is None:
        raise Refusal(_("There is nothing to undo."))
    rows, kept.before, kept.changed_at = kept.before, None, at
    modules = queries.still_there(Module, (row["module"] for row in rows))
    runs = queries.still_there(Offering, (row["offering"] for row in rows))
    kept.studies = [_as_it_was(row, modules, runs) for row in rows]
    db.session.commit()
    return kept


def _remember(plan: StudyPlan, at: datetime) -> None:
    plan.before, plan.changed_at = [_as_kept(one) for one in plan.studies], at


def _as_kept(one: PlannedStudy) -> dict:
    return {
        "bucket": one.bucket.value, "semester": one.semester.number if one.semester else None, "module": one.module_id,
        "offering": one.offering_id, "title": one.title, "credits": str(one.credits), "own": one.own,
    }  # fmt: skip


def _as_it_was(row: dict, modules: set[int], runs: set[int]) -> PlannedStudy:
    return PlannedStudy(
        uuid=uuid4(), bucket=Bucket(row["bucket"]), semester=None if row["semester"] is None else Semester.from_number(row["semester"]),
        module_id=row["module"] if row["module"] in modules else None, offering_id=row["offering"] if row["offering"] in runs else None,
        title=row["title"], credits=Decimal(row["credits"]), own=row.get("own", False),
    )  # fmt: skip


def let_count(plan: UUID, counts: bool, *, actor: Actor, at: datetime) -> StudyPlan:
    """Whether a plan counts in what teachers plan, of which nobody sees whose it is. Saying it twice is saying it once. Raises NotFound."""
    kept = queries.locked_plan(actor, plan)
    if counts is not (kept.counted_at is not None):
        kept.counted_at = at if counts else None
        audit.record("plan", kept.uuid, "let-count" if counts else "count-no-more", by=actor, at=at)
    db.session.commit()
    return kept


def rename(plan: UUID, name: str, *, actor: Actor) -> StudyPlan:
    kept = queries.locked_plan(actor, plan)
    kept.name = name
    db.session.commit()
    return kept


def copy(plan: UUID, *, actor: Actor, at: datetime) -> StudyPlan:
    """A scenario that begins as another stands. Raises NotFound, NoRoomInPlans."""
    kept = queries.locked_plan(actor, plan)
    made = _new(None, kept.subject_id, kept.goal, actor, at)
    rows = [_as_kept(one) for one in kept.studies]
    made.studies = [_as_it_was(row, {row["module"]}, {row["offering"]}) for row in rows]
    db.session.commit()
    return made


def delete(plan: UUID, *, actor: Actor) -> None:
    db.session.delete(queries.locked_plan(actor, plan))
    db.session.commit()
