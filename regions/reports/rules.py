"""Which figures may be shown where nobody may be told from them: open figures, a census, what teachers plan. Pure.

A figure from 1 to 4 is hidden. So is what would give it away by difference: of figures that add up to one that is shown, at least two are hidden,
what is hidden adds up to nought or to five and more, and equal figures are hidden together.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from operator import add
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
FEWEST = 5  # people (PRODUCT: demand is shown from five on)


@dataclass(frozen=True)
class Counts:
    """`participants` had a seat; of them some have `completed`, some `interrupted`, and the others are still at it."""

    participants: int = 0
    completed: int = 0
    interrupted: int = 0

    @property
    def parts(self) -> tuple[int, int, int]:
        return self.completed, self.interrupted, self.participants - self.completed - self.interrupted

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.participants + other.participants, self.completed + other.completed, self.interrupted + other.interrupted)


@dataclass(frozen=True)
class Line:
    """A row: its name, its counts (or any others with `participants`, `parts` and a sum), and what of them may not be shown (`parts`: completed and interrupted)."""

    name: str
    counts: Counts
    hidden: bool = False
    parts_hidden: bool = False


def too_small(number: int) -> bool:
    return 0 < number < FEWEST


def hide(counts: Mapping[Key, int]) -> tuple[set[Key], bool]:
    """Which counts are hidden beside their sum, and whether the sum is: where nothing is left to hide, or it is small itself. As many more of the
    smallest are hidden as it takes; equal ones together, since which of them is hidden would tell."""
    hidden = {key for key, number in counts.items() if too_small(number)}
    while hidden and _told_by_sum([counts[key] for key in hidden]):
        shown = {key: number for key, number in counts.items() if number and key not in hidden}
        if not shown:
            return hidden, True
        hidden |= {key for key, number in shown.items() if number == min(shown.values())}
    return hidden, too_small(sum(counts.values()))


def _told_by_sum(hidden: list[int]) -> bool:
    """One alone, a small sum, and counts that are all as small or as large as a hidden one may be: each can be told from the sum."""
    return len(hidden) < 2 or too_small(sum(hidden)) or set(hidden) in ({1}, {FEWEST - 1})


def total_of(lines: Iterable[Line]) -> Line:
    """All of them together, hidden by itself alone where it is small."""
    return _alone(Line("", sum((line.counts for line in lines), Counts())))


def _alone(line: Line) -> Line:
    """A line with what of it is too small hidden; one hidden part hides them all, as they add up to the participants."""
    hidden = too_small(line.counts.participants)
    return replace(line, hidden=hidden, parts_hidden=hidden or any(map(too_small, line.counts.parts)))


def apart(lines: Iterable[Line]) -> list[Line]:
    """Lines that add up to nothing that is shown."""
    return [_alone(line) for line in lines]


def suppressed(lines: Iterable[Line]) -> list[Line]:
    """Lines that add up to a total that may be shown: as many more of the smallest are hidden as it takes."""
    found = apart(lines)
    hidden, _sum_too = hide({place: line.counts.participants for place, line in enumerate(found)})
    found = [replace(line, hidden=True, parts_hidden=True) if place in hidden else line for place, line in enumerate(found)]
    while more := _with_parts_to_hide(found):
        found = [replace(line, parts_hidden=True) if place in more else line for place, line in enumerate(found)]
    return found


def _with_parts_to_hide(lines: list[Line]) -> set[int]:
    """The places of the smallest lines whose parts are still shown, where those that are hidden can be told from the rest; none where they cannot, or
    nothing is left to hide."""
    hidden = [line.counts for line in lines if line.parts_hidden]
    shown = {place: line.counts.participants for place, line in enumerate(lines) if not line.parts_hidden and line.counts.participants}
    if not hidden or not shown or (len(hidden) > 1 and not any(map(too_small, reduce(add, hidden).parts))):
        return set()
    return {place for place, number in shown.items() if number == min(shown.values())}


def listed(lines: list[Line]) -> list[Line]:
    """Suppressed lines as they may stand beside their total: none where all are hidden, since how many share the total would tell (six of six are one each)."""
    return [] if all(line.hidden for line in lines) else lines
