"""Every select of recognitions. A teacher's are looked up through the teacher, an owner's through the owner."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from accounts.acting import Actor
from accounts.models import Role
from catalog.institutions.models import Institution
from catalog.offers.models import Module
from config.database import db
from config.errors import NotFound
from config.languages import _
from enrolment.progress.models import PriorCredit
from enrolment.recognition.lifecycle import Recognised
from enrolment.recognition.models import Recognition
from enrolment.schools.models import SchoolOwner
from enrolment.seats.models import Enrolment

_SHOWN = (
    joinedload(Recognition.person),
    joinedload(Recognition.decided_by),
    joinedload(Recognition.subject),
    joinedload(Recognition.owner).joinedload(SchoolOwner.organisation),
    joinedload(Recognition.module).joinedload(Module.institution),
    joinedload(Recognition.enrolment).joinedload(Enrolment.module).joinedload(Module.institution),
    joinedload(Recognition.claim).joinedload(PriorCredit.subject),
)


def recognised(people: Collection[int]) -> Sequence[Recognition]:
    """What counts in other subjects of these people, whichever owner has decided it."""
    standing = select(Recognition).options(*_SHOWN).where(Recognition.person_id.in_(people), Recognition.state == Recognised.RECOGNISED)
    return db.session.scalars(standing.order_by(Recognition.id)).all()


def own(actor: Actor) -> Sequence[Recognition]:
    """All that a teacher has asked for, the latest first."""
    mine = select(Recognition).options(*_SHOWN).where(Recognition.person_id == actor.person_id)
    return db.session.scalars(mine.order_by(Recognition.asked_at.desc(), Recognition.id.desc())).all()


def own_one(actor: Actor, recognition: UUID) -> Recognition:
    """Raises NotFound for another person's."""
    return _found(select(Recognition).options(*_SHOWN).where(Recognition.person_id == actor.person_id, Recognition.uuid == recognition))


def laid_before(actor: Actor) -> Sequence[Recognition]:
    """All that is laid before an owner: what waits first, the oldest on top; then what is decided, the latest on top."""
    actor.require(Role.OWNER)
    laid = select(Recognition).options(*_SHOWN).where(Recognition.owner_id == actor.organisation_id, Recognition.state != Recognised.WITHDRAWN)
    rows = db.session.scalars(laid.order_by(Recognition.asked_at, Recognition.id)).all()
    waiting = [row for row in rows if row.state is Recognised.ASKED]
    return [*waiting, *reversed([row for row in rows if row.state is not Recognised.ASKED])]


def waiting(actor: Actor) -> int:
    """How many are laid before an owner and not decided."""
    asked = select(func.count()).select_from(Recognition).where(Recognition.owner_id == actor.organisation_id, Recognition.state == Recognised.ASKED)
    return db.session.scalar(asked) or 0


def laid_one(actor: Actor, recognition: UUID) -> Recognition:
    """Raises NotFound for what is laid before another owner."""
    actor.require(Role.OWNER)
    return _found(select(Recognition).options(*_SHOWN).where(Recognition.owner_id == actor.organisation_id, Recognition.uuid == recognition))


def _found(wanted) -> Recognition:
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound(_("There is no such recognition."))
    return found


def seat(person_id: int, uuid: UUID) -> Enrolment | None:
    return db.session.scalar(select(Enrolment).where(Enrolment.person_id == person_id, Enrolment.uuid == uuid))


def claim(person_id: int, uuid: UUID) -> PriorCredit | None:
    return db.session.scalar(select(PriorCredit).where(PriorCredit.person_id == person_id, PriorCredit.uuid == uuid))


def module_called(text: str) -> Module | None:
    """By the code of its institution and its own, as «HVL MAT101»."""
    institution, _space, code = text.strip().partition(" ")
    wanted = select(Module).join(Module.institution).where(func.lower(Institution.code) == institution.lower(), func.lower(Module.code) == code.strip().lower())
    return db.session.scalar(wanted)
