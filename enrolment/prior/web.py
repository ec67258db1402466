"""Adds evidence of earlier education to the app."""

from flask import Flask

from catalog import panels
from config import tick
from enrolment.prior import services, views


def init_app(app: Flask) -> None:
    app.register_blueprint(views.pages)
    panels.register(app, "claim_laid", views.evidence_laid)
    tick.add(app, "evidence", services.drop_lone_files)
