"""Rolling over, and undoing it: one function, one use case, one commit."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, update

from accounts import audit
from accounts.acting import Actor
from accounts.models import Event
from catalog.joint import words as joint
from catalog.offers.models import Gathering, Offering
from catalog.publishing import queries as publishing
from catalog.publishing.permissions import institution_of
from catalog.publishing.rollover import queries
from catalog.publishing.rollover.planning import planned
from catalog.publishing.rollover.values import Fate, Line, Made, Plan, Span
from catalog.publishing.services.editing import note
from config.database import db

# What a run says that holds for another year. Not its words on when its gatherings are, nor what a source said of it.
KEPT = (
    "module_id", "semesters", "group_name", "mode", "delivery", "part_time", "place", "municipality_id", "gathering_days", "language", "fee_text", "fee_oere",
    "seats", "minimum", "made_up",
)  # fmt: skip


def roll_over(span: Span, course: UUID | None = None, *, actor: Actor, at: datetime) -> UUID | None:
    """Makes a draft for the next year of each run in the span that is to be copied, and remembers what became of every one.

    Returns what it is known by; none where there was nothing to copy. The institution is locked, so nothing is copied twice.
    """
    mine = institution_of(actor)
    publishing.lock_institution(mine)
    plan = planned(mine, span, course)
    copies = [_copy(line) for line in plan.of(Fate.COPIED)]
    if not copies:
        return None
    db.session.add_all(copies)
    db.session.flush()
    uuid = _remember(plan, copies, course, actor, at)
    db.session.commit()
    return uuid


def _copy(line: Line) -> Offering:
    run, dates = line.run, line.dates
    copy = Offering(semester=line.later, copied_from_id=run.id, **{name: getattr(run, name) for name in KEPT} | _held_at(line))
    copy.revise(**{name: getattr(dates, name) for name in ("starts_on", "ends_on", "opens_on", "apply_by", "queue_closes_on")})
    for row, meeting in zip(run.gatherings, dates.gatherings, strict=True):
        year, week = (int(part) for part in meeting.week.split("-")) if meeting.week else (None, None)
        copy.gatherings.append(
            Gathering(
                starts_on=meeting.starts_on, ends_on=meeting.ends_on, iso_year=year, iso_week=week, online=row.online, place=row.place,
                municipality_id=row.municipality_id,
            )  # fmt: skip
        )
    return copy


def _held_at(line: Line) -> dict[str, Any]:
    """Where a module's place rotates, the copy is where it is its term's turn."""
    whose = joint.host(line.run.module, line.later)
    if whose is None or not whose.place:
        return {}
    found = publishing.municipalities_called([whose.place]).get(whose.place)
    return {"place": whose.place, "municipality_id": found.id if found else None}


def _remember(plan: Plan, copies: list[Offering], course: UUID | None, actor: Actor, at: datetime) -> UUID:
    """The event of each copy, and one that knows what became of every run."""
    uuid = uuid4()
    for line, copy in zip(plan.of(Fate.COPIED), copies, strict=True):
        note(copy, "copy", actor=actor, at=at, facts={"from": str(line.run.uuid), "semester": line.run.semester.code, "rollover": str(uuid)})
    facts = {
        "of": plan.span.code,
        "course": str(course) if course else None,
        "copied": [[str(line.run.uuid), str(copy.uuid), copy.version] for line, copy in zip(plan.of(Fate.COPIED), copies, strict=True)],
        "there": [[str(line.run.uuid), str(line.there.uuid)] for line in plan.of(Fate.THERE)],
        "left": [[str(line.run.uuid), str(line.why)] for line in plan.of(Fate.LEFT)],
    }
    audit.record("rollover", uuid, queries.MADE, by=actor, at=at, organisation_id=actor.organisation_id, facts=facts)
    return uuid


def made_by(event: Event) -> list[Made]:
    """The runs that a rolling over made, as it remembers them."""
    return [Made(UUID(source), UUID(copy), version) for source, copy, version in event.facts["copied"]]


def unchanged(made: Made, run: Offering | None) -> bool:
    """Whether a copy is still the draft that was made: every edit raises a run's version."""
    return run is not None and run.never_seen and run.version == made.version and not run.people


def undo(uuid: UUID, *, actor: Actor, at: datetime) -> tuple[int, int]:
    """Removes exactly those drafts of a rolling over that nobody has changed since. Returns how many were removed, and how many are kept.

    Raises NotFound.
    """
    mine = institution_of(actor)
    publishing.lock_institution(mine)
    made = made_by(queries.rollover(mine, uuid))
    runs = queries.runs_by_uuid(mine, [one.copy for one in made], lock=True)
    gone = [runs[one.copy] for one in made if unchanged(one, runs.get(one.copy))]
    _remove(gone, actor, at)
    facts = {"removed": [str(run.uuid) for run in gone]}
    audit.record("rollover", uuid, queries.UNDONE, by=actor, at=at, organisation_id=actor.organisation_id, facts=facts)
    db.session.commit()
    return len(gone), len(runs) - len(gone)


def _remove(runs: list[Offering], actor: Actor, at: datetime) -> None:
    for run in runs:
        note(run, "delete", actor=actor, at=at, facts={"name": run.module.name, "semester": run.semester.code})
    keys = [run.id for run in runs]
    db.session.execute(update(Offering).where(Offering.copied_from_id.in_(keys)).values(copied_from_id=None))
    db.session.execute(delete(Gathering).where(Gathering.offering_id.in_(keys)))
    db.session.execute(delete(Offering).where(Offering.id.in_(keys)))
