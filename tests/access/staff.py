"""A staff register is its owner's alone."""

from uuid import uuid4

from accounts.acting import Actor
from accounts.models import Role
from catalog.values import Band
from enrolment.staff import services
from tests.access.policy import Rule
from tests.factories import MONDAY

OWNERS = {Role.OWNER}
CSV = "reference,name,school,subject,level,credits\n7,Kari,{school},matematikk,1-7,15\n"


def _actor(half) -> Actor:
    me = half.people[Role.OWNER]
    return Actor(me.id, me.uuid, me.name, Role.OWNER, half.owner.organisation_id)


def _school(half, me) -> dict:
    return {"school": half.school.organisation.uuid}


def _teaches(half, me) -> dict:
    return {"name": "Kari", "reference": uuid4().hex[:12], "subject": half.subject.code, "level": "1-7", "credits": "15"}


def _member(half):
    return services.add(half.school.organisation.uuid, _teaches(half, None) | {"level": Band.PRIMARY, "credits": 15}, actor=_actor(half), at=MONDAY)


def _row(half, me) -> dict:
    return {"row": _member(half).teaching[0].uuid}


def _person(half, me) -> dict:
    return {"member": _member(half).uuid}


def _upload(half, me) -> dict:
    content = CSV.format(school=half.school.organisation.name).encode()
    return {"upload": services.read_file(content, "staff.csv", oneroster=False, actor=_actor(half), at=MONDAY).uuid}


POLICY = {
    "staff.overview": Rule(OWNERS),
    "staff.show_school": Rule(OWNERS, address=_school),
    "staff.add": Rule(OWNERS, address=_school, form=_teaches),
    "staff.set_credits": Rule(OWNERS, address=_school),
    "staff.remove": Rule(OWNERS, address=_row),
    "staff.let_go": Rule(OWNERS, address=_person),
    "staff.files": Rule(OWNERS),
    "staff.upload": Rule(OWNERS, own=422),  # no file is sent
    "staff.upload_oneroster": Rule(OWNERS, own=422),
    "staff.show_upload": Rule(OWNERS, address=_upload),
    "staff.accept": Rule(OWNERS, address=_upload),
    "staff.download": Rule(OWNERS),
}
