"""How often a gathering has been changed since calendars first read it (RFC 5545, SEQUENCE): raised by whatever changes its day, its place or whether
it is held, in the same transaction, so nobody can forget it."""

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from catalog.offers.lifecycle import Run
from catalog.offers.models import Gathering, Offering

PLANNED_BY = ("starts_on", "ends_on", "online", "place", "municipality_id", "municipality")


def _know_what_was(_row, _value, _before, _initiator) -> None:
    """Nothing to do: that it listens makes the row read what stood there, so that the same said again is no change."""


for _name in PLANNED_BY:
    event.listen(getattr(Gathering, _name), "set", _know_what_was, active_history=True)
event.listen(Offering.state, "set", _know_what_was, active_history=True)


@event.listens_for(Session, "before_flush")
def count_revisions(session: Session, _context, _instances) -> None:
    """A gathering is counted once a flush, also where its run is cancelled and its place changed together."""
    moved = {row for row in session.dirty if isinstance(row, Gathering) and _changed(row, *PLANNED_BY)}
    called_off = [row for row in session.dirty if isinstance(row, Offering) and row.state is Run.CANCELLED and _changed(row, "state")]
    for gathering in moved.union(*(row.gatherings for row in called_off)):
        gathering.sequence = (gathering.sequence or 0) + 1


def _changed(row: Gathering | Offering, *names: str) -> bool:
    histories = [inspect(row).attrs[name].history for name in names]
    return any(history.added != history.deleted for history in histories if history.has_changes())
