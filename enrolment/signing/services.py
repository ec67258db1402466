"""Making, rotating and withdrawing keys: one function, one use case, one commit. And signing with the one that signs now."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.exc import IntegrityError

from accounts import audit
from config.database import db
from config.errors import Refusal
from config.languages import _
from enrolment.signing import keeping, making, queries
from enrolment.signing.lifecycle import KEY_LIFE, KeyState
from enrolment.signing.models import SigningKey


class KeyThere(Refusal):
    code = "key-there"


class NoKey(Refusal):
    """Nothing can be signed: no key was made, or its private half cannot be read here."""

    code = "no-key"


def make(code: str | None, *, at: datetime) -> SigningKey:
    """A first key for an institution, or for Seksti itself (no code). Raises KeyThere, and NotFound for no such institution."""
    institution = queries.institution(code) if code else None
    if queries.signing(institution.organisation_id if institution else None):
        raise KeyThere(_("There is a key that signs already. Rotate it to get a new one."))
    made = _new(institution, at)
    _commit(made)
    return made


def rotate(code: str | None, *, at: datetime) -> SigningKey:
    """A new key signs from now on; what the one before has signed still holds. Raises NoKey where there is none to rotate."""
    institution = queries.institution(code) if code else None
    before = queries.signing(institution.organisation_id if institution else None)
    if before is None:
        raise NoKey(_("There is no key to rotate. Make one first."))
    _end(before, "retire", at)
    db.session.flush()
    made = _new(institution, at)
    _commit(made)
    keeping.forget(before.uuid)
    return made


def withdraw(uuid: UUID, *, at: datetime) -> SigningKey:
    """For a key that has come into wrong hands: nothing it has signed holds from now on. Raises NotFound, StepRefused."""
    found = queries.key(uuid)
    _end(found, "withdraw", at)
    db.session.commit()
    keeping.forget(found.uuid)
    return found


def _new(institution, at: datetime) -> SigningKey:
    uuid = uuid4()
    private, public, certificate = making.new_key(institution.name_nb if institution else "Seksti", str(uuid), at)
    made = SigningKey(
        uuid=uuid, institution_id=institution.organisation_id if institution else None, state=KeyState.SIGNING, public=public, certificate=certificate,
        sealed=keeping.keep(uuid, private), made_at=at,
    )  # fmt: skip
    db.session.add(made)
    audit.record("signing-key", uuid, "make", by=None, at=at, organisation_id=made.institution_id, to_state=KeyState.SIGNING)
    return made


def _commit(made: SigningKey) -> None:
    uuid = made.uuid
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        keeping.forget(uuid)
        raise KeyThere(_("A key was made by somebody else at the same time.")) from None


def _end(key: SigningKey, event: str, at: datetime) -> None:
    """Its file is for the caller to let go of, once it is sure that the key has ended."""
    before, key.state = key.state, KEY_LIFE.after(key.state, event)
    key.ended_at, key.sealed = at, None
    audit.record("signing-key", key.uuid, event, by=None, at=at, organisation_id=key.institution_id, from_state=before, to_state=key.state)


def private_of(institution_id: int | None) -> tuple[SigningKey, str]:
    """The key that signs now and its private half (PEM). Raises NoKey."""
    found = queries.signing(institution_id)
    if found is None:
        raise NoKey(_("Nothing can be signed yet: no key has been made."))
    private = keeping.read(found)
    if private is None:
        raise NoKey(_("Nothing can be signed just now: the private key cannot be read on this machine."))
    return found, private
