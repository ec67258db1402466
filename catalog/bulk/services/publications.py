"""Publishing many drafts at once; and taking back, within a quarter of an hour, what was published or announced at once."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from accounts.acting import Actor
from catalog.bulk import together as rules
from catalog.bulk import queries
from catalog.bulk.models import BulkPublication
from catalog.offers.lifecycle import Publication
from catalog.offers.models import Module, Offering
from catalog.publishing import queries as publishing
from catalog.publishing.content import kind_of
from catalog.publishing.permissions import institution_of
from catalog.publishing.services.editing import note
from config.database import db
from config.errors import Refusal
from config.languages import _


class TooLateToTakeBack(Refusal):
    code = "too-late-to-take-back"


def publish_drafts(named: Iterable[tuple[str, str]], *, actor: Actor, at: datetime) -> BulkPublication:
    """Publishes those of the drafts (kind, public id) that lack nothing, in one transaction, and remembers which. A name of nobody's own,
    or of what is no draft any more, is passed over; so the same sent twice publishes once."""
    mine = institution_of(actor)
    publishing.lock_institution(mine)
    plan = rules.plan(queries.things(mine, named))
    things = [[kind_of(thing), str(thing.uuid), str(thing.state)] for thing in plan.ready]
    for thing in plan.ready:
        was = thing.state
        thing.publish(at)
        db.session.flush()
        note(thing, "publish", actor=actor, at=at, was=was)
    left = [[kind_of(thing), str(thing.uuid), gaps] for thing, gaps in plan.unready.items()]
    batch = BulkPublication(institution_id=mine, at=at, things=things, left=left, stayed=[])
    db.session.add(batch)
    db.session.commit()
    return batch


def take_back(uuid: UUID, *, actor: Actor, at: datetime) -> BulkPublication:
    """Puts back where it was what was published together, but for what somebody has enrolled in since, and what that needs.

    Raises NotFound, and TooLateToTakeBack after a quarter of an hour. A second time changes nothing.
    """
    mine = institution_of(actor)
    publishing.lock_institution(mine)
    batch = queries.own_publication(mine, uuid)
    if batch.undone_at:
        return batch
    if not rules.can_be_taken_back(batch.at, at):
        raise TooLateToTakeBack(_("What was published together can be taken back for 15 minutes. Withdraw or cancel each by itself."))
    _take_back_all(batch, mine, actor, at)
    db.session.commit()
    return batch


def _take_back_all(batch: BulkPublication, mine: int, actor: Actor, at: datetime) -> None:
    """The last published first, so that nothing is left that needs what is gone."""
    before = {(kind, uuid): state for kind, uuid, state in batch.things}
    things = {(kind_of(thing), str(thing.uuid)): thing for thing in queries.things(mine, before)}
    ordered = [things[named] for named in reversed(before) if named in things]
    queries.hold_runs(run for thing in ordered for run in _runs(thing))
    stayed = []
    for thing in ordered:
        if reason := rules.why_it_stays(thing, batch.at, publishing.asking_for(thing) if isinstance(thing, Module) else ()):
            stayed.append([kind_of(thing), str(thing.uuid), reason])
        else:
            _take_back(thing, before[kind_of(thing), str(thing.uuid)], actor, at)
    batch.undone_at, batch.stayed = at, stayed


def _runs(thing: rules.Thing) -> list[Offering]:
    return [thing] if isinstance(thing, Offering) else list(thing.offerings) if isinstance(thing, Module) else []


def _take_back(thing: rules.Thing, before: str, actor: Actor, at: datetime) -> None:
    """What was withdrawn before is withdrawn again; teachers have seen it, so it is no draft."""
    was = thing.state
    if before == Publication.WITHDRAWN:
        thing.withdraw()
    else:
        thing.take_back()
    db.session.flush()
    note(thing, "take-back", actor=actor, at=at, was=was)
