"""The register of who may apply in the yearly round: rows with dates and a source, beside this file."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from catalog.eligibility.values import Work

REGISTER = Path(__file__).with_name("applying.csv")


@dataclass(frozen=True)
class Applying:
    work: Work
    valid_from: date | None
    valid_to: date | None
    confirmed: bool
    source: str

    def holds(self, on: date) -> bool:
        return (self.valid_from or on) <= on <= (self.valid_to or on)


@cache
def register() -> tuple[Applying, ...]:
    with REGISTER.open(encoding="utf-8", newline="") as file:
        return tuple(
            Applying(Work(row["work"]), _day(row["valid_from"]), _day(row["valid_to"]), row["confirmed"] == "yes", row["source"])
            for row in csv.DictReader(file)
        )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def may_apply(on: date) -> frozenset[Work]:
    """Where one may work and apply, on a day."""
    return frozenset(row.work for row in register() if row.holds(on))


def source(on: date) -> str:
    """Where it stands, each source once, without what each row adds after its colon."""
    return "; ".join(dict.fromkeys(row.source.partition(":")[0] for row in register() if row.holds(on)))
