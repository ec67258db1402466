"""What can be shared, one's own statements, and the one of an address. Each list in one query a relation, however long."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from accounts.acting import Actor
from accounts.models import Event
from catalog.institutions.models import Institution
from catalog.offers.models import Module, Offering
from config.database import db
from config.errors import NotFound
from config.languages import _
from enrolment.progress.lifecycle import Claim
from enrolment.progress.models import PriorCredit
from enrolment.results.values import Mark
from enrolment.schools.models import SchoolOwner
from enrolment.seats.models import Enrolment, Result
from enrolment.statements.models import Statement, StatementLine

PASSED = [mark for mark in Mark if mark.passed]


def results_to_share(person_id: int) -> Sequence[Result]:
    """The results a person has passed with, in modules with credits, the latest first."""
    passed = (
        select(Result)
        .join(Result.enrolment)
        .join(Enrolment.module)
        .options(*_study_of(joinedload(Result.enrolment)))
        .where(Enrolment.person_id == person_id, Result.mark.in_(PASSED), Module.credits > 0)
    )
    return db.session.scalars(passed.order_by(Result.recorded_at.desc(), Result.id.desc())).all()


def _study_of(enrolment) -> tuple:
    module = enrolment.joinedload(Enrolment.module)
    return (
        module.joinedload(Module.institution).joinedload(Institution.organisation),
        module.joinedload(Module.subject),
        enrolment.joinedload(Enrolment.offering).joinedload(Offering.module),
        enrolment.joinedload(Enrolment.person),
    )


def claims_to_share(person_id: int) -> Sequence[PriorCredit]:
    """The earlier education of a person that has been verified, the latest first."""
    verified = select(PriorCredit).options(joinedload(PriorCredit.person)).where(PriorCredit.person_id == person_id, PriorCredit.state == Claim.VERIFIED)
    return db.session.scalars(verified.order_by(PriorCredit.decided_at.desc(), PriorCredit.id.desc())).all()


def owner_names(keys: set[int]) -> dict[int, str]:
    """By key, what these school owners are called."""
    owners = select(SchoolOwner).options(joinedload(SchoolOwner.organisation)).where(SchoolOwner.organisation_id.in_(keys))
    return {owner.organisation_id: owner.organisation.name for owner in db.session.scalars(owners)}


def own_statements(actor: Actor) -> Sequence[Statement]:
    """All of a person's, the latest first."""
    mine = select(Statement).options(_lines()).where(Statement.person_id == actor.person_id)
    return db.session.scalars(mine.order_by(Statement.made_at.desc(), Statement.id.desc())).all()


def own_statement(actor: Actor, statement: UUID) -> Statement:
    """Raises NotFound for another person's."""
    found = db.session.scalar(select(Statement).options(_lines()).where(Statement.person_id == actor.person_id, Statement.uuid == statement))
    if found is None:
        raise NotFound(_("You have no such statement."))
    return found


def statement_with(digest: str) -> Statement | None:
    return db.session.scalar(select(Statement).options(_lines(), joinedload(Statement.person)).where(Statement.token_digest == digest))


def _lines():
    lines = selectinload(Statement.lines)
    return lines.options(joinedload(StatementLine.claim), *_study_of(joinedload(StatementLine.result).joinedload(Result.enrolment)))


def own_passed(actor: Actor, enrolment: UUID) -> Result:
    """The result of one's own that can become a badge. Raises NotFound."""
    mine = (
        select(Result)
        .join(Result.enrolment)
        .join(Enrolment.module)
        .options(*_study_of(joinedload(Result.enrolment)))
        .where(Enrolment.person_id == actor.person_id, Enrolment.uuid == enrolment, Result.mark.in_(PASSED))
    )
    found = db.session.scalar(mine)
    if found is None:
        raise NotFound(_("You have no such result."))
    return found


def outdated_results(institution_id: int) -> list[tuple[UUID, datetime]]:
    """The results of an institution that have been corrected, each with the moments at which it was recorded as something else than now."""
    asked = select(Event.subject_uuid, Event.at).where(Event.kind == "result", Event.organisation_id == institution_id, Event.event.in_(("record", "correct")))
    rows = [(uuid, at) for uuid, at in db.session.execute(asked.order_by(Event.subject_uuid, Event.id))]
    return [row for row, following in pairwise(rows) if row[0] == following[0]]
