"""Adds evaluations to the app."""

from flask import Flask

from catalog import panels
from enrolment.evaluation import views


def init_app(app: Flask) -> None:
    app.register_blueprint(views.pages)
    panels.register(app, "enrolment_ended", views.asked)
    panels.register(app, "enrolments_above", views.unanswered)
    panels.register(app, "publishing_offering", views.results_link)
    panels.register(app, "own_region_links", views.region_link)
