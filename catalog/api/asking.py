"""What the catalogue is asked: the words of the search page's address, held to what they can be."""

from typing import Any

from marshmallow import fields, validate

from catalog.search import snapshot
from catalog.search.asked import FACETS, FREE, LONGEST_TEXT, REGION, SORTS, SUBJECT, Asked
from catalog.search.index import DAYS_AWAY, DEMANDS, LEVELS, VOLUMES
from catalog.values import Delivery, Tag
from config.api.shapes import Paging
from config.errors import BadInput
from config.forms import text
from config.languages import _, _l

MOST_CHOICES = 20
CHOOSE = _l("Choose from the list.")


def _choices(*values: str) -> fields.List:
    """Ticked values of a facet, each given as a name and value of its own."""
    return _several(fields.String(validate=validate.OneOf(values, error=CHOOSE)))


def _several(one: fields.Field) -> fields.List:
    return fields.List(one, load_default=tuple, validate=validate.Length(max=MOST_CHOICES, error=_l("Choose at most {max}.")))


def _yes() -> fields.String:
    """Said by 1, as in the address of the page."""
    return fields.String(load_default=None, validate=validate.OneOf(("1",), error=CHOOSE))


class Asking(Paging):
    """The question that stands in an address. What it names must exist, so that a slip of the pen is not answered with everything."""

    q = text(LONGEST_TEXT, load_default="")
    region = _several(text(40))
    subject = _several(text(100))
    level = _choices(*LEVELS)
    delivery = _choices(*(one.value for one in Delivery))
    tag = _choices(*(one.value for one in Tag))
    credits = _choices(*VOLUMES)
    semester = _several(fields.String(validate=validate.Regexp(r"^20[0-9]{2}[hv]\Z", error=_l("Write a semester as 2026h or 2027v."))))
    seats = _choices(FREE)
    away = _choices(*DAYS_AWAY)
    demand = _choices(*DEMANDS)
    online = _yes()
    ended = _yes()
    sort = fields.String(load_default="", validate=validate.OneOf(SORTS, error=CHOOSE))


def question(sent: dict[str, Any]) -> Asked:
    """The same as on the search page. Raises BadInput for a region or subject that does not exist."""
    index = snapshot.now().index
    known = {REGION: index.regions, SUBJECT: index.subjects}
    errors = {facet: [_("There is no “%(code)s”.", code=code) for code in sent[facet] if code not in codes] for facet, codes in known.items()}
    if wrong := {facet: sentences for facet, sentences in errors.items() if sentences}:
        raise BadInput(_("What you sent is not well formed."), wrong)
    chosen = {facet: tuple(dict.fromkeys(sent[facet])) for facet in FACETS}
    return Asked(text=" ".join(sent["q"].split()), chosen=chosen, online=bool(sent["online"]), ended=bool(sent["ended"]), sort=sent["sort"])


