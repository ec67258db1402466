"""Taking one step for many things: what it would do, and doing it in one commit."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from accounts import audit
from accounts.acting import Actor
from catalog.bulk.models import BulkPublication
from catalog.offers.lifecycle import PUBLICATION_LIFE, RUN_LIFE, Publication, Run
from catalog.offers.models import Course, Module, Offering
from catalog.offers.readiness import ANNOUNCED
from catalog.publishing import queries
from catalog.publishing.content import kind_of
from catalog.publishing.permissions import institution_of
from catalog.publishing.queries import work_list
from catalog.publishing.services.editing import Thing, note
from catalog.publishing.ticked import rules
from catalog.publishing.ticked.values import KINDS, Facts, Line, Step, key_of
from config.database import db

AFTERWARDS = {Step.PUBLISH: (Publication.PUBLISHED, Run.PUBLISHED), Step.PLAN: (Run.PLANNED,)}


def asked_of(step: Step, ticked: Mapping[str, Sequence[UUID]], institution_id: int) -> list[Line]:
    """What the step would do with each ticked thing that is one's own: those that take it first, in the order they take it."""
    things = {key: thing for kind in KINDS for key, thing in _own(institution_id, kind, ticked.get(kind, ())).items()}
    order, skipped = rules.decided([_facts(key, thing, step) for key, thing in things.items()])
    return [Line(things[key], None) for key in order] + [Line(things[key], why) for key, why in skipped.items()]


def _own(institution_id: int, kind: str, uuids: Sequence[UUID]) -> dict[str, Thing]:
    found = {thing.uuid: thing for thing in work_list.own(institution_id, kind, uuids)} if uuids else {}
    return {key_of(kind, uuid): found[uuid] for uuid in uuids if uuid in found}


def _facts(key: str, thing: Thing, step: Step) -> Facts:
    gaps = [gap for gap in thing.gaps if gap in ANNOUNCED] if step is Step.PLAN else thing.gaps
    return Facts(key, thing.state in AFTERWARDS[step], _possible(thing, step), tuple(gaps), _waits_for(thing))


def _possible(thing: Thing, step: Step) -> bool:
    life = RUN_LIFE if isinstance(thing, Offering) else PUBLICATION_LIFE
    return life.allows(thing.state, str(step))


def _waits_for(thing: Thing) -> frozenset[str]:
    """The modules that must come into sight before it."""
    if isinstance(thing, Course):
        return frozenset()
    needed = [thing.module] if isinstance(thing, Offering) else [row.required_module for row in thing.prerequisites if row.required]
    return frozenset(key_of("module", module.uuid) for module in needed if module and not module.visible)


def take(step: Step, ticked: Mapping[str, Sequence[UUID]], *, actor: Actor, at: datetime) -> UUID:
    """Takes the step for every ticked thing that can, in one commit, and remembers what was skipped and why. Returns what that is known by."""
    mine = institution_of(actor)
    queries.lock_institution(mine)
    _hold(mine, ticked.get("offering", ()))
    lines = asked_of(step, ticked, mine)
    before = [[kind_of(line.thing), str(line.thing.uuid), str(line.thing.state)] for line in lines if line.skipped is None]
    for line in lines:
        if line.skipped is None:
            _take_one(line.thing, step, actor, at)
    uuid = _remember(step, ticked, lines, actor, at)
    db.session.add(BulkPublication(uuid=uuid, institution_id=mine, at=at, things=before))  # so that it can be taken back
    db.session.commit()
    return uuid


def _hold(institution_id: int, uuids: Iterable[UUID]) -> None:
    """The runs are held by their rows, as everybody else who writes them does; one that is gone is no hindrance to the others."""
    there = [run.uuid for run in work_list.own(institution_id, "offering", list(uuids))]
    if there:
        queries.lock_offerings(institution_id, there)


def _take_one(thing: Thing, step: Step, actor: Actor, at: datetime) -> None:
    was = thing.state
    if step is Step.PLAN and isinstance(thing, Offering):
        thing.plan(at)
    else:
        thing.publish(at)
    note(thing, str(step), actor=actor, at=at, was=was)


def _remember(step: Step, ticked: Mapping[str, Sequence[UUID]], lines: Sequence[Line], actor: Actor, at: datetime) -> UUID:
    uuid = uuid4()
    found = {key(line.thing) for line in lines}
    asked = [key_of(kind, one) for kind, uuids in ticked.items() for one in uuids]
    facts = {
        "step": str(step),
        "taken": [key(line.thing) for line in lines if line.skipped is None],
        "skipped": [[key(line.thing), str(line.skipped.why), list(line.skipped.gaps)] for line in lines if line.skipped],
        "gone": len([key for key in asked if key not in found]),
    }
    audit.record("steps", uuid, "take", by=actor, at=at, organisation_id=actor.organisation_id, facts=facts)
    return uuid


def key(thing: Thing) -> str:
    return key_of(kind_of(thing), thing.uuid)


def all_fitting(institution_id: int, wanted: work_list.Wanted, *, most: int, on: date) -> list[str]:
    """The keys of everything that the work list shows when narrowed like this, on all its pages."""
    return [key(thing) for thing in work_list.all_of(institution_id, wanted, most=most, on=on)]


def own_things(institution_id: int, ticked: Mapping[str, Sequence[UUID]]) -> dict[str, Course | Module | Offering]:
    """Those of the things that are still there, by key."""
    return {key: thing for kind, uuids in ticked.items() for key, thing in _own(institution_id, kind, uuids).items()}
