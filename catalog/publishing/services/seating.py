"""Seats and minimum of several runs at once, as they are edited in the work list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.acting import Actor
from catalog.offers.lifecycle import Run
from catalog.offers.models import Offering
from catalog.publishing import content, queries, signals
from catalog.publishing.content import Changes
from catalog.publishing.permissions import institution_of
from catalog.publishing.services.editing import note_edit, written
from catalog.publishing.services.offerings import write_seats
from config.database import db
from config.errors import BadInput
from config.languages import _


@dataclass(frozen=True)
class Seating:
    """What is typed for one run, and which version of its seats was read (content.version_of)."""

    run: UUID
    seats: int | None
    minimum: int | None
    version: str


def set_seats(lines: Sequence[Seating], *, actor: Actor, at: datetime) -> int:
    """Saves the seats of all the runs, or of none. Returns how many runs it changed.

    The runs are locked, so that nobody takes a seat meanwhile. Raises NotFound; and BadInput with the errors by box (`seats-<uuid>`) for fewer
    seats than are taken, a minimum above them, what teachers need, a cancelled run, and one that somebody else has changed meanwhile.
    """
    runs = queries.lock_offerings(institution_of(actor), [line.run for line in lines])
    errors: dict[str, list[str]] = {}
    changed = [(runs[line.run], _write(runs[line.run], line, errors)) for line in lines]
    if errors:
        db.session.rollback()
        raise BadInput(_("Nothing is saved yet."), errors)
    told = [(run, found) for run, found in changed if found]
    for run, found in told:
        _tell(run, found, actor, at)
    db.session.commit()
    return len(told)


def _write(run: Offering, line: Seating, errors: dict[str, list[str]]) -> Changes:
    if (line.seats, line.minimum) == (run.seats, run.minimum):
        return {}
    in_the_way = _in_the_way(run, line)
    if in_the_way:
        errors[f"seats-{line.run}"] = [in_the_way]
        return {}
    try:
        return written(run, "seats", {"mode": run.mode, "seats": line.seats, "minimum": line.minimum}, write_seats)
    except BadInput as refusal:
        errors |= {f"{name}-{line.run}": list(sentences) for name, sentences in refusal.errors.items()}
        return {}


def _in_the_way(run: Offering, line: Seating) -> str | None:
    if run.state is Run.CANCELLED:
        return _("This run is cancelled and can no longer be changed.")
    if line.version != content.version_of(content.content(run, "seats")):
        now = {"seats": _as_written(run.seats), "minimum": _as_written(run.minimum)}
        return _("Somebody else has saved %(seats)s seats and at least %(minimum)s meanwhile. Save again to say what stands here.", **now)
    return None


def _as_written(number: int | None) -> str:
    return "–" if number is None else str(number)


def _tell(run: Offering, found: Changes, actor: Actor, at: datetime) -> None:
    note_edit(run, "seats", found, actor=actor, at=at)
    if run.visible:
        db.session.flush()
        signals.offering_changed.send(run, changes=found, actor=actor, at=at)
