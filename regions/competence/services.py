"""Making a plan, alone or together; the unions; adoption; following up: one function, one use case, one commit."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from accounts import audit
from accounts.acting import Actor
from accounts.models import Role
from accounts.queries import wearing
from catalog.subjects import queries as subject_queries
from config.clock import day_of
from config.database import db
from config.errors import BadInput, Refusal
from config.languages import _
from config.languages import date as written
from regions.competence import queries
from regions.competence.lifecycle import Part, Plan
from regions.competence.models import CompetencePlan, Measure, PlanPart, PlanRemark


class PlanLocked(Refusal):
    code = "plan-locked"


class AlreadyAdopted(Refusal):
    code = "plan-already-adopted"


class NotConsulted(Refusal):
    code = "plan-not-consulted"


def begin(values: Mapping[str, Any], *, actor: Actor, at: datetime) -> CompetencePlan:
    """A draft of the actor's owner."""
    actor.require(Role.OWNER)
    made = CompetencePlan(uuid=uuid4(), study_year=values["year"], title=values["title"], state=Plan.DRAFT, made_at=at)
    made.parts = [PlanPart(owner_id=actor.organisation_id, state=Part.JOINED)]
    db.session.add(made)
    _remember(made, "begin", actor, at)
    db.session.commit()
    return made


def add_measure(plan: UUID, values: Mapping[str, Any], *, actor: Actor, at: datetime) -> Measure:
    """Raises NotFound, PlanLocked, BadInput."""
    found = _own_draft(plan, actor)
    made = Measure(uuid=uuid4(), plan_id=found.id, owner_id=actor.organisation_id, **_facts(values))
    found.measures.append(made)
    _remember(found, "add a measure", actor, at)
    db.session.commit()
    return made


def change_measure(plan: UUID, measure: UUID, values: Mapping[str, Any], *, actor: Actor, at: datetime) -> Measure:
    """Raises NotFound, PlanLocked, BadInput."""
    found = _own_draft(plan, actor)
    changed = queries.measure_of(found, actor.organisation_id, measure)
    for name, value in _facts(values).items():
        setattr(changed, name, value)
    _remember(found, "change a measure", actor, at)
    db.session.commit()
    return changed


def remove_measure(plan: UUID, measure: UUID, *, actor: Actor, at: datetime) -> None:
    """Raises NotFound, PlanLocked."""
    found = _own_draft(plan, actor)
    found.measures.remove(queries.measure_of(found, actor.organisation_id, measure))
    _remember(found, "remove a measure", actor, at)
    db.session.commit()


def _own_draft(plan: UUID, actor: Actor) -> CompetencePlan:
    found = queries.own(actor, plan)
    if found.state is not Plan.DRAFT:
        raise PlanLocked(_("The plan is with the unions or adopted, and cannot be changed. Take it back first, if nobody has adopted it."))
    return found


def _facts(values: Mapping[str, Any]) -> dict[str, Any]:
    subject = None
    if values["subject"]:
        subject = next((one for one in subject_queries.in_order() if one.code == values["subject"]), None)
        if subject is None:
            raise BadInput(_("The measure cannot be like this."), {"subject": [_("Choose from the list.")]})
    facts = {name: values[name] for name in ("strand", "funding", "title", "participants")}
    return facts | {"subject_id": subject.id if subject else None, "band": values["level"]}


def invite(plan: UUID, owner: UUID, *, actor: Actor, at: datetime) -> PlanPart:
    """Another owner is asked to take part; one that declined is asked again. Raises NotFound, PlanLocked, BadInput."""
    found = _own_draft(plan, actor)
    asked = next((one for one in queries.neighbours(actor.organisation_id) if one.organisation.uuid == owner), None)
    if asked is None:
        raise BadInput(_("The owner cannot be invited."), {"owner": [_("Choose from the list.")]})
    part = found.part_of(asked.organisation_id)
    if part is None:
        part = PlanPart(owner_id=asked.organisation_id, state=Part.INVITED)
        found.parts.append(part)
    elif part.state is Part.DECLINED:
        part.take("invite again")
    else:
        raise BadInput(_("The owner cannot be invited."), {"owner": [_("This owner is invited already, or takes part.")]})
    _tell(found, [asked.organisation_id], Role.OWNER, "plan-invites", at)
    _remember(found, "invite", actor, at)
    db.session.commit()
    return part


def answer_invitation(plan: UUID, *, join: bool, actor: Actor, at: datetime) -> PlanPart:
    """Raises NotFound, StepRefused where it is answered already, PlanLocked where the plan has gone to the unions."""
    found = queries.invited(actor, plan)
    part = found.part_of(actor.organisation_id)
    if join and found.state is not Plan.DRAFT:
        raise PlanLocked(_("The plan has gone to the unions already, so nobody can join it now."))
    part.take("join" if join else "decline")
    _remember(found, "join" if join else "decline", actor, at)
    db.session.commit()
    return part


