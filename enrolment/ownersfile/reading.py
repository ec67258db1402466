"""An owner's file of earlier education (CSV or XLSX): one row for each study of a teacher."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import BinaryIO
from uuid import UUID

from catalog.importing.filled import read_filled
from catalog.importing.tables import TableRow
from catalog.values import credits as exact
from config.languages import _
from enrolment.ownersfile.values import Row
from enrolment.prior.rules import reckon
from enrolment.prior.values import OWN, Unit

MOST_ROWS = 50_000
COLUMNS = {
    "reference": {"reference", "referanse"},
    "name": {"name", "navn", "namn"},
    "title": {"title", "study", "utdanning", "emne", "studium"},
    "institution": {"institution", "lærested", "lærestad"},
    "subject": {"subject", "fag"},
    "amount": {"amount", "credits", "studiepoeng", "mengde"},
    "unit": {"unit", "enhet", "eining"},
    "finished": {"finished", "fullført", "dato"},
}
NEEDED = ("reference", "title", "institution", "subject", "amount")
ABOUT = ("title", "institution", "subject", "amount")  # none of them: a teacher of the list for whom nothing is filled in


class Unusable(Exception):
    """A row that cannot be used; the sentence says why."""


@dataclass(frozen=True)
class Known:
    """Those a file may name: teachers by reference (key and name), subjects by any word for them, units by code or name."""

    teachers: Mapping[UUID, tuple[int, str]]
    subjects: Mapping[str, str]
    units: Mapping[str, Unit]


@dataclass
class Read:
    rows: list[Row] = field(default_factory=list)
    refused: list[tuple[int, str, str]] = field(default_factory=list)


def read(file: BinaryIO, name: str, known: Known) -> Read:
    """Raises BadInput, naming the file, where it cannot be used at all."""
    found, seen = Read(), {}
    for row in read_filled(file, name, COLUMNS, needed=NEEDED, most=MOST_ROWS, about=ABOUT):
        _take(row, known, found, seen)
    return found


def _take(row: TableRow, known: Known, found: Read, seen: dict) -> None:
    try:
        if row.refusal:
            raise Unusable(row.refusal)
        understood = _row(row.line, row.cells, known)
        if (before := seen.setdefault(understood.known_by, row.line)) != row.line:
            raise Unusable(_("The same education stands on line %(line)d.", line=before))
        found.rows.append(understood)
    except Unusable as why:
        found.refused.append((row.line, (row.cells["name"] or row.cells["reference"])[:120], str(why)))


def _row(line: int, cells: Mapping[str, str], known: Known) -> Row:
    person_id, teacher = _teacher(cells["reference"], known)
    title, institution = (_text(cells[part], part) for part in ("title", "institution"))
    subject = known.subjects.get(cells["subject"].casefold())
    if subject is None:
        raise Unusable(_("“%(subject)s” is not a subject that Seksti knows.", subject=cells["subject"][:80]))
    unit = known.units.get((cells["unit"] or OWN).casefold())
    if unit is None or unit.credits is None:
        raise Unusable(_("“%(unit)s” is not a unit that can be reckoned in credits.", unit=cells["unit"][:80]))
    credits = _credits(cells["amount"], unit)
    stated = None if unit.code == OWN else f"{cells['amount']} {unit.code}"
    return Row(line, person_id, teacher, title, institution, subject, credits, None if unit.code == OWN else unit.code, stated, _day(cells["finished"]))


def _teacher(reference: str, known: Known) -> tuple[int, str]:
    try:
        return known.teachers[UUID(reference)]
    except (ValueError, KeyError):
        raise Unusable(_("No teacher at your schools has the reference “%(reference)s”.", reference=reference[:60])) from None


def _text(cell: str, part: str) -> str:
    if not cell or len(cell) > 200:
        raise Unusable(_("The column “%(column)s” is empty, or longer than 200 characters.", column=part))
    return cell


def _credits(cell: str, unit: Unit) -> Decimal:
    try:
        credits = exact(reckon(exact(cell), unit).credits)
    except ValueError:
        credits = Decimal(0)
    if not credits:
        raise Unusable(_("“%(amount)s” is not an amount. Write whole or half numbers, such as 15 or 7.5.", amount=cell[:40]))
    return credits


def _day(cell: str) -> date | None:
    try:
        day = date.fromisoformat(cell[:10]) if cell else None
    except ValueError:
        day = date.min
    if day and not date(1950, 1, 1) <= day <= date(2100, 1, 1):
        raise Unusable(_("“%(day)s” is not a day. Write it like 2012-06-20.", day=cell[:40]))
    return day
