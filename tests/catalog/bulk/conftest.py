"""An editor's desk, and files in the format."""

import csv
import io
import re

import pytest

from catalog.bulk import services
from catalog.bulk.models import BulkUpload
from catalog.bulk.values import Report
from config.csv_out import harmless
from tests import factories as f
from tests.catalog.publishing.conftest import desk, neighbour  # noqa: F401


def table(*rows: dict[str, str], delimiter: str = ";") -> bytes:
    """A CSV file with these rows, as a spreadsheet of the North writes it."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([harmless(row.get(name, "")) for name in names] for row in rows)
    return ("\ufeff" + file.getvalue()).encode()


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.fixture
def sent(desk):  # noqa: F811
    """Keeps a file and tells what it would do."""

    def sending(*rows: dict[str, str], content: bytes | None = None, name: str = "modules.csv") -> tuple[BulkUpload, Report]:
        upload = services.keep_upload(content or table(*rows), name, actor=desk.editor, at=f.MONDAY)
        return upload, services.preview_upload(upload.uuid, actor=desk.editor, at=f.MONDAY)

    return sending


@pytest.fixture
def saved(desk, sent):  # noqa: F811
    """Sends a file, sees it and confirms."""

    def saving(*rows: dict[str, str], **more) -> Report:
        upload, report = sent(*rows, **more)
        return services.carry_out_upload(upload.uuid, report.mark, actor=desk.editor, at=f.MONDAY)

    return saving


def told(report: Report) -> list[str]:
    return [row.outcome.value for row in report.rows]


def why(report: Report) -> list[tuple[int, str, str]]:
    """(line, field, sentence) of each problem."""
    return [(row.line, one.field, one.sentence) for row in report.rows for one in row.problems]


def differences(report: Report) -> list[tuple[str, str, str, str]]:
    return [(one.thing, one.field, one.before, one.after) for row in report.rows for one in row.differences]


def mark_of(page: str) -> str:
    return re.search(r'name="mark" value="([0-9a-f]+)"', page)[1]
