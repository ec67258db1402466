"""The page of the demonstration's clock, and the line above every page that says how far it has been moved. Never in production."""

from datetime import UTC, datetime, time, timedelta

from flask import Blueprint, Flask, current_app, flash, redirect, render_template, url_for
from marshmallow import fields

from accounts.guard import signed_in
from config.clock import HOME, now, today
from config.forms import Form, Schema, blank_form, read_form
from config.languages import _
from demo.clock import services
from demo.clock.reading import Clock
from enrolment.rounds import queries as rounds
from enrolment.rounds import words
from enrolment.rounds.models import CycleDate

pages = Blueprint("clock", __name__)

NOTICED = timedelta(minutes=1)
SHOWN = 12  # coming days of rounds


class MomentSchema(Schema):
    day = fields.Date(required=True)
    time = fields.Time(format="%H:%M", load_default=time(8))


def init_app(app: Flask) -> None:
    """Takes the place of the plain clock, unless a test has put its own there."""
    if app.config["SETTINGS"].production:
        return
    app.register_blueprint(pages)
    if app.config.get("CLOCK") is None:
        app.config["CLOCK"] = Clock(app)
    app.context_processor(lambda: {"moved_clock": _moved})


def _moved() -> datetime | None:
    """The moment it is here, where that is not the time."""
    return now() if abs(now() - datetime.now(UTC)) > NOTICED and isinstance(current_app.config["CLOCK"], Clock) else None


@pages.get("/demo-clock")
@signed_in
def clock():
    return _page(blank_form(day=today().isoformat(), time="08:00"))


def _page(form: Form) -> str:
    return render_template("demo/clock.html", form=form, at=now(), days=_coming(), words=words, moved=_moved())


def _coming() -> list[CycleDate]:
    """The next days of the rounds, one for each day and step."""
    found = {(one.day, one.step, one.cycle_id): one for cycle in rounds.released(now()) for one in cycle.dates if one.day >= today() and one.scheme is None}
    return [found[key] for key in sorted(found, key=lambda key: (key[0], key[2], key[1]))][:SHOWN]


@pages.post("/demo-clock")
@signed_in
def move():
    form = read_form(MomentSchema())
    form.attempt(lambda: services.move(datetime.combine(form.values["day"], form.values["time"], HOME)))
    return _moved_on(form)


def _moved_on(form: Form):
    if not form.ok:
        return _page(form), 422
    _forget()
    flash(_("The clock has been moved. What was due by now is done within half a minute."), "good")
    return redirect(url_for(".clock"))


def _forget() -> None:
    if isinstance(current_app.config["CLOCK"], Clock):
        current_app.config["CLOCK"].forget()


@pages.post("/demo-clock/return")
@signed_in
def go_back():
    services.back()
    _forget()
    flash(_("It is the real time again."), "good")
    return redirect(url_for(".clock"))
