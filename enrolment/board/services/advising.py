"""The head's word, the union's remarks, the teacher's yes to sharing, and what came of it."""

from datetime import datetime
from uuid import UUID

from accounts import audit
from accounts.acting import Actor
from accounts.models import Role
from catalog.values import Strand
from config.clock import day_of
from config.database import db
from config.errors import Refusal
from config.languages import _
from enrolment.applications import timeline
from enrolment.applications.models import Application
from enrolment.applications.values import Party, Track
from enrolment.board import gates, queries
from enrolment.board.models import ListRemark, SharingAnswer
from enrolment.rounds import queries as round_queries
from enrolment.rounds.values import Gate


def recommend(case: UUID, *, version: int, yes: bool, words: str | None, actor: Actor, at: datetime) -> Application:
    """The head recommends or advises against, in words that the teacher and the owner read. Raises NotFound, NotNow, StaleEdit, StepRefused."""
    found = queries.own_case_at_school(actor, case, at)
    known = queries.owner_list(found.owner_id, found.cycle_id, found.strand, for_update=True) if found.owner_id else None
    db.session.refresh(found)
    gates.require_fresh(found, version)
    gates.require_day(found.cycle, found.strand, Gate.RECOMMEND, at)
    if known:
        gates.require_unlocked(known)
    timeline.take(found, Track.EMPLOYER, "recommend" if yes else "advise against", by=actor, at=at, why=words)
    found.recommended, found.head_words = yes, words
    db.session.commit()
    return found


def remark(cycle: str, strand: Strand, *, words: str, case: UUID | None, actor: Actor, at: datetime) -> ListRemark:
    """What the union's representative says of the list, or of one case on it. Raises NotFound, NotNow after the union's last day."""
    actor.require(Role.UNION)
    found = round_queries.cycle(cycle, at)
    gates.require_day(found, strand, Gate.REMARK, at)
    about = queries.case_seen_by_union(actor, case, at) if case else None
    made = ListRemark(owner_id=actor.organisation_id, cycle_id=found.id, strand=strand, application_id=about.id if about else None, person_id=actor.person_id, at=at, words=words)
    db.session.add(made)
    if about:
        timeline.note(about, Track.EMPLOYER, "remark", by=actor, at=at, why=words, read_by=(Party.OWNER, Party.UNION))
    else:
        audit.record("owner-list", found.uuid, "remark", by=actor, at=at, organisation_id=actor.organisation_id)
    db.session.commit()
    return made


def accept_sharing(answer: UUID, *, actor: Actor, at: datetime) -> SharingAnswer:
    """The teacher says yes to the owner's condition. Saying it twice is once."""
    mine = queries.own_answer(actor, answer)
    if mine.accepted_at is None:
        mine.accepted_at = at
        timeline.note(mine.application, Track.EMPLOYER, "accept sharing", by=actor, at=at, read_by=(Party.TEACHER, Party.HEAD, Party.OWNER))
    db.session.commit()
    return mine


def follow_up(answer: UUID, *, words: str, actor: Actor, at: datetime) -> SharingAnswer:
    """The owner notes what came of the sharing, after the study. Raises NotFound, and Refusal where the teacher has not said yes."""
    found = queries.owner_answer(actor, answer)
    if found.accepted_at is None:
        raise Refusal(_("The teacher has not accepted the condition."))
    found.followed_up_on, found.followed_up_words = day_of(at), words
    timeline.note(found.application, Track.EMPLOYER, "follow up sharing", by=actor, at=at, why=words, read_by=(Party.TEACHER, Party.HEAD, Party.OWNER))
    db.session.commit()
    return found
