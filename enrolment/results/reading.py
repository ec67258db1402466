"""A file of results: which column is which, and what a mark is called."""

from dataclasses import dataclass
from typing import BinaryIO

from catalog.importing.readers import open_table
from config.errors import BadInput
from config.languages import _
from enrolment.results.values import Mark

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

    @property
    def mark(self) -> Mark | None:
        return WORDS.get(self.written.strip().lower())


def read_marks(file: BinaryIO, name: str) -> list[ReadMark]:
    """The rows of a CSV or XLSX file that hold a mark. Raises BadInput, naming the file, when it cannot be used."""
    with open_table(file, name) as table:
        reference, who, mark = (_column(table.headers, words) for words in (REFERENCE, NAME, MARK))
        if reference is None or mark is None:
            raise BadInput(_("“%(name)s” must have the columns “reference” and “mark”. Download the list of participants and fill it in.", name=name))
        rows = [ReadMark(row.line, row.cells.get(reference, ""), row.cells.get(who or "", ""), row.cells.get(mark, "")) for row in table]
    return [row for row in rows if row.written]


def _column(headers: tuple[str, ...], words: set[str]) -> str | None:
    return next((header for header in headers if header.strip().lower() in words), None)
