"""Needs beside what is planned, and what came of it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catalog.values import Band

Column = tuple[int, Band]


@dataclass(frozen=True)
class Planned:
    """How many take part in a measure for a subject and band, and whether the state pays."""

    subject: int | None
    band: Band | None
    state_funded: bool
    participants: int


@dataclass(frozen=True)
class Beside:
    """Of a subject and band: how many lack credits, how many are planned for with state and with own money, and for how many nothing is planned."""

    lacking: int
    state: int
    own: int

    @property
    def left(self) -> int:
        return max(self.lacking - self.state - self.own, 0)


def needs_beside(lacking: Mapping[Column, int], planned: Iterable[Planned]) -> dict[Column, Beside]:
    """Only measures that name both subject and band stand beside a need; somebody may take part in two, so nothing left is no promise."""
    measures = [one for one in planned if one.subject is not None and one.band is not None]
    columns = {*(column for column, many in lacking.items() if many), *((one.subject, one.band) for one in measures)}

    def summed(column: Column, state_funded: bool) -> int:
        return sum(one.participants for one in measures if (one.subject, one.band) == column and one.state_funded is state_funded)

    return {column: Beside(lacking.get(column, 0), summed(column, True), summed(column, False)) for column in columns}


@dataclass(frozen=True)
class Sum:
    """Of some measures: how many take part with state and with own money; and of those measures that are followed up, how many were planned and completed."""

    state: int = 0
    own: int = 0
    followed: int = 0
    completed: int = 0

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(self.state + other.state, self.own + other.own, self.followed + other.followed, self.completed + other.completed)


def sum_of(participants: int, completed: int | None, *, state_funded: bool) -> Sum:
    """Of one measure; `completed` none = it is not followed up."""
    followed = 0 if completed is None else participants
    return Sum(participants if state_funded else 0, 0 if state_funded else participants, followed, completed or 0)


def share(completed: int, planned: int) -> int | None:
    """In per cent; may be more than a hundred."""
    return round(100 * completed / planned) if planned else None
