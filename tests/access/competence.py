"""A competence plan is for the owners that take part; their unions once it is sent; the county governor once it is adopted."""

from datetime import date, timedelta
from uuid import uuid4

from accounts.acting import Actor
from accounts.models import Role
from catalog.values import Band, Strand
from config.database import db
from regions.competence import services
from regions.competence.lifecycle import Part
from regions.competence.models import Funding, PlanPart, Stance
from tests import factories
from tests.access.policy import Rule
from tests.factories import MONDAY

OWNER, UNION, READERS = {Role.OWNER}, {Role.UNION}, {Role.OWNER, Role.UNION, Role.GOVERNOR}
MEASURE = {"strand": "further", "funding": "state", "title": "Mathematics 1", "subject": "matematikk", "level": "1-7", "participants": "4"}


def _actor(half, role=Role.OWNER) -> Actor:
    me = half.people[role]
    return Actor(me.id, me.uuid, me.name, role, half.owner.organisation_id)


def _plan(half):
    plan = services.begin({"title": "Plan", "year": 2027}, actor=_actor(half), at=MONDAY)
    known = MEASURE | {"strand": Strand.FURTHER, "funding": Funding.STATE, "level": Band.PRIMARY, "participants": 4}
    services.add_measure(plan.uuid, known, actor=_actor(half), at=MONDAY)
    return plan


def _draft(half, me) -> dict:
    return {"plan": _plan(half).uuid}


def _measure(half, me) -> dict:
    plan = _plan(half)
    return {"plan": plan.uuid, "measure": plan.measures[0].uuid}


def _sent(half, me) -> dict:
    plan = _plan(half)
    services.consult(plan.uuid, date(2026, 12, 24), actor=_actor(half), at=MONDAY)
    return {"plan": plan.uuid}


def _heard(half, me) -> dict:
    known = _sent(half, me)
    services.remark(known["plan"], {"stance": Stance.AGREES, "text": None}, actor=_actor(half, Role.UNION), at=MONDAY)
    return known


def _adopted(half, me) -> dict:
    known = _heard(half, me)
    services.adopt(known["plan"], MONDAY.date() - timedelta(days=1), "26/1", actor=_actor(half), at=MONDAY)
    return known


def _invited(half, me) -> dict:
    """A plan of another owner that mine is invited to."""
    plan = _plan(half)
    part = plan.part_of(half.owner.organisation_id)
    part.owner_id = factories.owner(factories.municipality(f"{half.county.code}-{uuid4().hex[:8]}", "Elsewhere", half.county)).organisation_id
    plan.parts.append(PlanPart(owner_id=half.owner.organisation_id, state=Part.INVITED))
    db.session.commit()
    return {"plan": plan.uuid}


def _another(half, me) -> dict:
    """An owner in the same county, to invite."""
    place = factories.municipality(f"{half.county.code}-{uuid4().hex[:8]}", "Next door", half.county)
    other = factories.owner(place)
    factories.school(other, place, "School next door")
    return {"owner": other.organisation.uuid}


POLICY = {
    "competence.listed": Rule(READERS),
    "competence.new": Rule(OWNER),
    "competence.begin": Rule(OWNER, form=lambda half, me: {"title": "Plan", "year": "2027"}),
    "competence.show": Rule(READERS, address=_adopted),
    "competence.download": Rule(READERS, address=_adopted),
    "competence.new_measure": Rule(OWNER, address=_draft),
    "competence.add_measure": Rule(OWNER, address=_draft, form=lambda half, me: MEASURE),
    "competence.edit_measure": Rule(OWNER, address=_measure),
    "competence.change_measure": Rule(OWNER, address=_measure, form=lambda half, me: MEASURE),
    "competence.remove_measure": Rule(OWNER, address=_measure),
    "competence.invite": Rule(OWNER, address=_draft, form=_another),
    "competence.join": Rule(OWNER, address=_invited),
    "competence.decline": Rule(OWNER, address=_invited),
    "competence.consult": Rule(OWNER, address=_draft, form=lambda half, me: {"remarks_by": "2026-12-24"}),
    "competence.take_back": Rule(OWNER, address=_sent),
    "competence.remark": Rule(UNION, address=_sent, form=lambda half, me: {"stance": "agrees"}),
    "competence.adopt": Rule(OWNER, address=_heard, form=lambda half, me: {"adopted_on": "2026-11-20", "case_number": "26/1"}),
    "competence.following": Rule(OWNER, address=_adopted),
    "competence.follow_up": Rule(OWNER, address=_adopted),
}
