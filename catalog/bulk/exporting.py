"""Everything of an institution's as the rows that the upload reads, so that a file sent back unchanged says «same» for every row."""

from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from typing import Any

from catalog.bulk import cells, queries
from catalog.bulk.columns import COLUMNS, COURSE, MODULE, HEADERS, Column
from catalog.bulk.finding import Thing
from catalog.offers.lifecycle import Run
from catalog.offers.models import Course, Module, Offering
from catalog.publishing import content



def rows(institution_id: int) -> Iterator[list[Any]]:
    """A row for each run that is not cancelled, each module without one, and each course without modules."""
    courses, modules, runs = queries.everything(institution_id)
    of_module: dict[Module, list[Offering]] = {}
    for run in runs:
        if run.state is not Run.CANCELLED:
            of_module.setdefault(run.module, []).append(run)
    with_modules = {module.course for module in modules}
    for module in sorted(modules, key=_heading):
        for run in of_module.get(module, [None]):
            yield _row(module.course, module, run)
    for course in courses:
        if course not in with_modules:
            yield _row(course, None, None)


def _heading(module: Module) -> tuple:
    return module.course.title.casefold() if module.course else "", module.course_id or 0, module.position, module.id


def _row(course: Course | None, module: Module | None, run: Offering | None) -> list[Any]:
    identified = run or module or course
    return [str(identified.uuid), *(_value(column, {COURSE: course, MODULE: module}.get(column.thing, run)) for column in COLUMNS)]


def _value(column: Column, thing: Thing | None) -> Any:
    if thing is None:
        return None
    if column.tag is not None:
        return next((line for line in content.field(thing, "tags") if line.tag is column.tag), None)
    value = content.field(thing, column.field)
    return column.write(value) if column.write else value


def for_csv(institution_id: int) -> Iterator[list[str]]:
    """The rows as texts."""
    for row in rows(institution_id):
        yield [cells.meant(cells.written(value)) for value in row]


def workbook(institution_id: int) -> bytes:
    """The rows as a workbook, with figures as figures and everything else as text that no spreadsheet runs."""
    import openpyxl  # 60 ms, and only for workbooks

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Seksti")
    sheet.freeze_panes = "A2"
    sheet.append(HEADERS)
    for row in rows(institution_id):
        sheet.append([_cell(value) for value in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)  # halves and hundredths come back as they were
    return value if isinstance(value, int) and not isinstance(value, bool) else cells.kept(value) or None
