"""The claims that a teacher confirms: numbered boxes of one form, of which only the ticked lines are taken."""

from collections.abc import Mapping
from typing import Any

from marshmallow import fields
from werkzeug.datastructures import MultiDict

from catalog.publishing.lines import numbers
from config.forms import Form, Schema, read_form, text
from config.languages import _
from enrolment.progress.schemas import CreditsField, more_than_none, sane_day

MOST = 60  # lines
BOXES = ("take", "title", "institution", "subject", "credits", "finished", "module")


def _fields(row: int) -> dict[str, fields.Field]:
    return {
        f"take-{row}": text(10, load_default=None),
        f"title-{row}": text(200, load_default=None),
        f"institution-{row}": text(200, load_default=None),
        f"subject-{row}": text(40, load_default=None),
        f"credits-{row}": CreditsField(load_default=None, validate=more_than_none),
        f"finished-{row}": fields.Date(load_default=None, validate=sane_day),
        f"module-{row}": fields.UUID(load_default=None),
    }


def read(raw: MultiDict) -> Form:
    """`values["claims"]`: each ticked line as the named arguments of a claim. An empty box of a ticked line is refused where it stands."""
    rows = numbers(raw)
    if len(rows) > MOST:
        return _refused(raw, _("There are more than %(most)s lines. Send fewer.", most=MOST))
    form = read_form(Schema.from_dict({name: box for row in rows for name, box in _fields(row).items()})(), raw)
    if form.ok:
        ticked = [row for row in rows if form.values[f"take-{row}"]]
        form.values["claims"] = [_claim(form, row) for row in ticked]
        if not ticked:
            form.refuse("_schema", _("Tick what you want to send, or go back without sending."))
    return form


def _refused(raw: MultiDict, sentence: str) -> Form:
    form = Form(raw=raw)
    form.refuse("_schema", sentence)
    return form


def _claim(form: Form, row: int) -> Mapping[str, Any]:
    said = {box: form.values[f"{box}-{row}"] for box in BOXES}
    for box in ("title", "institution", "subject", "credits"):
        if not said[box]:
            form.refuse(f"{box}-{row}", _("Fill this in."))
    return {name: said[name] for name in ("title", "institution", "subject", "credits", "module")} | {"finished_on": said["finished"]}
