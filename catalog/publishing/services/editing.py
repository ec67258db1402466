"""What every edit has in common: read what is there, write, see what it changed, and refuse what teachers should not meet unawares."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from accounts import audit
from accounts.acting import Actor
from catalog.offers.models import Course, Module, Offering
from catalog.publishing import content
from catalog.publishing.content import Changes
from catalog.publishing.words import LABELS
from config.database import db
from config.errors import BadInput, Refusal, StaleEdit
from config.languages import _

Thing = Course | Module | Offering


@dataclass(frozen=True)
class Edit:
    """What an editor sends for one section: what it should say, which version of it they read (content.version_of), and
    whether they have seen whom it concerns."""

    section: str
    values: dict[str, Any]
    version: str
    confirmed: bool = False


class ConfirmFirst(Refusal):
    """Teachers can see the thing: the editor is first shown what changes and whom it concerns."""

    code = "confirm-first"

    def __init__(self, found: Changes):
        super().__init__(_("Teachers can see this. Confirm the change first."), fields=", ".join(found))
        self.changes = found


def carry_out(thing: Thing, edit: Edit, write: Callable[[Any, dict[str, Any]], None], *, actor: Actor, at: datetime) -> Changes:
    """Writes a section and returns what it changed; nothing is kept when one of the refusals is raised.

    Raises StaleEdit where somebody else changed the section meanwhile, BadInput where something that teachers need would be taken
    away from what they can see, and ConfirmFirst where they can see it and the editor has not confirmed.
    """
    if edit.version != content.version_of(content.content(thing, edit.section)):
        raise StaleEdit(_("Somebody else has changed this meanwhile."))
    try:
        found = written(thing, edit.section, edit.values, write)
    except BadInput:
        db.session.rollback()
        raise
    if found and thing.visible and not edit.confirmed:
        db.session.rollback()
        raise ConfirmFirst(found)
    note_edit(thing, edit.section, found, actor=actor, at=at)
    return found


def written(thing: Thing, section: str, values: dict[str, Any], write: Callable[[Any, dict[str, Any]], None]) -> Changes:
    """Writes a section and returns what it changed. Raises BadInput where it cannot be so, or where something that teachers need would be
    taken away from what they can see; the caller then undoes what was written."""
    before, gaps = content.content(thing, section), thing.gaps_in_sight
    write(thing, values)
    found = content.changes(before, content.content(thing, section))
    _refuse_unready(thing, gaps)
    return found


def note_edit(thing: Thing, section: str, found: Changes, *, actor: Actor, at: datetime) -> None:
    """Leaves the event of a change of a section, where there is one."""
    if found:
        flag_modified(thing, "state")  # so that the row's version rises where only its parts have changed
        note(thing, "edit", actor=actor, at=at, facts={"section": section, "changes": content.plain(found)})


def _refuse_unready(thing: Thing, gaps: list[str]) -> None:
    opened = [gap for gap in thing.gaps_in_sight if gap not in gaps] if thing.visible else []
    if opened:
        raise BadInput(_("Teachers can see this, so it cannot be left out."), {gap: [_needed(gap)] for gap in opened})


def _needed(gap: str) -> str:
    return _("%(field)s: teachers can see this, so it cannot be left out.", field=LABELS[gap])


def note(
    thing: Thing, event: str, *, actor: Actor, at: datetime, was: str | None = None, why: str | None = None, facts: dict | None = None
) -> None:
    """Leaves the event of a step in an editor's work."""
    became = str(thing.state) if was else None
    audit.record(
        content.kind_of(thing), thing.uuid, event, by=actor, at=at, organisation_id=actor.organisation_id, from_state=was, to_state=became,
        why=why, facts=facts,
    )  # fmt: skip
