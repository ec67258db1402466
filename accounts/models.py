"""People, the organisations they act for, their sign-ins, what happened, and what they are told."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import JSON, ColumnElement, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from config.database import Key, Moment, OneOf, PublicId, db, holds


class OrganisationKind(StrEnum):
    INSTITUTION = "institution"
    OWNER = "owner"
    SCHOOL = "school"
    REGION = "region"
    GOVERNOR = "governor"
    ASSOCIATION = "association"  # of municipalities and counties: KS
    AUTHORITY = "authority"


class Role(StrEnum):
    """What a hat lets one do. A teacher's and a head's hat belong to a school, a union's to the owner whose staff it represents, the others
    to the body acted for."""

    TEACHER = "teacher"
    HEAD = "head"
    EDITOR = "editor"
    OWNER = "owner"
    UNION = "union"
    COORDINATOR = "coordinator"
    GOVERNOR = "governor"
    KS = "ks"  # the association that the school owners are members of
    AUTHORITY = "authority"


class Organisation(db.Model):
    """Any body one can act for. Institutions, owners, schools and regions share its key."""

    __tablename__ = "organisations"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    kind: Mapped[OrganisationKind] = mapped_column(OneOf(OrganisationKind), index=True)
    number: Mapped[str | None] = mapped_column(unique=True)  # nine digits of the register of legal entities; none = not found
    name: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class Person(db.Model):
    """Somebody who can sign in. Known by issuer and subject, never by e-mail."""

    __tablename__ = "people"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    name: Mapped[str]  # empty until the person has said it, where the provider tells none
    name_is_own: Mapped[bool] = mapped_column(default=False)  # said by the person; what a provider tells is not for them to change
    email: Mapped[str | None]
    language: Mapped[str | None]
    made_up: Mapped[bool] = mapped_column(default=False)
    story: Mapped[str | None]  # for the made-up: who they are, shown where one picks whom to sign in as
    disabled_at: Mapped[Moment | None]

    identities: Mapped[list["Identity"]] = relationship(cascade="all, delete-orphan")
    memberships: Mapped[list["Membership"]] = relationship(back_populates="person", cascade="all, delete-orphan")


class Identity(db.Model):
    """A person as one provider knows them (OpenID Connect Core: issuer and subject together)."""

    __tablename__ = "identities"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    issuer: Mapped[str]
    subject: Mapped[str]


class Membership(db.Model):
    """A hat: a person's role in an organisation, with dates (both included; none = open)."""

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("person_id", "organisation_id", "role"),)

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    role: Mapped[Role] = mapped_column(OneOf(Role))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    told_by: Mapped[str | None]  # issuer of the provider that tells of it at each sign-in; none = given here, and only ended here

    person: Mapped[Person] = relationship(back_populates="memberships")
    organisation: Mapped[Organisation] = relationship()

    def holds(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)

    @classmethod
    def held(cls, on: date) -> ColumnElement[bool]:
        """The same, as what a question asks for."""
        return holds(cls, on)


class SignIn(db.Model):
    """One signed-in browser. Only the digest of its token is kept, so the table opens no door; ending it is at once."""

    __tablename__ = "sign_ins"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    token_digest: Mapped[str] = mapped_column(unique=True)  # SHA-256, hexadecimal
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    membership_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id", ondelete="SET NULL"))
    provider: Mapped[str]  # its key in the settings; DEMO for the made-up people
    provider_session: Mapped[str | None] = mapped_column(index=True)  # the provider's `sid`, by which it tells us that the session there has ended
    id_token: Mapped[str | None]  # sealed; handed back to the provider at sign-out, then forgotten
    browser: Mapped[str | None]  # family only, so that a person knows their own sessions apart
    began_at: Mapped[Moment]
    seen_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]

    person: Mapped[Person] = relationship()
    membership: Mapped[Membership | None] = relationship()

    def end(self, at: datetime) -> None:
        self.ended_at = at
        self.id_token = None


class Attempt(db.Model):
    """One failed try at the door. Who tried is kept as a keyed digest, only to be counted and for no longer than it counts."""

    __tablename__ = "attempts"

    id: Mapped[Key]
    whose: Mapped[str] = mapped_column(index=True)  # HMAC-SHA256, hexadecimal
    at: Mapped[Moment] = mapped_column(index=True)


class Event(db.Model):
    """One change of state, for ever: who did what to which thing, from which state to which, and why."""

    __tablename__ = "events"

    id: Mapped[Key]
    at: Mapped[Moment] = mapped_column(index=True)
    person_uuid: Mapped[UUID | None] = mapped_column(index=True)  # none = Seksti itself; no name, so that it can be forgotten
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    kind: Mapped[str]  # what sort of thing: module, offering, enrolment …
    subject_uuid: Mapped[UUID] = mapped_column(index=True)
    event: Mapped[str]
    from_state: Mapped[str | None]
    to_state: Mapped[str | None]
    why: Mapped[str | None]
    facts: Mapped[dict] = mapped_column(JSON, default=dict)


class Message(db.Model):
    """Something a person is told, written in the same transaction as what it tells of."""

    __tablename__ = "messages"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    at: Mapped[Moment]
    kind: Mapped[str]  # which sentence: seat-offered, seat-lapsed …; worded in the reader's language when shown
    facts: Mapped[dict] = mapped_column(JSON, default=dict)
    address: Mapped[str | None]  # the page it is about, a path of this site
    read_at: Mapped[Moment | None]
