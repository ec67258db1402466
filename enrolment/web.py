"""Adds those who take part to the app."""

from flask import Flask

from accounts.guard import has_role
from accounts.models import Role
from catalog import panels
from config import menu
from config.languages import _l
from enrolment.progress import models as progress  # noqa: F401
from enrolment.registers.cli import registers
from enrolment.results import views as results
from enrolment.schools import models as schools  # noqa: F401
from enrolment.seats import receivers  # noqa: F401  (listens to what editors do)
from enrolment.seats import views as seats
from enrolment.seats.cli import tick


def init_app(app: Flask) -> None:
    app.cli.add_command(registers)
    app.cli.add_command(tick)
    app.register_blueprint(seats.pages)
    app.register_blueprint(results.pages)
    panels.register(app, "offering_actions", seats.offering_actions)
    menu.add(app, _l("My enrolments"), "seats.enrolments", order=22, shown=lambda: has_role(Role.TEACHER))
