"""The national authority's batches, and what an owner has been paid."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.offers import words as offer_words
from config.clock import now, today
from config.errors import BadInput, NotFound
from config.forms import Form, blank_form, read_form
from config.languages import _
from config.workbook_out import KIND
from enrolment.payouts import filing, queries, rules, services, words
from enrolment.payouts.models import MoneyBatch
from enrolment.payouts.schemas import BatchSchema, ClosingSchema, CodingSchema
from enrolment.rounds import queries as rounds

pages = Blueprint("payouts", __name__, url_prefix="/national/payouts")
authority_only = acting_as(Role.AUTHORITY)


@pages.get("")
@authority_only
def listed():
    """Every batch, and what waits for the next."""
    waiting = queries.waiting_by_owner()
    known = {"waiting": sum(one.oere for one in waiting), "count": sum(one.entries for one in waiting), "open": queries.open_batch()}
    return render_template("payouts/listed.html", batches=queries.batches(), words=words, **known)


@pages.get("/new")
@authority_only
def new():
    return _facts(None, blank_form(voucher_on=today()))


def _facts(batch: MoneyBatch | None, form: Form) -> str:
    return render_template("payouts/facts.html", batch=batch, form=form)


@pages.post("")
@authority_only
def begin():
    form = read_form(BatchSchema())
    if not form.ok:
        return _facts(None, form), 422
    made = services.begin(form.values, actor=current_actor(), at=now())
    flash(_("The batch is open. Look through it, and close it when it is to be paid."), "good")
    return redirect(url_for(".show", number=made.number), 303)


@pages.get("/<int(max=9999):number>")
@authority_only
def show(number):
    """An open batch as it would be closed now, or a closed one as it stands."""
    batch = queries.batch(number)
    if batch.closed_at is None:
        return _open(batch)
    return render_template("payouts/closed.html", batch=batch, words=words, unnumbered=sum(1 for one in batch.owners if not one.owner.organisation.number))


def _open(batch: MoneyBatch) -> str:
    waiting = queries.waiting_by_owner()
    seen = services.Seen(sum(one.entries for one in waiting), sum(int(one.oere) for one in waiting))
    dues = rules.dues(queries.carried(), ((one.owner_id, int(one.oere)) for one in waiting))
    owners = queries.owners(set(dues))
    lines = sorted(((owners[key], due) for key, due in dues.items()), key=lambda one: one[0].organisation.name)
    return render_template("payouts/open.html", batch=batch, lines=lines, seen=seen, words=words, unnumbered=sum(1 for owner in owners.values() if not owner.organisation.number))


@pages.get("/<int(max=9999):number>/facts")
@authority_only
def facts(number):
    batch = queries.batch(number)
    return _facts(batch, blank_form(name=batch.name, voucher_on=batch.voucher_on))


@pages.post("/<int(max=9999):number>/facts")
@authority_only
def change(number):
    batch, form = queries.batch(number), read_form(BatchSchema())
    if not form.ok:
        return _facts(batch, form), 422
    services.change(number, form.values, actor=current_actor(), at=now())
    flash(_("The batch is saved."), "good")
    return redirect(url_for(".show", number=number), 303)


@pages.post("/<int(max=9999):number>/closing")
@authority_only
def close(number):
    form = read_form(ClosingSchema())
    if not form.ok:
        raise BadInput(_("Close the batch from its own page."))
    try:
        services.close(number, services.Seen(**form.values), actor=current_actor(), at=now())
        flash(_("The batch is closed. What is entered from now on goes to the next."), "good")
    except services.MoreEntered as refusal:
        flash(refusal.sentence, "wait")
    return redirect(url_for(".show", number=number), 303)


@pages.get("/<int(max=9999):number>.csv")
@authority_only
def as_csv(number):
    """The file for accounting: the same bytes each time."""
    return _file(f"seksti-{number:04}.csv", filing.as_csv(_closed(number)), "text/csv; charset=utf-8")


def _closed(number: int) -> MoneyBatch:
    batch = queries.batch(number)
    if batch.closed_at is None:
        raise NotFound(_("The file is made when the batch is closed."))
    return batch


def _file(name: str, content: bytes, kind: str) -> Response:
    answer = Response(content, content_type=kind)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@pages.get("/<int(max=9999):number>.xlsx")
@authority_only
def as_workbook(number):
    return _file(f"seksti-{number:04}.xlsx", filing.as_workbook(_closed(number)), KIND)


@pages.get("/coding")
@authority_only
def coding():
    """How payments are coded, and the columns of the file."""
    return render_template("payouts/coding.html", codings=queries.every_coding(), columns=queries.columns(today()), on=today(), words=words)


@pages.get("/coding/new")
@authority_only
def new_coding():
    return _coding(blank_form(valid_from=today()))


def _coding(form: Form) -> str:
    choices = {"strands": [(one.value, str(name)) for one, name in offer_words.STRANDS.items()], "schemes": [(one.code, one.name) for one in rounds.schemes()]}
    return render_template("payouts/new_coding.html", form=form, **choices)


@pages.post("/coding")
@authority_only
def add_coding():
    form = read_form(CodingSchema())
    form.attempt(lambda: services.add_coding(form.values, actor=current_actor(), at=now()))
    if not form.ok:
        return _coding(form), 422
    flash(_("The account is kept."), "good")
    return redirect(url_for(".coding"), 303)


def owners_payments() -> str:
    """On the owner's page of state money: what it has been paid, batch by batch, and what is carried to the next."""
    actor = current_actor()
    paid = queries.owners_payouts(actor)
    carried = paid[0].carried_oere if paid else 0
    return render_template("payouts/owner.html", paid=paid, waiting=queries.owners_waiting(actor), carried=carried)
