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
from regions.reports import queries, telling
from regions.reports.queries import By
from regions.reports.rules import FEWEST

pages = Blueprint("reports", __name__)
LABELS = {By.SUBJECT: _l("Subject"), By.INSTITUTION: _l("Institution"), By.REGION: _l("Region")}


class StatisticsSchema(Schema):
    year = fields.Integer(load_default=None, validate=validate.Range(2000, 2100, error=_l("Write a whole number between {min} and {max}.")))
    by = fields.Enum(By, by_value=True, load_default=By.SUBJECT)


@pages.get("/statistics")
def statistics():
    """Participants, completion and interruption, by year and in one year by something."""
    year, by = _asked()
    found = telling.told(by, year, today())
    by_year = [(offer_words.study_year(each), line) for each, line in found.years]
    known = {"lines": [line for _code, line in found.lines], "total": found.total, "by_year": by_year, "label": LABELS[by], "fewest": FEWEST}
    return render_template("reports/statistics.html", **known, year=year, by=by, invented=queries.any_made_up(), **_choices(by, year, [each for each, _line in found.years]))


@pages.get("/statistics.csv")
def statistics_csv():
    """The table of the page, the last row included; what may not be shown is empty."""
    year, by = _asked()
    found = telling.told(by, year, today())
    rows = [[line.name, *telling.figures(line)] for _code, line in found.lines]
    return csv_answer(f"statistics-{by}-{year}.csv", _headers(LABELS[by]), [*rows, [_("All"), *telling.figures(found.total)]])


def _headers(first) -> list[str]:
    return [str(first), _("Participants"), _("Completed"), _("Interrupted")]


@pages.get("/statistics/years.csv")
def years_csv():
    """The table of each study year."""
    rows = [[offer_words.study_year(year), *telling.figures(line)] for year, line in telling.years()]
    return csv_answer("statistics-years.csv", _headers(_("Study year")), rows)


def _asked() -> tuple[int, By]:
    query = read_query(StatisticsSchema())
    return query["year"] or study_year(today()), query["by"]


def _choices(by: By, year: int, years: list[int]) -> dict:
    def address(**other) -> str:
        return f"{request.path}?" + urlencode({"by": by.value, "year": year} | other)

    return {
        "ways": [(LABELS[each], address(by=each.value), each is by) for each in By],
        "years": [(offer_words.study_year(each), address(year=each), each == year) for each in sorted({*years[-5:], year})],
    }
