"""What follows for those who take part when an editor cancels a run. Part of the editor's transaction."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from accounts.acting import Actor
from catalog.offers.models import Offering
from catalog.publishing.signals import offering_cancelled
from enrolment.seats import services


@offering_cancelled.connect
def release(offering: Offering, *, reason: str, actor: Actor, at: datetime, instead: Mapping[UUID, str] | None = None, **_more) -> None:
    """`instead`: by enrolment, what its holder is told of in the same message."""
    services.release_all(offering, by=actor, at=at, why=reason, instead=instead or {})
