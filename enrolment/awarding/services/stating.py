"""An owner states how many teachers it has: one function, one use case, one commit."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from accounts import audit
from accounts.acting import Actor
from config.database import db
from config.errors import BadInput
from config.languages import _
from config.languages import date as written
from enrolment.awarding import queries
from enrolment.awarding.models import OwnerTeachers
from enrolment.staff.queries import lock_owner
from enrolment.uploads.queries import owner_of

SOURCE = "stated by the owner"


def state_teachers(hundredths: int, valid_from: date, *, actor: Actor, at: datetime) -> None:
    """So many full posts, in hundredths, from a day until another number is stated; of one day the last number stands. What was allocated before stays
    as it was frozen. Raises BadInput where a number holds from a later day."""
    owner = owner_of(actor)
    lock_owner(owner)
    stated = queries.stated_teachers(owner)
    _require_not_before(stated, valid_from)
    same = next((one for one in stated if one.valid_from == valid_from), None)
    if same and same.hundredths == hundredths:
        db.session.rollback()
        return
    if same:
        same.hundredths = hundredths
    else:
        for one in stated:
            if one.holds(valid_from):
                one.valid_to = valid_from - timedelta(days=1)
        db.session.add(OwnerTeachers(owner_id=owner, hundredths=hundredths, valid_from=valid_from, source=SOURCE, confirmed=True))
    body = queries.body(owner)
    audit.record("owner teachers", body, "state", by=actor, at=at, organisation_id=owner, facts={"hundredths": hundredths, "from": valid_from.isoformat()})
    db.session.commit()


def _require_not_before(stated: Sequence[OwnerTeachers], valid_from: date) -> None:
    later = next((one for one in stated if one.valid_from and one.valid_from > valid_from), None)
    if later:
        sentence = _("You have stated a number from %(day)s. Choose that day or a later one.", day=written(later.valid_from))
        raise BadInput(sentence, {"valid_from": [sentence]})
