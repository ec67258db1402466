"""Fitting modules into semesters where no more than so many credits can be studied at a time."""

from collections.abc import Iterator

from regions.coverage.catalogue import Run
from regions.coverage.ledger import bits, mask_of
from regions.coverage.ways import Taken, Ways


def load(halves: int, run: Run) -> int:
    """What a run asks of each of its semesters, in halves, rounded up."""
    return -(-halves // (run.end - run.start + 1))


def heaviest(loads: list[int], most: int) -> int:
    """The largest sum of some of the loads that is not above `most`."""
    sums = 1
    for each in loads:
        sums |= sums << each & (1 << most + 1) - 1
    return sums.bit_length() - 1


class Timetable:
    """All of `members` finished by a semester, `pinned` at its place, with at most `most` halves in each."""

    def __init__(self, ways: Ways, members: int, by: int, most: int, pinned: int = -1):
        self.ways, self.members, self.by, self.most, self.pinned = ways, list(bits(members)), by, most, pinned
        self.hopeless: set = set()

    def find(self) -> Taken | None:
        """The runs by the module's number; tries every way before it says None."""
        return self._from(self.ways.window.start, {})

    def _from(self, semester: int, begun: Taken) -> Taken | None:
        if len(begun) == len(self.members):
            return begun
        state = semester, frozenset((n, run.start, run.end) if run.end >= semester else (n, 0, 0) for n, run in begun.items())
        if semester > self.by or state in self.hopeless or self._too_much(semester, begun):
            return None
        for more in self._selections(self._beginning(semester, begun), begun):
            if found := self._from(semester + 1, {**begun, **more}):
                return found
        self.hopeless.add(state)
        return None

    def _too_much(self, semester: int, begun: Taken) -> bool:
        left = sum(self.ways.links.modules[number].halves for number in self.members if number not in begun)
        return left > self.most * (self.by + 1 - semester)

    def _beginning(self, semester: int, begun: Taken) -> list[tuple[int, Run]]:
        finished = mask_of(number for number, run in begun.items() if run.end < semester)
        waiting = (number for number in self.members if number not in begun and self.ways.ready(number, finished))
        runs = ((number, run) for number in waiting for run in self.ways.runs(number) if run.start == semester and run.end <= self.by)
        return [(number, run) for number, run in runs if number != self.pinned or not run.away]

    def _selections(self, runs: list[tuple[int, Run]], begun: Taken) -> Iterator[Taken]:
        """What may begin together beside what has begun, the fullest first."""
        if not runs:
            yield {}
            return
        (number, run), rest = runs[0], runs[1:]
        if self._fits(number, run, begun):
            others = [(other, way) for other, way in rest if other != number]
            for more in self._selections(others, {**begun, number: run}):
                yield {number: run, **more}
        yield from self._selections(rest, begun)

    def _fits(self, number: int, run: Run, begun: Taken) -> bool:
        taken = {**begun, number: run}.items()
        return all(
            sum(load(self.ways.links.modules[n].halves, way) for n, way in taken if way.start <= semester <= way.end) <= self.most
            for semester in range(run.start, run.end + 1)
        )
