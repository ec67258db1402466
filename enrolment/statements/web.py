"""Adds statements, badges and the keys they are signed with to the app."""

from flask import Flask

from catalog import panels
from enrolment.signing import views as signing
from enrolment.signing.cli import keys
from enrolment.statements import views


def init_app(app: Flask) -> None:
    app.cli.add_command(keys)
    app.register_blueprint(signing.pages)
    app.register_blueprint(views.pages)
    panels.register(app, "enrolment_ended", views.badge_way)
