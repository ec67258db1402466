"""The line of studies when some leave it and others come in: what moves, and by how much. Pure."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pyroaring import BitMap

Stretch = tuple[BitMap, int]  # places that stay side by side, and how far they move


class Moved:
    """From the old places to the new ones."""

    def __init__(self, length: int, gone: Sequence[int], come: Sequence[int]):
        """`length`: of the old line. `gone`: the places that are left, ascending. `come`: for each newcomer, ascending, the old place
        that it comes in before; `length` = at the end."""
        self._gone, self._come = gone, come
        self._stretches = list(self._moving(length))

    def _moving(self, length: int) -> Iterator[Stretch]:
        cuts = sorted({0, length, *self._come, *self._gone, *(place + 1 for place in self._gone)})
        left = set(self._gone)
        for start, stop in zip(cuts, cuts[1:]):  # noqa: B905: from each cut to the next
            if start not in left:
                yield BitMap(range(start, stop)), bisect_left(self._come, start + 1) - bisect_left(self._gone, start)

    @property
    def newcomers(self) -> list[int]:
        """The new place of each."""
        return [place - bisect_left(self._gone, place) + before for before, place in enumerate(self._come)]

    def set(self, places: BitMap) -> BitMap:
        """The same members at their new places, without those that left."""
        return BitMap().union(*((places & stretch).shift(way) for stretch, way in self._stretches))

    def line(self, old: Sequence, new: Sequence) -> tuple:
        """The new line of things of which `old` is the old one; `new`: the newcomers in order."""
        joined, at, left = [], 0, set(self._gone)
        for place, thing in zip(self._come, new, strict=True):
            joined += [old[number] for number in range(at, place) if number not in left]
            joined.append(thing)
            at = place
        return tuple(joined + [old[number] for number in range(at, len(old)) if number not in left])
