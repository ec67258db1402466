"""Writing, approving and releasing the frames: one function, one use case, one commit. All of it is the national authority's."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from accounts.acting import Actor
from accounts.models import Role
from config.clock import day_of
from config.database import db
from config.errors import BadInput
from config.languages import _
from regions.frames import queries
from regions.frames.models import Frame, FrameVersion
from regions.versions import queries as kinds
from regions.versions import services as versions
from regions.versions.lifecycle import Version
from regions.versions.services import draft, remember


def begin(values: Mapping[str, Any], *, actor: Actor, at: datetime) -> FrameVersion:
    """A draft with the frames that hold for its study year, to be changed. Raises BadInput."""
    actor.require(Role.AUTHORITY)
    _check(values, at)
    made = FrameVersion(uuid=uuid4(), number=kinds.last_number(FrameVersion) + 1, state=Version.DRAFT, made_at=at, **values)
    before = queries.in_force(values["study_year"])
    same = ("strand", "group_id", "scheme_id", "oere")
    made.frames = [Frame(uuid=uuid4(), **{name: getattr(one, name) for name in same}) for one in before.frames] if before else []
    db.session.add(made)
    remember(made, "begin", actor, at)
    db.session.commit()
    return made


def _check(values: Mapping[str, Any], at: datetime) -> None:
    if values["release_on"] <= day_of(at):
        raise BadInput(_("The version cannot be like this."), {"release_on": [_("The date must lie ahead.")]})


def change(number: int, values: Mapping[str, Any], *, actor: Actor, at: datetime) -> FrameVersion:
    """Its name, source and day of release. Raises NotFound, VersionStands, BadInput."""
    found = draft(FrameVersion, number, actor)
    _check(values, at)
    for name, value in values.items():
        setattr(found, name, value)
    remember(found, "change", actor, at)
    db.session.commit()
    return found


def set_frame(number: int, values: Mapping[str, Any], *, actor: Actor, at: datetime) -> Frame:
    """How much there is for a strand, group and scheme; the same again changes the amount. Raises NotFound, VersionStands, BadInput."""
    found = draft(FrameVersion, number, actor)
    group = next((one for one in queries.groups() if one.number == values["group"]), None)
    scheme = next((one for one in queries.schemes() if one.code == values["scheme"]), None)
    wrong = {name: [_("Choose from the list.")] for name, thing in (("group", group), ("scheme", scheme)) if thing is None and values[name]}
    if wrong:
        raise BadInput(_("The frame cannot be like this."), wrong)
    key = {"strand": values["strand"], "group_id": group.id if group else None, "scheme_id": scheme.id if scheme else None}
    made = next((one for one in found.frames if all(getattr(one, name) == value for name, value in key.items())), None)
    if made is None:
        made = Frame(uuid=uuid4(), **key)
        found.frames.append(made)
    made.oere = values["kroner"] * 100
    remember(found, "set frame", actor, at, strand=str(made.strand), group=str(group.number if group else ""), scheme=scheme.code if scheme else "", oere=str(made.oere))
    db.session.commit()
    return made


def drop_frame(number: int, uuid: UUID, *, actor: Actor, at: datetime) -> None:
    """Raises NotFound, VersionStands."""
    found = draft(FrameVersion, number, actor)
    found.frames.remove(queries.frame(found, uuid))
    remember(found, "drop frame", actor, at)
    db.session.commit()


def approve(number: int, *, actor: Actor, at: datetime) -> FrameVersion:
    """It is released on its day. Raises NotFound, StepRefused, BadInput without a frame or with a day that has passed."""
    actor.require(Role.AUTHORITY)
    found = kinds.locked(FrameVersion, number)
    if not found.frames:
        raise BadInput(_("Set at least one frame before the version is approved."))
    _check({"release_on": found.release_on}, at)
    found.take("approve")
    remember(found, "approve", actor, at)
    db.session.commit()
    return found


def take_back(number: int, *, actor: Actor, at: datetime) -> FrameVersion:
    """Before it is released. Raises NotFound, StepRefused."""
    return versions.take_back(FrameVersion, number, actor=actor, at=at)


def release_due(at: datetime) -> int:
    """Releases what is approved and whose day has come; from then on it holds for its study year. A task of the tick."""
    return versions.release_due(FrameVersion, at)
