"""CSV files that open right in a spreadsheet, and in which nothing a person wrote is run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(value: object) -> object:
    """A cell that a spreadsheet would run as a formula comes as text (OWASP, CSV injection). Numbers are left alone."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def csv_answer(name: str, headers: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A file to download: UTF-8 with its mark and semicolons, as Norwegian spreadsheets read it."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(headers)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    answer = Response("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
