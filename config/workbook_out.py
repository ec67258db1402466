"""Workbooks to download (XLSX): figures as figures, and everything else as text that no spreadsheet runs."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile, ZipInfo

from flask import Response

from config.csv_out import harmless

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PROPERTIES = "docProps/core.xml"
MADE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
Sheet = tuple[str, Sequence[str], Iterable[Sequence[Any]]]
"""Its title, its headers, its rows."""


def workbook_answer(name: str, *sheets: Sheet) -> Response:
    """A file to download, the headers of each sheet kept in sight."""
    answer = Response(_written(sheets), content_type=KIND)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def workbook_bytes(*sheets: Sheet, at: datetime) -> bytes:
    """A workbook whose bytes are always the same: whatever in it tells when it was made says `at`."""
    stamp, made = at.astimezone(UTC), BytesIO()
    with ZipFile(BytesIO(_written(sheets))) as parts, ZipFile(made, "w") as steady:  # stored: how well something is packed differs between machines
        for name in parts.namelist():
            content = MADE.sub(rb"\g<1>" + stamp.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), parts.read(name)) if name == PROPERTIES else parts.read(name)
            steady.writestr(ZipInfo(name, stamp.timetuple()[:6]), content)
    return made.getvalue()


def _written(sheets: Iterable[Sheet]) -> bytes:
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
    return file.getvalue()
