"""Forms: the marshmallow schema that reads JSON reads the form too; a failed form comes back with what was typed."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask import Flask, g, request
from marshmallow import RAISE, ValidationError, fields, validate
from marshmallow import Schema as MarshmallowSchema
from markupsafe import Markup
from werkzeug.datastructures import FileStorage, MultiDict

from config.errors import BadInput
from config.languages import _, _l

Made = TypeVar("Made")
PLACED_BY_THE_PAGE = {"csrf_token", "next"}
# Signs that turn the direction of the text after them, also of what is no part of it (Unicode Standard Annex 9, 2.1 to 2.3).
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

_SENTENCES = {
    fields.Field: {"required": _l("Fill this in."), "null": _l("Fill this in."), "validator_failed": _l("This is not valid.")},
    fields.String: {"invalid": _l("This must be text."), "invalid_utf8": _l("This must be text.")},
    fields.UUID: {"invalid_uuid": _l("This is not a valid identifier.")},
    fields.Number: {"invalid": _l("This must be a number."), "too_large": _l("The number is too large.")},
    fields.Integer: {"invalid": _l("This must be a whole number.")},
    fields.Decimal: {"special": _l("This must be a number.")},
    fields.Boolean: {"invalid": _l("Answer yes or no.")},
    fields.Date: {"invalid": _l("This is not a date. Write it like 2027-01-31."), "format": _l("This is not a date. Write it like 2027-01-31.")},
    fields.Time: {"invalid": _l("This is not a time. Write it like 08:30."), "format": _l("This is not a time. Write it like 08:30.")},
    fields.List: {"invalid": _l("This must be a list.")},
    fields.Enum: {"unknown": _l("Choose from the list.")},
}
for _kind, _messages in _SENTENCES.items():
    _kind.default_error_messages = {**_kind.default_error_messages, **_messages}


class Schema(MarshmallowSchema):
    """What every schema shares: a field that is not named is refused, so nothing is assigned by surprise."""

    class Meta:
        unknown = RAISE

    error_messages = {"unknown": _l("There is no such field."), "type": _l("This is not well formed.")}


def text(most: int, **options) -> fields.String:
    """A line of text without control characters, at most so many characters long."""
    checks = [_printable, validate.Length(max=most, error=_l("This is too long: at most {max} characters."))]
    return fields.String(validate=checks + options.pop("validate", []), **options)


def web_address(**options) -> fields.String:
    """A link one may follow: https or http, nothing that runs."""
    link = validate.URL(schemes={"http", "https"}, require_tld=False, error=_l("This is not an address. Begin with https://."))
    return fields.String(validate=[_printable, link, validate.Length(max=2000, error=_l("This is too long: at most {max} characters."))], **options)


def _printable(value: str) -> None:
    if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\r\n\t" or sign in TURNING for sign in value):
        raise ValidationError(_("This holds signs that cannot be shown."))


@dataclass
class Form:
    """What a person sent: `values` once well formed, `errors` by field, and what was typed to show again."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)
    raw: MultiDict = field(default_factory=MultiDict)

    @property
    def ok(self) -> bool:
        return not self.errors

    def typed(self, name: str) -> str:
        return self.raw.get(name, "")

    def typed_list(self, name: str) -> list[str]:
        return self.raw.getlist(name)

    def refuse(self, name: str, sentence: str) -> None:
        self.errors.setdefault(name, []).append(sentence)

    def attempt(self, act: Callable[[], Made], at: str | None = None) -> Made | None:
        """Does what a well-formed form asks for. What the use case refuses of a field stands at the field, and nothing is given back then.

        `at`: where it stands when no field is named. Raises BadInput on where that is not told either: there is nowhere in the form to say it.
        """
        if not self.ok:
            return None
        try:
            return act()
        except BadInput as refusal:
            if not refusal.errors and at is None:
                raise
            self.errors |= {name: flat(sentences) for name, sentences in (refusal.errors or {at: refusal.sentence}).items()}
            return None


