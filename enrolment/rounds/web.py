"""Adds the rounds to the app."""

from flask import Flask

from accounts import wording
from accounts.guard import has_role
from accounts.models import Role
from config import menu, tick
from config.languages import _l
from enrolment.rounds import reminding, views, words


def init_app(app: Flask) -> None:
    app.register_blueprint(views.pages)
    tick.add(app, "reminders of rounds", reminding.remind)
    wording.add(app, "round-day-changed", words.day_changed)
    wording.add(app, "round-day-near", words.day_near)
    menu.add(app, _l("Rounds"), "rounds.kept", order=30, shown=lambda: has_role(Role.AUTHORITY))
