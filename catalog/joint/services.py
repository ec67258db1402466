"""Answering for one's part in a module that another institution leads: one function, one use case, one commit."""

from datetime import datetime
from uuid import UUID

from accounts import audit
from accounts.acting import Actor
from catalog.joint import queries
from catalog.joint.lifecycle import PART_LIFE
from catalog.offers.models import Partner
from catalog.publishing.permissions import institution_of
from config.database import db


def answer(part: UUID, event: str, *, actor: Actor, at: datetime) -> Partner:
    """Accepts, declines or leaves. Raises NotFound, and StepRefused for what cannot follow."""
    found = queries.own_part(institution_of(actor), part)
    found.state = PART_LIFE.after(found.state, event)
    facts = {"institution": found.institution.short_name}
    audit.record("module", found.module.uuid, f"joint-{event}", by=actor, at=at, organisation_id=actor.organisation_id, facts=facts)
    db.session.commit()
    return found
