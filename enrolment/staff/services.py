"""Keeping a staff register: one function, one use case, one commit."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from accounts import audit
from accounts.acting import Actor
from config.database import db
from config.errors import BadInput
from config.languages import _
from enrolment.staff import queries, rules
from enrolment.staff.models import StaffMember, StaffTeaching, StaffUpload
from enrolment.staff.oneroster import read_archive
from enrolment.staff.reading import Read, read_table
from enrolment.staff.rules import Difference
from enrolment.staff.values import Row, Staff
from enrolment.uploads.queries import own_upload, owner_of


def read_file(content: bytes, name: str, *, oneroster: bool, actor: Actor, at: datetime) -> StaffUpload:
    """Reads a file and keeps it for a look before it is saved. Raises BadInput, naming it, where it cannot be used at all."""
    owner = owner_of(actor)
    reader = read_archive if oneroster else read_table
    read: Read = reader(BytesIO(content), name, queries.known(owner))
    kept = {"rows": [row.as_kept() for row in read.rows], "refused": [list(row) for row in read.refused], "remarks": read.remarks}
    upload = StaffUpload(uuid=uuid4(), owner_id=owner, name=name, at=at, **kept)
    db.session.add(upload)
    db.session.commit()
    return upload


def compared(upload: StaffUpload) -> tuple[dict[str, Staff], Difference]:
    """What a file makes of those it names, and what that changes in the register as it stands now."""
    return _compared(upload, queries.register(upload.owner_id))


def _compared(upload: StaffUpload, register: Sequence[StaffMember]) -> tuple[dict[str, Staff], Difference]:
    known = {one.reference: _as_staff(one) for one in register}
    told = rules.as_staff(map(Row.from_kept, upload.rows), known)
    return told, rules.difference(known, told)


def _as_staff(one: StaffMember) -> Staff:
    return Staff(one.name, one.school_id, {(row.school_id, row.subject_id, row.band): row.credits for row in one.teaching})


def accept(uuid: UUID, *, end_absent: bool, actor: Actor, at: datetime) -> Difference:
    """Saves the rows of a file that could be used; who is not in it is left, or ended if so asked. Raises NotFound."""
    queries.lock_owner(owner_of(actor))
    upload = own_upload(StaffUpload, actor, uuid, to_save=True)
    register = queries.register(upload.owner_id)
    told, changes = _compared(upload, register)
    known = {one.reference: one for one in register}
    for reference in (*changes.new, *changes.changed):
        _write(known.get(reference) or _new(upload.owner_id, reference), told[reference], at)
    for reference in changes.absent if end_absent else ():
        db.session.delete(known[reference])
    ended = len(changes.absent) if end_absent else 0
    _remember(upload.uuid, "import", actor, at, new=len(changes.new), changed=len(changes.changed), ended=ended)
    db.session.delete(upload)
    db.session.commit()
    return changes


def _new(owner_id: int, reference: str) -> StaffMember:
    made = StaffMember(uuid=uuid4(), owner_id=owner_id, reference=reference)
    db.session.add(made)
    return made


def _write(one: StaffMember, told: Staff, at: datetime) -> None:
    one.name, one.school_id, one.changed_at = told.name, told.school, at
    before = {(row.school_id, row.subject_id, row.band): row for row in one.teaching}
    for key, credits in told.teaches.items():
        row = before.pop(key, None)
        if row is None:
            school, subject, band = key
            row = StaffTeaching(uuid=uuid4(), school_id=school, subject_id=subject, band=band)
            one.teaching.append(row)
        row.credits = credits
    for row in before.values():
        one.teaching.remove(row)


def add(school: UUID, values: Mapping[str, Any], *, actor: Actor, at: datetime) -> StaffMember:
    """Adds what somebody teaches at a school; somebody with the same reference is the same. Raises NotFound and BadInput."""
    place = queries.own_school(actor, school)
    queries.lock_owner(place.owner_id)
    subject = next((one for one in queries.subjects() if one.code == values["subject"]), None)
    reference = values["reference"] or f"{uuid4()}"
    _check(reference, subject)
    one = queries.by_reference(place.owner_id, reference) or _new(place.owner_id, reference)
    before = _as_staff(one).teaches
    key = (place.organisation_id, subject.id, values["level"])
    if key in before:
        raise BadInput(_("This is already in the register."), {"subject": [_("%(name)s stands here with this subject and level already. Change the credits in the list.", name=one.name)]})
    _write(one, Staff(values["name"], one.school_id or place.organisation_id, before | {key: values["credits"]}), at)
    _remember(one.uuid, "add", actor, at)
    db.session.commit()
    return one


def _check(reference: str, subject) -> None:
    wrong = {}
    if subject is None:
        wrong["subject"] = [_("Choose from the list.")]
    if rules.is_national_identity_number(reference):
        wrong["reference"] = [_("This is a national identity number, which Seksti does not keep. Write a staff number instead.")]
    if wrong:
        raise BadInput(_("This cannot be added like this."), wrong)


def set_credits(school: UUID, credits: Mapping[UUID, Decimal | None], *, actor: Actor, at: datetime) -> int:
    """Sets how many credits the staff of a school hold, by row. Returns how many rows changed. Raises NotFound."""
    place = queries.own_school(actor, school)
    rows = [row for one in queries.staff_at(place) for row in one.teaching if row.school_id == place.organisation_id]
    changed = [row for row in rows if row.uuid in credits and row.credits != credits[row.uuid]]
    for row in changed:
        row.credits, row.member.changed_at = credits[row.uuid], at
    if changed:
        _remember(place.organisation.uuid, "set credits", actor, at, rows=len(changed))
    db.session.commit()
    return len(changed)


def remove(teaching: UUID, *, actor: Actor, at: datetime) -> StaffTeaching:
    """Somebody no longer teaches something; who then teaches nothing is let go of. Raises NotFound."""
    row = queries.own_teaching(actor, teaching)
    one = row.member
    one.teaching.remove(row)
    if not one.teaching:
        db.session.delete(one)
    _remember(teaching, "remove", actor, at)
    db.session.commit()
    return row


def let_go(member: UUID, *, actor: Actor, at: datetime) -> None:
    """Nothing of somebody is kept in the register. Raises NotFound."""
    db.session.delete(queries.own_member(actor, member))
    _remember(member, "let go", actor, at)
    db.session.commit()


def _remember(subject: UUID, event: str, actor: Actor, at: datetime, **facts: int) -> None:
    """The trail names nobody: only that, when and by whom the register was changed."""
    audit.record("staff register", subject, event, by=actor, at=at, organisation_id=actor.organisation_id, facts=facts)
