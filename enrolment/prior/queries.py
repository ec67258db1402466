"""Every select of evidence and units. Evidence is looked up through the claim, and that through its holder or the owner it is laid before."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from accounts.acting import Actor
from config.database import db, holds
from config.errors import NotFound
from config.languages import _
from enrolment.prior.models import CreditUnit, Evidence
from enrolment.progress import queries as progress_queries
from enrolment.progress.lifecycle import Claim
from enrolment.progress.models import PriorCredit


def units(on: date) -> Sequence[CreditUnit]:
    """Those one can state an amount in, in the order of the register."""
    return db.session.scalars(select(CreditUnit).where(holds(CreditUnit, on)).order_by(CreditUnit.id)).all()


def evidence_of(claim_id: int) -> Sequence[Evidence]:
    return db.session.scalars(select(Evidence).where(Evidence.claim_id == claim_id).order_by(Evidence.id)).all()


def count_of(claim_id: int) -> int:
    return db.session.scalar(select(func.count()).where(Evidence.claim_id == claim_id)) or 0


def own_evidence(actor: Actor, claim: UUID, evidence: UUID) -> Evidence:
    """Raises NotFound for another person's."""
    return _found(progress_queries.own_claim(actor, claim).id, evidence)


def laid_evidence(actor: Actor, claim: UUID, evidence: UUID) -> Evidence:
    """Raises NotFound for a claim that is laid before another owner."""
    return _found(progress_queries.claim_to_decide(actor, claim).id, evidence)


def _found(claim_id: int, evidence: UUID) -> Evidence:
    found = db.session.scalar(select(Evidence).where(Evidence.claim_id == claim_id, Evidence.uuid == evidence))
    if found is None:
        raise NotFound(_("There is no such file."))
    return found


def stored_names() -> set[str]:
    """Every name under which something is kept."""
    return set(db.session.scalars(select(Evidence.stored_as)))


def evidence_of_withdrawn() -> Sequence[Evidence]:
    """What belonged to claims that were taken back."""
    return db.session.scalars(select(Evidence).join(Evidence.claim).where(PriorCredit.state == Claim.WITHDRAWN)).all()
