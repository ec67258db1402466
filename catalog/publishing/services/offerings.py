"""What an editor does with a run of a module."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.acting import Actor
from catalog.joint import words as joint
from catalog.offers import positions
from catalog.offers.lifecycle import Run
from catalog.offers.models import Gathering, Module, Offering, Partner
from catalog.publishing import queries, rules, signals
from catalog.publishing.content import Changes
from catalog.publishing.permissions import institution_of
from catalog.publishing.services.editing import Edit, carry_out, note
from catalog.publishing.services.references import resolved
from catalog.publishing.values import Meeting
from catalog.publishing.words import sentences
from config.database import db
from config.errors import BadInput, Refusal
from config.languages import _


class RunCancelled(Refusal):
    code = "run-cancelled"


def create_offering(module_uuid: UUID, values: dict[str, Any], *, actor: Actor, at: datetime) -> Offering:
    """A draft run of a module of one's own, with its semesters. Raises NotFound."""
    module = queries.hold_module(institution_of(actor), module_uuid)  # so that nobody deletes the module meanwhile
    offering = begin_offering(module, values, actor=actor, at=at)
    db.session.commit()
    return offering


def begin_offering(module: Module, values: dict[str, Any], *, actor: Actor, at: datetime) -> Offering:
    """The same, for a caller who holds the lock and commits. Where the module's place rotates, the run is where it is that term's turn."""
    held = _held_at(joint.host(module, values["semester"]))
    offering = Offering(module=module, language=module.language, gatherings=[], **values, **held)
    db.session.add(offering)
    db.session.flush()
    note(offering, "create", actor=actor, at=at)
    return offering


def _held_at(whose: Partner | None) -> dict[str, Any]:
    """The place of the institution whose turn it is."""
    return {"place": whose.place, "municipality": queries.municipalities_called([whose.place or ""]).get(whose.place)} if whose else {}


def edit_offering(uuid: UUID, edit: Edit, *, actor: Actor, at: datetime) -> Offering:
    """Saves one section, under a lock, so that nobody takes a seat meanwhile. Raises NotFound, RunCancelled, BadInput, StaleEdit and
    ConfirmFirst (editing.carry_out)."""
    mine = institution_of(actor)
    offering = queries.lock_offering(mine, uuid)
    refuse_cancelled(offering)
    changes = carry_out(offering, edit, offering_writer(edit.section), actor=actor, at=at)
    tell_of_changes(offering, changes, actor=actor, at=at)
    db.session.commit()
    return offering


def refuse_cancelled(offering: Offering) -> None:
    if offering.state is Run.CANCELLED:
        raise RunCancelled(_("This run is cancelled and can no longer be changed."))


def offering_writer(section: str) -> Callable[[Offering, dict[str, Any]], None]:
    """What writes a section of a run."""
    return _WRITERS[section]


def tell_of_changes(offering: Offering, changes: Changes, *, actor: Actor, at: datetime) -> None:
    """The news of a change of what teachers can see."""
    if changes and offering.visible:
        db.session.flush()
        signals.offering_changed.send(offering, changes=changes, actor=actor, at=at)


def _write_delivery(offering: Offering, values: dict[str, Any]) -> None:
    offering.revise(**resolved(values, offering.module.institution_id))


def write_seats(offering: Offering, values: dict[str, Any]) -> None:
    """Raises BadInput for fewer seats than are taken or kept for somebody, and for a minimum that they cannot hold."""
    _refuse(rules.seat_problems(seats=values["seats"], minimum=values["minimum"], taken=offering.seats_taken))
    signals.seats_written.send(offering, seats=values["seats"])
    offering.revise(**values)


def _write_dates(offering: Offering, values: dict[str, Any]) -> None:
    _refuse(rules.date_problems(**values))
    offering.revise(**{name: value for name, value in values.items() if name != "gatherings"})
    _write_gatherings(offering, values["gatherings"])


def _write_gatherings(offering: Offering, lines: Sequence[Meeting]) -> None:
    """A gathering that is there already keeps its row, and so its identity in everybody's calendar."""
    rows = {row.uuid: row for row in offering.gatherings}
    names = {line.place: positions.read(line.place).name for line in lines if line.place}
    places = queries.municipalities_called(names.values())
    offering.gatherings = [rows.pop(line.uuid, None) or Gathering() for line in lines]
    for row, line in zip(offering.gatherings, lines, strict=True):
        year, week = (int(part) for part in line.week.split("-")) if line.week else (None, None)
        row.starts_on, row.ends_on, row.iso_year, row.iso_week = line.starts_on, line.ends_on, year, week
        row.place, row.online, row.municipality = line.place, line.online, places.get(names.get(line.place))


def _refuse(problems: Sequence[rules.Problem]) -> None:
    if problems:
        raise BadInput(_("The run cannot be saved like this."), sentences(problems))


_WRITERS: Mapping[str, Callable[[Offering, dict[str, Any]], None]] = {
    "dates": _write_dates,
    "delivery": _write_delivery,
    "seats": write_seats,
}


def publish_offering(uuid: UUID, *, actor: Actor, at: datetime) -> Offering:
    """Lets teachers see the run and, from the day it opens, enrol. Raises NotFound, NotReadyToPublish and StepRefused."""
    offering = queries.lock_offering(institution_of(actor), uuid)
    was = offering.state
    offering.publish(at)
    return _noted(offering, "publish", was, actor, at)


def plan_offering(uuid: UUID, *, actor: Actor, at: datetime) -> Offering:
    """Announces the run, so that teachers can plan with it. Raises NotFound, NotReadyToPublish and StepRefused."""
    offering = queries.lock_offering(institution_of(actor), uuid)
    was = offering.state
    offering.plan(at)
    return _noted(offering, "plan", was, actor, at)


def _noted(offering: Offering, event: str, was: Run, actor: Actor, at: datetime) -> Offering:
    note(offering, event, actor=actor, at=at, was=was)
    db.session.commit()
    return offering


def cancel_offering(uuid: UUID, reason: str, *, actor: Actor, at: datetime) -> Offering:
    """The run will not be held, its module lives on; receivers of the news tell whoever has a seat. Raises NotFound and StepRefused."""
    offering = queries.lock_offering(institution_of(actor), uuid)
    cancel_held(offering, reason, actor=actor, at=at)
    db.session.commit()
    return offering


def cancel_held(offering: Offering, reason: str, *, actor: Actor, at: datetime, **more: Any) -> None:
    """The same, for a caller who holds the run and commits. `more` is told along with the news, to receivers who know of it."""
    was = offering.state
    offering.cancel(reason)
    note(offering, "cancel", actor=actor, at=at, was=was, why=reason)
    db.session.flush()
    signals.offering_cancelled.send(offering, reason=reason, actor=actor, at=at, **more)
