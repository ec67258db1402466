"""What follows for those who take part when an editor changes the date, the place or the credits. Part of the editor's transaction."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from accounts import audit
from catalog.offers.models import Module, Offering
from catalog.publishing.content import plain
from catalog.publishing.signals import module_changed, offering_changed
from config.clock import day_of
from config.database import db
from enrolment.changes import queries, rules
from enrolment.changes.models import RunChange
from enrolment.seats import queries as seats

MESSAGES = {"offering": "offering-changed", "module": "credits-changed"}


@offering_changed.connect
def tell_of_run(offering: Offering, *, changes: Mapping[str, Any], at: datetime, **_more) -> None:
    _tell_of([offering], "offering", changes, at)


@module_changed.connect
def tell_of_module(module: Module, *, changes: Mapping[str, Any], at: datetime, **_more) -> None:
    _tell_of(module.offerings, "module", changes, at)


def _tell_of(runs: list[Offering], kind: str, changes: Mapping[str, Any], at: datetime) -> None:
    told = rules.told_of(kind, changes)
    for run in queries.still_to_be_held(runs, day_of(at)) if told else ():
        _tell_those_in(run, kind, told, at)


def _tell_those_in(run: Offering, kind: str, told: Mapping[str, Any], at: datetime) -> None:
    """Everybody with a seat, an offer or a place in line is told once, and may leave without consequence for a while."""
    active = seats.active_in(run.id)
    if not active:
        return
    change = RunChange(offering_id=run.id, at=at, kind=kind, changes=plain(told), free_until=queries.free_until(day_of(at)))
    db.session.add(change)
    facts = facts_of(change, run)
    for enrolment in active:
        audit.tell(enrolment.person_id, MESSAGES[kind], at=at, address=f"/me/enrolments/{enrolment.uuid}", **facts)


def facts_of(change: RunChange, run: Offering) -> dict[str, str]:
    """What the message says by itself: what the run said and what it says, so that nobody must open a page to know the day."""
    known = {"module": run.module.title or run.module.code or "", "free_until": change.free_until.isoformat()}
    return known | (_credits(change) if change.kind == "module" else {"changes": json.dumps(change.changes)})


def _credits(change: RunChange) -> dict[str, str]:
    before, after = change.changes.get("credits", (None, None))
    return {"before": before or "", "after": after or ""}