def blank_form(**initial) -> Form:
    """A form not yet sent, showing what is already known. Lists become several values; None shows as empty."""
    raw = MultiDict()
    for name, value in initial.items():
        if isinstance(value, list | tuple | set):
            raw.setlist(name, [str(part) for part in value])
        elif value is not None:
            raw[name] = str(value)
    return Form(values=initial, raw=raw)


def read_form(schema: Schema, data: MultiDict | None = None) -> Form:
    """Reads the request's form by a schema. An empty box is the same as none."""
    raw = request.form if data is None else data
    form = Form(raw=raw)
    try:
        form.values = schema.load(_as_sent(schema, raw))
    except ValidationError as problem:
        form.errors = {name: flat(sentences) for name, sentences in problem.messages_dict.items()}
    return form


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(field_is_called=field_is_called, when_fields_are_drawn=when_fields_are_drawn)
    app.jinja_env.filters["with_fields_named"] = with_fields_named


def field_is_called(form: Any, name: str, label: str) -> str:
    """Remembers what a refused field is called on its page, by the first label that is told. Shows nothing."""
    _drawing().labels.setdefault((id(form), name), Markup.escape(label).striptags().rstrip("?"))
    return ""


def when_fields_are_drawn(form: Any, name: str, sentence: str) -> Markup:
    """The place of a sentence in the summary of errors. The summary stands above the fields, so what they are called is not known there yet."""
    waiting = _drawing().waiting
    waiting.append((id(form), name, str(sentence)))
    return Markup("<!--sentence {}-->").format(len(waiting) - 1)


def with_fields_named(page: Markup) -> Markup:
    """A page that has been drawn, with the sentences that waited, each with the field it is about: «Fill this in.» alone does not tell."""
    drawing: _Drawing | None = g.pop("refused_fields", None)
    if drawing is None:
        return page
    before, *places = _PLACE.split(page)
    parts = [Markup(before)]  # nosec B704: as the template has drawn it
    for number, after in zip(places[::2], places[1::2], strict=True):
        parts += [_named(drawing, *drawing.waiting[int(number)]), Markup(after)]  # nosec B704: the same
    return Markup("").join(parts)


_PLACE = re.compile(r"<!--sentence (\d+)-->")


@dataclass
class _Drawing:
    """While a page is drawn: what refused fields are called, by form and name, and the sentences that wait for it."""

    labels: dict[tuple[int, str], str] = field(default_factory=dict)
    waiting: list[tuple[int, str, str]] = field(default_factory=list)


def _drawing() -> _Drawing:
    if "refused_fields" not in g:
        g.refused_fields = _Drawing()
    return g.refused_fields


def _named(drawing: _Drawing, form: int, name: str, sentence: str) -> str:
    label = drawing.labels.get((form, name))
    return f"{label}: {sentence}" if label and not sentence.startswith(label) else sentence


def sent_file(name: str) -> tuple[FileStorage, Form]:
    """The file that was sent in a box, and the form, which says so where none was chosen."""
    sent, form = request.files.get(name) or FileStorage(), blank_form()
    if not sent.filename:
        form.refuse(name, _("Choose a file."))
    return sent, form


def _as_sent(schema: Schema, raw: MultiDict) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for name in raw:
        if name in PLACED_BY_THE_PAGE:
            continue
        filled = [value.strip() for value in raw.getlist(name) if value.strip()]
        several = isinstance(schema.fields.get(name), fields.List)
        if several:
            data[name] = filled
        elif filled:
            data[name] = filled[-1]
    return data


def flat(sentences) -> list[str]:
    """All the sentences of an error, however deep it lies."""
    if isinstance(sentences, dict):
        return [sentence for part in sentences.values() for sentence in flat(part)]
    return [str(sentence) for sentence in (sentences if isinstance(sentences, list) else [sentences])]


def read_query(schema: Schema) -> dict[str, Any]:
    """Reads the address's query by a schema, ignoring words it does not know. Raises BadInput for malformed values."""
    known = MultiDict((name, value) for name, value in request.args.items(multi=True) if name in schema.fields)
    form = read_form(schema, known)
    if not form.ok:
        raise BadInput(_("The address holds a value that cannot be used."), form.errors)
    return form.values
