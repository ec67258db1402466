"""What a set of modules counts, overlap deducted once, as on a teacher's own progress. Sets are bit masks over modules' numbers."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from enrolment.progress.overlap import Overlaps
from enrolment.progress.values import OverlapSet
from regions.coverage.facts import Module


def bits(mask: int) -> Iterator[int]:
    """The numbers in a mask, smallest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def mask_of(numbers: Iterable[int]) -> int:
    mask = 0
    for number in numbers:
        mask |= 1 << number
    return mask


def joined(masks: Iterable[int]) -> list[int]:
    """The parts that hang together: masks that share a number become one."""
    parts: list[int] = []
    for mask in masks:
        for part in [part for part in parts if part & mask]:
            parts.remove(part)
            mask |= part
        parts.append(mask)
    return parts


class Ledger:
    """Counts the modules in `members`, all of one subject. An overlap set bites where all of it stands among them.

    A module added never lowers the value, and never adds more than its own halves (`enrolment.progress.overlap`).
    """

    def __init__(self, modules: Sequence[Module], members: int, sets: Sequence[OverlapSet]):
        self.members = members
        self.modules = modules
        number = {modules[n].key: n for n in bits(members)} if sets else {}
        self.sets = [each for each in sets if each.modules <= number.keys()]
        self.parts = joined(mask_of(number[key] for key in each.modules) for each in self.sets)
        self.tied = sum(self.parts)
        self.known = {0: 0}

    @cached_property
    def plain(self) -> list[tuple[int, int]]:
        """The modules that overlap with none, with their halves."""
        return [(number, self.modules[number].halves) for number in bits(self.members & ~self.tied)]

    @cached_property
    def overlaps(self) -> Overlaps:
        return Overlaps([self.modules[number].key for number in bits(self.tied)], self.sets)

    @property
    def exact(self) -> bool:
        """Whether every value so far is the most that counts; False where a dense tangle took too long (`enrolment.progress.tangle`)."""
        return not self.sets or self.overlaps.exact

    def value(self, taken: int) -> int:
        """The halves that `taken` counts."""
        taken &= self.members
        free = sum(self.modules[number].halves for number in bits(taken & ~self.tied))
        return free + sum(self._of_part(taken & part) for part in self.parts)

    def part_of(self, number: int) -> int:
        """The modules whose overlaps hang together with this one's, itself included; 0 where it overlaps with none."""
        return next((part for part in self.parts if part >> number & 1), 0)

    def contributes(self, number: int, taken: int) -> bool:
        """Whether `taken` would count less without it."""
        return self.value(taken) > self.value(taken & ~(1 << number))

    def _of_part(self, taken: int) -> int:
        if taken not in self.known:
            *rest, last = bits(taken)
            held = {self.modules[number].key: self.modules[number].halves for number in rest}
            gain = self.overlaps.gain(self.modules[last].key, self.modules[last].halves, held)
            self.known[taken] = self._of_part(mask_of(rest)) + gain
        return self.known[taken]
