"""Workbooks (.xlsx), read row by row after their zip directory has been looked at."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import BinaryIO

from catalog.importing import archives, headers
from catalog.importing.tables import HEADER_WITHIN, MOST_COLUMNS, RawRow, Table, table_of
from config.errors import BadInput
from config.languages import _

LAST_ROW = 1_048_576  # of any worksheet; a directory or a row number that says more is lying
MOST_ROWS = 250_000  # with something in them


@contextmanager
def open_workbook(file: BinaryIO, name: str) -> Iterator[Table]:
    """The table on the first sheet with known headers, else on the first sheet. Raises BadInput for what is no workbook, or unsafe."""
    archives.refuse_unsafe(file, name)
    book = _loaded(file, name)
    try:
        sheet, width = _chosen(book, name)
        rows = _Rows(sheet, name, width)
        yield table_of(name, rows, rows.share_read)
    finally:
        book.close()


def _loaded(file: BinaryIO, name: str):
    import openpyxl  # 60 ms, and only for workbooks

    file.seek(0)
    warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")  # of styles and extensions that nobody reads here
    with _unreadable(name):
        return openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)


@contextmanager
def _unreadable(name: str) -> Iterator[None]:
    """The parser meets a stranger's file: whatever it stumbles over, the answer is that the file cannot be read."""
    try:
        yield
    except BadInput:
        raise
    except Exception as error:
        raise BadInput(_("“%(name)s” cannot be read as a workbook.", name=name)) from error


def _chosen(book, name: str):
    """The sheet to read and how many columns its headers take."""
    best, best_known, width = None, -1, 0
    with _unreadable(name):
        for sheet in book.worksheets[:50]:
            first = list(sheet.iter_rows(max_row=3 * HEADER_WITHIN, max_col=MOST_COLUMNS + 1, values_only=True))
            known = max((len({headers.field_of(_text(cell)) for cell in row} - {None}) for row in first), default=0)
            if known > best_known:
                best, best_known, width = sheet, known, max(map(_width, first), default=0)
    if best is None:
        raise BadInput(_("“%(name)s” has no worksheet.", name=name))
    return best, width


def _width(row: tuple) -> int:
    return max((number for number, cell in enumerate(row, start=1) if cell is not None), default=0)


class _Rows:
    """The rows of a sheet as text, blank ones left out; a few columns beyond the headers are read, to tell rows with too many cells."""

    def __init__(self, sheet, name: str, width: int):
        self.sheet, self.name, self.width = sheet, name, width
        self.line, self.filled = 0, 0

    def __iter__(self) -> Iterator[RawRow]:
        cells = self.sheet.iter_rows(max_row=LAST_ROW, max_col=self.width + 10, values_only=True)
        blank = None
        with _unreadable(self.name):
            for self.line, row in enumerate(cells, start=1):
                if row is blank:  # openpyxl gives the same empty row for every one that is skipped
                    continue
                if all(cell is None for cell in row):
                    blank = row
                    continue
                yield self._row(row)

    def _row(self, row: tuple) -> RawRow:
        self.filled += 1
        if self.filled > MOST_ROWS:
            raise BadInput(_("“%(name)s” has more than %(most)d rows.", name=self.name, most=MOST_ROWS))
        return RawRow(self.line, [_text(cell) for cell in row])

    def share_read(self) -> float:
        return min(self.line / max(min(self.sheet.max_row or LAST_ROW, LAST_ROW), 1), 1.0)


def _text(cell) -> str:
    """A cell as the person who filled it would write it: 15 and 7.5 without more decimals, days as 2026-09-02."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)
