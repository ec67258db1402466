"""Telling a need and taking it back: one function, one use case, one commit."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.exc import IntegrityError

from accounts.acting import Actor
from accounts.models import Role
from config.database import db
from config.errors import BadInput, Refusal
from config.languages import _
from enrolment.saved.replay import digest
from regions.needs_told import queries, rules
from regions.needs_told.models import ToldNeed


class TooManyNeeds(Refusal):
    code = "too-many-needs"


def tell(query: str, *, actor: Actor, at: datetime) -> ToldNeed:
    """Tells a need (`words.query_of`) to the teacher's region. Telling it again changes nothing. Raises BadInput for one that says nothing, TooManyNeeds."""
    actor.require(Role.TEACHER)
    if not query:
        raise BadInput(_("There is nothing to tell: choose a subject or a level, or write what you look for."), {"query": [_("Search for something first.")]})
    known = queries.told(actor.person_id, digest(query))
    if known is not None:
        return known
    if queries.how_many(actor.person_id) >= rules.MOST:
        raise TooManyNeeds(_("You have told %(most)s needs already, which is the most there is room for. Take one back first.", most=rules.MOST))
    need = ToldNeed(uuid=uuid4(), person_id=actor.person_id, query=query, digest=digest(query), told_at=at)
    db.session.add(need)
    try:
        db.session.commit()
    except IntegrityError:  # the same teacher was faster in another window
        db.session.rollback()
        return queries.told(actor.person_id, digest(query))
    return need


def take_back(need: UUID, *, actor: Actor) -> None:
    """Nothing of it is kept. Raises NotFound for another person's."""
    db.session.delete(queries.own_need(actor, need))
    db.session.commit()
