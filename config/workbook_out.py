"""Workbooks to download (XLSX): figures as figures, and everything else as text that no spreadsheet runs."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from flask import Response

from config.csv_out import harmless

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Sheet = tuple[str, Sequence[str], Iterable[Sequence[Any]]]
"""Its title, its headers, its rows."""


def workbook_answer(name: str, *sheets: Sheet) -> Response:
    """A file to download, the headers of each sheet kept in sight."""
    import openpyxl  # 60 ms, and only for workbooks

    book = openpyxl.Workbook(write_only=True)
    for title, headers, rows in sheets:
        sheet = book.create_sheet(title[:31])  # as long as a title may be
        sheet.freeze_panes = "B2"
        sheet.append(list(headers))
        for row in rows:
            sheet.append([harmless(cell) for cell in row])
    file = BytesIO()
    book.save(file)
    answer = Response(file.getvalue(), content_type=KIND)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
