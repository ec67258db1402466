"""A teacher's statements and badges are their own; whoever holds an address checks a statement, and keys are everybody's to read."""

from accounts.models import Role
from enrolment.results import services as results
from enrolment.results.values import Mark
from enrolment.seats import services as seats
from enrolment.seats.models import Enrolment
from enrolment.signing import queries as keys
from enrolment.signing import services as signing
from enrolment.statements import services
from tests.access.policy import EVERYBODY, Rule
from tests.factories import MONDAY, acting

TEACHER = {Role.TEACHER}


def _passed(half, me) -> Enrolment:
    """One's own pass, or a teacher's where one can have none, in a module whose institution signs."""
    whose = me if acting(me).role is Role.TEACHER else half.people[Role.TEACHER]
    for code, key in ((None, None), (half.institution.code, half.institution.organisation_id)):
        if keys.signing(key) is None:
            signing.make(code, at=MONDAY)
    mine = Enrolment.query.filter_by(person_id=whose.id, offering_id=half.offering.id).first()
    mine = mine or seats.enrol(half.offering.uuid, actor=acting(whose), at=MONDAY)
    half.begun()
    results.record_results(half.offering.uuid, {mine.uuid: Mark.B}, actor=acting(half.people[Role.EDITOR]), at=MONDAY)
    return mine


def _made(half, me) -> dict:
    seat = _passed(half, me)
    whose = me if seat.person_id == me.id else half.people[Role.TEACHER]
    return {"statement": services.make([seat.uuid], with_marks=True, purpose=None, actor=acting(whose), at=MONDAY).uuid}


def _address(half, me) -> dict:
    return {"token": services.token_of(_made(half, me)["statement"])}


def _key(half, me) -> dict:
    _passed(half, me)
    return {"key": keys.signing(None).uuid}


def _institution(half, me) -> dict:
    return {"code": half.institution.code}


POLICY = {
    "statements.statements": Rule(TEACHER),
    "statements.new": Rule(TEACHER),
    "statements.make": Rule(TEACHER, form=lambda half, me: {"share": str(_passed(half, me).uuid)}),
    "statements.statement": Rule(TEACHER, address=_made),
    "statements.as_paper": Rule(TEACHER, address=_made),
    "statements.as_json": Rule(TEACHER, address=_made),
    "statements.as_elmo": Rule(TEACHER, address=_made),
    "statements.revoke": Rule(TEACHER, address=_made),
    "statements.badge": Rule(TEACHER, address=lambda half, me: {"enrolment": _passed(half, me).uuid}),
    "statements.check": Rule(EVERYBODY, address=_address, whose=None),
    "statements.check_json": Rule(EVERYBODY, address=_address, whose=None),
    "statements.revoked_badges": Rule(EVERYBODY, address=_institution, whose=None),
    "signing.all_keys": Rule(EVERYBODY),
    "signing.institution_keys": Rule(EVERYBODY, address=_institution, whose=None),
    "signing.key": Rule(EVERYBODY, address=_key, whose=None),
}
