"""What a version changes in the dated priorities. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Held:
    """That a subject stands in a group, from a day until another (both included; none = open)."""

    key: int
    subject: int
    group: int
    first: date | None
    last: date | None


@dataclass(frozen=True)
class Change:
    """By key, the last day of what ends; the keys of what never comes to hold; and, by subject, the group of what begins."""

    ends: dict[int, date]
    dropped: tuple[int, ...]
    begins: dict[int, int]


def taking_over(held: Iterable[Held], wanted: Mapping[int, int], day: date) -> Change:
    """From a day on the wanted groups hold, by subject, and nothing else; what already stands like that goes on."""
    ends, dropped, going_on = {}, [], set()
    for one in held:
        if one.last is not None and one.last < day:
            continue
        begun = one.first is None or one.first < day
        if begun and one.last is None and wanted.get(one.subject) == one.group:
            going_on.add(one.subject)
        elif begun:
            ends[one.key] = day - timedelta(days=1)
        else:
            dropped.append(one.key)
    return Change(ends, tuple(dropped), {subject: group for subject, group in wanted.items() if subject not in going_on})
