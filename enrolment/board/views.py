"""The owner's rounds, its board, one case with its decision, and many decided at once."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.offers import words as offer_words
from catalog.values import Strand
from config.clock import now, today
from config.errors import NotFound, Refusal, StaleEdit
from config.forms import Form, blank_form, read_form, read_query
from config.languages import _, ngettext
from enrolment.applications import words as application_words
from enrolment.applications.lifecycle import Employer
from enrolment.applications.models import Application
from enrolment.applications.values import Party
from enrolment.board import gathering, queries, rules, words
from enrolment.board.gathering import Board, Row
from enrolment.board.schemas import ApproveSchema, DecisionsSchema, ExtrasSchema, FilterSchema, ReconsiderSchema, RefuseSchema, TickedSchema
from enrolment.board.services import deciding
from enrolment.board.values import ExtraKind
from enrolment.rounds import queries as round_queries
from enrolment.rounds.models import Cycle
from enrolment.rounds.values import Gate, Step

pages = Blueprint("board", __name__, url_prefix="/owner")
owners_only = acting_as(Role.OWNER)


def the_round(code: str, strand: str) -> tuple[Cycle, Strand]:
    """A round let out, in a strand that takes part in it. Raises NotFound."""
    cycle = round_queries.cycle(code, now())
    if strand not in list(Strand) or not cycle.dates_of(Strand(strand)).common:
        raise NotFound(_("There is no such round."))
    return cycle, Strand(strand)


def the_board(code: str, strand: str, wanted: Callable[[Application], bool] = lambda case: True) -> Board:
    return gathering.board(current_actor().organisation_id, *the_round(code, strand), on=today(), at=now(), wanted=wanted)


@pages.get("/rounds")
@owners_only
def rounds():
    """Every round with what waits in it, the latest first."""
    counts = queries.counts(current_actor().organisation_id)
    shown = [(cycle, strand, dates, counts.get((cycle.id, strand), {})) for cycle, strand, dates in round_queries.strands(now())]
    return render_template("board/rounds.html", rounds=shown, on=today(), Step=Step, Employer=Employer, offer_words=offer_words, words=words)


@pages.get("/rounds/<code>/<strand>")
@owners_only
def show(code, strand):
    """The board: filters, and the cases by what needs doing."""
    return _board_page(the_board(code, strand))


def _board_page(board: Board, form: Form | None = None):
    asked = read_query(FilterSchema())
    shown = [row for row in board.rows if _fits(row, asked)]
    return render_template(
        "board/board.html", board=board, groups=board.grouped(shown), shown=len(shown), facets=_facets(board.rows, asked), asked=asked, words=words,
        form=form or blank_form(), chosen=sum(map(len, asked.values())), open=rules.WAITING, strand_name=offer_words.strand(board.strand),
    )  # fmt: skip


def _of_row(row: Row) -> dict[str, tuple[str, str]]:
    """What a row is filtered by: the value and its words, by the filter's name."""
    case, none = row.case, _("not stated")
    return {
        "school": (str(case.school_id or ""), case.school.organisation.name if case.school else none),
        "subject": (row.subject.code if row.subject else "-", row.subject.name if row.subject else none),
        "scheme": (row.scheme.code if row.scheme else "-", row.scheme.name if row.scheme else none),
        "status": (str(case.employer), str(words.state(case)[0])),
        "union": ("yes", _("With a remark")) if row.remarks else ("no", _("Without a remark")),
    }


def _fits(row: Row, asked: dict[str, list[str]], without: str | None = None) -> bool:
    values = _of_row(row)
    return all(not chosen or name == without or values[name][0] in chosen for name, chosen in asked.items())


def _facets(rows: Sequence[Row], asked: dict[str, list[str]]) -> list[tuple[str, str, list[tuple[str, str, int, bool]]]]:
    """Name, heading, and (value, words, count, chosen): each filter's counts leave out its own choice."""
    labels = {"status": _("Status"), "school": _("School"), "subject": _("Subject"), "scheme": _("Scheme"), "union": _("Union's remarks")}
    return [(name, label, _options(rows, asked, name)) for name, label in labels.items()]


