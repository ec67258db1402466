"""Adds the catalogue to the app."""

from flask import Flask

from accounts.guard import has_role
from accounts.models import Role
from catalog import panels, version  # noqa: F401  (the version listens to every change)
from catalog.offers import words
from catalog.publishing import views as publishing
from catalog.search import views
from config import menu
from config.languages import _l


def init_app(app: Flask) -> None:
    panels.init_app(app)
    app.jinja_env.globals["words"] = words
    app.register_blueprint(views.pages)
    app.register_blueprint(publishing.pages)
    menu.add(app, _l("Publish"), "publishing.show_work_list", order=30, shown=lambda: has_role(Role.EDITOR))
