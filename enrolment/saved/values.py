"""What a search has found, as small sets of numbers, so that what is new can be told from what was there."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pyroaring import BitMap


def key_of(study_id: int, *, programme: bool) -> int:
    """One number for a module or a whole programme, which are counted apart."""
    return study_id * 2 + programme


def study_of(key: int) -> tuple[int, bool]:
    """The identifier behind a key, and whether it is a programme."""
    return key // 2, bool(key % 2)


@dataclass(frozen=True)
class Matches:
    """The studies that answer a question, by `key_of`, and the runs of them that do."""

    studies: BitMap = field(default_factory=BitMap)
    runs: BitMap = field(default_factory=BitMap)

    @classmethod
    def of(cls, studies: Iterable[int], runs: Iterable[int]) -> "Matches":
        return cls(BitMap(studies), BitMap(runs))

    @classmethod
    def from_bytes(cls, studies: bytes, runs: bytes) -> "Matches":
        return cls(BitMap.deserialize(studies), BitMap.deserialize(runs))

    def to_bytes(self) -> tuple[bytes, bytes]:
        return self.studies.serialize(), self.runs.serialize()

    def __or__(self, other: "Matches") -> "Matches":
        return Matches(self.studies | other.studies, self.runs | other.runs)

    def __sub__(self, other: "Matches") -> "Matches":
        return Matches(self.studies - other.studies, self.runs - other.runs)
