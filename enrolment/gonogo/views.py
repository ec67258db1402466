"""The editor's pages of go or no-go: what is at risk, the wizard that cancels a run, and joining two runs."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from marshmallow import fields

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.offers.lifecycle import Run
from catalog.offers.models import Offering
from catalog.publishing import queries as publishing
from catalog.publishing.permissions import institution_of
from catalog.publishing.schemas import Cancellation
from config.clock import now, today
from config.forms import Form, Schema, blank_form, read_form
from config.languages import _, ngettext
from enrolment.gonogo import consequences, queries, services, words
from enrolment.gonogo.consequences import Concerned
from enrolment.gonogo.services import ChangedMeanwhile, NoRoom
from enrolment.gonogo.values import Seen
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment

pages = Blueprint("gonogo", __name__, url_prefix="/publish")
editors_only = acting_as(Role.EDITOR)
PREFIX = "instead-"


class Ending(Cancellation):
    """Why, and what was seen: everybody with their state (`uuid:state`), and the runs that could be offered."""

    seen = fields.List(fields.String(), load_default=list)
    shown = fields.List(fields.UUID(), load_default=list)


def mine() -> int:
    return institution_of(current_actor())


@pages.get("/starts")
@editors_only
def starts():
    """The runs that begin soon and lack participants, and what can be done."""
    return render_template("gonogo/starts.html", radar=consequences.radar(mine(), today()), gonogo=words)


@pages.post("/offerings/<uuid:offering>/start")
@editors_only
def decide(offering):
    services.decide_to_start(offering, actor=current_actor(), at=now())
    flash(_("It is noted that the run will be held."), "good")
    return redirect(url_for(".starts"), 303)


@pages.get("/offerings/<uuid:offering>/ending")
@editors_only
def ask_to_end(offering):
    """What cancelling means for each person, and what each can be offered."""
    run = publishing.own_offering(mine(), offering)
    if run.state is Run.CANCELLED:
        return redirect(url_for(".ended", offering=offering), 303)
    people = consequences.of_cancelling(run, today())
    first_choices = {_field(one): [str(option.run.uuid) for option in one.options] for one in people}
    return _ending_page(run, people, blank_form(**first_choices))


def _field(one: Concerned) -> str:
    return f"{PREFIX}{one.uuid}"


def _ending_page(run: Offering, people: list[Concerned], form: Form, changed: tuple | list = ()) -> str:
    choices = {one.uuid: [(str(option.run.uuid), *words.option(option)) for option in one.options] for one in people}
    return render_template(
        "gonogo/ending.html", offering=run, people=people, form=form, choices=choices, seen=_seen_lines(people), field_of=_field, gonogo=words, changed=changed,
        shown=sorted({str(option.run.uuid) for one in people for option in one.options}),
    )  # fmt: skip


def _seen_lines(people: list[Concerned]) -> list[str]:
    return [f"{one.uuid}:{one.enrolment.state}" for one in people]


@pages.post("/offerings/<uuid:offering>/ending")
@editors_only
def end(offering):
    form = read_form(_ending_schema())
    run = publishing.own_offering(mine(), offering)
    if not form.ok:
        return _ending_page(run, consequences.of_cancelling(run, today()), form), 422
    chosen = {UUID(name.removeprefix(PREFIX)): runs for name, runs in form.values.items() if name.startswith(PREFIX)}
    try:
        done = services.cancel(offering, form.values["reason"], _seen(form), chosen, actor=current_actor(), at=now())
    except ChangedMeanwhile as stale:
        return _changed_page(offering, form, stale), 409
    flash(_("The run is cancelled, and everybody in it has been told.") if done else _("The run was cancelled already. Nobody was told again."), "good" if done else "info")
    return redirect(url_for(".ended", offering=offering), 303)


def _ending_schema() -> Schema:
    """The form has a group of boxes for each person. A name that is no person's is refused as no such field."""
    groups = {name: fields.List(fields.UUID(), load_default=list) for name in request.form if name.startswith(PREFIX) and _is_uuid(name.removeprefix(PREFIX))}
    return Ending.from_dict(groups)()


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _seen(form: Form) -> Seen:
    people = dict(line.rpartition(":")[::2] for line in form.values["seen"])
    return Seen(people, frozenset(str(run) for run in form.values.get("shown", ())))


