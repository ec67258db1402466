"""Benchmarks, apart from the tests: `python3 -m tests bench [--quick] [--write] [names]`.

Each module here but `table` has a docstring whose first line is its heading, and `run() -> list[Figure]`. Ratios are
measured in one run, so that a machine's speed falls out of them; a goal is printed beside the figure and never asserted.
What is wrong (a seat given twice, a page that is refused) is no figure: it stops the run.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

QUICK = "SEKSTI_BENCH_QUICK"  # set by --quick: tiny sizes, to see that a benchmark runs; its figures mean nothing


def sized(full: int, quick: int) -> int:
    return quick if os.environ.get(QUICK) else full


@dataclass(frozen=True)
class Figure:
    """One line of the table. `goal` is written as people write it, `met` says whether it was reached; None where there is none.
    `spread`: the least and the most of the rounds that the value is the median of."""

    what: str
    value: float
    unit: str = "×"
    goal: str = ""
    met: bool | None = None
    spread: tuple[float, float] | None = None

    @classmethod
    def at_least(cls, what: str, value: float, least: float, unit: str = "×") -> "Figure":
        return cls(what, value, unit, f"≥ {least:g}", value >= least)

    @classmethod
    def at_most(cls, what: str, value: float, most: float, unit: str) -> "Figure":
        return cls(what, value, unit, f"≤ {most:g}", value <= most)

    @classmethod
    def of(cls, what: str, rounds: Sequence[float], unit: str = "×", *, least: float | None = None, most: float | None = None) -> "Figure":
        """The median of several rounds, with their spread, beside a goal where there is one."""
        value = median(rounds)
        if least is not None:
            made = cls.at_least(what, value, least, unit)
        else:
            made = cls.at_most(what, value, most, unit) if most is not None else cls(what, value, unit)
        return replace(made, spread=(min(rounds), max(rounds)))
