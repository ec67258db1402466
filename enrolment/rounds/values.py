"""The dates of one round, and what each of them opens and ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Step(StrEnum):
    """One date of a round. `OPENS` begins at midnight; every other day ends at the midnight after it, at home."""

    OPENS = "opens"  # teachers may apply
    APPLY = "apply"  # … and change or withdraw until this day
    HEAD = "head"  # the head's recommendation
    UNION = "union"  # the union representative's remarks on the owner's list
    OWNER = "owner"  # the owner approves, ranks and locks
    UNLOCK = "unlock"  # a locked list may be opened again by two people
    ANSWER = "answer"  # the outcome is made known
    REPLY = "reply"  # an offered seat is answered
    ADMISSION = "admission"  # the institutions' formal admission
    AUTUMN = "confirm-autumn"  # participation in autumn is confirmed
    SPRING = "confirm-spring"


class Gate(StrEnum):
    """What may be done between two dates of a round."""

    APPLY = "apply"
    RECOMMEND = "recommend"
    REMARK = "remark"
    DECIDE = "decide"
    UNLOCK = "unlock"
    REPLY = "reply"


# Which step opens a gate, and whether with its day or with the day after it; and which one ends it.
GATES: dict[Gate, tuple[Step, bool, Step]] = {
    Gate.APPLY: (Step.OPENS, True, Step.APPLY),
    Gate.RECOMMEND: (Step.OPENS, True, Step.HEAD),
    Gate.REMARK: (Step.APPLY, False, Step.UNION),
    Gate.DECIDE: (Step.APPLY, False, Step.OWNER),
    Gate.UNLOCK: (Step.APPLY, False, Step.UNLOCK),
    Gate.REPLY: (Step.ANSWER, True, Step.REPLY),
}


class SchemeKind(StrEnum):
    """How a study is paid."""

    SUBSTITUTE = "substitute"
    STIPEND = "stipend"
    OWNER = "owner-funded"
    SELF = "self-funded"


@dataclass(frozen=True)
class Dates:
    """The dates of one round in one strand: by step, and by (step, scheme's code) where a scheme has a date of its own."""

    common: Mapping[Step, date]
    of_scheme: Mapping[tuple[Step, str], date]

    def on(self, step: Step, scheme: str | None = None) -> date | None:
        """The day of a step; none where the round has none."""
        own = self.of_scheme.get((step, scheme)) if scheme else None
        return own or self.common.get(step)

    def is_open(self, gate: Gate, on: date, scheme: str | None = None) -> bool:
        """Whether something may be done on a day, the last day included. A gate without its dates is shut."""
        opens, with_its_day, ends = GATES[gate]
        first, last = self.on(opens, scheme), self.on(ends, scheme)
        if first is None or last is None:
            return False
        return (first <= on if with_its_day else first < on) and on <= last

    def is_past(self, step: Step, on: date, scheme: str | None = None) -> bool:
        """Whether the day of a step has ended."""
        day = self.on(step, scheme)
        return day is not None and day < on


@dataclass(frozen=True)
class Split:
    """Who bears what of the cost of release: whole per cent of a work year's release for the credits (60 credits = one work year, strategy
    «økonomi»), which add to 100; or a stipend from the state in øre for 30 credits."""

    state: int
    owner: int
    own: int
    stipend_oere: int = 0
