"""Adds batches for accounting to the app."""

from flask import Flask

from accounts.guard import has_role
from accounts.models import Role
from catalog import panels
from config import menu
from config.languages import _l
from enrolment.payouts import views


def init_app(app: Flask) -> None:
    app.register_blueprint(views.pages)
    panels.register(app, "owners_payments", views.owners_payments)
    menu.add(app, _l("Payouts"), "payouts.listed", order=33, shown=lambda: has_role(Role.AUTHORITY))
