"""Which figures may be shown to everybody. Pure.

A figure from 1 to 4 is hidden. So is what would give it away by difference: of figures that add up to one that is shown, at least two are hidden,
what is hidden adds up to nought or to five and more, and equal figures are hidden together.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from operator import add

FEWEST = 5


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
    while more := _next(found, "hidden"):
        for place in more:
            found[place] = replace(found[place], hidden=True, parts_hidden=True)
    while more := _next(found, "parts_hidden"):
        for place in more:
            found[place] = replace(found[place], parts_hidden=True)
    return found


def _next(lines: list[Line], which: str) -> list[int]:
    """The places of the smallest lines still shown (equal ones together: which of them is hidden would tell), where what is hidden can be told from
    the rest; none where it cannot, or nothing is left to hide."""
    hidden = [line.counts for line in lines if getattr(line, which)]
    shown = {place: line.counts.participants for place, line in enumerate(lines) if not getattr(line, which) and line.counts.participants}
    if not hidden or not shown or not _given_away(hidden, parts=which == "parts_hidden"):
        return []
    return [place for place, number in shown.items() if number == min(shown.values())]


def _given_away(hidden: list[Counts], *, parts: bool) -> bool:
    whole = reduce(add, hidden)
    sums = whole.parts if parts else (whole.participants,)
    only = set() if parts else {counts.participants for counts in hidden}  # all as small or as large as a hidden one may be: the sum tells them
    return len(hidden) < 2 or any(map(too_small, sums)) or only in ({1}, {FEWEST - 1})
