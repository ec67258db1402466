"""Files to read, made in memory, and the words of the shipped registers to understand them by."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from catalog.importing.catalogue import Catalogue
from catalog.importing.readers import open_table
from catalog.importing.rows import ImportedRow, RefusedRow
from catalog.importing.tables import TableRow
from catalog.importing.understand import understand_row
from catalog.importing.vocabulary import Vocabulary
from config.settings import ROOT

REGISTERS = ROOT / "catalog" / "registers"
MODULES = REGISTERS / "modules.csv"


@cache
def vocabulary() -> Vocabulary:
    def pairs(name: str, key: str, others: Sequence[str]):
        with (REGISTERS / name).open(encoding="utf-8", newline="") as file:
            return [(row[key], [row[other] for other in others]) for row in csv.DictReader(file)]

    names = ("name_nb", "name_nn", "name_en", "name_se")
    return Vocabulary.of(pairs("institutions.csv", "short_name", ("dbh_code", *names)), pairs("subjects.csv", "subject_code", names))


def read(content: bytes | str, name: str = "catalogue.csv") -> list[TableRow]:
    """The rows of a file with this content."""
    with open_table(io.BytesIO(content.encode() if isinstance(content, str) else content), name) as table:
        return list(table)


def headers(content: bytes | str, name: str = "catalogue.csv") -> tuple[str, ...]:
    with open_table(io.BytesIO(content.encode() if isinstance(content, str) else content), name) as table:
        return table.headers


def catalogue(content: bytes | str, name: str = "catalogue.csv", **given: str) -> list[ImportedRow | RefusedRow]:
    with open_table(io.BytesIO(content.encode() if isinstance(content, str) else content), name) as table:
        return list(Catalogue(table, vocabulary(), given=given))


def real_catalogue() -> list[ImportedRow | RefusedRow]:
    with MODULES.open("rb") as file, open_table(file, MODULES.name) as table:
        return list(Catalogue(table, vocabulary()))


def row(**fields: str) -> ImportedRow | RefusedRow:
    """One row of HVL with a code, and the fields the test is about. `content_didactics` is «content:didactics»."""
    named = {name.replace("content_", "content:", 1) if name.startswith("content_") else name: text for name, text in fields.items()}
    return understand_row({"institution": "HVL", "module_code": "MAT101", "module_title": "Tal og algebra", **named}, 2, vocabulary())


def workbook(rows: Iterable[Sequence[object]], **sheets: Iterable[Sequence[object]]) -> bytes:
    """An .xlsx file with these rows on its first sheet, and further sheets by name; formulas are written as text."""
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "default_date_format": "yyyy-mm-dd"}) as book:
        for title, content in {"Ark1": rows, **sheets}.items():
            sheet = book.add_worksheet(title)
            for number, cells in enumerate(content):
                sheet.write_row(number, 0, cells)
    return file.getvalue()


def with_part(book: bytes, part: str, content: bytes) -> bytes:
    """The same zip with one part replaced or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != part:
                new.writestr(info, old.read(info))
        new.writestr(part, content)
    return file.getvalue()


def part_of(book: bytes, part: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return archive.read(part)


def save(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path
