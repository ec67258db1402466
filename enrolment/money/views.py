"""The owner's statements of state money."""

from flask import Blueprint, Response, render_template

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.offers import words as offer_words
from config.clock import today
from config.csv_out import csv_answer
from config.languages import _
from config.workbook_out import workbook_answer
from enrolment.money import papers, statement, words
from enrolment.money.statement import Statement

pages = Blueprint("money", __name__)
owner_only = acting_as(Role.OWNER)


@pages.get("/owner/money")
@owner_only
def years():
    """The study years in which one's teachers have had money."""
    return render_template("money/years.html", years=statement.years(current_actor()), offer_words=offer_words)


@pages.get("/owner/money/<int(max=9999):year>")
@owner_only
def of_owner(year):
    """The statement of a study year."""
    rules = statement.rules_holding(today())
    return render_template("money/statement.html", said=_said(year), rules=rules, words=words, offer_words=offer_words)


def _said(year: int) -> Statement:
    return statement.of_owner(current_actor(), year)


@pages.get("/owner/money/<int(max=9999):year>.csv")
@owner_only
def as_csv(year):
    return csv_answer(f"statement-{year}.csv", papers.headings(), papers.rows(_said(year)))


@pages.get("/owner/money/<int(max=9999):year>.xlsx")
@owner_only
def as_workbook(year):
    said = _said(year)
    sheets = ((_("Awards"), papers.headings(), papers.rows(said)), (_("Entries"), papers.entry_headings(), papers.entry_rows(said)))
    return workbook_answer(f"statement-{year}.xlsx", *sheets)


@pages.get("/owner/money/<int(max=9999):year>.pdf")
@owner_only
def on_paper(year):
    answer = Response(papers.printed(_said(year)), content_type="application/pdf")
    answer.headers.set("Content-Disposition", "attachment", filename=f"statement-{year}.pdf")
    return answer
