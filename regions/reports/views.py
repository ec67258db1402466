"""Open figures on who takes part: a page with a picture and its table, and the same as a file."""

from urllib.parse import urlencode

from flask import Blueprint, render_template, request
from marshmallow import fields, validate

from catalog.offers import words as offer_words
from config.clock import today
from config.csv_out import csv_answer
from config.forms import Schema, read_query
from config.languages import _, _l
from regions.coverage.views import study_year
from regions.reports import queries, rules
from regions.reports.queries import By
from regions.reports.rules import FEWEST, Line

pages = Blueprint("reports", __name__)
LABELS = {By.SUBJECT: _l("Subject"), By.INSTITUTION: _l("Institution"), By.REGION: _l("Region")}


class StatisticsSchema(Schema):
    year = fields.Integer(load_default=None, validate=validate.Range(2000, 2100, error=_l("Write a whole number between {min} and {max}.")))
    by = fields.Enum(By, by_value=True, load_default=By.SUBJECT)


@pages.get("/statistics")
def statistics():
    """Participants, completion and interruption, by year and in one year by something."""
    year, by = _asked()
    years = queries.by_year()
    lines = _lines(by, year)
    by_year = rules.apart(Line(offer_words.study_year(each), counts) for each, counts in years.items())
    known = {"lines": rules.listed(lines), "total": rules.total_of(lines), "by_year": by_year, "label": LABELS[by], "fewest": FEWEST}
    return render_template("reports/statistics.html", **known, year=year, by=by, invented=queries.any_made_up(), **_choices(by, year, [*years]))


@pages.get("/statistics.csv")
def statistics_csv():
    """The table of the page; what may not be shown is empty."""
    year, by = _asked()
    rows = [[line.name, *_figures(line)] for line in rules.listed(_lines(by, year))]
    headers = [LABELS[by], _("Participants"), _("Completed"), _("Interrupted")]
    return csv_answer(f"statistics-{by}-{year}.csv", [str(header) for header in headers], rows)


def _figures(line: Line) -> list[int | None]:
    parts = [None, None] if line.parts_hidden else [line.counts.completed, line.counts.interrupted]
    return [None if line.hidden else line.counts.participants, *parts]


def _asked() -> tuple[int, By]:
    query = read_query(StatisticsSchema())
    return query["year"] or study_year(today()), query["by"]


def _lines(by: By, year: int) -> list[Line]:
    """The one with most first; those that are hidden last, by name, so that their order tells nothing."""
    found = rules.suppressed(Line(thing.name if thing else _("not stated"), counts) for thing, counts in queries.counted(by, year, today()))
    return sorted(found, key=lambda line: (line.hidden, 0 if line.hidden else -line.counts.participants, line.name))


def _choices(by: By, year: int, years: list[int]) -> dict:
    def address(**other) -> str:
        return f"{request.path}?" + urlencode({"by": by.value, "year": year} | other)

    return {
        "ways": [(LABELS[each], address(by=each.value), each is by) for each in By],
        "years": [(offer_words.study_year(each), address(year=each), each == year) for each in sorted({*years[-5:], year})],
    }
