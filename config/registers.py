"""Reading the registers that are shipped as CSV files, and keeping a row by its key so that loading again changes nothing."""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from config.database import db


def rows(path: Path) -> Iterator[dict[str, str | None]]:
    """The rows of a register; an empty cell means «not found» and comes as None."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {name: value.strip() or None for name, value in row.items()}


def validity(row: dict[str, str | None]) -> dict[str, Any]:
    """When a row holds, and where it comes from: the four columns that every dated register has."""
    return {"valid_from": first_day(row["valid_from"]), "valid_to": last_day(row["valid_to"]), "confirmed": row["confirmed"] == "yes", "source": row["source"]}


def first_day(text: str | None) -> date | None:
    """2022 or 2022-08-01 as the first day of validity."""
    return _day(text, "-01-01")


def last_day(text: str | None) -> date | None:
    return _day(text, "-12-31")


def _day(text: str | None, rest_of_year: str) -> date | None:
    if text is None:
        return None
    return date.fromisoformat(text if len(text) == 10 else text + rest_of_year)


class Keeper:
    """Keeps rows of one table by their key and counts what was new, changed and the same."""

    def __init__(self, model: type, *key: str):
        self.model, self.key = model, key
        self.known = {self._key_of(row): row for row in db.session.query(model)}
        self.counts: Counter[str] = Counter()

    def keep(self, **facts: Any):
        """The row with this key, made or brought up to date."""
        key = tuple(facts[name] for name in self.key)
        row = self.known.get(key)
        if row is None:
            row = self.known[key] = self.model(**facts)
            db.session.add(row)
            self.counts["new"] += 1
        else:
            self.counts["changed" if self._update(row, facts) else "same"] += 1
        return row

    def _key_of(self, row) -> tuple:
        return tuple(getattr(row, name) for name in self.key)

    def _update(self, row, facts: dict[str, Any]) -> bool:
        changed = {name: value for name, value in facts.items() if getattr(row, name) != value}
        for name, value in changed.items():
            setattr(row, name, value)
        return bool(changed)

    def __getitem__(self, key: str):
        """The row with a key of one part."""
        return self.known[(key,)]
