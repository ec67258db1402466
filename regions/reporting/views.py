"""The pages of reports: asking, the figures with their picture, the rows behind a figure, files, and what is kept."""

from dataclasses import replace
from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, url_for
from marshmallow import fields, validate

from accounts.guard import acting_as, current_actor
from catalog.offers import words as offer_words
from catalog.subjects import queries as subject_queries
from config.clock import now, today
from config.csv_out import csv_answer
from config.errors import NotAllowed, NotFound
from config.forms import Form, Schema, blank_form, read_form, read_query, text
from config.languages import _, _l
from config.workbook_out import workbook_answer
from enrolment.participation.values import Cause
from regions.coverage.facts import study_year
from regions.reporting import causes, queries, services, sheets, words
from regions.reporting.bounds import REPORTS, SEES_CAUSES, SEES_PEOPLE, SEES_SEATS
from regions.reporting.sheets import Sheet
from regions.reporting.values import HAS_SEATS, MOST_YEARS, Asked, Behind, By, Every, Figures, Line, State

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
    """Of which line, or of the whole report; of which state and cause."""

    key = text(60, load_default=None)
    whole = fields.Boolean(load_default=False)
    state = fields.Enum(State, by_value=True, load_default=None)
    cause = fields.String(load_default=None, validate=validate.OneOf((*Cause, queries.NOT_STATED), error=_l("Choose one of those shown.")))


class CausesSchema(ReportSchema):
    lines = fields.Boolean(load_default=False)


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
        "reporting/report.html", asked=asked, lines=shown, page=page, further=len(lines) > page * AT_ONCE, total=total, causes=_causes(asked, total), by_line=sheets.causes_by_line(asked, lines, current_actor(), today()), words=words, with_seats=_with_seats(asked),
        sees_causes=current_actor().role in SEES_CAUSES, State=State, behind=_behind, cause_behind=_cause_behind, line_behind=_line_behind,
        most=max((line.figures.participants for line in lines), default=0), address=_address, form=form or blank_form(every=Every.NEVER),
        bys=[(one.value, words.by(one)) for one in By], years=[(str(year), offer_words.study_year(year)) for year in _years()],
        subjects=[(one.code, one.name) for one in subject_queries.in_order()], every=[(one.value, words.every(one)) for one in Every],
        kept=queries.kept(queries.hat_of(current_actor())), on_years=(str(asked.first), str(asked.last)), offer_words=offer_words, invented=queries.any_made_up(current_actor(), today()),
    )  # fmt: skip


def _lines(asked: Asked) -> list[Line]:
    return sheets.lines(asked, current_actor(), today())


def _causes(asked: Asked, total: Figures) -> tuple[list[int], list[causes.Row]] | None:
    return sheets.causes_told(asked, current_actor(), today()) if total.interrupted else None


def _with_seats(asked: Asked) -> bool:
    return sheets.with_seats(asked, current_actor())


def _years() -> range:
    return range(study_year(today()) - MOST_YEARS + 1, study_year(today()) + 2)


def _address(endpoint: str, asked: Asked, **other) -> str:
    facts = {"by": asked.by.value, "first": asked.first, "last": asked.last, "subject": asked.subject} | other
    return f"{url_for(endpoint)}?" + urlencode({name: value for name, value in facts.items() if value is not None})


def _behind(asked: Asked, line: Line | None = None, state: State | None = None) -> str:
    """The address of what a figure is made of: of a line, or of them all (none)."""
    which = {"whole": 1} if line is None else {"key": line.key or ""}
    return _address(".rows", asked, **which, state=state.value if state else None)


def _cause_behind(asked: Asked, year: int, cause: Cause | None) -> str:
    """The address of those who interrupted for a cause in a study year."""
    of_year = replace(asked, by=By.YEAR, first=year, last=year)
    return _address(".rows", of_year, key=year, state=State.INTERRUPTED.value, cause=cause.value if cause else queries.NOT_STATED)


def _line_behind(asked: Asked, line: Line, cause: Cause | None) -> str:
    """The address of those of a line who interrupted for a cause."""
    return _address(".rows", asked, key=line.key or "", state=State.INTERRUPTED.value, cause=cause.value if cause else queries.NOT_STATED)


@pages.get("/report.csv")
@READ
def as_csv():
    asked = _asked(read_query(ReportSchema()))
    figures, *_more = _sheets(asked)
    return csv_answer(f"{_file_name(asked)}.csv", figures.headers, figures.rows)


