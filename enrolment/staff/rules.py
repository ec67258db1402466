"""Who lacks credits for what they teach, and what a file changes in a register. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from catalog.values import Band
from enrolment.staff.values import Gap, Row, Staff, Standing

Requirements = Mapping[tuple[int, Band], Decimal]
K = TypeVar("K")
_WEIGHTS = ((3, 7, 6, 1, 8, 9, 4, 5, 2, 1), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1))  # Skatteetaten: the two check digits of a national identity number


def standing(credits: Decimal | None, required: Decimal | None) -> Standing:
    """Nought required, or no requirement known, is free; credits that are not stated are never taken for none."""
    if not required:
        return Standing.FREE
    if credits is None:
        return Standing.UNKNOWN
    return Standing.MEETS if credits >= required else Standing.LACKS


def gaps(lines: Iterable[tuple[K, Standing]]) -> dict[K, Gap]:
    """By key, of those for whom something is required."""
    found: dict[K, Gap] = {}
    for key, stands in lines:
        if stands is not Standing.FREE:
            found[key] = found.get(key, Gap()) + Gap(1, stands is Standing.LACKS, stands is Standing.UNKNOWN)
    return found


def is_national_identity_number(reference: str) -> bool:
    """Eleven figures with the two right check digits."""
    figures = [int(sign) for sign in re.sub(r"\s", "", reference) if sign.isdecimal()]
    if len(figures) != 11 or not re.fullmatch(r"[\d\s]+", reference):
        return False
    return all(sum(weight * figure for weight, figure in zip(weights, figures, strict=False)) % 11 == 0 for weights in _WEIGHTS)


def as_staff(rows: Iterable[Row], known: Mapping[str, Staff]) -> dict[str, Staff]:
    """The rows by who they are of. What a file leaves out is kept: all that somebody teaches where it says nothing of it, else their credits in it."""
    by_person: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_person[row.reference].append(row)
    return {reference: _one(theirs, known.get(reference)) for reference, theirs in by_person.items()}


def _one(rows: list[Row], before: Staff | None) -> Staff:
    held = before.teaches if before else {}
    teaches: dict = {}
    for row in rows:
        if row.subject is not None:
            key = (row.school, row.subject, row.band)
            teaches[key] = row.credits if row.credits is not None else teaches.get(key, held.get(key))
    return Staff(rows[-1].name, rows[0].school, teaches or dict(held))


@dataclass(frozen=True)
class Difference:
    """By reference: who is new, who differs from before, and who is in the register and not in the file."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    same: tuple[str, ...]
    absent: tuple[str, ...]

    @property
    def does_something(self) -> bool:
        return bool(self.new or self.changed)


def difference(known: Mapping[str, Staff], told: Mapping[str, Staff]) -> Difference:
    both = known.keys() & told.keys()
    changed = {reference for reference in both if known[reference] != told[reference]}
    kinds = (told.keys() - known.keys(), changed, both - changed, known.keys() - told.keys())
    return Difference(*(tuple(sorted(kind)) for kind in kinds))


