"""Adds the ledger and the statements to the app."""

from flask import Flask

from accounts.guard import has_role
from accounts.models import Role
from catalog import panels
from config import menu, tick
from config.languages import _l
from enrolment.money import views
from enrolment.money.services import book_due


def init_app(app: Flask) -> None:
    app.register_blueprint(views.pages)
    tick.add(app, "money", book_due)
    panels.register(app, "allocation_run", views.owners_of_run)
    menu.add(app, _l("State money"), "money.years", order=25, shown=lambda: has_role(Role.OWNER))