def _changed_page(offering: UUID, form: Form, stale: ChangedMeanwhile) -> str:
    """The page as it stands now, with what was typed and what has changed since."""
    run = publishing.own_offering(mine(), offering)
    people = consequences.of_cancelling(run, today())
    changed = [UUID(key) for key in (*stale.changed.opened, *stale.changed.closed)]
    runs = {str(other.uuid): words.name(other) for other in queries.runs_called(changed)}
    return _ending_page(run, people, form, words.changed(stale.changed, _names(run, people, stale), runs))


def _names(run: Offering, people: list[Concerned], stale: ChangedMeanwhile) -> dict[str, str]:
    gone = queries.left_meanwhile(run.id, [UUID(key) for key in stale.changed.left if _is_uuid(key)])
    return {str(one.uuid): one.enrolment.person.name for one in people} | {str(key): name for key, name in gone.items()}


@pages.get("/offerings/<uuid:offering>/ending/outcome")
@editors_only
def ended(offering):
    """Who was let go when the run was cancelled, and what each was told of."""
    run = publishing.own_offering(mine(), offering)
    return render_template("gonogo/ended.html", offering=run, people=queries.ended_with(run), gonogo=words)


@pages.get("/offerings/<uuid:offering>/joining/<uuid:target>")
@editors_only
def ask_to_join(offering, target):
    """Two runs beside each other, and who would be moved."""
    return _joining_page(publishing.own_offering(mine(), offering), publishing.own_offering(mine(), target), blank_form())


def _joining_page(source: Offering, target: Offering, form: Form, changed: tuple | list = ()) -> str:
    people = consequences.of_joining(source, target, today())
    return render_template(
        "gonogo/joining.html", offering=source, target=target, people=people, form=form, seen=_seen_lines([one for one, _reach in people]), gonogo=words,
        changed=changed, size=consequences.size_of(target),
    )  # fmt: skip


@pages.post("/offerings/<uuid:offering>/joining/<uuid:target>")
@editors_only
def join(offering, target):
    source, other = publishing.own_offering(mine(), offering), publishing.own_offering(mine(), target)
    form = read_form(Ending())
    if not form.ok:
        return _joining_page(source, other, form), 422
    try:
        moved = services.join(offering, target, form.values["reason"], _seen(form), actor=current_actor(), at=now())
    except ChangedMeanwhile as stale:
        return _joining_page(*_again(offering, target), form, _changed_people(offering, target, stale)), 409
    except NoRoom as refusal:
        return _joining_page(*_again(offering, target), form, [refusal.sentence]), 409
    if moved is None:
        flash(_("The run was cancelled already. Nobody was told again."), "info")
    else:
        flash(ngettext("%(num)d person is moved and has been told.", "%(num)d people are moved and have been told.", moved), "good")
    return redirect(url_for(".ended", offering=offering), 303)


def _again(offering: UUID, target: UUID) -> tuple[Offering, Offering]:
    return publishing.own_offering(mine(), offering), publishing.own_offering(mine(), target)


def _changed_people(offering: UUID, target: UUID, stale: ChangedMeanwhile) -> list[str]:
    run, other = _again(offering, target)
    people = [one for one, _reach in consequences.of_joining(run, other, today())]
    return words.changed(stale.changed, _names(run, people, stale), {})


def risk_line(institution_id: int, **_known) -> str:
    """The panel of an editor's work list: how many runs begin soon and lack participants."""
    lacking = queries.lacking(institution_id, today())
    return render_template("gonogo/risk_line.html", lacking=lacking) if lacking else ""


def way_from_run(offering: Offering, **_known) -> str:
    """The panel of a run on its editors' page: whether it will be held, once it is published; who was told of what, once it is cancelled."""
    return "" if offering.state not in (Run.PUBLISHED, Run.CANCELLED) else render_template("gonogo/way_from_run.html", offering=offering)


def way_from_cancelling(offering: Offering, **_known) -> str:
    """The panel of the page that cancels a run: the wizard, where there are people in it."""
    return render_template("gonogo/way_from_cancelling.html", offering=offering) if offering.people and offering.state is Run.PUBLISHED else ""


def instead_of(enrolment: Enrolment, **_known) -> str:
    """The panel of one's enrolment: what one was told of when the run was cancelled, each with its way."""
    if enrolment.offering.state is not Run.CANCELLED or enrolment.state not in (Seat.WITHDRAWN, Seat.LAPSED):
        return ""
    return render_template("gonogo/instead.html", runs=queries.offered_instead(enrolment.id), gonogo=words, on=today())
