"""From what an event keeps of a change (content.plain) back to the values that sections hold."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from catalog.publishing.content import Changes
from catalog.publishing.values import Apart, Before, Bonus, Contained, Meeting, Owner, Shared
from catalog.values import Delivery, EnrolmentMode, Grades, Selection, Semester, Strand, Tag

Kept = Mapping[str, Any]


def changes(kept: Mapping[str, Any]) -> Changes:
    """What an event says of fields: each with what it said and what it said then."""
    return {name: (value(name, before), value(name, after)) for name, (before, after) in kept.items()}


def value(name: str, kept: Any) -> Any:
    """One field's value; what cannot be read any more stays as it was kept."""
    if kept is None or name not in _READ:
        return kept
    try:
        return _READ[name](kept)
    except (ValueError, KeyError, TypeError, ArithmeticError):
        return kept


def _day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None


def _number(kept: str | None) -> Decimal | None:
    return Decimal(kept) if kept is not None else None


def _id(kept: str | None) -> UUID | None:
    return UUID(kept) if kept else None


def _contained(kept: Kept) -> Contained:
    return Contained(Tag(kept["tag"]), kept["sentence"], kept["address"], _number(kept["credits"]))


def _bonus(kept: Kept) -> Bonus:
    return Bonus(kept["reason"], kept["points"])


def _before(kept: Kept) -> Before:
    return Before(kept["required"], kept["module"], kept["subject"], _number(kept["credits"]))


def _shared(kept: Kept) -> Shared:
    return Shared(tuple(kept["modules"]), Decimal(kept["credits"]), kept["source"], _id(kept["uuid"]))


def _meeting(kept: Kept) -> Meeting:
    where = {"place": kept["place"], "online": kept["online"], "week": kept.get("week"), "uuid": _id(kept["uuid"])}
    return Meeting(_day(kept["starts_on"]), _day(kept["ends_on"]), **where)


def _apart(kept: Kept) -> Apart:
    return Apart(kept["module"], kept["source"])


def _owner(kept: Kept) -> Owner:
    return Owner(kept["institution"], kept["share"], kept["place"])


def _each(read: Callable[[Kept], Any]) -> Callable[[Any], tuple]:
    return lambda kept: tuple(read(line) for line in kept)


_READ: Mapping[str, Callable[[Any], Any]] = {
    "credits": Decimal,
    "fee": Decimal,
    "semester": Semester.from_code,
    "grades": Grades.of,
    "strand": Strand,
    "delivery": Delivery,
    "mode": EnrolmentMode,
    "selection": Selection,
    "course": UUID,
    "tags": _each(_contained),
    "bonus": _each(_bonus),
    "prerequisites": _each(_before),
    "overlaps": _each(_shared),
    "apart": _each(_apart),
    "partners": _each(_owner),
    "rotates_from": Semester.from_code,
    "gatherings": _each(_meeting),
    **dict.fromkeys(("starts_on", "ends_on", "opens_on", "apply_by", "queue_closes_on"), date.fromisoformat),
}
