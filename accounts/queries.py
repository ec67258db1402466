"""Every select on people and what is theirs."""

import hashlib
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import joinedload

from accounts.models import Identity, Membership, Message, Organisation, Person, SignIn
from config.database import db

IDLE = timedelta(minutes=30)  # ASVS 7.3.1; each sighting starts it anew
LONGEST = timedelta(hours=12)  # ASVS 7.3.2


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
    mine = select(SignIn).where(SignIn.person_id == person_id, SignIn.ended_at.is_(None), SignIn.seen_at > at - IDLE)
    return list(db.session.scalars(mine.order_by(SignIn.seen_at.desc())))


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


def made_up_people() -> list[Person]:
    """The people of the demonstration, with their hats."""
    made_up = select(Person).options(joinedload(Person.memberships).joinedload(Membership.organisation)).where(Person.made_up)
    return list(db.session.scalars(made_up.order_by(Person.id)).unique())


def messages_of(person_id: int, most: int = 100) -> list[Message]:
    return list(db.session.scalars(select(Message).where(Message.person_id == person_id).order_by(Message.at.desc(), Message.id.desc()).limit(most)))


def unread(person_id: int) -> int:
    return db.session.scalar(select(func.count()).where(Message.person_id == person_id, Message.read_at.is_(None))) or 0
