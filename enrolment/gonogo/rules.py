"""Decisions on runs with few participants, from facts alone."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import combinations

from enrolment.gonogo.values import Changed, Pair, Reach, Seen, Size


def last_start_at_risk(on: date, days_before: int) -> date:
    """The latest first day of a run that is looked at on a day."""
    return on + timedelta(days=days_before)


def reach(*, own_regions: frozenset[int], run_regions: frozenset[int], days_away: int | None, most_days: int | None) -> Reach | None:
    """How somebody can get at a run; none where they cannot, or where nobody knows where they live.

    `days_away`: gathering days in the semester that has the most of them, none where it cannot be taken at a distance.
    `most_days`: the rule of their region, none where there is no rule.
    """
    if own_regions & run_regions:
        return Reach.REGION
    if days_away == 0:
        return Reach.DISTANCE
    if own_regions and days_away is not None and most_days is not None and days_away <= most_days:
        return Reach.DISTANCE
    return None


def changes(seen: Seen, now: Seen) -> Changed:
    """What has changed since somebody looked."""
    return Changed(
        came=tuple(sorted(now.people.keys() - seen.people.keys())),
        left=tuple(sorted(seen.people.keys() - now.people.keys())),
        moved=tuple(sorted(key for key in now.people.keys() & seen.people.keys() if now.people[key] != seen.people[key])),
        opened=tuple(sorted(now.runs - seen.runs)),
        closed=tuple(sorted(seen.runs - now.runs)),
    )


def has_room(target: Size, people: int) -> bool:
    """Whether so many can be moved into a run: seats for all of them, and nobody who waits there is passed."""
    return target.waiting == 0 and target.taken + people <= target.seats


def pairs(sizes: Iterable[Size]) -> Sequence[Pair]:
    """Of the runs of one module in one semester, those that could be joined: at least one lacks participants, and the other has room.

    The fewer are moved to the more; where only the other way has room, that way.
    """
    return [pair for one, other in combinations(sorted(sizes, key=_by_number), 2) if one.lacks or other.lacks for pair in _joined(one, other)]


def _by_number(size: Size) -> tuple[int, int]:
    """The fewest first; of two as large, the later one is moved."""
    return size.people, -size.key


def _joined(fewer: Size, more: Size) -> list[Pair]:
    ways = [(fewer, more), (more, fewer)]
    return [
        Pair(source.key, target.key, source.people, max(target.minimum - target.taken - source.people, 0))
        for source, target in ways
        if source.people and has_room(target, source.people)
    ][:1]
