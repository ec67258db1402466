"""What follows for those who take part when an editor changes or cancels a run. Part of the editor's transaction."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from accounts import audit
from accounts.acting import Actor
from catalog.offers.models import Offering
from catalog.publishing.signals import offering_cancelled, offering_changed
from enrolment.seats import queries, services

TOLD_OF = {"starts_on", "ends_on", "place", "delivery", "gatherings", "semester"}  # what a person has planned by


@offering_cancelled.connect
def release(offering: Offering, *, reason: str, actor: Actor, at: datetime, instead: Mapping[UUID, str] | None = None, **_more) -> None:
    """`instead`: by enrolment, what its holder is told of in the same message."""
    services.release_all(offering, by=actor, at=at, why=reason, instead=instead or {})


@offering_changed.connect
def tell_of_change(offering: Offering, *, changes: dict, actor: Actor, at: datetime, **_more) -> None:
    """Everybody with a seat, an offer or a place in line is told once that dates, place or delivery changed."""
    if not TOLD_OF & set(changes):
        return
    title = offering.module.title or offering.module.code or ""
    for enrolment in queries.active_in(offering.id):
        audit.tell(enrolment.person_id, "offering-changed", at=at, address=f"/me/enrolments/{enrolment.uuid}", module=title)
