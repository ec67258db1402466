"""A table that somebody has filled in for a page of ours: its columns are known by our own names, whatever else it holds."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import islice
from typing import BinaryIO

from catalog.importing.readers import open_table
from catalog.importing.tables import TableRow
from config.errors import BadInput
from config.languages import _


def read_filled(file: BinaryIO, name: str, columns: Mapping[str, Collection[str]], *, needed: Collection[str], most: int, about: Collection[str] = ()) -> list[TableRow]:
    """The rows of a file (CSV or XLSX), each with a cell for each of our columns, empty where the file has none.

    `columns`: by our name, the headers it may stand under, in small letters. `about`: a row in which none of these is filled in is passed over.
    Raises BadInput, naming the file, where a needed column is missing, and where it has no rows or more than the most.
    """
    with open_table(file, name) as table:
        headers = {column: next((header for header in table.headers if header.strip().lower() in called), None) for column, called in columns.items()}
        if missing := [column for column in needed if headers[column] is None]:
            raise BadInput(_("“%(name)s” lacks the columns %(columns)s. Download the file to fill in, and use its headers.", name=name, columns=", ".join(missing)))
        rows = [replace(row, cells={column: row.cells.get(header, "") for column, header in headers.items()}) for row in islice(table, most + 1)]
    if len(rows) > most:
        raise BadInput(_("“%(name)s” has more than %(most)d rows.", name=name, most=most))
    told = [row for row in rows if row.refusal or not about or any(row.cells[column] for column in about)]
    if not told:
        raise BadInput(_("“%(name)s” holds no rows.", name=name))
    return told
