"""What a file would do, or has done, row by row."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True)
class Difference:
    """A field of a course, a module or a run: what it said and what it says, in words."""

    thing: str
    field: str
    before: str | Sequence[str]
    after: str | Sequence[str]


@dataclass(frozen=True)
class Problem:
    """Why a row is refused: the field (empty where it is the row as a whole) and the sentence."""

    field: str
    sentence: str


@dataclass(frozen=True)
class Judged:
    """One row. `begun`: the kinds of things it begins. `seats`, `waiting`: of the run that teachers see and it changes, else none."""

    line: int
    title: str
    outcome: Outcome
    begun: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    problems: tuple[Problem, ...] = ()
    seats: int = 0
    waiting: int = 0


@dataclass(frozen=True)
class Report:
    """All rows of a file in order, its headers that are not read, and the drafts its rows are of: (kind, public id)."""

    rows: tuple[Judged, ...]
    unread: tuple[str, ...] = ()
    drafts: tuple[tuple[str, str], ...] = ()

    @cached_property
    def counts(self) -> Counter:
        return Counter(row.outcome for row in self.rows)

    def of(self, outcome: Outcome) -> list[Judged]:
        return [row for row in self.rows if row.outcome is outcome]

    @property
    def does_something(self) -> bool:
        return bool(self.counts[Outcome.NEW] or self.counts[Outcome.CHANGED])

    @property
    def seats(self) -> int:
        return sum(row.seats for row in self.rows)

    @property
    def waiting(self) -> int:
        return sum(row.waiting for row in self.rows)

    @cached_property
    def mark(self) -> str:
        """Another text as soon as the file would do anything else: what a confirmation says it has seen."""
        return hashlib.sha256(json.dumps([asdict(row) for row in self.rows], sort_keys=True).encode()).hexdigest()[:16]

    def and_then(self, later: "Report") -> "Report":
        """What two parts of a file have come to together."""
        drafts = tuple(dict.fromkeys((*self.drafts, *later.drafts)))
        return Report((*self.rows, *later.rows), later.unread, drafts)

    def as_kept(self) -> dict[str, Any]:
        """As JSON can keep it, without the rows that are the same."""
        told = [asdict(row) for row in self.rows if row.outcome is not Outcome.SAME]
        return {"rows": told, "same": self.counts[Outcome.SAME], "unread": self.unread, "drafts": self.drafts}


def from_kept(kept: dict[str, Any]) -> Report:
    """The report again; of the rows that were the same only their number is known."""
    same = [Judged(0, "", Outcome.SAME)] * kept["same"]
    return Report((*map(_judged, kept["rows"]), *same), tuple(kept["unread"]), tuple((kind, uuid) for kind, uuid in kept["drafts"]))


def _judged(row: dict[str, Any]) -> Judged:
    parts = {
        "outcome": Outcome(row["outcome"]), "begun": tuple(row["begun"]),
        "differences": tuple(Difference(**one) for one in row["differences"]), "problems": tuple(Problem(**one) for one in row["problems"]),
    }  # fmt: skip
    return Judged(**(row | parts))
