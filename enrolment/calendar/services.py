"""Opening, renewing and ending a feed: one function, one use case, one commit."""

import secrets
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.exc import IntegrityError

from accounts import audit
from accounts.acting import Actor
from accounts.models import Role
from config import secret
from config.clock import day_of
from config.database import db
from config.errors import NotFound, Refusal
from config.languages import _
from enrolment.calendar import queries
from enrolment.calendar.models import Feed
from enrolment.calendar.values import FeedKind


READERS = {
    FeedKind.GATHERINGS: (Role.TEACHER,), FeedKind.DEADLINES: (Role.TEACHER, Role.HEAD, Role.OWNER), FeedKind.COVER: (Role.HEAD, Role.OWNER),
}  # fmt: skip


class FeedEnded(Refusal):
    """The address opened a calendar once, and never will again."""

    code = "feed-ended"
    status = 410


def open_feed(kind: FeedKind, *, actor: Actor, at: datetime) -> str:
    """A new address for a calendar; the one before, if any, opens nothing from now on. Returns its token (192 bits), which is kept nowhere here.

    Raises NotAllowed where the calendar is another role's, and Refusal where it was opened in another window at the same time.
    """
    if actor.role not in READERS[kind]:
        actor.require(READERS[kind][0])
    before = queries.open_feeds(actor, (kind,)).get(kind)
    if before:
        _end(before, actor, at)
        db.session.flush()
    token = secrets.token_urlsafe(24)
    body = queries.body_of(actor)
    feed = Feed(uuid=uuid4(), person_id=actor.person_id, organisation_id=body, kind=kind, token_digest=secret.digest(token), made_at=at)
    db.session.add(feed)
    audit.record("feed", feed.uuid, "open", by=actor, at=at, organisation_id=body, facts={"kind": str(kind)})
    _commit()
    return token


def _commit() -> None:
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        raise Refusal(_("The address was made in another window at the same time. Make it once more.")) from None


def end_feed(feed: UUID, *, actor: Actor, at: datetime) -> None:
    """The address opens nothing from now on. Raises NotFound."""
    _end(queries.own_feed(actor, feed), actor, at)
    db.session.commit()


def _end(feed: Feed, actor: Actor, at: datetime) -> None:
    feed.ended_at = at
    audit.record("feed", feed.uuid, "end", by=actor, at=at, organisation_id=feed.organisation_id, facts={"kind": str(feed.kind)})


def opened_by(token: str, *, at: datetime) -> Feed:
    """The feed of an address. Raises NotFound for one that never was, FeedEnded for one that is ended or whose holder may no longer read it."""
    feed = queries.feed_with(secret.digest(token))
    if feed is None:
        raise NotFound(_("There is no such calendar."))
    if feed.ended_at or feed.person.disabled_at or not _may_read(feed, at):
        raise FeedEnded(_("This calendar address has been ended. Whoever made it can make a new one in Seksti."))
    return feed


def _may_read(feed: Feed, at: datetime) -> bool:
    return feed.organisation_id is None or queries.acts_for(feed.person_id, feed.organisation_id, day_of(at))
