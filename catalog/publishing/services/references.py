"""From what a form names (a subject by its code, a course by its id) to the rows themselves."""

from collections.abc import Callable, Mapping
from typing import Any

from catalog.offers.models import Course
from catalog.publishing import queries
from config.errors import BadInput, NotFound
from config.languages import _


def resolved(values: Mapping[str, Any], institution_id: int) -> dict[str, Any]:
    """The facts of a section as attributes of its row; what is a row already stays it. Raises BadInput for a name that nothing has."""
    facts: dict[str, Any] = {}
    for name, value in values.items():
        facts |= _SPECIAL[name](name, value, institution_id) if name in _SPECIAL else {name: value}
    return facts


def _subject(name: str, code: str | None, _institution_id: int) -> dict[str, Any]:
    return {name: _named(name, code, queries.subject)}


def _municipality(name: str, code: str | None, _institution_id: int) -> dict[str, Any]:
    return {name: _named(name, code, queries.municipality)}


def _named(name: str, code: Any, find: Callable[[str], Any]) -> Any:
    found = find(code) if isinstance(code, str) and code else code or None  # a row is itself
    if code and found is None:
        raise BadInput(_("There is no such choice."), {name: [_("Choose from the list.")]})
    return found


def _course(name: str, uuid: Any, institution_id: int) -> dict[str, Any]:
    if isinstance(uuid, Course):
        return {name: uuid}
    try:
        return {name: queries.own_course(institution_id, uuid) if uuid else None}
    except NotFound:
        raise BadInput(_("There is no such choice."), {name: [_("Choose one of your own courses.")]}) from None


def _fee(_name: str, kroner: Any, _institution_id: int) -> dict[str, Any]:
    """An amount replaces what an import kept as text."""
    return {"fee_oere": None} if kroner is None else {"fee_oere": int(kroner * 100), "fee_text": None}


_SPECIAL: Mapping[str, Callable[[str, Any, int], dict[str, Any]]] = {
    "subject": _subject,
    "municipality": _municipality,
    "course": _course,
    "fee": _fee,
}
