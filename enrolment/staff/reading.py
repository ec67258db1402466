"""A file of staff: a table (CSV or XLSX) with a row for each thing somebody teaches, or a OneRoster archive."""

from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO

from catalog.importing.readers import open_table
from catalog.importing.tables import TableRow
from config.errors import BadInput
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
    with open_table(file, name) as table:
        columns = {field: next((header for header in table.headers if header.strip().lower() in called), None) for field, called in COLUMNS.items()}
        if missing := [field for field in NEEDED if columns[field] is None]:
            raise BadInput(_("“%(name)s” lacks the columns %(columns)s. Download the file to fill in, and use its headers.", name=name, columns=", ".join(missing)))
        for row in islice(table, MOST_ROWS + 1):
            _take(row, columns, known, read)
    if len(read.rows) + len(read.refused) > MOST_ROWS:
        raise BadInput(_("“%(name)s” has more than %(most)d rows.", name=name, most=MOST_ROWS))
    if not read.rows and not read.refused:
        raise BadInput(_("“%(name)s” holds no rows.", name=name))
    return read


def _take(row: TableRow, columns: dict, known: Known, read: Read) -> None:
    cells = {field: row.cells.get(header, "") if header else "" for field, header in columns.items()}
    try:
        if row.refusal:
            raise Unknown(row.refusal)
        read.rows.append(_row(cells, known))
    except Unknown as why:
        read.refused.append((_("Line %(line)d", line=row.line), (cells["name"] or cells["reference"])[:120], str(why)))


def _row(cells: dict[str, str], known: Known) -> Row:
    reference, school = words.reference(cells["reference"]), known.school(cells["school"])
    name = " ".join(cells["name"].split())[:120]
    if not name:
        raise Unknown(_("The row has no name."))
    if not cells["subject"].strip() and not cells["level"].strip():
        return Row(reference, name, school)
    return Row(reference, name, school, known.subject(cells["subject"]), words.band(cells["level"]), words.credits(cells["credits"]))
