"""Chance that falls the same on every machine: everything made up is drawn from one seed number and a name.

Each name has dice of its own, so that one more module or person changes nothing for the others. Only `Random.random` is
used, the one method of which Python promises that it gives the same sequence for ever.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar
from uuid import UUID, uuid5

_SEKSTI = UUID("6f2d0b0e-60c0-5e60-8a60-5e6b5e75160a")
T = TypeVar("T")


@dataclass(frozen=True)
class Seed:
    """The number a demonstration is made from."""

    number: int

    def uuid(self, *names: object) -> UUID:
        """The identity of the thing with this name."""
        return uuid5(_SEKSTI, _said(self.number, names))

    def dice(self, *names: object) -> "Dice":
        return Dice(_said(self.number, names))


def _said(number: int, names: tuple[object, ...]) -> str:
    return "/".join(map(str, (number, *names)))


class Dice:
    """Throws for one name."""

    def __init__(self, name: str):
        self._random = Random(name)

    def between(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return least + int(self._random.random() * (most - least + 1))

    def chance(self, share: float) -> bool:
        """Yes in this share of the throws, between 0 and 1."""
        return self._random.random() < share

    def one_of(self, things: Sequence[T]) -> T:
        """Raises IndexError where there are none."""
        return things[int(self._random.random() * len(things))]

    def some_of(self, things: Sequence[T], most: int) -> list[T]:
        """So many different ones in an order of chance; all of them where there are not so many."""
        left = list(things)
        count = min(most, len(left))
        for place in range(count):
            other = self.between(place, len(left) - 1)
            left[place], left[other] = left[other], left[place]
        return left[:count]
