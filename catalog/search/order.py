"""Pages of a set in an order, without sorting the set: the order is cut into blocks, and a block without a match is passed over."""

from array import array
from collections.abc import Sequence

from pyroaring import BitMap

BLOCK = 512
FEW = 64  # members of a block that are sooner put in order than looked for


class Order:
    """A fixed order of all studies. A page costs a count for each block before it, and one walk through a block or two."""

    def __init__(self, numbers: Sequence[int]):
        cut = (array("I", numbers[start : start + BLOCK]) for start in range(0, len(numbers), BLOCK))
        self._blocks = [(BitMap(block), block) for block in cut]
        self._places = array("I", bytes(array("I").itemsize * len(numbers)))
        for place, number in enumerate(numbers):
            self._places[number] = place

    def page(self, found: BitMap, start: int, stop: int) -> list[int]:
        """The members of `found` from place `start` to before `stop` in this order."""
        picked: list[int] = []
        for members, block in self._blocks:
            here = members.intersection_cardinality(found)
            if start < here:
                picked += (self._sorted(members & found) if here <= FEW else [number for number in block if number in found])[start:stop]
            start, stop = max(start - here, 0), stop - here
            if stop <= 0:
                break
        return picked

    def _sorted(self, few: BitMap) -> list[int]:
        return sorted(few, key=self._places.__getitem__)


def page_of_levels(levels: Sequence[BitMap], found: BitMap, start: int, stop: int) -> list[int]:
    """The same, in the order of the numbers within each level; each level lies within the next, the strongest first."""
    picked: list[int] = []
    before = BitMap()
    for level in levels:
        here = (level & found) - before
        if start < len(here):
            picked += here[start:stop]
        start, stop = max(start - len(here), 0), stop - len(here)
        if stop <= 0:
            break
        before = level
    return picked
