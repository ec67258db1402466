"""Taking part is the teacher's to confirm, the owner's to countersign, and the institution's to see."""

from accounts.models import Role
from catalog.values import EnrolmentMode
from enrolment.applications.lifecycle import Employer, Money
from enrolment.awarding.models import Outcome
from enrolment.participation import services
from enrolment.participation.values import Cause
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment
from tests import factories
from tests.access.awarding import _numbers
from tests.access.policy import Rule
from tests.enrolment.money.scene import made_known
from tests.factories import MONDAY, acting, db

TEACHERS, OWNERS, EDITORS = {Role.TEACHER}, {Role.OWNER}, {Role.EDITOR}


def _seat(half, me) -> Enrolment:
    """The teacher of the half has a seat in a semester that has begun."""
    teacher = me if acting(me).role is Role.TEACHER else half.people[Role.TEACHER]
    run = factories.offering(factories.module(half.course), mode=EnrolmentMode.ROUND, semester=factories.SPRING.plus(-1))
    cycle = factories.cycle(f"taken-{next(_numbers)}")
    case = factories.application(teacher, cycle, [run], employer=Employer.APPROVED, money=Money.FUNDED, rank=1)
    seat = Enrolment(person_id=teacher.id, offering_id=run.id, module_id=run.module_id, state=Seat.PLACED, ticket=1, entered_at=MONDAY)
    db.session.add(seat)
    db.session.flush()
    case.choices[0].runs[0].enrolment_id = seat.id
    db.session.commit()
    return seat


def _mine(half, me) -> dict:
    return {"enrolment": _seat(half, me).uuid}


def _semester(half, me) -> dict:
    return {"enrolment": _seat(half, me).uuid, "semester": "2026h"}


def _put_off(half, me) -> dict:
    seat = _seat(half, me)
    services.defer(seat.uuid, Cause.LEAVE, None, actor=acting(seat.person), at=MONDAY)
    return {"enrolment": seat.uuid}


def _elsewhere(half, me) -> dict:
    """The teacher of the half has money for a study elsewhere, and nobody has stated when it is given."""
    person = me if acting(me).role is Role.TEACHER else half.people[Role.TEACHER]
    case = factories.application(person, factories.cycle(f"taken-{next(_numbers)}"), [], employer=Employer.APPROVED, money=Money.FUNDED)
    case.choices[0].institution, case.choices[0].title = "Universitetet i Agder", "Statistikk"
    db.session.add(Outcome(run=made_known(case), application=case, choice=1, money=True, line={}))
    db.session.commit()
    return {"choice": case.choices[0].uuid}


def _run(half, me) -> dict:
    return {"offering": half.offering.uuid}


POLICY = {
    "participation.mine": Rule(TEACHERS),
    "participation.ask_when": Rule(TEACHERS, address=_elsewhere),
    "participation.date_study": Rule(TEACHERS, address=_elsewhere, form=lambda half, me: {"semester": "2026h", "semesters": "1"}),
    "participation.confirm": Rule(TEACHERS, address=_semester),
    "participation.ask_to_stop": Rule(TEACHERS, address=_mine),
    "participation.stop": Rule(TEACHERS, address=_mine, form=lambda half, me: {"how": "defer", "cause": "illness"}),
    "participation.resume": Rule(TEACHERS, address=_put_off),
    "participation.of_owner": Rule(OWNERS),
    "participation.countersign": Rule(OWNERS),
    "participation.payment": Rule(OWNERS, address=lambda half, me: {"semester": "2026h"}, whose=None),
    "participation.payment_csv": Rule(OWNERS, address=lambda half, me: {"semester": "2026h"}, whose=None),
    "participation.of_run": Rule(EDITORS, address=_run),
}
