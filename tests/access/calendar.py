"""A teacher's agenda and an owner's cover are their own; a feed is read by whoever holds its address."""

from accounts.models import Role
from config.database import db
from enrolment.calendar import services
from enrolment.calendar.models import Feed
from enrolment.calendar.values import FeedKind
from tests.access.policy import EVERYBODY, Rule
from tests.factories import MONDAY, acting


def _kind(me) -> FeedKind:
    return FeedKind.COVER if acting(me).role in (Role.HEAD, Role.OWNER) else FeedKind.GATHERINGS


def _feed(half, me) -> dict:
    """One's own, or a teacher's where one can have none."""
    whose = me if acting(me).role in (Role.TEACHER, Role.HEAD, Role.OWNER) else half.people[Role.TEACHER]
    services.open_feed(_kind(whose), actor=acting(whose), at=MONDAY)
    return {"feed": db.session.query(Feed).filter_by(person_id=whose.id, ended_at=None).one().uuid}


POLICY = {
    "calendar.agenda": Rule({Role.TEACHER}),
    "calendar.cover": Rule({Role.OWNER}),
    "calendar.open_feed": Rule({Role.TEACHER, Role.HEAD, Role.OWNER}, form=lambda half, me: {"kind": str(_kind(me))}, own=200),
    "calendar.end_feed": Rule({Role.TEACHER, Role.HEAD, Role.OWNER}, address=_feed),
    "calendar.feed": Rule(
        EVERYBODY, address=lambda half, me: {"token": services.open_feed(FeedKind.GATHERINGS, actor=acting(half.people[Role.TEACHER]), at=MONDAY)}, whose=None
    ),
}
