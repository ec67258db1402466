"""Which drafts can be published together, and which of those just published can be taken back. Pure, over rows that are there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Course, Module, Offering

UNDO = timedelta(minutes=15)
Thing = Course | Module | Offering
VISIBLE = (Run.PLANNED, Run.PUBLISHED)


@dataclass(frozen=True)
class Plan:
    """The things that lack nothing, in the order in which they are published; and those that lack something, with what."""

    ready: Sequence[Thing]
    unready: Mapping[Thing, list[str]] = field(default_factory=dict)


def plan(chosen: Iterable[Thing]) -> Plan:
    """What is published with it counts as published: a run goes with its module, a module with those it requires.

    Only drafts are published; what teachers have seen and was withdrawn is for its own page.
    """
    waiting = [thing for thing in chosen if thing.state in (Publication.DRAFT, Run.DRAFT)]
    ready: dict[Thing, None] = {}
    while next_ones := [thing for thing in waiting if thing not in ready and not gaps_beside(thing, ready)]:
        ready |= dict.fromkeys(next_ones)
    return Plan(list(ready), {thing: gaps_beside(thing, ready) for thing in waiting if thing not in ready})


def gaps_beside(thing: Thing, ready: Mapping[Thing, None]) -> list[str]:
    """What a thing lacks once the others are published."""
    met = {"module": _module_comes, "prerequisites": _required_come}
    return [gap for gap in thing.gaps if gap not in met or not met[gap](thing, ready)]


def _module_comes(run: Offering, ready: Mapping[Thing, None]) -> bool:
    return run.module in ready


def _required_come(module: Module, ready: Mapping[Thing, None]) -> bool:
    required = [before.required_module for before in module.prerequisites if before.required and before.required_module]
    return all(one.visible or one in ready for one in required)


def can_be_taken_back(published_at: datetime, at: datetime) -> bool:
    return at - published_at <= UNDO


def why_it_stays(thing: Thing, since: datetime, asking: Sequence[Module]) -> str | None:
    """Why something just published is not taken back, as a code; None where it is. `asking`: published modules that require it."""
    if thing.published_at and thing.published_at > since:
        return "changed"
    if isinstance(thing, Offering):
        return _why_run_stays(thing)
    if thing.state is not Publication.PUBLISHED:
        return "changed"
    if isinstance(thing, Course):
        return "modules" if any(module.visible and module.published_at and module.published_at >= since for module in thing.modules) else None
    if any(run.people or _has_been_asked_for(run) for run in thing.offerings if run.state is not Run.DRAFT):
        return "people"
    if any(run.state in VISIBLE and run.published_at and run.published_at >= since for run in thing.offerings):
        return "runs"
    return "asked-for" if asking else None


def _why_run_stays(run: Offering) -> str | None:
    if run.state not in VISIBLE:
        return "changed"
    return "people" if run.people or _has_been_asked_for(run) else None


def _has_been_asked_for(run: Offering) -> bool:
    """Whether anybody ever enrolled, though they may have withdrawn since: each enrolment takes a ticket."""
    return run.next_ticket > 1