def consult(plan: UUID, remarks_by: date, *, actor: Actor, at: datetime) -> CompetencePlan:
    """Sends the plan to the unions at every owner that takes part. Raises NotFound, BadInput, StepRefused."""
    found = queries.own(actor, plan)
    if remarks_by <= day_of(at):
        raise BadInput(_("The plan cannot be sent like this."), {"remarks_by": [_("The date must lie ahead.")]})
    if not found.measures:
        raise BadInput(_("The plan cannot be sent like this."), {"remarks_by": [_("The plan has no measures yet.")]})
    found.take("send to the unions")
    found.remarks_by = remarks_by
    _tell(found, [part.owner_id for part in found.taking_part], Role.UNION, "plan-for-remarks", at, remarks_by=remarks_by.isoformat())
    _remember(found, "send to the unions", actor, at)
    db.session.commit()
    return found


def take_back(plan: UUID, *, actor: Actor, at: datetime) -> CompetencePlan:
    """To be changed; remarks stand. Raises NotFound, StepRefused, AlreadyAdopted."""
    found = queries.own(actor, plan)
    if found.adopted_by_some:
        raise AlreadyAdopted(_("The plan is politically adopted by at least one owner, and stands as it is."))
    found.take("take back")
    found.remarks_by = None
    _remember(found, "take back", actor, at)
    db.session.commit()
    return found


def remark(plan: UUID, values: Mapping[str, Any], *, actor: Actor, at: datetime) -> PlanRemark:
    """What the unions at an owner say. Raises NotFound, PlanLocked after the last day or adoption, BadInput."""
    actor.require(Role.UNION)
    found = queries.plan(actor, plan, day_of(at))
    if found.remarks_by is None or day_of(at) > found.remarks_by or found.part_of(actor.organisation_id).state is Part.ADOPTED:
        raise PlanLocked(_("The last day for remarks has passed, or the plan is adopted."))
    if values["stance"] == "remarks" and not values["text"]:
        raise BadInput(_("The remark cannot be sent like this."), {"text": [_("Write what you remark.")]})
    made = PlanRemark(owner_id=actor.organisation_id, person_id=actor.person_id, stance=values["stance"], text=values["text"], at=at)
    found.remarks.append(made)
    _tell(found, [actor.organisation_id], Role.OWNER, "plan-remarked", at)
    _remember(found, "remark", actor, at)
    db.session.commit()
    return made


def adopt(plan: UUID, adopted_on: date, case_number: str, *, actor: Actor, at: datetime) -> PlanPart:
    """The owner's council has adopted the plan. Raises NotFound, AlreadyAdopted, NotConsulted, BadInput."""
    found = queries.own(actor, plan)
    part = found.part_of(actor.organisation_id)
    if part.state is Part.ADOPTED:
        raise AlreadyAdopted(
            _("The plan was adopted %(date)s, case %(case)s. It cannot be adopted twice.", date=written(part.adopted_on), case=part.case_number)
        )
    _require_consulted(found, actor.organisation_id, day_of(at))
    if adopted_on > day_of(at):
        raise BadInput(_("The plan cannot be adopted like this."), {"adopted_on": [_("The date cannot lie ahead.")]})
    part.take("adopt")
    part.adopted_on, part.case_number = adopted_on, case_number
    _remember(found, "adopt", actor, at, case=case_number)
    db.session.commit()
    return part


def _require_consulted(plan: CompetencePlan, owner_id: int, on: date) -> None:
    """The unions have said theirs, or have had their time (strategy, roles and duties: co-determination)."""
    said = any(remark.owner_id == owner_id for remark in plan.remarks)
    if plan.state is not Plan.CONSULTED or not said and on <= plan.remarks_by:
        raise NotConsulted(_("The plan is adopted after the unions have said theirs, or the last day for it has passed."))


def follow_up(plan: UUID, told: Mapping[UUID, tuple[int | None, str | None]], *, actor: Actor, at: datetime) -> int:
    """How many completed each of the owner's own measures, and what came of it. Returns how many changed. Raises NotFound, PlanLocked."""
    found = queries.own(actor, plan)
    if found.part_of(actor.organisation_id).state is not Part.ADOPTED:
        raise PlanLocked(_("A plan is followed up once it is adopted."))
    mine = [one for one in found.measures if one.owner_id == actor.organisation_id and one.uuid in told]
    changed = [one for one in mine if (one.completed, one.came_of_it) != told[one.uuid]]
    for one in changed:
        one.completed, one.came_of_it = told[one.uuid]
    if changed:
        _remember(found, "follow up", actor, at)
    db.session.commit()
    return len(changed)


def _tell(plan: CompetencePlan, owner_ids: list[int], role: Role, kind: str, at: datetime, **facts: str) -> None:
    for person in wearing([(role, owner) for owner in owner_ids], day_of(at)):
        audit.tell(person, kind, at=at, address=f"/competence-plans/{plan.uuid}", plan=plan.title, **facts)


def _remember(plan: CompetencePlan, event: str, actor: Actor, at: datetime, **facts: str) -> None:
    audit.record("competence plan", plan.uuid, event, by=actor, at=at, organisation_id=actor.organisation_id, to_state=plan.state, facts=facts)
