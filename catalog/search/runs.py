"""Sets of studies by the facts of one run, which must all hold for the same run, not each for another."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import product

from pyroaring import BitMap

MOST_KEPT = 1000
NOTHING = BitMap()
Cell = tuple[str, ...]  # a value for each side, as the address writes it; «» where it is not stated
Asked = tuple[tuple[str, ...], ...]  # for each side its values, any of which will do; none named = any


class Cells:
    """Studies by the values of their runs: delivery, semester, days away, demand a year before."""

    def __init__(self, runs: Iterable[tuple[int, Cell]] = ()):
        """`runs`: for each run its study and cell."""
        self._cells = _sets(runs)
        self._kept: dict[Asked, BitMap] = {}
        self._along: dict[tuple[int, ...], dict[Cell, BitMap]] = {}

    def studies(self, *asked: tuple[str, ...]) -> BitMap:
        """Those with a run that is what is asked for on each side."""
        kept = self._kept.get(asked)
        if kept is None:
            sides = tuple(side for side, values in enumerate(asked) if values)
            found = self._along.get(sides) or self._sides(sides)
            kept = BitMap().union(*(found.get(values, NOTHING) for values in product(*(asked[side] for side in sides))))
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[asked] = kept
        return kept

    def _sides(self, sides: tuple[int, ...]) -> dict[Cell, BitMap]:
        """The sets with the other sides left out, so that a question need not look through every cell."""
        found = defaultdict(list)
        for cell, studies in self._cells.items():
            found[tuple(cell[side] for side in sides)].append(studies)
        self._along[sides] = {cell: BitMap().union(*sets) for cell, sets in found.items()}
        return self._along[sides]

    def put(self, cells: Mapping[int, Iterable[Cell]]) -> None:
        """Each of these studies has runs in its cells now, and in no other."""
        if not cells:
            return
        changed = BitMap(cells)
        come = _sets((study, cell) for study, its in cells.items() for cell in its)
        self._cells = {cell: (self._cells.get(cell, NOTHING) - changed) | come.get(cell, NOTHING) for cell in self._cells.keys() | come.keys()}
        self._kept.clear()
        self._along.clear()

    def values(self, side: int) -> set[str]:
        """What its runs are on a side."""
        return {cell[side] for cell in self._cells if cell[side]}


def _sets(runs: Iterable[tuple[int, Cell]]) -> dict[Cell, BitMap]:
    found: dict[Cell, list[int]] = defaultdict(list)
    for study, cell in runs:
        found[cell].append(study)
    return {cell: BitMap(studies) for cell, studies in found.items()}
