"""Allocation is the national authority's; what a round gave is the teacher's own; a queue its institution's; seats are kept by institution and authority."""

from itertools import count

from accounts.models import Role
from catalog.values import EnrolmentMode, Strand
from enrolment.allocation.values import QuotaKind
from enrolment.applications.lifecycle import Employer
from enrolment.awarding import queues
from enrolment.awarding.services import publishing, running
from enrolment.quotas.models import Quota
from tests import factories
from tests.access.policy import Rule
from tests.factories import MONDAY, acting, db

AUTHORITY, EDITORS, TEACHERS, KEEPERS = {Role.AUTHORITY}, {Role.EDITOR}, {Role.TEACHER}, {Role.EDITOR, Role.AUTHORITY}
_numbers = count(1)


def _run_of_a_round(half, seats=1):
    return factories.offering(factories.module(half.course), seats=seats, mode=EnrolmentMode.ROUND)


def _round(half, me, seats=1):
    """A round in which the teacher of the half and another one have asked for the same run."""
    cycle, place = factories.cycle(f"allocated-{next(_numbers)}"), _run_of_a_round(half, seats)
    teacher = me if me.id and acting(me).role is Role.TEACHER else half.people[Role.TEACHER]
    first = factories.application(teacher, cycle, [place], employer=Employer.APPROVED, rank=1)
    others = [factories.application(factories.teacher(half.school, name="Another"), cycle, [place], employer=Employer.APPROVED, rank=rank) for rank in (5, 6)]
    return cycle, place, [first, *others]


def _authority(half):
    return acting(half.people[Role.AUTHORITY])


def _tried(half, me):
    cycle, _place, _cases = _round(half, me)
    return cycle, running.try_out(cycle.code, Strand.FURTHER, rule_set="owner-bands", seed="1", grants=None, actor=_authority(half), at=MONDAY)


def _approved(half, me, by=2):
    cycle, made = _tried(half, me)
    body = half.people[Role.AUTHORITY].memberships[0].organisation_id
    for _number in range(by):
        running.approve(made.uuid, actor=acting(factories.member(body, Role.AUTHORITY)), at=MONDAY)
    return cycle, made


def _made_known(half, me):
    """The case of the half's teacher, who is offered the seat, and the run."""
    cycle, place, cases = _round(half, me)
    made = running.try_out(cycle.code, Strand.FURTHER, rule_set="owner-bands", seed="1", grants=None, actor=_authority(half), at=MONDAY)
    body = half.people[Role.AUTHORITY].memberships[0].organisation_id
    for _number in range(2):
        running.approve(made.uuid, actor=acting(factories.member(body, Role.AUTHORITY)), at=MONDAY)
    running.set_time(made.uuid, MONDAY, actor=_authority(half), at=MONDAY)
    publishing.make_known(MONDAY)
    return cases[0], place


def _code(half, me) -> dict:
    return {"code": _round(half, me)[0].code}


def _run(half, me) -> dict:
    cycle, made = _tried(half, me)
    return {"code": cycle.code, "run": made.uuid}


def _approved_run(half, me) -> dict:
    cycle, made = _approved(half, me)
    return {"code": cycle.code, "run": made.uuid}


def _difference(half, me) -> dict:
    cycle, made = _tried(half, me)
    other = running.try_out(cycle.code, Strand.FURTHER, rule_set="lot-only", seed="2", grants=None, actor=_authority(half), at=MONDAY)
    return {"code": cycle.code, "run": made.uuid, "other": other.uuid}


def _case(half, me) -> dict:
    return {"application": _made_known(half, me)[0].uuid}


def _offer(half, me) -> dict:
    return {"application": _made_known(half, me)[0].uuid, "choice": 1}


def _known_run(half, me) -> dict:
    return {"offering": _made_known(half, half.people[Role.TEACHER] if acting(me).role is not Role.TEACHER else factories.teacher(half.school))[1].uuid}


def _last_in_line(half, me) -> dict:
    place = _made_known(half, half.people[Role.TEACHER])[1]
    return {"offering": place.uuid, "enrolment": queues.line(place.id)[-1].uuid}


def _kept(half, me) -> dict:
    place, region = _run_of_a_round(half, 9), half.region
    source = "state-commissioned" if acting(me).role is Role.AUTHORITY else None
    quota = Quota(offering_id=place.id, kind=QuotaKind.REGION, value=region.code, seats=2, position=2, source=source)
    db.session.add_all([quota, Quota(offering_id=place.id, kind=QuotaKind.OPEN, position=1)])
    db.session.commit()
    return {"offering": place.uuid, "quota": quota.uuid}


def _any_run(half, me) -> dict:
    return {"offering": _run_of_a_round(half, 9).uuid}


TRIED = {"rule_set": "owner-bands", "seed": "1", "strand": "further"}
POLICY = {
    "awarding.allocation": Rule(AUTHORITY, address=_code, whose=None),
    "awarding.try_out": Rule(AUTHORITY, address=_code, whose=None, form=lambda half, me: TRIED),
    "awarding.seats": Rule(AUTHORITY, address=_code, whose=None),
    "awarding.run": Rule(AUTHORITY, address=_run, whose=None),
    "awarding.replay": Rule(AUTHORITY, address=_run, whose=None),
    "awarding.approve": Rule(AUTHORITY, address=_run, whose=None),
    "awarding.take_back": Rule(AUTHORITY, address=_approved_run, whose=None),
    "awarding.set_time": Rule(AUTHORITY, address=_approved_run, whose=None, form=lambda half, me: {"day": "2027-01-11", "time": "09:00"}),
    "awarding.difference": Rule(AUTHORITY, address=_difference, whose=None),
    "given.given": Rule(TEACHERS, address=_case),
    "given.accept": Rule(TEACHERS, address=_offer),
    "given.decline": Rule(TEACHERS, address=_offer),
    "given.join": Rule(TEACHERS, address=_known_run, whose=None),
    "stating.teachers": Rule({Role.OWNER}),
    "stating.state": Rule({Role.OWNER}, form=lambda half, me: {"posts": "312,5", "valid_from": "2027-01-01"}),
    "queue.queue": Rule(EDITORS, address=_any_run),
    "queue.move": Rule(EDITORS, address=_last_in_line, form=lambda half, me: {"place": "1", "why": "The appeal was upheld."}),
    "quotas.quotas": Rule(KEEPERS, address=_any_run, sees_all=AUTHORITY),
    "quotas.add": Rule(KEEPERS, address=_any_run, sees_all=AUTHORITY, form=lambda half, me: {"kept_for": f"region:{half.region.code}", "seats": "2"}),
    "quotas.change": Rule(KEEPERS, address=_kept, sees_all=AUTHORITY, form=lambda half, me: {"seats": "1"}),
    "quotas.put_first": Rule(KEEPERS, address=_kept, sees_all=AUTHORITY),
    "quotas.remove": Rule(KEEPERS, address=_kept, sees_all=AUTHORITY),
}
