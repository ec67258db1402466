"""The owner's statements of state money."""

from dataclasses import dataclass

from flask import Blueprint, Response, render_template

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.offers import words as offer_words
from config.clock import today
from config.csv_out import csv_answer
from config.languages import _
from config.workbook_out import workbook_answer
from enrolment.awarding import queries as awarding
from enrolment.awarding.models import AllocationRun
from enrolment.awarding.queries import owners_by_key
from enrolment.money import awards, papers, statement, words
from enrolment.money.awards import Share
from enrolment.money.statement import Statement
from enrolment.money.values import kr

pages = Blueprint("money", __name__)
owner_only = acting_as(Role.OWNER)


@dataclass(frozen=True)
class Line:
    """An owner by name, and what an allocation run gives its teachers."""

    owner: str
    share: Share


MOST_OWNERS = 20  # on the page; the file has them all


def owners_of_run(run: AllocationRun, **_known) -> str:
    """The panel of an allocation run: seats and grants by school owner."""
    lines = _by_owner(run)
    return render_template("money/by_owner.html", run=run, lines=lines[:MOST_OWNERS], further=max(len(lines) - MOST_OWNERS, 0), words=words) if lines else ""


def _by_owner(run: AllocationRun) -> list[Line]:
    """Those with most money first."""
    shares = awards.by_owner(run)
    names = {key: one.organisation.name for key, one in owners_by_key(shares).items()}
    return sorted((Line(names.get(key, key), share) for key, share in shares.items()), key=lambda one: (-one.share.bound, -one.share.seats, one.owner))


@pages.get("/national/rounds/<code>/allocation/<uuid:run>/owners.csv")
@acting_as(Role.AUTHORITY)
def run_by_owner(code, run):
    """The whole table of the panel."""
    found = awarding.run(code, run)
    headers = [_("School owner"), _("Applicants"), _("With a place"), _("Seats"), _("With state money"), _("State money, kroner"), _("Cannot be worked out")]
    rows = [[one.owner, one.share.applicants, one.share.placed, one.share.seats, one.share.funded, kr(one.share.bound), one.share.unknown] for one in _by_owner(found)]
    return csv_answer(f"owners-{found.cycle.code}-{found.strand}.csv", headers, rows)


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
