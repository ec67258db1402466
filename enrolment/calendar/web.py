"""Adds calendars to the app."""

from flask import Flask

from accounts.guard import has_role
from accounts.models import Role
from config import menu
from config.languages import _l
from enrolment.calendar import views


def init_app(app: Flask) -> None:
    app.register_blueprint(views.pages)
    menu.add(app, _l("Calendar"), "calendar.agenda", order=23, shown=lambda: has_role(Role.TEACHER))
    menu.add(app, _l("Away from school"), "calendar.cover", order=21, shown=lambda: has_role(Role.OWNER))
