"""A file of results: which column is which, and what a mark is called."""

from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from catalog.importing.readers import open_table
from catalog.importing.tables import TableRow
from config.errors import BadInput
from config.languages import _
from enrolment.results.values import Mark

MOST_ROWS = 10_000  # as many as a run can have seats
REFERENCE = {"reference", "referanse"}
NAME = {"name", "navn", "namn"}
MARK = {"mark", "result", "grade", "karakter", "resultat"}
WORDS = {
    "pass": Mark.PASS,
    "passed": Mark.PASS,
    "bestått": Mark.PASS,
    "greidd": Mark.PASS,
    "fail": Mark.FAIL,
    "failed": Mark.FAIL,
    "ikke bestått": Mark.FAIL,
    "ikkje bestått": Mark.FAIL,
    "ikkje greidd": Mark.FAIL,
} | {letter.lower(): Mark(letter) for letter in "ABCDEF"}


@dataclass(frozen=True)
class ReadMark:
    """One row: the line it stands on, whom it is for, and what was written."""

    line: int
    reference: str
    name: str
    written: str
    refusal: str | None = None  # a sentence where the row could not be read

    @property
    def mark(self) -> Mark | None:
        return WORDS.get(self.written.strip().lower())


def read_marks(file: BinaryIO, name: str) -> list[ReadMark]:
    """The rows of a CSV or XLSX file that hold a mark, or cannot be read. Raises BadInput, naming the file, when it cannot be used."""
    with open_table(file, name) as table:
        reference, who, mark = (_column(table.headers, words) for words in (REFERENCE, NAME, MARK))
        if reference is None or mark is None:
            raise BadInput(_("“%(name)s” must have the columns “reference” and “mark”. Download the list of participants and fill it in.", name=name))
        rows = [_read(row, reference, who or "", mark) for row in islice(table, MOST_ROWS + 1)]
    if len(rows) > MOST_ROWS:
        raise BadInput(_("“%(name)s” has more than %(most)d rows. A list of participants is never that long.", name=name, most=MOST_ROWS))
    if not (said := [row for row in rows if row.written or row.refusal]):
        raise BadInput(_("“%(name)s” holds no marks. Fill in the column “mark”.", name=name))
    return said


def _read(row: TableRow, reference: str, who: str, mark: str) -> ReadMark:
    return ReadMark(row.line, *(row.cells.get(header, "") for header in (reference, who, mark)), row.refusal)


def _column(headers: tuple[str, ...], words: set[str]) -> str | None:
    return next((header for header in headers if header.strip().lower() in words), None)
