"""Adds ELMO files to the app."""

from flask import Flask

from catalog import panels
from config import tick
from enrolment.elmo import services, views
from enrolment.elmo.cli import signers


def init_app(app: Flask) -> None:
    app.cli.add_command(signers)
    app.register_blueprint(views.pages)
    panels.register(app, "claim_laid", views.brought)
    tick.add(app, "results files", services.forget_files)
