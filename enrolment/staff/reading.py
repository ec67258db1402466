"""A file of staff: a table (CSV or XLSX) with a row for each thing somebody teaches, or a OneRoster archive."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from catalog.importing.filled import read_filled
from catalog.importing.tables import TableRow
from config.languages import _
from enrolment.staff import known as words
from enrolment.staff.known import Known, Unknown
from enrolment.staff.values import Row

MOST_ROWS = 50_000  # the largest owner has some 10 000 teachers
COLUMNS = {
    "reference": {"reference", "referanse", "ansattnummer", "ansattnr", "tilsettnummer", "staff number", "feide", "feidenavn", "feidenamn", "e-post", "epost", "e-mail", "email"},
    "name": {"name", "navn", "namn", "lærer", "lærar", "teacher"},
    "school": {"school", "skole", "skule", "organisasjonsnummer", "orgnr"},
    "subject": {"subject", "fag", "fagkode"},
    "level": {"level", "trinn", "steg", "nivå"},
    "credits": {"credits", "studiepoeng", "stp", "sp"},
}
NEEDED = ("reference", "name", "school", "subject", "level")


@dataclass
class Read:
    """What a file says: rows that can be used; `refused` rows as (where, name, why); `remarks`: sentences on the whole."""

    rows: list[Row] = field(default_factory=list)
    refused: list[tuple[str, str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def read_table(file: BinaryIO, name: str, known: Known) -> Read:
    """Raises BadInput, naming the file, where it cannot be used at all."""
    read = Read()
    for row in read_filled(file, name, COLUMNS, needed=NEEDED, most=MOST_ROWS):
        _take(row, known, read)
    return read


def _take(row: TableRow, known: Known, read: Read) -> None:
    try:
        if row.refusal:
            raise Unknown(row.refusal)
        read.rows.append(_row(row.cells, known))
    except Unknown as why:
        read.refused.append((_("Line %(line)d", line=row.line), (row.cells["name"] or row.cells["reference"])[:120], str(why)))


def _row(cells: Mapping[str, str], known: Known) -> Row:
    reference, school = words.reference(cells["reference"]), known.school(cells["school"])
    name = " ".join(cells["name"].split())[:120]
    if not name:
        raise Unknown(_("The row has no name."))
    if not cells["subject"].strip() and not cells["level"].strip():
        return Row(reference, name, school)
    return Row(reference, name, school, known.subject(cells["subject"]), words.band(cells["level"]), words.credits(cells["credits"]))
