"""The one place where a case takes a step: the state, the line of the timeline and the event of the trail, in the caller's transaction."""

from collections.abc import Iterable
from datetime import datetime

from accounts import audit
from accounts.acting import Actor
from config.database import db
from enrolment.applications.lifecycle import CASE_LIFE, EMPLOYER_LIFE, MONEY_LIFE
from enrolment.applications.models import Application, CaseStep
from enrolment.applications.values import EVERY_PARTY, Party, Track

LIVES = {Track.CASE: ("state", CASE_LIFE), Track.EMPLOYER: ("employer", EMPLOYER_LIFE), Track.MONEY: ("money", MONEY_LIFE)}


def take(case: Application, track: Track, event: str, *, by: Actor | None, at: datetime, why: str | None = None, read_by: Iterable[Party] = EVERY_PARTY, **facts) -> None:
    """Moves a track along its life and leaves a line of it. Raises StepRefused where the table has no such step."""
    name, life = LIVES[track]
    before = getattr(case, name)
    setattr(case, name, life.after(before, event))
    note(case, track, event, by=by, at=at, why=why, read_by=read_by, states=(before, getattr(case, name)), **facts)


def note(
    case: Application, track: Track, event: str, *, by: Actor | None, at: datetime, why: str | None = None, read_by: Iterable[Party] = EVERY_PARTY,
    states: tuple[str | None, str | None] = (None, None), **facts,
) -> None:  # fmt: skip
    """Leaves a line on a track without moving it: a rank, a remark, what became of a seat. The lines before it are not read for that."""
    before, after = states
    db.session.add(
        CaseStep(
            application=case, at=at, track=track, event=event, from_state=before, to_state=after, by_person_id=by.person_id if by else None,
            organisation_id=by.organisation_id if by else None, why=why, facts=facts, read_by=[str(party) for party in read_by],
        )
    )  # fmt: skip
    audit.record(
        "application", case.uuid, event, by=by, at=at, organisation_id=by.organisation_id if by else None, from_state=before, to_state=after,
        facts={"track": str(track)},
    )  # fmt: skip
