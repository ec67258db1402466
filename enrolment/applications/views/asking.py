"""What every page that changes a case does alike: the effect on what is sent is shown before it happens, and a refusal keeps what was typed."""

from collections.abc import Callable

from flask import redirect, render_template, request, url_for

from config.database import db
from config.errors import BadInput
from config.forms import Form, Schema, read_form
from enrolment.applications import told
from enrolment.applications.lifecycle import Case
from enrolment.applications.models import Application

NOT_ASKED_AGAIN = {"csrf_token", "confirmed"}


def page_of(case: Application, name: str, **known):
    return redirect(url_for(f"applications.{name}", case=case.uuid, **known))


def back_to(case: Application):
    """Where one comes after a part of it is saved: to the tasks of a draft, to the page of what is sent."""
    return page_of(case, "case" if case.state is Case.SENT else "tasks")


def saved(case: Application, schema: Schema, act: Callable[[dict], object], shown: Callable[[Form], str], effects: Callable[[Form], list[str]] | None = None, then: Callable[[object], object] | None = None):
    """Reads the form and acts. `shown` draws the page again where something is wrong; `effects` says what the change of a sent case means,
    where nobody need be asked it is none; `then` tells where one goes."""
    form = read_form(schema)
    if not form.ok:
        return shown(form), 422
    if effects and case.state is Case.SENT and not form.values.pop("confirmed", False):
        return _asked_first(case, effects(form))
    form.values.pop("confirmed", None)
    try:
        done = act(form.values)
    except BadInput as refusal:
        db.session.rollback()
        form.errors |= refusal.errors or {"form": [refusal.sentence]}
        return shown(form), 422
    return then(done) if then else back_to(case)


def _asked_first(case: Application, effects: list[str]) -> str:
    sent = {name: values for name, values in request.form.to_dict(flat=False).items() if name not in NOT_ASKED_AGAIN}
    back = url_for("applications.tasks", case=case.uuid)
    return render_template("applications/confirm.html", case=case, url=request.path, fields=sent | {"confirmed": "yes"}, effects=effects, back=back)


def usual_effects(case: Application) -> Callable[[Form], list[str]]:
    return lambda _form: told.effects(case)
