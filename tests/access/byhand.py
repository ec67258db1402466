"""A teacher's plans by hand are their own."""

from decimal import Decimal

from accounts.models import Role
from enrolment.byhand import queries, services
from tests.access.policy import Rule
from tests.factories import MONDAY, acting

TEACHER = {Role.TEACHER}


def _made(half, me):
    whose = me if acting(me).role is Role.TEACHER else half.people[Role.TEACHER]
    for further in queries.own_plans(acting(whose))[2:]:  # there is room for a few only
        services.delete(further.uuid, actor=acting(whose))
    made = services.make(name=None, subject=half.subject.code, goal=Decimal(60), offerings=[half.offering.uuid], actor=acting(whose), at=MONDAY)
    services.rename(made.uuid, "Mine", actor=acting(whose))
    return made


def _plan(half, me) -> dict:
    return {"plan": _made(half, me).uuid}


def _study(half, me) -> dict:
    made = _made(half, me)
    return {"plan": made.uuid, "study": made.studies[0].uuid}


def _column(half, me) -> dict:
    return {"plan": _made(half, me).uuid, "column": half.offering.semester.code}


def _changed(half, me) -> dict:
    address, whose = _study(half, me), me if acting(me).role is Role.TEACHER else half.people[Role.TEACHER]
    services.remove(address["plan"], address["study"], actor=acting(whose), at=MONDAY)
    return {"plan": address["plan"]}


POLICY = {
    "byhand.plans": Rule(TEACHER),
    "byhand.make": Rule(TEACHER, form=lambda half, me: {"name": "A", "subject": half.subject.code, "goal": "60", "offering": str(half.offering.uuid)}),
    "byhand.plan": Rule(TEACHER, address=_plan),
    "byhand.add_module": Rule(TEACHER, address=lambda half, me: {"module": half.module.uuid}, whose=None),
    "byhand.add": Rule(TEACHER, address=_plan, form=lambda half, me: {"module": str(half.module.uuid)}),
    "byhand.add_own": Rule(TEACHER, address=_plan, form=lambda half, me: {"title": "Mathematics", "credits": "7.5", "column": "later"}),
    "byhand.replace": Rule(TEACHER, address=_study, form=lambda half, me: {"module": str(half.module.uuid)}),
    "byhand.column": Rule(TEACHER, address=_column),
    "byhand.apply": Rule(TEACHER, address=_column, own=200),
    "byhand.move": Rule(TEACHER, address=_study, form=lambda half, me: {"column": "later"}),
    "byhand.remove": Rule(TEACHER, address=_study),
    "byhand.undo": Rule(TEACHER, address=_changed),
    "byhand.rename": Rule(TEACHER, address=_plan, form=lambda half, me: {"name": "Slowly"}),
    "byhand.let_count": Rule(TEACHER, address=_plan, form=lambda half, me: {"counts": "yes"}),
    "byhand.copy": Rule(TEACHER, address=_plan),
    "byhand.delete": Rule(TEACHER, address=_plan),
}
