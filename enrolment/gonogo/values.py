"""What go or no-go speaks of: what an editor has seen, what has changed since, and how somebody can get at a run."""

from dataclasses import dataclass
from enum import StrEnum


class Reach(StrEnum):
    """How a run can be taken by somebody who lives in a region."""

    REGION = "region"  # it meets in a county of one's own region
    DISTANCE = "distance"  # it is online, or its gathering days are within the region's rule


@dataclass(frozen=True)
class Seen:
    """Everybody in a run, by enrolment with its state, and the runs that could be offered, as they stood when the page was made."""

    people: dict[str, str]
    runs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Changed:
    """What is no longer as it was seen: who came, who left, whose seat is another, which runs came and which can no longer be offered."""

    came: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any((self.came, self.left, self.moved, self.opened, self.closed))


@dataclass(frozen=True)
class Size:
    """How many there are in a run, and how many it takes: seats, taken, waiting and the fewest it starts with."""

    key: int
    seats: int
    taken: int
    waiting: int
    minimum: int

    @property
    def people(self) -> int:
        return self.taken + self.waiting

    @property
    def lacks(self) -> int:
        return max(self.minimum - self.taken, 0)


@dataclass(frozen=True)
class Pair:
    """A run whose people could all be moved into another one; `lacks` = how many the joined run would still lack."""

    source: int
    target: int
    people: int
    lacks: int
