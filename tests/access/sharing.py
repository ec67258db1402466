"""What a teacher shares is read by the head of their school, by its owner, and by whoever holds the address of a plan."""

from decimal import Decimal

from accounts.models import Role
from enrolment.byhand import services as plans
from enrolment.sharing import queries, services
from enrolment.sharing.models import Reader
from tests.access.policy import EVERYBODY, Rule
from tests.factories import MONDAY, acting

TEACHER = {Role.TEACHER}


def _teacher(half, me):
    return acting(me if acting(me).role is Role.TEACHER else half.people[Role.TEACHER])


def _plan(half, me) -> dict:
    """The teacher's one plan, made where there is none yet."""
    actor = _teacher(half, me)
    known = plans.queries.own_plans(actor)
    made = known[0] if known else plans.make(name=None, subject=half.subject.code, goal=Decimal(60), actor=actor, at=MONDAY)
    return {"plan": made.uuid}


def _with_head(half, me) -> dict:
    made = _plan(half, me)
    services.share_with_head(made["plan"], actor=_teacher(half, me), at=MONDAY)
    return made


def _share(half, me) -> dict:
    made, actor = _with_head(half, me), _teacher(half, me)
    *_others, share = queries.shares_of_plan(plans.queries.own_plan(actor, made["plan"]))  # there may be an address beside it
    return {"share": share.uuid}


def _person(half, me) -> dict:
    teacher = half.people[Role.TEACHER]
    services.share_progress(set(Reader), actor=acting(teacher), at=MONDAY)
    return {"person": teacher.uuid}


POLICY = {
    "sharing.mine": Rule(TEACHER),
    "sharing.share": Rule(TEACHER, form=lambda half, me: {"reader": ["head", "owner"]}),
    "sharing.teachers": Rule({Role.HEAD, Role.OWNER}),
    "sharing.teacher": Rule({Role.HEAD, Role.OWNER}, address=_person),
    "sharing.plan": Rule({Role.HEAD}, address=_with_head),
    "sharing.share_with_head": Rule(TEACHER, address=_plan),
    "sharing.open_address": Rule(TEACHER, address=_plan, own=200),
    "sharing.end": Rule(TEACHER, address=_share),
    "sharing.by_address": Rule(
        EVERYBODY, address=lambda half, me: {"token": services.open_address(_plan(half, me)["plan"], actor=_teacher(half, me), at=MONDAY)}, whose=None
    ),
}
