"""The strategy's periods, and how far a volume may move under a rule: dated data with sources, in study years (both included)."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from catalog.values import VolumeRule
from config.registers import rows
from regions.volume.values import Limit, Period

FOLDER = Path(__file__).parent


def two_periods(study_year: int) -> tuple[Period, Period | None]:
    """The period a study year lies in, and the one before it. Raises LookupError for a year before the first."""
    known = periods()
    at = next((number for number, period in enumerate(known) if period.holds(study_year)), None)
    if at is None:
        raise LookupError(f"No strategy period holds the study year {study_year}.")
    return known[at], known[at - 1] if at else None


def limits(study_year: int) -> dict[VolumeRule, Limit]:
    """Those that hold in a study year, by rule."""
    return {limit.rule: limit for limit in _limits() if limit.holds(study_year)}


@cache
def periods() -> list[Period]:
    return [Period(**_dated(row), name=row["name"]) for row in rows(FOLDER / "periods.csv")]


@cache
def _limits() -> list[Limit]:
    return list(_read_limits())


def _read_limits() -> Iterator[Limit]:
    for row in rows(FOLDER / "limits.csv"):
        yield Limit(**_dated(row), name=row["rule"], rule=VolumeRule(row["rule"]), least=int(row["least"]), most=int(row["most"]))


def _dated(row: dict) -> dict:
    last = int(row["last"]) if row["last"] else None
    return {"first": int(row["first"]), "last": last, "source": row["source"], "confirmed": row["confirmed"] == "yes"}
