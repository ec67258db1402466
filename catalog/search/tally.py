"""Counts the values of all facets among a few studies at once, where intersecting a set for each value would cost more."""

from collections.abc import Iterable, Mapping, Sequence
from struct import Struct

FEW = 500  # studies
LANE = 16  # bits for each count, so more than FEW fits


class Tally:
    """Each study is one large number with a one in the lane of every value it has; the sum of some studies holds all counts side by side."""

    def __init__(self, values: Mapping[str, Sequence[str]], studies: Iterable[Iterable[tuple[str, Iterable[str]]]]):
        """`values` of each facet; `studies`: of each study in order, the facets with its values."""
        self._values = [(facet, tuple(its)) for facet, its in values.items()]
        lanes = {pair: LANE * place for place, pair in enumerate((facet, value) for facet, its in self._values for value in its)}
        self._lanes = Struct(f"<{len(lanes)}H")
        self._ones = [sum(1 << lanes[facet, value] for facet, its in study for value in its if (facet, value) in lanes) for study in studies]

    def counts(self, among: Iterable[int]) -> dict[str, dict[str, int]]:
        """Facet → value → count among at most FEW studies."""
        told = sum(map(self._ones.__getitem__, among)).to_bytes(self._lanes.size, "little")
        each = iter(self._lanes.unpack(told))
        return {facet: dict(zip(values, each)) for facet, values in self._values}  # noqa: B905: each facet takes its own share of all counts
