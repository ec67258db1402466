"""The page of what is kept of a run's seats, for its institution and for the national authority."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, url_for

from accounts.guard import acting_as, current_actor, has_role
from accounts.models import Role
from catalog.offers import words as offer_words
from catalog.offers.models import Offering
from catalog.values import EnrolmentMode
from config.clock import now, today
from config.forms import Form, blank_form, read_form
from config.languages import _
from enrolment.allocation.values import QuotaKind
from enrolment.quotas import queries, rules, services, words
from enrolment.quotas.models import Quota
from enrolment.quotas.schemas import OPEN, OWNER, ChangeSchema, QuotaSchema
from enrolment.rounds import queries as rounds

pages = Blueprint("quotas", __name__)
keepers = acting_as(Role.EDITOR, Role.AUTHORITY)


@pages.get("/offerings/<uuid:offering>/quotas")
@keepers
def quotas(offering):
    """What is kept of the seats of one run, for whom and until when."""
    return _page(queries.offering(current_actor(), offering))


def _page(run: Offering, adding: Form | None = None, changing: tuple[Quota, Form] | None = None) -> str:
    rows = queries.of_offering(run.id)
    kept = {one.key: one for one in queries.as_kept(rows, today())}
    free = rules.rooms(seats=run.seats or 0, taken=run.seats_taken, quotas=list(kept.values()))
    open_free = sum(one.free for one in free if one.kind is QuotaKind.OPEN)
    names = queries.names(rows)
    known, mine, of_authority = rounds.seat_sources(), services.sources(current_actor(), today()), services.authoritys()
    return render_template(
        "quotas/quotas.html", run=run, rows=rows, kept=kept, open_free=open_free, names=names, words=words, offer_words=offer_words, on=today(),
        own=[one.id for one in rows if services.is_own(one, current_actor(), of_authority)], form=adding or blank_form(), changing=changing,
        choices=_choices(), sources=[(one.code, one.name) for one in mine], source_names={one.code: one.name for one in known}, is_authority=has_role(Role.AUTHORITY),
        tomorrow=today() + timedelta(days=1),
    )  # fmt: skip


def _choices() -> list:
    regions = [(f"region:{one.code}", one.name) for one in queries.regions()]
    schemes = [(f"scheme:{one.code}", one.name) for one in queries.schemes()]
    return [(OWNER, _("A school owner, written below")), (OPEN, _("Everybody, to say where in the order")), (_("Region"), regions), (_("Scheme"), schemes)]


@pages.post("/offerings/<uuid:offering>/quotas")
@keepers
def add(offering):
    run, form = queries.offering(current_actor(), offering), read_form(QuotaSchema())
    form.attempt(lambda: services.add(offering, form.values, actor=current_actor(), at=now()))
    if not form.ok:
        return _page(queries.offering(current_actor(), run.uuid), form), 422
    flash(_("The seats are kept."), "good")
    return redirect(url_for(".quotas", offering=offering), 303)


@pages.post("/offerings/<uuid:offering>/quotas/<uuid:quota>")
@keepers
def change(offering, quota):
    run, form = queries.offering(current_actor(), offering), read_form(ChangeSchema())
    form.attempt(lambda: services.change(offering, quota, form.values, actor=current_actor(), at=now()))
    if not form.ok:
        return _page(run, changing=(quota, form)), 422
    flash(_("Saved."), "good")
    return redirect(url_for(".quotas", offering=offering), 303)


@pages.post("/offerings/<uuid:offering>/quotas/<uuid:quota>/precedence")
@keepers
def put_first(offering, quota):
    services.put_first(offering, quota, actor=current_actor(), at=now())
    return redirect(url_for(".quotas", offering=offering), 303)


@pages.post("/offerings/<uuid:offering>/quotas/<uuid:quota>/removal")
@keepers
def remove(offering, quota):
    services.remove(offering, quota, actor=current_actor(), at=now())
    flash(_("The seats are open to everybody."), "good")
    return redirect(url_for(".quotas", offering=offering), 303)


def way_to_quotas(offering: Offering, **_known) -> str:
    """On the institution's page of a run whose seats are given through a round."""
    return render_template("quotas/link.html", offering=offering) if offering.mode is EnrolmentMode.ROUND else ""
