"""The pages of a step for many: what it would do, and what it did."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from marshmallow import fields

from accounts.guard import current_actor
from catalog.offers.readiness import NEEDS
from catalog.bulk import together
from catalog.publishing import schemas
from catalog.publishing.services.editing import Thing
from catalog.publishing.ticked import queries, services
from catalog.publishing.ticked.values import MOST, Line, Step, Why, by_kind
from catalog.publishing.views import addresses
from catalog.publishing.views.blueprint import editors_only, mine, pages
from catalog.publishing.views.work_list import kept, wanted_by
from config.clock import now, today
from config.errors import BadInput
from config.forms import Schema, read_form, read_query
from config.languages import _, _l, moment

STEPS = {Step.PUBLISH: _l("Publish"), Step.PLAN: _l("Announce as planned")}
REASONS = {
    Why.DONE: _l("it is so already"),
    Why.NOT_FROM_HERE: _l("this cannot be done with it as it stands now"),
    Why.LACKS: _l("something is missing"),
}


class StepForMany(Schema):
    """Which step, and the ticked things by key (`offering-<uuid>`)."""

    step = fields.Enum(Step, by_value=True, required=True)
    ticked = fields.List(fields.String(), load_default=list)


class StepAsked(StepForMany):
    """The same in an address; `all` stands for everything that the list shows when narrowed by the rest of the address."""

    all = fields.Boolean(load_default=False)


@pages.get("/steps")
@editors_only
def ask_step():
    """What the step would do with what is ticked."""
    asked = read_query(StepAsked())
    keys = _all_fitting() if asked["all"] else asked["ticked"]
    if not keys:
        flash(_("Tick at least one line first."), "wait")
        return redirect(url_for(".show_work_list", **kept()), 303)
    lines = services.asked_of(asked["step"], _ticked(keys), mine())
    return render_template(
        "publishing/steps.html", step=asked["step"], steps=STEPS, back=url_for(".show_work_list", **kept()), things=[_key(line) for line in lines],
        taken=[line.thing for line in lines if not line.skipped],
        skipped=[(line.thing, _why(line.thing, line.skipped.why, line.skipped.gaps)) for line in lines if line.skipped],
    )  # fmt: skip


def _all_fitting() -> list[str]:
    return services.all_fitting(mine(), wanted_by(read_query(schemas.WorkListQuery())), most=MOST, on=today())


def _key(line: Line) -> str:
    return services.key(line.thing)


def _ticked(keys: list[str]) -> dict[str, list[UUID]]:
    """Raises BadInput for more than one may tick, and for what is no tick of ours."""
    if len(keys) > MOST:
        raise BadInput(_("Tick at most %(most)s lines at a time.", most=MOST))
    try:
        return dict(by_kind(keys))
    except ValueError:
        raise BadInput(_("Tick lines of the list.")) from None


def _why(thing: Thing, why: Why, gaps: list[str]) -> tuple[str, list[tuple[str, str]]]:
    """The reason in words, and what is missing with the way to its field."""
    return str(REASONS[why]), [(str(NEEDS[gap]), addresses.gap_page(thing, gap)) for gap in gaps]


@pages.post("/steps")
@editors_only
def take_step():
    form = read_form(StepForMany())
    if not form.ok:
        raise BadInput(_("Tick lines of the list."), form.errors)
    taken = services.take(form.values["step"], _ticked(form.values["ticked"]), actor=current_actor(), at=now())
    return redirect(url_for(".show_steps", steps=taken), 303)


@pages.get("/steps/<uuid:steps>")
@editors_only
def show_steps(steps):
    """What was done, and what was skipped and why."""
    event = queries.steps(mine(), steps)
    facts = event.facts
    named = services.own_things(mine(), by_kind(facts["taken"] + [key for key, _why_not, _gaps in facts["skipped"]]))
    return render_template(
        "publishing/steps_taken.html", event=event, step=Step(facts["step"]), steps=STEPS, gone=facts["gone"],
        taken=[named[key] for key in facts["taken"] if key in named],
        skipped=[(named[key], _why(named[key], Why(why), gaps)) for key, why, gaps in facts["skipped"] if key in named],
        **_undoing(steps),
    )  # fmt: skip


def _undoing(steps: UUID) -> dict:
    """Until when the step can be taken back, or that it was; nothing where neither."""
    batch = queries.published_at_once(mine(), steps)
    if batch is None or not batch.things:
        return {"undone": False, "until": None}
    can_be = not batch.undone_at and together.can_be_taken_back(batch.at, now())
    return {"undone": bool(batch.undone_at), "until": moment(batch.at + together.UNDO) if can_be else None}
