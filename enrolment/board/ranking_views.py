"""The rank tab with its budget and cut lines, the condition of sharing, and the list locked, shown, printed and opened again."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from marshmallow import fields, validate

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from config.clock import now, today
from config.csv_out import csv_answer
from config.errors import Refusal, StaleEdit
from config.forms import Form, Schema, blank_form, read_form, read_query, text
from config.languages import _, _l
from enrolment.applications.models import Application
from enrolment.board import gates, papers, queries, rules, words
from enrolment.board.gathering import Board
from enrolment.board.schemas import BudgetSchema, SharingSchema, SuggestionSchema, UptoSchema, VersionSchema, WhySchema
from enrolment.board.services import ranking
from enrolment.board.views import owners_only, pages as board_pages, the_board, the_round
from enrolment.rounds import queries as round_queries
from enrolment.rounds.values import Gate, Step

pages = Blueprint("ranking", __name__, url_prefix=board_pages.url_prefix)
RANK, REASON = "rank-", "reason-"
MOST = 100_000


@pages.get("/rounds/<code>/<strand>/ranking")
@owners_only
def show(code, strand):
    """The list by number with its cut lines, what it comes to, and what if one more is taken."""
    return _page(the_board(code, strand))


def _page(board: Board, form: Form | None = None, which: str | None = None):
    upto = read_query(UptoSchema())["upto"]
    counted = board.ranked[:upto] if upto is not None else board.ranked
    return render_template(
        "board/ranking.html", board=board, words=words, form=form if which == "rank" else None, failed=form, upto=upto, counted=len(counted),
        total=board.total(counted), unknown=sum(row.money is None for row in counted), lines=_lines(board), RANK=RANK, REASON=REASON,
        budget_form=form if which == "budget" else _budget(board), unlock_form=form if which == "unlock" else blank_form(), missing=gates.what_is_missing(board),
        suggested={key: number for number, key in enumerate(board.suggested, 1)}, labels=_labels(board), criteria=round_queries.criteria(today(), now()),
        last_unlock=board.dates.on(Step.UNLOCK), may_unlock=board.dates.is_open(Gate.UNLOCK, today()), locks=queries.locks(board.list),
    )  # fmt: skip


def _lines(board: Board) -> dict[int, list[str]]:
    """By how many rows stand above it, the words of each cut line."""
    cuts, found = board.cuts, {}
    for after, label in ((cuts.state, _("Funded by the state to here")), (cuts.budget, _("Our budget reaches to here")), (cuts.seats, _("Seats likely to here"))):
        if after is not None:
            found.setdefault(after, []).append(label)
    return found


def _labels(board: Board) -> dict[str, str]:
    labels = {"budget": _("Our budget"), "work_year": _("A full post costs us a year"), "state_places": _("How many the state will fund"), "why": _("Why")}
    for row in board.approved:
        labels |= {RANK + row.key: row.case.person.name, REASON + row.key: row.case.person.name}
    return labels


def _budget(board: Board) -> Form:
    known = board.list
    return blank_form(budget=_whole(known.budget_oere), work_year=_whole(known.work_year_oere), state_places=known.state_places)


def _whole(oere: int | None) -> int | None:
    return None if oere is None else oere // 100


def _schema(cases: Sequence[Application]) -> Schema:
    """A number and a reason for each approved case; up and down name one of them."""
    number = {"load_default": None, "validate": validate.Range(min=1, max=MOST, error=_l("Write a number from {min} to {max}."))}
    known = {"version": fields.Integer(required=True), "up": text(40, load_default=None), "down": text(40, load_default=None)}
    for case in cases:
        known |= {f"{RANK}{case.uuid}": fields.Integer(**number), f"{REASON}{case.uuid}": text(300, load_default=None)}
    return Schema.from_dict(known)()


@pages.post("/rounds/<code>/<strand>/ranking")
@owners_only
def rank(code, strand):
    cycle, part = the_round(code, strand)
    found = queries.approved(current_actor().organisation_id, cycle.id, part)
    cases = {str(case.uuid): case.rank for case in found}
    form = read_form(_schema(found))
    if not form.ok:
        return _page(the_board(code, strand), form, "rank"), 422
    said = form.values
    reasons = {key: said[REASON + key] or "" for key in cases if REASON + key in form.raw}
    try:
        ranking.rank(code, part, _typed(cases, said), reasons, version=said["version"], actor=current_actor(), at=now())
    except rules.RankTwice as twice:
        for key, rank in cases.items():
            if said[RANK + key] == twice.number and rank != twice.number:
                form.refuse(RANK + key, _("Two applications were given the number %(number)s.", number=twice.number))
        return _page(the_board(code, strand), form, "rank"), 422
    except StaleEdit as stale:
        form.refuse("_schema", stale.sentence)
        return _page(the_board(code, strand), form, "rank"), 409
    return _back(code, strand)


def _typed(cases: Mapping[str, int | None], said: dict) -> dict[str, int]:
    """Of the cases with their ranks, the numbers that differ from those that stand; a button goes before what is typed in its row."""
    typed = {key: said[RANK + key] for key, rank in cases.items() if said[RANK + key] not in (None, rank)}
    ranked = [key for key, rank in cases.items() if rank is not None]
    for name, step in (("up", -1), ("down", 1)):
        place = ranked.index(said[name]) + 1 if said[name] in ranked else None
        if place is not None:
            typed[said[name]] = max(place + step, 1)
    return typed


def _back(code: str, strand: str):
    return redirect(url_for(".show", code=code, strand=strand))


@pages.post("/rounds/<code>/<strand>/ranking/suggestion")
@owners_only
def suggest(code, strand):
    """As the criteria suggest: those without a number last, or the whole list anew."""
    (_cycle, part), form = the_round(code, strand), read_form(SuggestionSchema())
    if not form.ok:
        return _page(the_board(code, strand), form, "suggest"), 422
    try:
        ranking.rank_as_suggested(code, part, whole=form.values["whole"], version=form.values["version"], actor=current_actor(), at=now())
    except StaleEdit as stale:
        flash(stale.sentence, "wait")
    return _back(code, strand)


@pages.post("/rounds/<code>/<strand>/budget")
@owners_only
def budget(code, strand):
    (_cycle, part), form = the_round(code, strand), read_form(BudgetSchema())
    if not form.ok:
        return _page(the_board(code, strand), form, "budget"), 422
    ranking.set_budget(code, part, **form.values, actor=current_actor(), at=now())
    flash(_("Noted. The lines are drawn anew."), "good")
    return _back(code, strand)


@pages.get("/rounds/<code>/<strand>/sharing")
@owners_only
def sharing(code, strand):
    """The condition of sharing what is learnt, and who has accepted it."""
    board = the_board(code, strand)
    return _sharing_page(board, blank_form(words=board.list.sharing, how=board.list.sharing_how))


def _sharing_page(board: Board, form: Form) -> str:
    return render_template("board/sharing.html", board=board, form=form, asked=[row for row in board.rows if row.answer])


@pages.post("/rounds/<code>/<strand>/sharing")
@owners_only
def set_sharing(code, strand):
    (_cycle, part), form = the_round(code, strand), read_form(SharingSchema())
    if not form.ok:
        return _sharing_page(the_board(code, strand), form), 422
    ranking.set_sharing(code, part, **form.values, actor=current_actor(), at=now())
    flash(_("Kept. Whoever you approve from now on is asked to accept it."), "good")
    return redirect(url_for(".sharing", code=code, strand=strand))


@pages.post("/rounds/<code>/<strand>/lock")
@owners_only
def lock(code, strand):
    (_cycle, part), form = the_round(code, strand), read_form(VersionSchema())
    if not form.ok:
        return _page(the_board(code, strand), form, "lock"), 422
    try:
        made = ranking.lock(code, part, version=form.values["version"], actor=current_actor(), at=now())
    except Refusal as refusal:
        form.refuse("_schema", refusal.sentence)
        return _page(the_board(code, strand), form, "lock"), refusal.status
    flash(_("The list is locked."), "good")
    return redirect(url_for(".show_lock", lock=made.uuid))


@pages.post("/rounds/<code>/<strand>/lock/request")
@owners_only
def ask_to_unlock(code, strand):
    """The first of two who open a locked list."""
    (_cycle, part), form = the_round(code, strand), read_form(WhySchema())
    if not form.ok:
        return _page(the_board(code, strand), form, "unlock"), 422
    ranking.ask_to_unlock(code, part, why=form.values["why"], actor=current_actor(), at=now())
    flash(_("Asked. Somebody else who acts for you must open the list."), "good")
    return _back(code, strand)


@pages.post("/rounds/<code>/<strand>/lock/opening")
@owners_only
def unlock(code, strand):
    """The second of two."""
    ranking.unlock(code, the_round(code, strand)[1], actor=current_actor(), at=now())
    flash(_("The list is open again. What was locked is kept."), "good")
    return _back(code, strand)


@pages.get("/locks/<uuid:lock>")
@acting_as(Role.OWNER, Role.UNION)
def show_lock(lock):
    """A list as it stood when it was locked."""
    kept = queries.own_lock(current_actor(), lock)
    return render_template("board/lock.html", lock=kept, rows=papers.rows(kept), headings=papers.headings(), sound=rules.digest(kept.rows) == kept.digest, words=words)


@pages.get("/locks/<uuid:lock>.csv")
@acting_as(Role.OWNER, Role.UNION)
def csv(lock):
    kept = queries.own_lock(current_actor(), lock)
    return csv_answer(_file(kept, "csv"), papers.headings(), papers.rows(kept))


@pages.get("/locks/<uuid:lock>.pdf")
@acting_as(Role.OWNER, Role.UNION)
def pdf(lock):
    kept = queries.own_lock(current_actor(), lock)
    answer = Response(papers.printed(kept), content_type="application/pdf")
    answer.headers.set("Content-Disposition", "inline", filename=_file(kept, "pdf"))
    return answer


def _file(kept, ending: str) -> str:
    return f"{kept.of.cycle.code}-{kept.of.strand}-{kept.digest[:8]}.{ending}"
