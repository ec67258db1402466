"""A statement as a file and on paper: the same columns and rows."""

import json
from collections.abc import Iterator
from decimal import Decimal

from catalog.offers import words as offer_words
from config.clock import day_of
from config.languages import _, kroner, language
from config.languages import date as written
from config.settings import ROOT
from enrolment.money import words
from enrolment.money.statement import Statement
from enrolment.money.values import kr

TEMPLATE = ROOT / "templates" / "money" / "statement.typ"
Cell = str | Decimal | None


def headings() -> list[str]:
    return [_("Teacher"), _("Study"), _("Scheme"), _("Rate"), _("Semesters"), _("Award"), _("For payment"), _("Claimed back"), _("Together"), _("Why claimed back")]


def rows(said: Statement) -> Iterator[list[Cell]]:
    """Amounts in kroner as numbers; the last row is the sum of those before it."""
    for row in said.rows:
        told = [words.name(row.place), words.study(row.place), words.scheme(row), words.rate(row), words.semesters(row)]
        yield [*told, None if row.award is None else kr(row.award), kr(row.paid), kr(row.back), kr(row.net), words.why(row)]
    yield [_("Together"), "", "", "", "", kr(said.award), kr(said.paid), kr(said.back), kr(said.net), ""]


def entry_headings() -> list[str]:
    return [_("Entered on"), _("Teacher"), _("Study"), _("Semester"), _("Kroner"), _("Why"), _("What happened")]


def entry_rows(said: Statement) -> Iterator[list[Cell]]:
    for entry, place in said.entries:
        told = [written(day_of(entry.booked_at), "short"), words.name(place), words.study(place), offer_words.semester(entry.semester)]
        yield [*told, kr(entry.oere), words.reason(entry.reason), words.because(entry)]


def printed(said: Statement) -> bytes:
    """A tagged PDF (PDF/UA-1)."""
    import typst  # 30 MB, and only for paper

    content = {
        "lang": language(), "owner": said.owner, "title": _("Statement of state money, %(year)s", year=offer_words.study_year(said.study_year)),
        "columns": headings(), "rows": [_texts(one) for one in rows(said)], "entries": _("Entries"), "entry_columns": entry_headings(),
        "entry_rows": [_texts(one) for one in entry_rows(said)], "made_up": _("Made up for demonstration.") if said.made_up else "",
    }  # fmt: skip
    return typst.compile(TEMPLATE.read_bytes(), format="pdf", sys_inputs={"data": json.dumps(content)}, pdf_standards=["ua-1"])


def _texts(cells: list[Cell]) -> list[str]:
    return [kroner(int(one * 100)) if isinstance(one, Decimal) else one or "" for one in cells]
