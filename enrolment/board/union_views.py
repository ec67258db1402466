"""The union representative's pages: the owner's list, and remarks on it until the union's last day."""

from flask import Blueprint, flash, redirect, render_template, url_for

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.offers import words as offer_words
from config.clock import now, today
from config.forms import Form, blank_form, read_form
from config.languages import _
from enrolment.board import gathering, words
from enrolment.board.schemas import RemarkSchema
from enrolment.board.services import advising
from enrolment.board.views import the_round
from enrolment.rounds import queries as round_queries
from enrolment.rounds.values import Gate, Step

pages = Blueprint("union", __name__, url_prefix="/union")
union_only = acting_as(Role.UNION)


@pages.get("")
@union_only
def rounds():
    """The rounds, and until when one may comment in each; those where one may now come first."""
    found = sorted(round_queries.strands(now()), key=lambda one: not one[2].is_open(Gate.REMARK, today()))
    return render_template("board/union_rounds.html", rounds=found, on=today(), Step=Step, Gate=Gate, offer_words=offer_words)


@pages.get("/rounds/<code>/<strand>")
@union_only
def show(code, strand):
    return _page(code, strand, blank_form())


def _page(code: str, strand: str, form: Form) -> str:
    board = gathering.board(current_actor().organisation_id, *the_round(code, strand), on=today(), at=now())
    rows = [*board.ranked, *(row for row in board.rows if row.case.rank is None)]
    return render_template(
        "board/union.html", board=board, rows=rows, words=words, form=form, open=board.dates.is_open(Gate.REMARK, today()), last=board.dates.on(Step.UNION),
        about=[(row.key, row.case.person.name) for row in rows], lock=board.list.lock,
    )  # fmt: skip


@pages.post("/rounds/<code>/<strand>/remarks")
@union_only
def remark(code, strand):
    _cycle, part = the_round(code, strand)
    form = read_form(RemarkSchema())
    if not form.ok:
        return _page(code, strand, form), 422
    advising.remark(code, part, words=form.values["words"], case=form.values["case"], actor=current_actor(), at=now())
    flash(_("The owner reads your remark."), "good")
    return redirect(url_for(".show", code=code, strand=strand))
