"""The pages of reports: asking, the figures with their picture, the rows behind a figure, files, and what is kept."""

from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, url_for
from marshmallow import fields, validate

from accounts.guard import acting_as, current_actor
from catalog.offers import words as offer_words
from catalog.subjects import queries as subject_queries
from config.clock import now, today
from config.csv_out import csv_answer
from config.forms import Form, Schema, blank_form, read_form, read_query, text
from config.languages import _, _l
from config.workbook_out import workbook_answer
from regions.coverage.views import study_year
from regions.reporting import causes, queries, services, words
from regions.reporting.bounds import REPORTS, SEES_CAUSES, SEES_PEOPLE, SEES_SEATS
from regions.reporting.values import MOST_YEARS, OF_THE_STUDY, Asked, By, Every, Figures, Line

pages = Blueprint("reporting", __name__, url_prefix="/reports")
READ = acting_as(*REPORTS)
NUMBERED = (By.YEAR, By.LEVEL, By.REGION, By.OWNER, By.SCHOOL)
AT_ONCE = 200  # lines on a page; the files have them all
_YEAR = validate.Range(2000, 2100, error=_l("Write a whole number between {min} and {max}."))


class ReportSchema(Schema):
    """The definition of a report, in an address and in a form."""

    by = fields.Enum(By, by_value=True, load_default=By.YEAR)
    first = fields.Integer(load_default=None, validate=_YEAR)
    last = fields.Integer(load_default=None, validate=_YEAR)
    subject = text(60, load_default=None)


class PageSchema(ReportSchema):
    page = fields.Integer(load_default=1, validate=validate.Range(1, 10_000, error=_l("Write a whole number between {min} and {max}.")))


class RowsSchema(PageSchema):
    key = text(60, load_default=None)


class KeepSchema(ReportSchema):
    name = text(80, required=True, validate=[validate.Length(min=1, error=_l("Fill this in."))])
    every = fields.Enum(Every, by_value=True, load_default=Every.NEVER)


@pages.get("")
@READ
def report():
    query = read_query(PageSchema())
    return _page(_asked(query), page=query["page"])


def _asked(values: dict) -> Asked:
    """The years in their order, at most so many; the five latest where none are named. An unknown subject finds nothing."""
    last = values["last"] or study_year(today())
    first = values["first"] or last - 4
    first, last = min(first, last), max(first, last)
    return Asked(values["by"], max(first, last - MOST_YEARS + 1), last, values["subject"] or None)


def _page(asked: Asked, form: Form | None = None, page: int = 1) -> str:
    lines = _lines(asked)
    shown = lines[(page - 1) * AT_ONCE : page * AT_ONCE]
    total = sum((line.figures for line in lines), Figures())
    return render_template(
        "reporting/report.html", asked=asked, lines=shown, page=page, further=len(lines) > page * AT_ONCE, total=total, causes=_causes(asked) if total.interrupted else None, words=words, with_seats=_with_seats(asked),
        most=max((line.figures.participants for line in lines), default=0), address=_address, form=form or blank_form(every=Every.NEVER),
        bys=[(one.value, words.by(one)) for one in By], years=[(str(year), offer_words.study_year(year)) for year in _years()],
        subjects=[(one.code, one.name) for one in subject_queries.in_order()], every=[(one.value, words.every(one)) for one in Every],
        kept=queries.kept(queries.hat_of(current_actor())), on_years=(str(asked.first), str(asked.last)), offer_words=offer_words, invented=queries.any_made_up(current_actor(), today()),
    )  # fmt: skip


def _lines(asked: Asked) -> list[Line]:
    return words.lines(asked, queries.counted(asked, current_actor(), today(), with_seats=_with_seats(asked)))


def _causes(asked: Asked) -> tuple[list[int], list[causes.Row]] | None:
    """By study year, each of them apart; of one subject only for those who see them all, since two reports could be subtracted."""
    exact = current_actor().role in SEES_CAUSES
    return causes.told(queries.causes(asked, current_actor(), today()), exact=exact) if exact or not asked.subject else None


def _with_seats(asked: Asked) -> bool:
    return current_actor().role in SEES_SEATS and asked.by in OF_THE_STUDY


def _years() -> range:
    return range(study_year(today()) - MOST_YEARS + 1, study_year(today()) + 2)


def _address(endpoint: str, asked: Asked, **other) -> str:
    facts = {"by": asked.by.value, "first": asked.first, "last": asked.last, "subject": asked.subject} | other
    return f"{url_for(endpoint)}?" + urlencode({name: value for name, value in facts.items() if value is not None})


@pages.get("/report.csv")
@READ
def as_csv():
    asked = _asked(read_query(ReportSchema()))
    seats = _with_seats(asked)
    return csv_answer(f"{_file_name(asked)}.csv", words.headers(asked, with_seats=seats), [words.row(line, with_seats=seats) for line in _lines(asked)])


@pages.get("/report.xlsx")
@READ
def as_workbook():
    asked = _asked(read_query(ReportSchema()))
    seats = _with_seats(asked)
    rows = [words.row(line, with_seats=seats) for line in _lines(asked)]
    return workbook_answer(f"{_file_name(asked)}.xlsx", (_("Report"), words.headers(asked, with_seats=seats), rows))


def _file_name(asked: Asked) -> str:
    return f"report-{asked.by}-{asked.first}-{asked.last}"


@pages.get("/rows")
@READ
def rows():
    """What a line is made of: people for those who know them, runs for the others."""
    query = read_query(RowsSchema())
    asked, key, page, actor = _asked(query), query["key"] or None, query["page"], current_actor()
    if key is not None and asked.by in NUMBERED:
        queries.number(key)
    known = {"asked": asked, "name": words.lines(asked, {key: Figures()})[0].name, "words": words, "offer_words": offer_words, "address": _address}
    if actor.role not in SEES_PEOPLE:
        return render_template("reporting/runs.html", runs=queries.runs(asked, key, actor, today()), **known)
    found = queries.rows(asked, key, actor, today(), page)
    further = len(found) > queries.PAGE
    return render_template("reporting/people.html", rows=found[: queries.PAGE], page=page, further=further, key=key, **known)


@pages.post("/kept")
@READ
def keep():
    form = read_form(KeepSchema())
    if not form.ok:
        said = {name: form.typed(name) for name in ReportSchema().fields if form.typed(name)}
        wrong = ReportSchema().validate(said)  # the form may have been refused for its length alone
        return _page(_asked(ReportSchema().load({name: value for name, value in said.items() if name not in wrong})), form), 422
    asked = _asked(form.values)
    form.attempt(lambda: services.keep(form.values["name"], asked, form.values["every"], actor=current_actor(), at=now()))
    if not form.ok:
        return _page(asked, form), 422
    flash(_("The report is kept."), "good")
    return redirect(_address(".report", asked))


@pages.get("/kept/<uuid:report>")
@READ
def kept(report):
    """What is kept, with the current study year as its last."""
    mine = queries.own(queries.hat_of(current_actor()), report)
    return redirect(_address(".report", mine.asked(study_year(today()))))


@pages.post("/kept/<uuid:report>/deletion")
@READ
def delete(report):
    services.delete(report, actor=current_actor())
    flash(_("The report is deleted."), "good")
    return redirect(url_for(".report"))
