"""What a teacher brings is their own; an owner's file is the owner's."""

from accounts.models import Role
from enrolment.elmo import services
from enrolment.ownersfile import services as files
from tests.access.policy import Rule
from tests.enrolment.elmo import elmo_files
from tests.factories import MONDAY, acting

TEACHER, OWNER = {Role.TEACHER}, {Role.OWNER}


def _brought(half, me) -> dict:
    whose = me if acting(me).role is Role.TEACHER else half.people[Role.TEACHER]
    return {"file": services.bring(elmo_files.file(elmo_files.study("MAT1")), "a.xml", actor=acting(whose), at=MONDAY).uuid}


def _uploaded(half, me) -> dict:
    whose = half.people[Role.OWNER]
    row = f"reference,title,institution,subject,amount\n{half.people[Role.TEACHER].uuid},Mathematics,HiB,matematikk,15\n"
    return {"upload": files.read_file(row.encode(), "a.csv", actor=acting(whose), at=MONDAY).uuid}


POLICY = {
    "elmo.new": Rule(TEACHER),
    "elmo.bring": Rule(TEACHER, own=422),  # without a file
    "elmo.show": Rule(TEACHER, address=_brought),
    "elmo.take": Rule(TEACHER, address=_brought, form=lambda half, me: {"subject-0": "matematikk"}),
    "ownersfile.files": Rule(OWNER),
    "ownersfile.download": Rule(OWNER),
    "ownersfile.upload": Rule(OWNER, own=422),
    "ownersfile.show": Rule(OWNER, address=_uploaded),
    "ownersfile.accept": Rule(OWNER, address=_uploaded),
}
