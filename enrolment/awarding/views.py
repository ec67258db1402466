"""The national authority's pages of allocation: dry runs, one run with its check and approvals, and two held against each other."""

import secrets
from datetime import time

from flask import Blueprint, flash, redirect, render_template, request, url_for

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.offers import words as offer_words
from catalog.values import Semester, Strand, Term
from config.clock import now, today
from config.forms import Form, blank_form, read_form
from config.languages import _
from enrolment.applications import reviews
from enrolment.awarding import queries, results, rulesets, shown, words
from enrolment.awarding.models import AllocationRun
from enrolment.awarding.schemas import TrySchema, WhenSchema, moment_of
from enrolment.awarding.services import running
from enrolment.quotas import queries as quotas
from enrolment.quotas import words as quota_words
from enrolment.rounds import queries as round_queries
from enrolment.rounds.models import Cycle
from enrolment.rounds.values import Step

pages = Blueprint("awarding", __name__, url_prefix="/national")
authority_only = acting_as(Role.AUTHORITY)


@pages.get("/rounds/<code>/allocation")
@authority_only
def allocation(code):
    """The runs of a round, and the form for a new dry run."""
    return _round(round_queries.cycle(code), blank_form(seed=secrets.token_hex(8)))


def _round(cycle: Cycle, form: Form) -> str:
    runs = queries.runs_of(cycle.id)
    sets = rulesets.holding(today())
    strands = [one for one in Strand if cycle.dates_of(one).common]
    ready = queries.how_many_approved(cycle.id)
    return render_template(
        "awarding/round.html", cycle=cycle, runs=runs, form=form, sets=sets, strands=strands, ready=ready, unsettled=reviews.how_many(cycle.id), words=words, offer_words=offer_words,
        by_code={one["code"]: one for one in sets}, compare=len(runs) > 1,
    )  # fmt: skip


@pages.post("/rounds/<code>/allocation")
@authority_only
def try_out(code):
    """A dry run on the rows as they stand."""
    cycle, form = round_queries.cycle(code), read_form(TrySchema())
    rules = rulesets.chosen(form.values["rule_set"], None) if form.ok else None
    if form.ok and rules is None:
        form.refuse("rule_set", _("Choose from the list."))
    if form.ok and rulesets.shares_out(rules) and form.values["grants"] is None:
        form.refuse("grants", _("This rule set shares out a number of grants. Write how many."))
    if not form.ok:
        return _round(cycle, form), 422
    made = running.try_out(code, form.values["strand"], **{name: form.values[name] for name in ("rule_set", "seed", "grants")}, actor=current_actor(), at=now())
    return _on_to(made, code)


def _on_to(run: AllocationRun, code: str):
    return redirect(url_for(".run", code=code, run=run.uuid), 303)


@pages.get("/rounds/<code>/allocation/<uuid:run>")
@authority_only
def run(code, run):
    """One run: its figures, its check, its approvals, and the people."""
    found = queries.run(code, run)
    day = found.cycle.dates_of(found.strand).on(Step.ANSWER)
    return _run(found, blank_form(day=(day or today()).isoformat(), time=time(9).strftime("%H:%M")))


def _run(found: AllocationRun, form: Form) -> str:
    page = max(1, request.args.get("page", 1, type=int))
    only = request.args.get("only", "")
    told = shown.shown(found, min(page, 10_000), only)
    others = [one for one in queries.runs_of(found.cycle_id) if one.id != found.id]
    halted = queries.offerings([found.halted]).get(found.halted) if found.halted else None
    approved = any(one.person_id == current_actor().person_id for one in found.approvals)
    return render_template(
        "awarding/run.html", run=found, shown=told, page=page, only=only, others=others, form=form, words=words, halted=halted, approved=approved,
        offer_words=offer_words, quota_words=quota_words, names=_quota_names(told),
    )  # fmt: skip


def _quota_names(told: shown.Shown) -> dict:
    """Whom the quotas of the runs shown are for, in words, by kind and value."""
    known = {one.code: one.name for one in (*quotas.regions(), *quotas.schemes())}
    owners = {value for one in told.filled for kind, value, *_more in one.quotas if kind == "owner"}
    return known | {key: one.organisation.name for key, one in queries.owners_by_key(owners).items()}


@pages.post("/rounds/<code>/allocation/<uuid:run>/replay")
@authority_only
def replay(code, run):
    """Runs the kept inputs once more and compares every byte."""
    found = queries.run(code, run)
    if running.replay(found.uuid):
        flash(_("Replayed: the same inputs and seed gave the same result, byte by byte."), "good")
    else:
        flash(_("Replayed: the result differs from the one that is kept. Do not make it known."), "stop")
    return _on_to(found, code)


@pages.post("/rounds/<code>/allocation/<uuid:run>/approval")
@authority_only
def approve(code, run):
    found = running.approve(queries.run(code, run).uuid, actor=current_actor(), at=now())
    flash(_("You have approved the run."), "good")
    return _on_to(found, code)


@pages.post("/rounds/<code>/allocation/<uuid:run>/approval/removal")
@authority_only
def take_back(code, run):
    found = running.take_back(queries.run(code, run).uuid, actor=current_actor(), at=now())
    flash(_("The approvals are taken back."), "good")
    return _on_to(found, code)


@pages.post("/rounds/<code>/allocation/<uuid:run>/publication")
@authority_only
def set_time(code, run):
    """When it is made known."""
    found, form = queries.run(code, run), read_form(WhenSchema())
    if not form.ok:
        return _run(found, form), 422
    running.set_time(found.uuid, moment_of(form.values), actor=current_actor(), at=now())
    flash(_("The time is set. Everybody is told then."), "good")
    return _on_to(found, code)


@pages.get("/rounds/<code>/allocation/<uuid:run>/difference/<uuid:other>")
@authority_only
def difference(code, run, other):
    """Who gains and who loses from one run to another."""
    after, before = queries.run(code, run), queries.run(code, other)
    changed = results.difference(results.read(before.result), results.read(after.result))
    cases = queries.applicants(one.key for one in changed[:200])
    gained = sum(one.gains for one in changed)
    return render_template(
        "awarding/difference.html", run=after, other=before, changed=changed[:200], cases=cases, gained=gained, lost=len(changed) - gained,
        total=len(changed), words=words, by_code={one["code"]: one for one in rulesets.holding(today())},
    )  # fmt: skip


@pages.get("/rounds/<code>/allocation/seats")
@authority_only
def seats(code):
    """The runs of the study year whose seats are given through the round, and what is kept of them."""
    cycle = round_queries.cycle(code)
    rows = quotas.given_in_rounds(Semester(cycle.study_year, Term.AUTUMN), Semester(cycle.study_year + 1, Term.AUTUMN))
    return render_template("awarding/seats.html", cycle=cycle, rows=rows, offer_words=offer_words)
