"""What is done alike with versions of whichever kind; `kind` is the class of their table. All of it is the national authority's."""

from collections.abc import Callable
from datetime import datetime

from accounts import audit
from accounts.acting import Actor
from accounts.models import Role
from config.clock import day_of
from config.database import db
from config.errors import Refusal
from config.languages import _
from regions.versions import queries
from regions.versions.lifecycle import Version
from regions.versions.models import Versioned
from regions.versions.queries import V


class VersionStands(Refusal):
    code = "version-stands"


def draft(kind: type[V], number: int, actor: Actor) -> V:
    """A draft under a lock, to be changed. Raises NotFound, VersionStands."""
    actor.require(Role.AUTHORITY)
    found = queries.locked(kind, number)
    if found.state is not Version.DRAFT:
        raise VersionStands(_("This version is approved or released, and stands as it is. Begin a new one to change something."))
    return found


def take_back(kind: type[V], number: int, *, actor: Actor, at: datetime) -> V:
    """Before it is released. Raises NotFound, StepRefused."""
    actor.require(Role.AUTHORITY)
    found = queries.locked(kind, number)
    found.take("take back")
    remember(found, "take back", actor, at)
    db.session.commit()
    return found


def release_due(kind: type[V], at: datetime, let_hold: Callable[[V], None] = lambda _version: None) -> int:
    """Releases what is approved and whose day has come. `let_hold`: what else changes then. Returns how many."""
    due = queries.due(kind, day_of(at))
    for one in due:
        one.take("release")
        one.released_at = at
        let_hold(one)
        remember(one, "release", None, at)
    db.session.commit()
    return len(due)


def remember(version: Versioned, event: str, actor: Actor | None, at: datetime, **facts: str) -> None:
    audit.record(version.told_as, version.uuid, event, by=actor, at=at, organisation_id=actor.organisation_id if actor else None, to_state=version.state, facts=facts)
