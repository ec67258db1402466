"""Adds the catalogue to the app."""

from flask import Flask

from catalog import panels, version  # noqa: F401  (the version listens to every change)
from catalog.offers import words
from catalog.search import views


def init_app(app: Flask) -> None:
    panels.init_app(app)
    app.jinja_env.globals["words"] = words
    app.register_blueprint(views.pages)
