"""A run keeps room for what is kept of it: an editor's new number of seats is refused where it does not. Part of the editor's transaction."""

from catalog.offers.models import Offering
from catalog.publishing.signals import seats_written
from config.errors import BadInput
from config.languages import _
from enrolment.quotas import queries


@seats_written.connect
def hold_room(offering: Offering, *, seats: int | None, **_more) -> None:
    kept = sum(one.seats for one in queries.of_offering(offering.id)) if offering.id else 0
    if kept and (seats is None or seats < kept):
        sentence = _("%(kept)s seats are kept for others, so there cannot be fewer. Change what is kept first.", kept=kept)
        raise BadInput(_("The run cannot be saved like this."), {"seats": [sentence]})
