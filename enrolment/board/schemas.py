"""What is sent to the board: shape only."""

from uuid import UUID

from marshmallow import fields, validate

from config.forms import Schema, text
from config.languages import _l
from enrolment.board.values import ExtraKind

MOST_BUDGET, MOST_COST = 10_000_000_000, 10_000_000  # kroner
MOST_ROWS = 1000


class KronerField(fields.Field):
    """Whole kroner as people write them: 1 250 000, kr 1250000. Read as øre."""

    default_error_messages = {"invalid": _l("Write whole kroner, with digits alone: 250000."), "too_large": _l("The number is too large.")}

    def __init__(self, most: int = MOST_COST, **options):
        super().__init__(**options)
        self.most = most

    def _deserialize(self, value, attr, data, **kwargs) -> int:
        digits = "".join(str(value).lower().removeprefix("kr").split()).replace("\u00a0", "")
        if not digits.isascii() or not digits.isdigit():
            raise self.make_error("invalid")
        if len(digits) > 12 or int(digits) > self.most:
            raise self.make_error("too_large")
        return int(digits) * 100


def _version():
    return fields.Integer(required=True, validate=validate.Range(min=1, max=2**31 - 1))


class FilterSchema(Schema):
    """What the board shows of its rows."""

    school = fields.List(text(40), load_default=list)
    subject = fields.List(text(40), load_default=list)
    scheme = fields.List(text(40), load_default=list)
    status = fields.List(text(40), load_default=list)
    union = fields.List(text(5), load_default=list)


class ApproveSchema(Schema):
    """In-service training has no scheme to choose."""

    version = _version()
    scheme = text(40, load_default=None)


class RefuseSchema(Schema):
    version = _version()
    reason = text(40, required=True)
    words = text(1000, required=True)


class ReconsiderSchema(Schema):
    version = _version()
    why = text(500, required=True)


class ExtrasSchema(Schema):
    travel = KronerField(load_default=None)
    lodging = KronerField(load_default=None)
    materials = KronerField(load_default=None)

    @staticmethod
    def amounts(values: dict) -> dict[ExtraKind, int | None]:
        return {kind: values[str(kind)] for kind in ExtraKind}


class TickedField(fields.Field):
    """A ticked row: the case's identifier and the version it was shown in, «…:3»."""

    default_error_messages = {"invalid": _l("This is not a row of the list.")}

    def _deserialize(self, value, attr, data, **kwargs):
        key, _mark, version = str(value).partition(":")
        try:
            return UUID(key), int(version)
        except ValueError:
            raise self.make_error("invalid") from None


class TickedSchema(Schema):
    """The rows that are ticked, and what is to be done with them."""

    case = fields.List(TickedField(), load_default=list, validate=validate.Length(max=MOST_ROWS, error=_l("Choose at most {max}.")))
    action = fields.String(required=True, validate=validate.OneOf(("approve", "refuse"), error=_l("Choose from the list.")))


class DecisionsSchema(TickedSchema):
    reason = text(40, load_default=None)
    words = text(1000, load_default=None)


class BudgetSchema(Schema):
    budget = KronerField(MOST_BUDGET, load_default=None)
    work_year = KronerField(load_default=None)
    state_places = fields.Integer(load_default=None, validate=validate.Range(min=0, max=100_000, error=_l("Write a number from {min} to {max}.")))


class SharingSchema(Schema):
    words = text(1000, load_default=None)
    how = text(500, load_default=None)


class VersionSchema(Schema):
    version = _version()


class SuggestionSchema(VersionSchema):
    whole = fields.Boolean(load_default=False)


class WhySchema(Schema):
    why = text(500, required=True)


class UptoSchema(Schema):
    upto = fields.Integer(load_default=None, validate=validate.Range(min=0, max=100_000, error=_l("Write a number from {min} to {max}.")))


class RemarkSchema(Schema):
    words = text(1000, required=True)
    case = fields.UUID(load_default=None)


class RecommendSchema(Schema):
    version = _version()
    answer = fields.String(required=True, validate=validate.OneOf(("yes", "no"), error=_l("Choose from the list.")))
    words = text(1000, load_default=None)


class DeputySchema(Schema):
    person = fields.UUID(required=True)
    first = fields.Date(required=True)
    last = fields.Date(required=True)


class OtherOwnerSchema(Schema):
    other = fields.UUID(required=True)


class FollowUpSchema(Schema):
    words = text(1000, required=True)
