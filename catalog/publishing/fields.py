"""The fields of the editor's forms: how each value of the field is read from what was typed, and what is said when it cannot be."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from enum import Enum

from marshmallow import ValidationError, fields, validate

from catalog import values
from catalog.values import ADULTS, Grades, Semester, exact
from config.forms import text
from config.languages import _, _l

FIRST_YEAR, LAST_YEAR = 2000, 2100  # outside these a date is a slip of the pen
MOST_KRONER = Decimal(1_000_000)
_CODE = re.compile(r"[^\W_][\w\-./ ]*")


def _or_none(options: dict) -> dict:
    """An empty box is None, unless it must be filled in or stands for something else."""
    return options if "required" in options else {"load_default": None} | options


class Line(fields.String):
    """One line of text: no line breaks, single spaces."""

    def __init__(self, most: int, **options):
        super().__init__(validate=text(most).validators + options.pop("validate", []), **_or_none(options))

    def _deserialize(self, value, attr, data, **known) -> str:
        return _one_way(" ".join(super()._deserialize(value, attr, data, **known).split()))


class Paragraphs(fields.String):
    """Text of several lines, their ends written one way."""

    def __init__(self, most: int, **options):
        super().__init__(validate=text(most).validators, **_or_none(options))

    def _deserialize(self, value, attr, data, **known) -> str:
        return _one_way(super()._deserialize(value, attr, data, **known)).replace("\r\n", "\n").replace("\r", "\n").strip()


def _one_way(text: str) -> str:
    """A letter is one sign: some keyboards and files write Å as A and a ring, which looks the same and is found nowhere."""
    return unicodedata.normalize("NFC", text)


def _number(value: Decimal | None) -> int | float | None:
    """As JSON writes it; halves and hundredths come back as they were."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


class Code(Line):
    """A module's code as institutions write them: MAT601, RÅD212KFK, ENG1A-17KFK, VLE115_1."""

    def __init__(self, **options):
        super().__init__(30, validate=[_is_code], **options)


def _is_code(value: str) -> None:
    if not _CODE.fullmatch(value):
        raise ValidationError(_("A code has letters, figures, hyphens and the like, and begins with a letter or a figure: MAT601."))


class Credits(fields.Field):
    """Credits in halves, with comma or full stop: 7.5 or 7,5."""

    def __init__(self, **options):
        super().__init__(**_or_none(options))

    def _deserialize(self, value, attr, data, **known) -> Decimal:
        try:
            number = values.credits(value)
        except ValueError:
            raise ValidationError(_("Credits are whole or halves, such as 15 or 7.5, and at most 300.")) from None
        if not number:
            raise ValidationError(_("Credits are more than nought. Leave the box empty where there are none."))
        return number

    def _serialize(self, value: Decimal | None, attr, obj, **known) -> int | float | None:
        return _number(value)


class Kroner(fields.Field):
    """An amount in kroner, exact to the øre: 1250, «1 250», 1250,50. Nought is free."""

    def __init__(self, **options):
        super().__init__(**_or_none(options))

    def _deserialize(self, value, attr, data, **known) -> Decimal:
        try:
            amount = exact("".join(str(value).split()).replace(",", "."))
        except ValueError:
            raise ValidationError(_("Write an amount in kroner with figures only, such as 1250.")) from None
        if not amount.is_finite() or not 0 <= amount <= MOST_KRONER or amount != amount.quantize(Decimal("0.01")):
            raise ValidationError(_("The amount is between 0 and 1,000,000 kroner, with at most two decimals."))
        return amount

    def _serialize(self, value: Decimal | None, attr, obj, **known) -> int | float | None:
        return _number(value)


class Day(fields.Date):
    """A date of our time: one in 1926 is a slip of the pen."""

    def __init__(self, **options):
        super().__init__(**_or_none(options))

    def _deserialize(self, value, attr, data, **known) -> date:
        day = super()._deserialize(value, attr, data, **known)
        _require_our_time(day.year)
        return day


def _require_our_time(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValidationError(_("The year is %(year)s. It must be between 2000 and 2100.", year=year))


class Week(fields.Field):
    """An ISO week as year and number, 2027-36, where that is all that is known."""

    def __init__(self, **options):
        super().__init__(**_or_none(options))

    def _deserialize(self, value, attr, data, **known) -> str:
        year, _hyphen, week = str(value).partition("-")
        try:
            date.fromisocalendar(int(year), int(week), 1)
        except ValueError:
            raise ValidationError(_("Write a week as year and number, such as 2027-36.")) from None
        _require_our_time(int(year))
        return f"{int(year)}-{int(week)}"


class SemesterCode(fields.Field):
    """A semester by its code: 2027v, 2027h."""

    def __init__(self, **options):
        super().__init__(**_or_none(options))

    def _deserialize(self, value, attr, data, **known) -> Semester:
        try:
            semester = Semester.from_code(str(value))
        except ValueError:
            raise ValidationError(_("Choose a semester from the list.")) from None
        _require_our_time(semester.year)
        return semester

    def _serialize(self, value: Semester | None, attr, obj, **known) -> str | None:
        return None if value is None else value.code


class GradesTaught(fields.List):
    """Grades 1–13, and 14 for adults, as ticked."""

    def __init__(self, **options):
        within = validate.Range(1, ADULTS, error=_l("Choose from the list."))
        super().__init__(fields.Integer(validate=within), load_default=Grades, **options)

    def _deserialize(self, value, attr, data, **known) -> Grades:
        return Grades.of(super()._deserialize(value, attr, data, **known))


class OneOf(fields.Enum):
    """One of the members of an enumeration, by its value."""

    def __init__(self, kind: type[Enum], **options):
        super().__init__(kind, by_value=True, error_messages={"unknown": _l("Choose from the list.")}, **_or_none(options))


class Number(fields.Integer):
    """A whole number between two others, both included."""

    def __init__(self, least: int, most: int, **options):
        within = validate.Range(least, most, error=_l("Write a whole number between {min} and {max}."))
        super().__init__(validate=within, **_or_none(options))

    def _deserialize(self, value, attr, data, **known) -> int:
        if "_" in str(value):  # which Python would pass over
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, attr, data, **known)
