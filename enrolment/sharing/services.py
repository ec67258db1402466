"""Giving and taking back a consent: one function, one use case, one commit."""

import secrets
from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.exc import IntegrityError

from accounts import audit
from accounts.acting import Actor
from accounts.models import Role
from config import secret
from config.database import db
from config.errors import NotFound, Refusal
from config.languages import _
from enrolment.byhand import queries as plans
from enrolment.sharing import queries
from enrolment.sharing.models import PlanShare, ProgressShare, Reader


class ShareEnded(Refusal):
    """The address opened a plan once, and never will again."""

    code = "share-ended"
    status = 410


def share_progress(readers: Collection[Reader], *, actor: Actor, at: datetime) -> None:
    """From now on these kinds of reader see a teacher's progress, and no other."""
    actor.require(Role.TEACHER)
    standing = queries.own_shares(actor)
    for reader in standing.keys() - set(readers):
        standing[reader].ended_at = at
        audit.record("progress-share", standing[reader].uuid, "end", by=actor, at=at, facts={"reader": str(reader)})
    for reader in sorted(set(readers) - standing.keys()):
        given = ProgressShare(uuid=uuid4(), person_id=actor.person_id, reader=reader, given_at=at)
        db.session.add(given)
        audit.record("progress-share", given.uuid, "give", by=actor, at=at, facts={"reader": str(reader)})
    _commit()


def _commit() -> None:
    """Two windows at once come to the same: what stands is what one of them said."""
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()


def share_with_head(plan: UUID, *, actor: Actor, at: datetime) -> None:
    """The head of the teacher's school reads the plan from now on. Saying it twice is saying it once. Raises NotFound."""
    own = plans.own_plan(actor, plan)
    if not any(share.with_head for share in queries.shares_of_plan(own)):
        _keep(PlanShare(uuid=uuid4(), plan_id=own.id, made_at=at), actor, at)
    _commit()


def _keep(share: PlanShare, actor: Actor, at: datetime) -> None:
    db.session.add(share)
    audit.record("plan-share", share.uuid, "give", by=actor, at=at, facts={"reader": "head" if share.with_head else "address"})


def open_address(plan: UUID, *, actor: Actor, at: datetime) -> str:
    """A new address that opens the plan to whoever holds it; the one before opens nothing from now on.

    Returns its token (192 bits), which is kept nowhere here. Raises NotFound.
    """
    own = plans.locked_plan(actor, plan)  # two windows at once must not leave two addresses
    for share in queries.shares_of_plan(own):
        if not share.with_head:
            _end(share, actor, at)
    token = secrets.token_urlsafe(24)
    _keep(PlanShare(uuid=uuid4(), plan_id=own.id, token_digest=secret.digest(token), made_at=at), actor, at)
    db.session.commit()
    return token


def end(share: UUID, *, actor: Actor, at: datetime) -> PlanShare:
    """Nobody reads by it from now on. Raises NotFound."""
    mine = queries.own_plan_share(actor, share)
    _end(mine, actor, at)
    db.session.commit()
    return mine


def _end(share: PlanShare, actor: Actor, at: datetime) -> None:
    share.ended_at = at
    audit.record("plan-share", share.uuid, "end", by=actor, at=at)


def opened_by(token: str) -> PlanShare:
    """The plan of an address. Raises NotFound for one that never was, ShareEnded for one that is taken back or whose teacher is no longer here."""
    share = queries.share_with(secret.digest(token))
    if share is None:
        raise NotFound(_("There is no such plan."))
    if share.ended_at or share.plan.person.disabled_at:
        raise ShareEnded(_("This address has been ended by the teacher whose plan it was."))
    return share
