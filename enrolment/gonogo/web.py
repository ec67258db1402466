"""Adds go or no-go to the app."""

from flask import Flask

from accounts import wording
from catalog import panels
from enrolment.gonogo import views, words


def init_app(app: Flask) -> None:
    app.register_blueprint(views.pages)
    wording.add(app, "offering-cancelled", words.offering_cancelled)
    wording.add(app, "offering-merged", words.offering_merged)
    panels.register(app, "publishing_work", views.risk_line)
    panels.register(app, "publishing_offering", views.way_from_run)
    panels.register(app, "publishing_cancelling", views.way_from_cancelling)
    panels.register(app, "enrolment_ended", views.instead_of)