@pages.get("/causes.csv")
@READ
def causes_csv():
    """A table of causes, as the page has it: by study year, or (`lines`) by what the report is told by. What is hidden there is empty here. Raises NotFound where
    the page has none."""
    query = read_query(CausesSchema())
    asked = _asked(query)
    _figures, *more = _sheets(asked)
    if len(more) < 1 + query["lines"]:
        raise NotFound(_("The report tells of no causes."))
    chosen = more[query["lines"]]
    return csv_answer(f"{_file_name(asked)}-causes.csv", chosen.headers, chosen.rows)


@pages.get("/report.xlsx")
@READ
def as_workbook():
    """The figures, and the causes on a sheet of their own."""
    asked = _asked(read_query(ReportSchema()))
    return workbook_answer(f"{_file_name(asked)}.xlsx", *_sheets(asked))


def _sheets(asked: Asked) -> list[Sheet]:
    return sheets.sheets(asked, current_actor(), today())


def _file_name(asked: Asked) -> str:
    return f"report-{asked.by}-{asked.first}-{asked.last}"


@pages.get("/rows")
@READ
def rows():
    """What a figure is made of: people for those who know them, runs for the others."""
    query = read_query(RowsSchema())
    asked, page, actor = _asked(query), query["page"], current_actor()
    behind = _asked_behind(asked, query)
    if behind.cause is not None and actor.role not in SEES_CAUSES:
        raise NotAllowed(_("Only the institution and the school owner see who gave which cause."))
    known = {"asked": asked, "behind": behind, "name": _name(asked, behind), "words": words, "offer_words": offer_words, "address": _address}
    if actor.role not in SEES_PEOPLE:
        return render_template("reporting/runs.html", runs=queries.runs(asked, behind, actor, today()), **known)
    found = queries.rows(asked, behind, actor, today(), page)
    known |= {"page": page, "further": len(found) > queries.PAGE, "more": _more, "sees_causes": actor.role in SEES_CAUSES}
    return render_template("reporting/people.html", rows=found[: queries.PAGE], **known)


def _asked_behind(asked: Asked, query: dict) -> Behind:
    key = query["key"] or None
    if key is not None and asked.by in NUMBERED:
        queries.number(key)
    return Behind(key, query["whole"], query["state"], query["cause"])


def _name(asked: Asked, behind: Behind) -> str:
    """What a page of rows is called: «Matematikk: Interrupted, Illness»."""
    whose = _("All") if behind.whole else words.lines(asked, {behind.key: Figures()})[0].name
    parts = [words.state(behind.state)] if behind.state else []
    if behind.cause is not None:
        parts.append(words.cause(None if behind.cause == queries.NOT_STATED else Cause(behind.cause)))
    return f"{whose}: {', '.join(parts)}" if parts else whose


def _more(asked: Asked, behind: Behind, page: int) -> str:
    """The address of another page of the same rows."""
    which = {"whole": 1} if behind.whole else {"key": behind.key or ""}
    return _address(".rows", asked, **which, state=behind.state.value if behind.state else None, cause=behind.cause, page=page)


@pages.get("/seats")
@acting_as(*SEES_SEATS)
def seats():
    """The runs that the seats of a line are of, with how many of each are unused."""
    query = read_query(RowsSchema())
    asked = _asked(query)
    behind = _asked_behind(asked, query)
    if asked.by not in HAS_SEATS:
        raise NotFound(_("There is no such line in the report."))
    runs = queries.seat_runs(asked, behind, current_actor(), today())
    return render_template("reporting/seats.html", runs=runs, asked=asked, name=_name(asked, behind), words=words, offer_words=offer_words, address=_address)


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


@pages.get("/kept/<uuid:report>/files")
@READ
def files(report):
    """What the clock has made of a kept report, the latest first."""
    mine = queries.own(queries.hat_of(current_actor()), report)
    return render_template("reporting/files.html", kept=mine, words=words)


@pages.get("/kept/<uuid:report>/files/<uuid:file>.csv")
@READ
def file_csv(report, file):
    """The figures as they were that day."""
    made = queries.own_file(queries.hat_of(current_actor()), report, file)
    figures = made.sheets[0]
    return csv_answer(f"report-{made.made_at:%Y-%m-%d}.csv", figures["headers"], figures["rows"])


@pages.get("/kept/<uuid:report>/files/<uuid:file>.xlsx")
@READ
def file_workbook(report, file):
    made = queries.own_file(queries.hat_of(current_actor()), report, file)
    return workbook_answer(f"report-{made.made_at:%Y-%m-%d}.xlsx", *[(one["title"], one["headers"], one["rows"]) for one in made.sheets])


@pages.post("/kept/<uuid:report>/deletion")
@READ
def delete(report):
    services.delete(report, actor=current_actor())
    flash(_("The report is deleted."), "good")
    return redirect(url_for(".report"))
