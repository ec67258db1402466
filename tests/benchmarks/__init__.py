"""Benchmarks, apart from the tests: `python3 -m tests bench [--write] [names]`.

Each module here but `table` has a docstring whose first line is its heading, and `run() -> list[Figure]`. Ratios are
measured in one run, so that a machine's speed falls out of them; a goal is printed beside the figure and never asserted.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line of the table. `goal` is written as people write it, `met` says whether it was reached; None where there is none."""

    what: str
    value: float
    unit: str = "×"
    goal: str = ""
    met: bool | None = None

    @classmethod
    def at_least(cls, what: str, value: float, least: float, unit: str = "×") -> "Figure":
        return cls(what, value, unit, f"≥ {least:g}", value >= least)

    @classmethod
    def at_most(cls, what: str, value: float, most: float, unit: str) -> "Figure":
        return cls(what, value, unit, f"≤ {most:g}", value <= most)
