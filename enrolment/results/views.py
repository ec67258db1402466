"""The institution's page of participants: marks typed in or read from a file, seen before they are saved."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from marshmallow import fields
from werkzeug.datastructures import MultiDict

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.offers import words as offer_words
from catalog.offers.lifecycle import Run
from catalog.offers.models import Offering
from config.clock import now, today
from config.csv_out import csv_answer
from config.forms import Form, Schema, blank_form, read_form, sent_file, text
from config.languages import _, ngettext
from config.workbook_out import workbook_answer
from enrolment.results import queries, services, words
from enrolment.results.values import Mark
from enrolment.results.reading import ReadMark, read_marks

pages = Blueprint("results", __name__)
PREFIX = "mark-"


@pages.get("/publish/offerings/<uuid:offering>/participants")
@acting_as(Role.EDITOR)
def participants(offering):
    run, people = _run_and_people(offering)
    return _page(run, people, _recorded(people))


def _recorded(people) -> Form:
    return blank_form(**{_field(one): one.result.mark for one, _school in people if one.result})


@pages.post("/publish/offerings/<uuid:offering>/results")
@acting_as(Role.EDITOR)
def record(offering):
    run, people = _run_and_people(offering)
    form = read_form(_schema(people))
    why = form.values.pop("why", None)
    marks = {UUID(name.removeprefix(PREFIX)): mark for name, mark in form.values.items() if mark is not None}
    try:
        recorded = form.attempt(lambda: services.record_results(offering, marks, actor=current_actor(), at=now(), why=why), at="form")
    except services.NotBegun as refusal:
        form.refuse("form", refusal.sentence)
    if not form.ok:
        return _page(run, people, form), 422
    flash(ngettext("%(num)d result is saved.", "%(num)d results are saved.", recorded), "good")
    return redirect(url_for(".participants", offering=offering))


@pages.post("/publish/offerings/<uuid:offering>/results/file")
@acting_as(Role.EDITOR)
def read_file(offering):
    """Fills the page's form in from a file and shows it. Nothing is saved until the form itself is sent."""
    run, people = _run_and_people(offering)
    services.require_begun(run, now())
    sent, form = sent_file("file")
    form.raw = _recorded(people).raw
    read = form.attempt(lambda: read_marks(sent.stream, sent.filename), at="file")
    if not form.ok:
        return _page(run, people, form), 422
    problems = _fill_in(form, read, {str(one.uuid): one for one, _school in people})
    return _page(run, people, form, unsaved=len(read) - len(problems), problems=problems), 422 if problems else 200


def _fill_in(form: Form, read: list[ReadMark], known: dict) -> list[tuple[ReadMark, str]]:
    """Puts the marks of a file into the form. Returns the rows that could not be used, with the reason."""
    form.raw, problems, seen = MultiDict(form.raw), [], {}
    for row in read:
        reason = _why_not(row, known, seen)
        if reason:
            problems.append((row, reason))
        else:
            form.raw[f"{PREFIX}{row.reference}"] = row.mark
            seen[row.reference] = row.line
    return problems


def _why_not(row: ReadMark, known: dict, seen: dict[str, int]) -> str | None:
    if row.refusal:
        return row.refusal
    if row.reference not in known:
        return _("Nobody in this run has the reference “%(reference)s”.", reference=row.reference[:60])
    if row.reference in seen:
        return _("The same participant stands on line %(line)d.", line=seen[row.reference])
    if row.mark is None:
        return _("“%(written)s” is not a mark. Write A–F, pass or fail.", written=row.written[:60])
    return None


@pages.get("/publish/offerings/<uuid:offering>/participants.csv")
@acting_as(Role.EDITOR)
def download(offering):
    run, headers, rows = _listed(offering)
    return csv_answer(f"participants-{run.module.slug}.csv", headers, rows)


@pages.get("/publish/offerings/<uuid:offering>/participants.xlsx")
@acting_as(Role.EDITOR)
def download_workbook(offering):
    run, headers, rows = _listed(offering)
    return workbook_answer(f"participants-{run.module.slug}.xlsx", (_("Participants"), headers, rows))


def _listed(offering: UUID) -> tuple:
    """The run, the headers and the rows of a list to fill in and read in again."""
    run, people = _run_and_people(offering)
    rows = [(str(one.uuid), one.person.name, school or "", words.mark(one.result.mark) if one.result else "") for one, school in people]
    return run, (_("reference"), _("name"), _("school"), _("mark")), rows


def _run_and_people(offering: UUID):
    run = queries.own_offering(current_actor(), offering)
    return run, queries.participants(run.id)


def _field(enrolment) -> str:
    return f"{PREFIX}{enrolment.uuid}"


def _schema(people) -> Schema:
    one_mark = {_field(enrolment): fields.Enum(Mark, by_value=True, load_default=None) for enrolment, _school in people}
    return Schema.from_dict(one_mark | {"why": text(1000, load_default=None)})()


def _page(run: Offering, people, form: Form, unsaved: int = 0, problems=()) -> str:
    begins = queries.begins(run)
    return render_template(
        "results/participants.html", begins=begins if begins and today() < begins else None, offering=run, people=people, form=form, marks=words.choices(), unsaved=unsaved, problems=problems,
        field_of=_field, offer_words=offer_words, mark_word=words.mark, history=queries.histories(one.result.uuid for one, _school in people if one.result),
    )  # fmt: skip


def participants_link(offering: Offering, **_known) -> str:
    """The panel of a run on its editors' page: the way to those who take part, once anybody can."""
    return "" if offering.state is Run.DRAFT else render_template("results/participants_link.html", offering=offering)


def unmarked_runs(institution_id: int, **_known) -> str:
    """The panel of an editor's work list: the runs that are over while results are missing."""
    return render_template("results/unmarked.html", runs=queries.unmarked(institution_id, today()), offer_words=offer_words)
