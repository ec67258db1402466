"""Keeping synonyms: one function, one use case, one commit. The catalogue's version rises, so every worker's next answer knows of it."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy.exc import IntegrityError

from accounts import audit
from accounts.acting import Actor
from accounts.models import Role
from catalog.synonyms import queries, rules, shipping
from catalog.synonyms.models import Synonym
from config.clock import day_of
from config.database import db
from config.errors import BadInput
from config.languages import _


def add(*, asked: str, meant: str, why: str | None, source: str, valid_from: date | None, valid_to: date | None, actor: Actor, at: datetime) -> Synonym:
    """Adds a pair. Raises BadInput, with the field, for words that say nothing or the same, and for a pair that is there."""
    actor.require(Role.AUTHORITY)
    asked, meant = " ".join(asked.split()), " ".join(meant.split())
    _require_words(asked, meant)
    _require_days(valid_from, valid_to)
    _lay_shipped_first()
    if queries.pair(asked, meant):
        raise _there_already()
    made = Synonym(uuid=uuid4(), asked=asked, meant=meant, why=why, source=source, confirmed=True, valid_from=valid_from, valid_to=valid_to)
    db.session.add(made)
    _record(made, "add", actor, at)
    try:
        db.session.commit()
    except IntegrityError:  # somebody added it in the same moment
        db.session.rollback()
        raise _there_already() from None
    return made


def change(uuid: UUID, *, why: str | None, source: str, valid_from: date | None, valid_to: date | None, actor: Actor, at: datetime) -> Synonym:
    """Changes when a pair holds, why, and where it is from. Raises NotFound, BadInput."""
    actor.require(Role.AUTHORITY)
    _require_days(valid_from, valid_to)
    kept = queries.synonym(uuid)
    kept.why, kept.source, kept.valid_from, kept.valid_to, kept.confirmed = why, source, valid_from, valid_to, True
    _record(kept, "change", actor, at)
    db.session.commit()
    return kept


def end(uuid: UUID, *, actor: Actor, at: datetime) -> Synonym:
    """From today on it holds no longer. The row stays, so that nothing lays it anew."""
    actor.require(Role.AUTHORITY)
    kept, yesterday = queries.synonym(uuid), day_of(at) - timedelta(days=1)
    kept.valid_to = yesterday
    if kept.valid_from is not None:
        kept.valid_from = min(kept.valid_from, yesterday)
    _record(kept, "end", actor, at)
    db.session.commit()
    return kept


def _require_words(asked: str, meant: str) -> None:
    errors = {name: [_("Write at least one word that says something.")] for name, text in (("asked", asked), ("meant", meant)) if rules.says_nothing(text)}
    if not errors and rules.too_long(asked):
        errors = {"asked": [_("At most %(most)s words are read together.", most=rules.MOST_WORDS)]}
    if not errors and rules.says_the_same(asked, meant):
        errors = {"meant": [_("To the search this is the same as what is asked.")]}
    if errors:
        raise BadInput(_("The synonym cannot be kept."), errors)


def _require_days(first: date | None, last: date | None) -> None:
    if rules.ends_before_it_begins(first, last):
        raise BadInput(_("The synonym cannot be kept."), {"valid_to": [_("It cannot end before it begins.")]})


def _there_already() -> BadInput:
    return BadInput(_("The synonym cannot be kept."), {"meant": [_("This pair is there already. If it has ended, open it and change its days.")]})


def _lay_shipped_first() -> None:
    """While the register is empty, those that Seksti ships hold; one that is added must not make them fall away."""
    if queries.is_empty():
        shipping.lay()


def _record(kept: Synonym, event: str, actor: Actor, at: datetime) -> None:
    audit.record("synonym", kept.uuid, event, by=actor, at=at, organisation_id=actor.organisation_id, facts={"asked": kept.asked, "meant": kept.meant})
