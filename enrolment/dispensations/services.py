"""Giving and ending a dispensation: one function, one use case, one commit."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from accounts import audit
from accounts.acting import Actor
from catalog.values import Band
from config.database import db
from config.errors import BadInput, Refusal
from config.languages import _
from enrolment.dispensations import queries
from enrolment.dispensations.models import Dispensation
from enrolment.progress.queries import subjects


class AlreadyEnded(Refusal):
    code = "dispensation-ended"


def give(
    *, teacher: UUID, subject: str, band: Band | None, credits: Decimal, valid_from: date, valid_to: date | None, why: str, source: str | None,
    actor: Actor, at: datetime,
) -> Dispensation:  # fmt: skip
    """A school owner dispenses a teacher at one of its schools. Raises BadInput for another teacher and for no such subject."""
    person = next((one for one, _school in queries.teachers(actor) if one.uuid == teacher), None)
    if person is None:
        raise BadInput(_("Choose a teacher at one of your schools."), {"teacher": [_("Choose a teacher at one of your schools.")]})
    about = next((one for one in subjects() if one.code == subject), None)
    if about is None:
        raise BadInput(_("There is no such subject."), {"subject": [_("Choose a subject of the list.")]})
    given = Dispensation(
        uuid=uuid4(), person_id=person.id, subject_id=about.id, band=band, credits=credits, valid_from=valid_from, valid_to=valid_to, why=why, source=source,
        owner_id=actor.organisation_id, decided_by_id=actor.person_id, decided_at=at,
    )  # fmt: skip
    db.session.add(given)
    audit.record("dispensation", given.uuid, "give", by=actor, at=at, organisation_id=actor.organisation_id, to_state="given", why=why)
    audit.tell(person.id, "dispensation-given", at=at, address="/me/progress", subject=about.code, by=actor.organisation_name, why=why)
    db.session.commit()
    return given


def end(dispensation: UUID, *, actor: Actor, at: datetime) -> None:
    """From now on the requirement stands again. Raises NotFound for another owner's, AlreadyEnded."""
    given = queries.own(actor, dispensation)
    if given.ended_at is not None:
        raise AlreadyEnded(_("This dispensation has ended already."))
    given.ended_at = at
    audit.record("dispensation", given.uuid, "end", by=actor, at=at, organisation_id=actor.organisation_id, from_state="given", to_state="ended")
    audit.tell(given.person_id, "dispensation-ended", at=at, address="/me/progress", subject=given.subject.code, by=actor.organisation_name)
    db.session.commit()
