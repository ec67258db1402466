"""The national authority settles the funding checks in which something was not known."""

from datetime import datetime
from uuid import UUID

from accounts import audit
from accounts.acting import Actor
from accounts.models import Role
from config.database import db
from config.errors import Refusal, StaleEdit
from config.languages import _
from enrolment.applications import reviews, timeline
from enrolment.applications.lifecycle import MONEY_LIFE
from enrolment.applications.models import Application
from enrolment.applications.values import REVIEWED, Answer, Reason, Track


class NothingToReview(Refusal):
    code = "nothing-to-review"


def review(case: UUID, *, yes: bool, why: str | None, version: int, actor: Actor, at: datetime) -> Application:
    """Says whether the state may pay, in words that the teacher and the employer read. It holds until the teacher answers otherwise.

    Raises NotFound, StaleEdit, and NothingToReview where it is settled.
    """
    actor.require(Role.AUTHORITY)
    found = reviews.locked(case)
    if not reviews.waits(found):
        raise NothingToReview(_("The funding check of this application is settled."))
    if found.version != version:
        raise StaleEdit(_("The teacher has changed the application since you opened the page. It is shown as it stands now."))
    reason = Reason.REVIEWED_FOR if yes else Reason.REVIEWED_AGAINST
    found.funding = {**found.funding, REVIEWED: str(Answer.YES if yes else Answer.NO)}
    found.funding_reason = str(reason)
    event = "find eligible" if yes else "find not eligible"
    if MONEY_LIFE.allows(found.money, event):
        timeline.take(found, Track.MONEY, event, by=actor, at=at, why=why, reason=str(reason))
    audit.tell(found.person_id, "funding-reviewed", at=at, address=f"/me/applications/{found.uuid}", reason=str(reason), **({"why": why} if why else {}))
    db.session.commit()
    return found
