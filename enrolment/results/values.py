"""Marks: what an institution says of a participant at the end of a run."""

from enum import StrEnum


class Mark(StrEnum):
    """Letters A–F (E is the lowest pass, F is a fail), or pass and fail without a letter."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"
    PASS = "pass"
    FAIL = "fail"

    @property
    def passed(self) -> bool:
        return self not in (Mark.F, Mark.FAIL)
