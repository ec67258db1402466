"""What a teacher and an owner send about earlier education and teaching: shape only."""

from datetime import date
from decimal import Decimal

from marshmallow import ValidationError, fields, validate

from catalog.values import Band
from catalog.values import credits as exact
from config.forms import Schema, text
from config.languages import _, _l

EARLIEST = date(1950, 1, 1)


class CreditsField(fields.Field):
    """Credits in halves, written 7.5 or 7,5."""

    default_error_messages = {"invalid": _l("Credits are whole or halves, such as 15 or 7.5, and at most 300.")}

    def _deserialize(self, value, attr, data, **kwargs) -> Decimal:
        try:
            return exact(str(value))
        except ValueError:
            raise self.make_error("invalid") from None

    def _serialize(self, value, attr, obj, **kwargs) -> int | float | None:
        """As a number, which holds halves exactly."""
        if value is None:
            return None
        return int(value) if value == value.to_integral_value() else float(value)


def more_than_none(value: Decimal) -> None:
    if not value:
        raise ValidationError(_("Write how many credits."))


def sane_day(value: date) -> None:
    if not EARLIEST <= value <= date(2100, 1, 1):
        raise ValidationError(_("The date must be between 1950 and 2100."))


class ClaimSchema(Schema):
    title = text(200, required=True)
    institution = text(200, required=True)
    subject = text(40, required=True)
    credits = CreditsField(required=True, validate=more_than_none)
    finished_on = fields.Date(load_default=None, validate=sane_day)


class ClaimFormSchema(ClaimSchema):
    """As a person fills it in: also in old and foreign units."""

    unit = text(40, load_default=None)
    stated = text(120, load_default=None)
    country = text(80, load_default=None)


class DecisionSchema(Schema):
    credits = CreditsField(load_default=None, validate=more_than_none)
    decision = fields.String(required=True, validate=validate.OneOf(("verify", "refuse"), error=_l("Choose verify or refuse.")))
    why = text(1000, load_default=None)


class TeachingSchema(Schema):
    """Each entry is subject and band, such as matematikk:1-7."""

    teaching = fields.List(text(60), load_default=list, validate=validate.Length(max=120, error=_l("Choose at most {max}.")))


def read_teaching(entries: list[str], known: set[str]) -> set[tuple[str, Band]]:
    """Subject codes with their bands. Raises ValidationError for one that does not exist."""
    pairs = {tuple(entry.rsplit(":", 1)) for entry in entries}
    bands = {band.value for band in Band}
    if any(len(pair) != 2 or pair[0] not in known or pair[1] not in bands for pair in pairs):
        raise ValidationError(_("Choose among the subjects and levels of the list."))
    return {(subject, Band(band)) for subject, band in pairs}
