"""The trail: every change of state leaves a row in the same transaction."""

from datetime import datetime
from uuid import NAMESPACE_OID, UUID, uuid5

from accounts.acting import Actor
from accounts.mail.models import Letter
from accounts.models import Event, Message
from config.database import db


def record(
    kind: str,
    subject: UUID,
    event: str,
    *,
    by: Actor | None,
    at: datetime,
    organisation_id: int | None = None,
    from_state: str | None = None,
    to_state: str | None = None,
    why: str | None = None,
    facts: dict | None = None,
) -> None:
    """Adds one event. `by` is None where Seksti acts by itself (a deadline passing)."""
    db.session.add(
        Event(
            at=at,
            person_uuid=by.person_uuid if by else None,
            organisation_id=organisation_id,
            kind=kind,
            subject_uuid=subject,
            event=event,
            from_state=from_state,
            to_state=to_state,
            why=why,
            facts=facts or {},
        )
    )


def known_as(code: str) -> UUID:
    """The subject of what is known by a code alone: always the same one, so that its events are found together."""
    return uuid5(NAMESPACE_OID, code)


def tell(person_id: int, kind: str, *, at: datetime, address: str | None = None, **facts: str) -> None:
    """Leaves a person a message, and with it the letter that may carry it by e-mail. `kind` names the sentence, `facts` (texts) fill it."""
    db.session.add(Letter(person_id=person_id, message=Message(person_id=person_id, at=at, kind=kind, address=address, facts=facts)))