def _options(rows: Sequence[Row], asked: dict[str, list[str]], name: str) -> list[tuple[str, str, int, bool]]:
    known = dict(sorted({_of_row(row)[name] for row in rows}, key=lambda pair: pair[1]))
    counted = [_of_row(row)[name][0] for row in rows if _fits(row, asked, without=name)]
    return [(value, label, counted.count(value), value in asked[name]) for value, label in known.items()]


@pages.get("/applications/<uuid:case>")
@owners_only
def show_case(case):
    """One case: the application to the left, the decision with its cost to the right."""
    return _case_page(queries.own_case(current_actor(), case, now()))


def _case_page(case: Application, form: Form | None = None, which: str | None = None) -> str:
    board = gathering.board(case.owner_id, case.cycle, case.strand, on=today(), at=now(), wanted=lambda one: one.id == case.id)
    [row] = board.rows
    typed = {name: form if form and name == which else blank_form() for name in ("approve", "refuse", "reconsider", "extras")}
    if which != "extras":
        typed["extras"] = blank_form(**{str(kind): oere // 100 for kind, oere in row.extras.items()})
    return render_template(
        "board/case.html", board=board, row=row, case=case, words=words, typed=typed, failed=form, which=which, reasons=_reasons(),
        scheme_options=[(one.code, one.name) for one in row.schemes],
        offer_words=offer_words, application_words=application_words, title_of=gathering.title_of_choice, ExtraKind=ExtraKind, Employer=Employer,
        steps=words.told(case, Party.OWNER), following=queries.next_to_decide(case),
    )  # fmt: skip


def _reasons() -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in round_queries.refusal_reasons(today())]


def _decided(case: UUID, which: str, schema, act: Callable[[dict], object], said: Callable[[object], str]):
    """The way of every decision: what is wrong, or stale, comes back on the case's page with what was typed."""
    found, form = queries.own_case(current_actor(), case, now()), read_form(schema)
    try:
        done = form.attempt(lambda: act(form.values))
    except StaleEdit as stale:
        form.refuse("_schema", stale.sentence)
        return _case_page(queries.own_case(current_actor(), case, now()), form, which), 409
    if not form.ok:
        return _case_page(found, form, which), 422
    flash(said(done), "good")
    return redirect(url_for(".show_case", case=case))


@pages.post("/applications/<uuid:case>/approval")
@owners_only
def approve(case):
    def act(said):
        return deciding.approve(case, version=said["version"], scheme=said["scheme"], actor=current_actor(), at=now())

    return _decided(case, "approve", ApproveSchema(), act, lambda done: ngettext("%(names)s is told that you approve.", "%(names)s are told that you approve.", len(done), names=words.names(done)))


@pages.post("/applications/<uuid:case>/refusal")
@owners_only
def refuse(case):
    def act(said):
        return deciding.refuse(case, version=said["version"], reason=said["reason"], words=said["words"], actor=current_actor(), at=now())

    return _decided(case, "refuse", RefuseSchema(), act, lambda done: ngettext("%(names)s is told that you refuse, and why.", "%(names)s are told that you refuse, and why.", len(done), names=words.names(done)))


@pages.post("/applications/<uuid:case>/reconsideration")
@owners_only
def reconsider(case):
    def act(said):
        return deciding.reconsider(case, version=said["version"], why=said["why"], actor=current_actor(), at=now())

    return _decided(case, "reconsider", ReconsiderSchema(), act, lambda done: ngettext("The decision is taken back, and %(names)s is told so.", "The decision is taken back, and %(names)s are told so.", len(done), names=words.names(done)))


@pages.post("/applications/<uuid:case>/costs")
@owners_only
def note_extras(case):
    def act(said):
        return deciding.note_extras(case, ExtrasSchema.amounts(said), actor=current_actor(), at=now())

    return _decided(case, "extras", ExtrasSchema(), act, lambda _done: _("The costs are noted with today's date."))


@pages.post("/rounds/<code>/<strand>/decisions/preview")
@owners_only
def preview(code, strand):
    """What will happen with those that are ticked, before anything does."""
    board, form = the_board(code, strand), read_form(TickedSchema())
    if not form.values.get("case"):
        form.refuse("case", _("Tick at least one application."))
    if not form.ok:
        return _board_page(board, form), 422
    return _preview_page(board, form.values, blank_form())


def _preview_page(board: Board, said: dict, form: Form) -> str:
    ticked = dict(said["case"])
    gone = ticked.keys() - {row.case.uuid for row in board.rows}
    rows = _with_fellows(board, ticked)
    ticked = {row.case.uuid: ticked.get(row.case.uuid, row.case.version) for row in rows}
    return render_template(
        "board/preview.html", board=board, ticked=[f"{key}:{version}" for key, version in ticked.items()], action=said["action"], form=form, words=words,
        rows=[(row, _obstacle(row, ticked[row.case.uuid], said["action"])) for row in rows], gone=len(gone),
        reasons=_reasons(), total=board.total(rows),
    )  # fmt: skip


def _with_fellows(board: Board, ticked: Mapping[UUID, int]) -> list[Row]:
    """The rows that are ticked, and those that are decided together with them."""
    chosen = {uuid for row in board.rows if row.case.uuid in ticked for uuid in (row.case.uuid, *(one.uuid for one in row.together))}
    return [row for row in board.rows if row.case.uuid in chosen]


def _obstacle(row: Row, version: int, action: str) -> str | None:
    """Why a row will be left as it is, as far as it can be known beforehand."""
    if row.case.version != version:
        return _("Changed since you opened the page.")
    if row.case.employer not in rules.WAITING:
        return _("It is decided already.")
    return _("The teacher has listed no scheme.") if action == "approve" and not row.may_be_approved else None


@pages.post("/rounds/<code>/<strand>/decisions")
@owners_only
def decide_many(code, strand):
    """Does it, and says what became of each."""
    board, form = the_board(code, strand), read_form(DecisionsSchema())
    said = form.values
    if form.ok and said["action"] == "refuse":
        for name in ("reason", "words"):
            if not said[name]:
                form.refuse(name, _("Fill this in."))
    if not form.ok:
        ticked = said if "case" in said else read_form(TickedSchema(only=("case", "action")), request.form).values
        return (_preview_page(board, ticked, form), 422) if ticked.get("case") else (_board_page(board, form), 422)
    try:
        outcomes = _done(said)
    except Refusal as refusal:
        form.refuse("reason", refusal.sentence)
        return _preview_page(board, said, form), 422
    return _result_page(board, said, outcomes)


def _done(said: dict) -> list[deciding.Outcome]:
    if said["action"] == "approve":
        return deciding.approve_many(dict(said["case"]), actor=current_actor(), at=now())
    return deciding.refuse_many(dict(said["case"]), reason=said["reason"], words=said["words"], actor=current_actor(), at=now())


def _result_page(board: Board, said: dict, outcomes: list[deciding.Outcome]) -> str:
    done, left = deciding.outcomes_of(outcomes)
    approved = said["action"] == "approve"
    heading = ngettext("%(num)d approved", "%(num)d approved", len(done)) if approved else ngettext("%(num)d refused", "%(num)d refused", len(done))
    return render_template("board/result.html", board=board, heading=heading, done=done, left=left, gone=len(dict(said["case"]).keys() - {one.case.uuid for one in outcomes}), words=words)


def owner_work() -> str:
    """On the owner's own page: the cases of each round that await a decision, while there is time for it."""
    counts, lines = queries.counts(current_actor().organisation_id), []
    for cycle, strand, dates in round_queries.strands(now()) if counts else ():
        waiting = counts.get((cycle.id, strand), {}).get(Employer.WITH_OWNER, 0)
        if waiting and dates.is_open(Gate.DECIDE, today()):
            says = ngettext("%(num)d application to decide: %(round)s", "%(num)d applications to decide: %(round)s", waiting, round=cycle.name)
            address = url_for("board.show", code=cycle.code, strand=strand.value)
            lines.append(render_template("components/work_line.html", says=says, address=address, by=dates.on(Step.OWNER)))
    return "".join(lines)
