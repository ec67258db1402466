"""Which changes people are told of, and for how long they may then withdraw without consequence. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

TOLD_OF = {
    "offering": {"semester", "semesters", "starts_on", "ends_on", "gatherings", "place", "municipality", "delivery"},
    "module": {"credits"},
}


def told_of(kind: str, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the changes that somebody has planned by: date, place and credits."""
    return {name: change for name, change in changes.items() if name in TOLD_OF.get(kind, ())}


def free_until(on: date, days: int) -> date:
    """The last day to withdraw without consequence after a change on a day, so many days on."""
    return on + timedelta(days=days)
