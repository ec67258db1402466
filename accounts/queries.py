"""Every question asked of the database about people and what is theirs."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, func, or_, select, update
from sqlalchemy.orm import joinedload

from accounts.models import Attempt, Identity, Membership, Message, Organisation, OrganisationKind, Person, Role, SignIn
from config.clock import day_of
from config.database import db
from config.errors import NotFound
from config.languages import _
from config.secret import digest

IDLE = timedelta(minutes=30)  # ASVS 7.3.1; each sighting starts it anew
LONGEST = timedelta(hours=12)  # ASVS 7.3.2
KEPT = timedelta(days=30)  # how long a sign-in that has ended is kept, to answer who was in
WINDOW = timedelta(minutes=15)  # in which failed sign-ins are counted


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


_SIGN_INS, _PEOPLE, _HATS, _BODIES = (table.__table__ for table in (SignIn, Person, Membership, Organisation))
# Made once, in plain columns, as it is asked at every request of somebody signed in.
_RECOGNISED = (
    select(
        _SIGN_INS.c.id, _SIGN_INS.c.provider, _SIGN_INS.c.seen_at, _SIGN_INS.c.person_id, _PEOPLE.c.uuid, _PEOPLE.c.name, _PEOPLE.c.language,
        _HATS.c.role, _HATS.c.valid_from, _HATS.c.valid_to, _HATS.c.organisation_id, _BODIES.c.name.label("organisation_name"),
    )
    .select_from(
        _SIGN_INS.join(_PEOPLE, _PEOPLE.c.id == _SIGN_INS.c.person_id)
        .outerjoin(_HATS, _HATS.c.id == _SIGN_INS.c.membership_id)
        .outerjoin(_BODIES, _BODIES.c.id == _HATS.c.organisation_id)
    )
    .where(
        _SIGN_INS.c.token_digest == bindparam("digest"),
        _SIGN_INS.c.ended_at.is_(None),
        _SIGN_INS.c.seen_at > bindparam("seen_after"),
        _SIGN_INS.c.began_at > bindparam("begun_after"),
        _PEOPLE.c.disabled_at.is_(None),
    )
)  # fmt: skip


def recognised(token: str, at: datetime) -> Row | None:
    """Who a cookie says is asking, by the same terms: the sign-in, the person, and the hat they wear."""
    terms = {"digest": digest(token), "seen_after": at - IDLE, "begun_after": at - LONGEST}
    return db.session.connection().execute(_RECOGNISED, terms).first()


def note_sighting(sign_in_id: int, at: datetime) -> None:
    db.session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(seen_at=at))


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
    """The memberships a person may act under on a day, in the order they were given."""
    held = (
        select(Membership)
        .options(joinedload(Membership.organisation))
        .where(Membership.person_id == person_id, Membership.held(on))
    )
    return list(db.session.scalars(held.order_by(Membership.id)))


def people_with(role: Role, organisation_id: int | None, on: date) -> list[Person]:
    """Those who wear a role's hat for a body on a day and can sign in, by name."""
    wearing = select(Person).join(Person.memberships).where(Membership.role == role, Membership.organisation_id == organisation_id, Membership.held(on))
    return list(db.session.scalars(wearing.where(Person.disabled_at.is_(None)).order_by(Person.name, Person.id)))


def wearing(hats: Collection[tuple[Role, int]], on: date) -> list[int]:
    """The keys of those who wear one of these hats, a role in an organisation, on a day."""
    if not hats:
        return []
    named = or_(*((Membership.role == role) & (Membership.organisation_id == body) for role, body in sorted(hats)))
    return list(db.session.scalars(select(Membership.person_id).where(Membership.held(on), named).distinct().order_by(Membership.person_id)))


def last_worn(person_id: int) -> int | None:
    """Key of the hat a person wore when they were here last."""
    latest = select(SignIn.membership_id).where(SignIn.person_id == person_id).order_by(SignIn.began_at.desc(), SignIn.id.desc()).limit(1)
    return db.session.scalar(latest)


def person_known_as(issuer: str, subject: str) -> Person | None:
    known = select(Person).join(Person.identities).where(Identity.issuer == issuer, Identity.subject == subject)
    return db.session.scalar(known)


def person(person_id: int) -> Person:
    return db.session.get_one(Person, person_id)


def person_identified(uuid: UUID) -> Person:
    """Raises NotFound."""
    found = db.session.scalar(select(Person).where(Person.uuid == uuid))
    if found is None:
        raise NotFound(_("There is no such person."))
    return found


def people_without_a_hat(at: datetime) -> list[Person]:
    """Real people who hold no role today, the latest first."""
    without = select(Person).where(~Person.made_up, Person.disabled_at.is_(None), ~Person.memberships.any(Membership.held(day_of(at))))
    return list(db.session.scalars(without.order_by(Person.id.desc())))


def organisation_named(word: str) -> Organisation:
    """A body by its organisation number, identifier or exact name. Raises NotFound, also where several bear the name."""
    named = Organisation.uuid == UUID(word) if _is_uuid(word) else (Organisation.number == word) | (Organisation.name == word)
    found = list(db.session.scalars(select(Organisation).where(named).limit(2)))
    if len(found) != 1:
        raise NotFound(_("No single organisation is called “%(word)s”. Name it by its organisation number or its identifier.", word=word))
    return found[0]


def _is_uuid(word: str) -> bool:
    try:
        return bool(UUID(word))
    except ValueError:
        return False


def schools_numbered(numbers: Iterable[str]) -> list[Organisation]:
    """The schools known here among some organisation numbers."""
    known = select(Organisation).where(Organisation.kind == OrganisationKind.SCHOOL, Organisation.number.in_(sorted(numbers)))
    return list(db.session.scalars(known))


def made_up_people() -> list[Person]:
    """The people of the demonstration who have a story, with their hats; thousands of others only fill the runs."""
    made_up = select(Person).options(joinedload(Person.memberships).joinedload(Membership.organisation))
    made_up = made_up.where(Person.made_up, Person.story.is_not(None))
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


def forget_old_sign_ins(at: datetime) -> int:
    """Drops the ID tokens of sign-ins that open nothing any more, and the sign-ins that ended long ago. Returns how many changed."""
    over = or_(SignIn.ended_at.is_not(None), SignIn.seen_at <= at - IDLE, SignIn.began_at <= at - LONGEST)
    emptied = db.session.execute(update(SignIn).where(SignIn.id_token.is_not(None), over).values(id_token=None))
    dropped = db.session.execute(delete(SignIn).where(SignIn.began_at <= at - KEPT))
    return emptied.rowcount + dropped.rowcount
