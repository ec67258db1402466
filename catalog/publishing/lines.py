"""Sections that hold several lines: numbered boxes of a form (`from-1`, `to-1`, `from-2` …) read into lines, and lines into boxes.

A line whose boxes are all empty is no line: that is how one takes it away without script.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from marshmallow import fields
from werkzeug.datastructures import MultiDict

from catalog.publishing import schemas
from catalog.publishing.values import Apart, Before, Bonus, Contained, Meeting, Owner, Shared
from catalog.values import Tag
from config.forms import Form, Schema, read_form
from config.languages import _

MOST_LINES = 60
_BOX = re.compile(r"[a-z]+-([1-9]\d{0,2})")


def numbers(raw: MultiDict) -> list[int]:
    """The numbers of the lines in a form, in order."""
    return sorted({int(found[1]) for name in raw if (found := _BOX.fullmatch(name))})


def read_contained(raw: MultiDict) -> Form:
    """What a module contains: three boxes for each kind, none needed; but credits or an address without the sentence is refused."""
    form = read_form(Schema.from_dict(_together(schemas.tag_fields(tag) for tag in Tag))(), raw)
    said = {tag: [form.values.get(f"{box}-{tag}") for box in ("sentence", "address", "credits")] for tag in Tag}
    for tag, (sentence, *rest) in said.items():
        if form.ok and not sentence and any(rest):
            form.refuse(f"sentence-{tag}", _("Quote the sentence of the study plan that supports this."))
    form.values = {"tags": tuple(Contained(tag, *parts) for tag, parts in said.items() if parts[0])}
    return form


def read_bonus(raw: MultiDict) -> Form:
    return _read_lines(raw, schemas.bonus_fields, ("reason", "points"), "bonus", _bonus)


def _bonus(form: Form, row: int, said: Mapping[str, Any]) -> Bonus | None:
    if not said["reason"]:
        return form.refuse(f"reason-{row}", _("Say what gives these points."))
    if said["points"] is None:
        return form.refuse(f"points-{row}", _("Say how many points this gives."))
    return Bonus(said["reason"], said["points"], row)


def read_prerequisites(raw: MultiDict) -> Form:
    return _read_lines(raw, schemas.before_fields, ("module", "subject", "credits"), "prerequisites", _prerequisite)


def _prerequisite(form: Form, row: int, said: Mapping[str, Any]) -> Before | None:
    module, subject, credits = said["module"], said["subject"], said["credits"]
    if module and (subject or credits):
        return form.refuse(f"module-{row}", _("Name a module, or a subject with its credits, but not both in one line."))
    if bool(subject) != bool(credits):
        empty = "credits" if subject else "subject"
        return form.refuse(f"{empty}-{row}", _("A subject needs its credits, and credits their subject."))
    return Before(said["strength"] != "recommended", module, subject, credits, row)


def read_overlaps(raw: MultiDict) -> Form:
    return _read_lines(raw, schemas.shared_fields, ("modules", "credits", "source"), "overlaps", _overlap)


def _overlap(form: Form, row: int, said: Mapping[str, Any]) -> Shared | None:
    codes = tuple(dict.fromkeys(" ".join(code.split()) for code in re.split(r"[,;]", said["modules"] or "") if code.strip()))
    if not codes:
        return form.refuse(f"modules-{row}", _("Name the other modules by their codes, with commas between."))
    if said["credits"] is None:
        return form.refuse(f"credits-{row}", _("Say how many credits they share."))
    return Shared(codes, said["credits"], said["source"], said["uuid"], row)


def read_apart(raw: MultiDict) -> Form:
    return _read_lines(raw, schemas.apart_fields, ("module", "source"), "apart", _apart)


def _apart(form: Form, row: int, said: Mapping[str, Any]) -> Apart | None:
    if not said["module"]:
        return form.refuse(f"module-{row}", _("Name the module by its code."))
    return Apart(said["module"], said["source"], row)


def read_joint(raw: MultiDict) -> Form:
    """The institutions that own a module, and from when its place rotates."""
    rows = numbers(raw)
    if len(rows) > MOST_LINES:
        return _too_many(raw)
    form = read_form(schemas.ModuleJoint.from_dict(_together(schemas.owner_fields(row) for row in rows))(), raw)
    if form.ok:
        lines = [_owner(form, row, _of(form, row)) for row in rows]
        form.values = {"rotates_from": form.values["rotates_from"], "partners": tuple(line for line in lines if line)}
    return form


def _owner(form: Form, row: int, said: Mapping[str, Any]) -> Owner | None:
    if not said["institution"]:
        if said["share"] is not None or said["place"]:
            form.refuse(f"institution-{row}", _("Choose the institution."))
        return None
    return Owner(said["institution"], said["share"], said["place"], row)


def read_dates(raw: MultiDict) -> Form:
    """The dates of a run and its gatherings, which are judged together."""
    rows = numbers(raw)
    if len(rows) > MOST_LINES:
        return _too_many(raw)
    boxes = _together(schemas.meeting_fields(row) for row in rows)
    form = read_form(schemas.OfferingDates.from_dict(boxes)(), raw)
    if form.ok:
        plain = {name: form.values[name] for name in schemas.OfferingDates().fields}
        lines = [_gathering(form, row, _of(form, row)) for row in rows]
        form.values = plain | {"gatherings": tuple(line for line in lines if line)}
    return form


def _gathering(form: Form, row: int, said: Mapping[str, Any]) -> Meeting | None:
    first, last = said["from"] or said["to"], said["to"] or said["from"]
    if first is None and not said["week"]:
        if said["place"] or said["online"]:
            form.refuse(f"from-{row}", _("Say on which day it begins."))
        return None
    return Meeting(first, last, said["place"], said["online"], said["week"] if first is None else None, said["uuid"], row)


def _read_lines(raw: MultiDict, boxes: Callable, filled_by: tuple[str, ...], name: str, line: Callable) -> Form:
    rows = numbers(raw)
    if len(rows) > MOST_LINES:
        return _too_many(raw)
    form = read_form(Schema.from_dict(_together(boxes(row) for row in rows))(), raw)
    if form.ok:
        said = {row: _of(form, row) for row in rows}
        form.values = {name: tuple(line(form, row, parts) for row, parts in said.items() if any(parts[box] for box in filled_by))}
    return form


def _of(form: Form, row: int) -> Mapping[str, Any]:
    """The boxes of one line, by name without the number."""
    return {name.rpartition("-")[0]: value for name, value in form.values.items() if name.rpartition("-")[2] == str(row)}


def _together(parts: Iterable[Mapping[str, fields.Field]]) -> dict[str, fields.Field]:
    return {name: box for part in parts for name, box in part.items()}


def _too_many(raw: MultiDict) -> Form:
    form = Form(raw=raw)
    form.refuse("_schema", _("There are more than %(most)s lines. Send fewer.", most=MOST_LINES))
    return form


def boxes_of(name: str, lines: Iterable[Any]) -> dict[str, Any]:
    """What stands in the boxes for the lines of a section."""
    return _together(_BOXES[name](line, row) for row, line in enumerate(lines, start=1))


_BOXES: Mapping[str, Callable[[Any, int], dict[str, Any]]] = {
    "tags": lambda line, _row: {
        f"sentence-{line.tag}": line.sentence,
        f"address-{line.tag}": line.address,
        f"credits-{line.tag}": line.credits,
    },
    "bonus": lambda line, row: {f"reason-{row}": line.reason, f"points-{row}": line.points},
    "prerequisites": lambda line, row: {
        f"module-{row}": line.module,
        f"subject-{row}": line.subject,
        f"credits-{row}": line.credits,
        f"strength-{row}": "required" if line.required else "recommended",
    },
    "overlaps": lambda line, row: {
        f"modules-{row}": ", ".join(line.modules),
        f"credits-{row}": line.credits,
        f"source-{row}": line.source,
        f"uuid-{row}": line.uuid,
    },
    "apart": lambda line, row: {f"module-{row}": line.module, f"source-{row}": line.source},
    "partners": lambda line, row: {f"institution-{row}": line.institution, f"share-{row}": line.share, f"place-{row}": line.place},
    "gatherings": lambda line, row: {
        f"from-{row}": line.starts_on,
        f"to-{row}": line.ends_on,
        f"place-{row}": line.place,
        f"online-{row}": line.online or None,
        f"week-{row}": line.week,
        f"uuid-{row}": line.uuid,
    },
}
