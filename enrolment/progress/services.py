"""Claiming earlier education and deciding on it: one function, one use case, one commit."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from accounts import audit
from accounts.acting import Actor
from accounts.models import Role
from catalog.offers.models import Module
from catalog.values import Band
from config.database import db
from config.errors import BadInput
from config.languages import _
from enrolment.progress import queries
from enrolment.progress.lifecycle import CLAIM_LIFE, Claim
from enrolment.progress.models import PriorCredit
from enrolment.progress.values import OWN_UNIT, Measured
from enrolment.schools.models import Teacher, Teaching


def claim(
    *, title: str, institution: str, subject: str, credits: Decimal, finished_on: date | None, actor: Actor, at: datetime, measured: Measured = OWN_UNIT
) -> PriorCredit:
    """Lays earlier education before the teacher's school owner. Raises BadInput for a subject or an owner that is not known."""
    claimed = lay_claim(
        title=title, institution=institution, subject=subject, credits=credits, finished_on=finished_on, actor=actor, at=at, measured=measured
    )
    db.session.commit()
    return claimed


def lay_claim(
    *, title: str, institution: str, subject: str, credits: Decimal, finished_on: date | None, actor: Actor, at: datetime, module: Module | None = None,
    measured: Measured = OWN_UNIT, owner_needed: bool = True,
) -> PriorCredit:
    """The same for a caller that lays several and commits them together. `module`: where it is one known here, so that overlaps are seen.

    `owner_needed`: not where a file that is trusted verifies it."""
    actor.require(Role.TEACHER)
    known = {one.code: one for one in queries.subjects()}
    if subject not in known:
        raise BadInput(_("There is no such subject."), {"subject": [_("Choose a subject of the list.")]})
    owner = queries.owner_of(actor.person_id)
    if owner is None and owner_needed:
        raise BadInput(_("Seksti does not know who your school owner is, and only they can verify this. Ask your school to give you the role of teacher there."))
    claimed = PriorCredit(
        uuid=uuid4(), person_id=actor.person_id, subject_id=known[subject].id, title=title, institution=institution, credits=credits,
        finished_on=finished_on, claimed_at=at, owner_id=owner.organisation_id if owner else None, state=Claim.CLAIMED, module=module, unit=measured.unit,
        stated=measured.stated, country=measured.country,
    )  # fmt: skip
    db.session.add(claimed)
    audit.record("claim", claimed.uuid, "claim", by=actor, at=at, organisation_id=claimed.owner_id, to_state=Claim.CLAIMED)
    return claimed


def verify_by_file(claim: PriorCredit, at: datetime) -> None:
    """Verifies a claim in the caller's transaction, by the signature of a file that is trusted."""
    before, claim.state, claim.decided_at = claim.state, CLAIM_LIFE.after(claim.state, "verify"), at
    audit.record("claim", claim.uuid, "verify", by=None, at=at, organisation_id=claim.owner_id, from_state=before, to_state=claim.state, why="signed file")


def withdraw_claim(claim: UUID, *, actor: Actor, at: datetime) -> None:
    """Takes a claim back that nobody has decided on. Raises StepRefused for one that has been."""
    mine = queries.own_claim(actor, claim)
    _step(mine, "withdraw", actor, at)
    db.session.commit()


def decide(claim: UUID, *, verify: bool, why: str | None, actor: Actor, at: datetime, credits: Decimal | None = None) -> PriorCredit:
    """The school owner verifies or refuses a claim, or verifies it with another number of credits. Raises BadInput where a reason is owed and not given."""
    laid = queries.claim_to_decide(actor, claim)
    another = verify and credits is not None and credits != laid.credits
    if not why and (not verify or another):
        sentence = _("Say why, so that the teacher knows what is missing.") if not verify else _("Say why it counts for another number of credits.")
        raise BadInput(sentence, {"why": [sentence]})
    _step(laid, "verify" if verify else "refuse", actor, at, why)
    if another:
        laid.claimed_credits, laid.credits = laid.credits, credits
    laid.decided_at, laid.decided_by_id, laid.why = at, actor.person_id, why
    facts = {"title": laid.title, "why": why or ""} | ({"credits": f"{laid.credits.normalize():f}"} if another else {})
    audit.tell(laid.person_id, "claim-verified" if verify else "claim-refused", at=at, address=f"/me/progress/claims/{laid.uuid}", **facts)
    db.session.commit()
    return laid


def _step(claim: PriorCredit, event: str, actor: Actor, at: datetime, why: str | None = None) -> None:
    before, claim.state = claim.state, CLAIM_LIFE.after(claim.state, event)
    audit.record("claim", claim.uuid, event, by=actor, at=at, organisation_id=claim.owner_id, from_state=before, to_state=claim.state, why=why)


def set_teaching(pairs: set[tuple[str, Band]], *, actor: Actor) -> None:
    """Registers which subjects a teacher teaches, and in which bands, in place of what was registered."""
    actor.require(Role.TEACHER)
    teacher = queries.teacher_of(actor.person_id) or Teacher(person_id=actor.person_id, school_id=actor.organisation_id)
    db.session.add(teacher)
    ids = {one.code: one.id for one in queries.subjects()}
    wanted = {(ids[subject], band) for subject, band in pairs}
    kept = [row for row in teacher.teaching if (row.subject_id, row.band) in wanted]
    new = wanted - {(row.subject_id, row.band) for row in kept}
    teacher.teaching = kept + [Teaching(subject_id=subject, band=band) for subject, band in sorted(new)]
    db.session.commit()
