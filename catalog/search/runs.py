"""Sets of studies by the facts of one run: delivery and semester must hold for the same run, not for two different ones."""

from collections.abc import Iterable

from pyroaring import BitMap

MOST_KEPT = 1000
Cell = tuple[str, str]  # delivery and semester


class Cells:
    """Studies by delivery × semester of their runs, each as the address writes it; «» where it is not stated."""

    def __init__(self, runs: Iterable[tuple[int, Cell]] = ()):
        """`runs`: for each run its study and cell."""
        found: dict[Cell, list[int]] = {}
        for study, cell in runs:
            found.setdefault(cell, []).append(study)
        self._cells = {cell: BitMap(studies) for cell, studies in found.items()}
        self._kept: dict[tuple[tuple[str, ...], tuple[str, ...]], BitMap] = {}

    def studies(self, deliveries: tuple[str, ...] = (), semesters: tuple[str, ...] = ()) -> BitMap:
        """Those with a run of one of the deliveries in one of the semesters; none named = any."""
        kept = self._kept.get((deliveries, semesters))
        if kept is None:
            wanted = (
                studies for (delivery, semester), studies in self._cells.items()
                if (not deliveries or delivery in deliveries) and (not semesters or semester in semesters)
            )  # fmt: skip
            kept = BitMap().union(*wanted)
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[(deliveries, semesters)] = kept
        return kept

    def put(self, study: int, cells: set[Cell]) -> None:
        """A study has runs in these cells now, and in no other."""
        for cell in cells - self._cells.keys():
            self._cells[cell] = BitMap()
        for cell, studies in self._cells.items():
            (studies.add if cell in cells else studies.discard)(study)
        self._kept.clear()

    @property
    def semesters(self) -> set[str]:
        return {semester for _delivery, semester in self._cells if semester}
