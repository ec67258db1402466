"""What of an answer is for who asks it: the choices that only the signed-in have. What stands behind them is told by packages above (`panels.fact`)."""

from collections.abc import Mapping, Sequence
from functools import cached_property, reduce
from operator import and_
from typing import Protocol

from pyroaring import BitMap

from catalog.search.asked import CLASH_FREE, COUNTS, FOR_ME, MET, MINE, SURE, Asked
from catalog.search.snapshot import Snapshot
from catalog.search.studies import Given, Study


class Personal(Protocol):
    """What is known of one person. `counting`, `met`: numbers of studies; `clashing`, `at_risk`: the keys of runs."""

    counting: BitMap
    met: BitMap
    clashing: frozenset[int]
    at_risk: frozenset[int]

    def lines(self, cards: Sequence[tuple[Study, Given | None]]) -> list[str]:
        """HTML for each card of a page, or nothing."""


class Mine:
    def __init__(self, snapshot: Snapshot, asked: Asked, personal: Personal):
        self._snapshot, self._asked = snapshot, asked
        self._personal, self.lines = personal, personal.lines
        self._sets = {COUNTS: personal.counting, MET: personal.met}

    @cached_property
    def sets(self) -> Mapping[str, BitMap]:
        return self._sets | {CLASH_FREE: self._without(self._personal.clashing), SURE: self._without(self._personal.at_risk)}

    @property
    def left_out(self) -> frozenset[int]:
        """The keys of the runs that what is ticked leaves out."""
        picked = self._asked.picked(MINE)
        return (self._personal.clashing if CLASH_FREE in picked else frozenset()) | (self._personal.at_risk if SURE in picked else frozenset())

    @property
    def within(self) -> BitMap | None:
        """What fits all that is ticked; None where nothing is."""
        ticked = [self.sets[value] for value in self._asked.picked(MINE)]
        return reduce(and_, ticked) if ticked else None

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """Of each choice, as many as there would be if it were ticked beside the others."""
        index, within = self._snapshot.index, self.within
        return {value: index.count(self._asked, self.sets[value] if within is None else within & self.sets[value]) for value in FOR_ME}

    def _without(self, runs: frozenset[int]) -> BitMap:
        """All but those whose every run that is asked for is among some. What has no dates clashes with nothing, and is at no risk."""
        index = self._snapshot.index
        return index.everything - BitMap(number for number in index.numbers_of_runs(runs) if not self._has_another(index.studies[number], runs))

    def _has_another(self, study: Study, than: frozenset[int]) -> bool:
        index, seats = self._snapshot.index, self._snapshot.seats
        return any(run.id not in than and not run.cancelled and index.fits(run, self._asked, seats) for run in study.runs)
