"""The rounds for everybody, and their keeping for the national authority."""

from flask import Blueprint, flash, redirect, render_template, url_for

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.values import Strand
from config.clock import now, today
from config.forms import Form, blank_form, read_form
from config.languages import _, date
from enrolment.rounds import affected, queries, services, words
from enrolment.rounds.models import Criterion, Cycle, CycleDate
from enrolment.rounds.schemas import CriterionSchema, DaySchema, RateSchema, YearSchema

pages = Blueprint("rounds", __name__)


@pages.get("/rounds")
def rounds():
    """Every round that has been let out: where it stands, and its next day; those one waits for first."""
    known = sorted(queries.released(now()), key=lambda one: not words.is_going_on(one, today()))
    return render_template("rounds/rounds.html", rounds=[_shown(one) for one in known], words=words, on=today())


@pages.get("/rounds/<code>")
def round_(code):
    cycle = queries.cycle(code, now())
    return render_template("rounds/round.html", shown=_shown(cycle), schemes=_rates_of(cycle), subjects=_subject_names(), words=words, on=today())


def _shown(cycle: Cycle) -> dict:
    tables = [(strand, cycle.dates_of(strand)) for strand in Strand if any(one.strand is strand for one in cycle.dates)]
    return {"cycle": cycle, "tables": tables, "rows": [(strand, [one for one in cycle.dates if one.strand is strand]) for strand, _dates in tables]}


def _rates_of(cycle: Cycle) -> list[tuple]:
    """(scheme, its rates that hold as the studies of the round begin)."""
    holding = [(scheme, [one for one in scheme.rates if one.holds(cycle.rates_on) and one.released_at]) for scheme in queries.schemes()]
    return [(scheme, rates) for scheme, rates in holding if rates]


def _subject_names() -> dict[str, str]:
    return {one.code: one.name for one in queries.subjects()}


@pages.get("/national/rounds")
@acting_as(Role.AUTHORITY)
def kept():
    return _kept_page(blank_form())


def _kept_page(form: Form) -> str:
    return render_template("rounds/kept.html", rounds=[_shown(one) for one in queries.every()], form=form, words=words, on=today(), at=now())


@pages.post("/national/rounds")
@acting_as(Role.AUTHORITY)
def begin():
    form = read_form(YearSchema())
    if not form.ok:
        return _kept_page(form), 422
    made = services.begin(form.values["study_year"], actor=current_actor(), at=now())
    flash(_("The round is made with the days carried on. Nobody else sees it until you let it out."), "good")
    return redirect(url_for(".kept_round", code=made.code))


@pages.get("/national/rounds/<code>")
@acting_as(Role.AUTHORITY)
def kept_round(code):
    cycle = queries.cycle(code)
    return render_template("rounds/kept_round.html", shown=_shown(cycle), words=words, on=today(), at=now())


@pages.get("/national/rounds/<code>/release")
@acting_as(Role.AUTHORITY)
def ask_release(code):
    return render_template("rounds/release.html", cycle=queries.cycle(code), unreleased=queries.hidden(), words=words)


@pages.post("/national/rounds/<code>/release")
@acting_as(Role.AUTHORITY)
def release(code):
    cycle = services.release(code, actor=current_actor(), at=now())
    flash(_("%(name)s is let out. Everybody sees its days now.", name=cycle.name), "good")
    return redirect(url_for(".kept_round", code=code))


@pages.get("/national/rounds/days/<uuid:day>")
@acting_as(Role.AUTHORITY)
def day(day):
    kept = queries.day(day)
    return _day_page(kept, blank_form(day=kept.day.isoformat(), version=kept.version))


def _day_page(kept: CycleDate, form: Form) -> str:
    return render_template("rounds/day.html", day=kept, form=form, words=words)


@pages.post("/national/rounds/days/<uuid:day>/preview")
@acting_as(Role.AUTHORITY)
def preview_day(day):
    """Whom the change concerns, before anything is changed."""
    kept, form = queries.day(day), read_form(DaySchema())
    form.attempt(lambda: services.check_day(day, form.values["day"]))
    if not form.ok:
        return _day_page(kept, form), 422
    return render_template("rounds/day_preview.html", day=kept, to=form.values["day"], version=form.values["version"], affected=affected.count(kept, today()), words=words, at=now())


@pages.post("/national/rounds/days/<uuid:day>")
@acting_as(Role.AUTHORITY)
def change_day(day):
    kept, form = queries.day(day), read_form(DaySchema())
    form.attempt(lambda: services.change_day(day, **form.values, actor=current_actor(), at=now()))
    if not form.ok:
        return _day_page(kept, form), 422
    flash(_("%(step)s: now %(day)s.", step=words.step(kept.step), day=date(form.values["day"])), "good")
    return redirect(url_for(".kept_round", code=kept.cycle.code))


@pages.get("/national/yearly")
@acting_as(Role.AUTHORITY)
def yearly():
    """What changes from year to year, with its validity and source."""
    return render_template(
        "rounds/yearly.html", schemes=queries.schemes(), criteria=queries.every_criterion(), reasons=queries.refusal_reasons(today()), sources=queries.seat_sources(), words=words,
        on=today(), subjects=_subject_names(),
    )  # fmt: skip


@pages.get("/national/yearly/rates/new")
@acting_as(Role.AUTHORITY)
def new_rate():
    return _rate_page(blank_form())


def _rate_page(form: Form) -> str:
    return render_template(
        "rounds/rate.html", form=form, scheme_options=[(one.code, one.name) for one in queries.schemes()],
        strand_options=[(one.value, words.strand(one)) for one in Strand], subject_options=[(one.code, one.name) for one in queries.subjects()],
    )  # fmt: skip


@pages.post("/national/yearly/rates")
@acting_as(Role.AUTHORITY)
def add_rate():
    form = read_form(RateSchema())
    form.attempt(lambda: services.add_rate(form.values, actor=current_actor(), at=now()))
    if not form.ok:
        return _rate_page(form), 422
    flash(_("The rate is kept, and hidden until the next round is let out."), "good")
    return redirect(url_for(".yearly"))


@pages.get("/national/yearly/criteria/<code>")
@acting_as(Role.AUTHORITY)
def criterion(code):
    kept = queries.criterion(code)
    return render_template("rounds/criterion.html", criterion=kept, form=blank_form(weight=kept.weight, agreed_by=kept.agreed_by, source=kept.source, valid_from=_begins(kept)))


def _begins(kept: Criterion) -> str:
    """Of a hidden version the day it has; of one that everybody sees none, as a new one is made."""
    return kept.valid_from.isoformat() if kept.released_at is None and kept.valid_from else ""


@pages.post("/national/yearly/criteria/<code>")
@acting_as(Role.AUTHORITY)
def change_criterion(code):
    kept, form = queries.criterion(code), read_form(CriterionSchema())
    form.attempt(lambda: services.change_criterion(code, form.values, actor=current_actor(), at=now()))
    if not form.ok:
        return render_template("rounds/criterion.html", criterion=kept, form=form), 422
    flash(_("The criterion is kept, and hidden until the next round is let out."), "good")
    return redirect(url_for(".yearly"))
