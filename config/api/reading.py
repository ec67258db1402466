"""What a program sends: JSON and the query of an address, read by the schemas that read the forms, but held to their types.

A form sends text, and «7,5» is as good as 7.5. A program that sends text for a number is wrong somewhere else too, so it is told.
What is not named is refused, what is given twice is refused, and whatever is refused is named.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NoReturn

from flask import Request
from marshmallow import Schema, ValidationError, fields
from webargs.core import is_json
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

from config.api.glossary import as_number
from config.errors import BadInput
from config.forms import flat
from config.http import MOST_FIELDS
from config.languages import _

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)
_WHOLE = re.compile(r"-?\d{1,15}", re.ASCII)


class Reader(FlaskParser):
    """Reads by a schema and raises BadInput with the sentences of each field."""

    DEFAULT_UNKNOWN_BY_LOCATION: dict[str, str | None] = {}  # what a schema does not name is refused, also in the address

    def load_querystring(self, req: Request, schema: Schema) -> dict[str, Any]:
        sent = dict(req.args.lists())
        twice = [name for name, values in sent.items() if len(values) > 1 and not _several(schema.fields.get(name))]
        _refuse({name: [_("Give this once.")] for name in twice})
        sent = {name: values if _several(schema.fields.get(name)) else values[0] for name, values in sent.items()}
        _refuse(_found((name, value, schema.fields.get(name)) for name, value in sent.items()) if sent else {})
        return sent

    def load_json(self, req: Request, schema: Schema) -> dict[str, Any]:
        if not is_json(req.mimetype):
            raise UnsupportedMediaType
        sent = _parsed(req.get_data())
        if not isinstance(sent, dict):
            raise BadInput(_("Send one JSON object."))
        sent = {name: _trimmed(value) for name, value in sent.items()}
        _refuse({name: [sentence] for name, value in sent.items() if (sentence := _mistyped(value, schema.fields.get(name)))})
        return {name: _whole(value) if isinstance(schema.fields.get(name), fields.Integer) else value for name, value in sent.items()}

    def handle_error(self, error: ValidationError, req: Request, schema: Schema, **_options) -> NoReturn:
        (errors,) = error.messages.values()
        _refuse({name: flat(sentences) for name, sentences in errors.items()})
        raise error


def _refuse(errors: Mapping[str, list[str]]) -> None:
    if errors:
        raise BadInput(_("What you sent is not well formed."), errors)


def _several(field: fields.Field | None) -> bool:
    return isinstance(field, fields.List)


def _found(asked: Iterable[tuple[str, str, fields.Field | None]]) -> dict[str, list[str]]:
    """Whole numbers in an address are written with figures only."""
    return {name: [str(field.error_messages["invalid"])] for name, value, field in asked if isinstance(field, fields.Integer) and not _WHOLE.fullmatch(value)}


def _parsed(body: bytes) -> Any:
    """The body as JSON (RFC 8259) in UTF-8; numbers exact. Raises BadRequest for what is none, BadInput for a name given twice."""
    try:
        return json.loads(body.decode("utf-8"), parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_once)
    except (ValueError, ArithmeticError, RecursionError):  # a number may be written that no Decimal holds
        raise BadRequest from None


def _no_number(said: str) -> NoReturn:
    raise ValueError(f"{said} is not JSON.")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) > MOST_FIELDS:
        raise RequestEntityTooLarge
    given = Counter(name for name, _value in pairs)
    _refuse({name: [_("Give this once.")] for name, times in given.items() if times > 1})
    return dict(pairs)


def _trimmed(value: Any) -> Any:
    """As a form is read: without space around it, and an empty text is the same as none."""
    return (value.strip() or None) if isinstance(value, str) else value


def _mistyped(value: Any, field: fields.Field | None) -> str | None:
    """Why a value is not of the field's JSON type; none where it is, or where the schema will say it itself."""
    if value is None or field is None:
        return None
    if isinstance(field, fields.List) and isinstance(value, list):
        return next((said for one in value if (said := _mistyped(one, field.inner))), None)
    return None if _fits(value, field) else _said(field)


def _said(field: fields.Field) -> str:
    return str(field.error_messages.get("invalid_uuid") or field.error_messages.get("invalid") or _("This must be a number."))


def _fits(value: Any, field: fields.Field) -> bool:
    if isinstance(field, fields.Boolean):
        return isinstance(value, bool)
    if isinstance(field, fields.Integer):
        return _whole(value) is not value or (isinstance(value, int) and not isinstance(value, bool))
    if as_number(field):
        return isinstance(value, int | Decimal) and not isinstance(value, bool)
    if isinstance(field, fields.Date):
        return isinstance(value, str) and bool(_DAY.fullmatch(value))
    return bool(_UUID.fullmatch(value)) if isinstance(field, fields.UUID) and isinstance(value, str) else True


def _whole(value: Any) -> Any:
    """5.0 is the whole number 5 (JSON Schema 2020-12, 4.2.3)."""
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() and abs(value) < 10**15 else value
