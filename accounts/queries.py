"""Every question asked of the database about people and what is theirs."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import joinedload

from accounts.models import Attempt, Identity, Membership, Message, Organisation, OrganisationKind, Person, SignIn
from config.database import db
from config.errors import NotFound
from config.languages import _

IDLE = timedelta(minutes=30)  # ASVS 7.3.1; each sighting starts it anew
LONGEST = timedelta(hours=12)  # ASVS 7.3.2
WINDOW = timedelta(minutes=15)  # in which failed sign-ins are counted


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def live_sign_in(token: str, at: datetime) -> SignIn | None:
    """The sign-in of a cookie, with person and hat, unless it has ended, gone idle or grown too old."""
    return db.session.scalar(
        select(SignIn)
        .options(joinedload(SignIn.person), joinedload(SignIn.membership).joinedload(Membership.organisation))
        .where(
            SignIn.token_digest == digest(token),
            SignIn.ended_at.is_(None),
            SignIn.seen_at > at - IDLE,
            SignIn.began_at > at - LONGEST,
            SignIn.person.has(Person.disabled_at.is_(None)),
        )
    )


def note_sighting(sign_in: SignIn, at: datetime) -> None:
    db.session.execute(update(SignIn).where(SignIn.id == sign_in.id).values(seen_at=at))


def open_sign_ins(person_id: int, at: datetime) -> list[SignIn]:
    """A person's sign-ins that still open a door, the latest first."""
    return list(db.session.scalars(_open(person_id, at).order_by(SignIn.seen_at.desc(), SignIn.id.desc())))


def own_sign_in(person_id: int, uuid: UUID, at: datetime) -> SignIn:
    """Raises NotFound."""
    found = db.session.scalar(_open(person_id, at).where(SignIn.uuid == uuid))
    if found is None:
        raise NotFound(_("You have no such sign-in."))
    return found


def _open(person_id: int, at: datetime):
    return select(SignIn).where(SignIn.person_id == person_id, SignIn.ended_at.is_(None), SignIn.seen_at > at - IDLE, SignIn.began_at > at - LONGEST)


def sign_ins_told_ended(issuer: str, provider: str, *, subject: str | None, session: str | None, before: datetime) -> list[SignIn]:
    """Open sign-ins through a provider that it says have ended: of one session, else of a person. Those begun later are another story."""
    told = select(SignIn).where(SignIn.provider == provider, SignIn.ended_at.is_(None), SignIn.began_at <= before)
    if session:
        told = told.where(SignIn.provider_session == session)
    if subject:
        told = told.where(SignIn.person_id.in_(select(Identity.person_id).where(Identity.issuer == issuer, Identity.subject == subject)))
    return list(db.session.scalars(told))


def hats(person_id: int, on: date) -> list[Membership]:
    """The memberships a person may act under on a day, by role and organisation."""
    held = (
        select(Membership)
        .options(joinedload(Membership.organisation))
        .join(Membership.organisation)
        .where(
            Membership.person_id == person_id,
            or_(Membership.valid_from.is_(None), Membership.valid_from <= on),
            or_(Membership.valid_to.is_(None), Membership.valid_to >= on),
        )
    )
    return list(db.session.scalars(held.order_by(Membership.role, Organisation.name)))


def person_known_as(issuer: str, subject: str) -> Person | None:
    known = select(Person).join(Person.identities).where(Identity.issuer == issuer, Identity.subject == subject)
    return db.session.scalar(known)


def person(person_id: int) -> Person:
    return db.session.get_one(Person, person_id)


def schools_numbered(numbers: Iterable[str]) -> list[Organisation]:
    """The schools known here among some organisation numbers."""
    known = select(Organisation).where(Organisation.kind == OrganisationKind.SCHOOL, Organisation.number.in_(sorted(numbers)))
    return list(db.session.scalars(known))


def made_up_people() -> list[Person]:
    """The people of the demonstration, with their hats."""
    made_up = select(Person).options(joinedload(Person.memberships).joinedload(Membership.organisation)).where(Person.made_up)
    return list(db.session.scalars(made_up.order_by(Person.id)).unique())


def made_up_person(uuid: UUID) -> Person:
    """Raises NotFound for anybody who is real."""
    found = db.session.scalar(select(Person).where(Person.uuid == uuid, Person.made_up))
    if found is None:
        raise NotFound(_("There is no such person to sign in as."))
    return found


def messages_of(person_id: int, most: int = 100) -> list[Message]:
    """The latest messages, newest first."""
    return list(db.session.scalars(select(Message).where(Message.person_id == person_id).order_by(Message.at.desc(), Message.id.desc()).limit(most)))


def own_message(person_id: int, uuid: UUID) -> Message:
    """Raises NotFound."""
    found = db.session.scalar(select(Message).where(Message.person_id == person_id, Message.uuid == uuid))
    if found is None:
        raise NotFound(_("You have no such message."))
    return found


def mark_read(person_id: int, at: datetime) -> None:
    db.session.execute(update(Message).where(Message.person_id == person_id, Message.read_at.is_(None)).values(read_at=at))


def unread(person_id: int) -> int:
    return db.session.scalar(select(func.count()).where(Message.person_id == person_id, Message.read_at.is_(None))) or 0


def tries(whose: str, at: datetime) -> int:
    """How often somebody has failed to sign in within the window."""
    return db.session.scalar(select(func.count()).where(Attempt.whose == whose, Attempt.at > at - WINDOW)) or 0


def forget_tries(at: datetime) -> None:
    db.session.execute(delete(Attempt).where(Attempt.at <= at - WINDOW))
