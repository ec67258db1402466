"""Adds taking part to the app."""

from flask import Flask

from accounts import wording
from accounts.guard import has_role
from accounts.mail import topics
from accounts.models import Role
from catalog import panels
from config import menu
from config.languages import _l
from enrolment.participation import views, words
from enrolment.topics import APPLICATIONS


def init_app(app: Flask) -> None:
    app.register_blueprint(views.pages)
    panels.register(app, "enrolments_above", views.my_participation)
    panels.register(app, "publishing_offering", views.way_to_participation)
    panels.register(app, "case_outcome", views.of_case)
    panels.register(app, "owner_work", views.owner_work)
    topics.add(app, APPLICATIONS, *words.MESSAGES)
    for kind, sentence in words.MESSAGES.items():
        wording.add(app, kind, sentence)
    menu.add(app, _l("Taking part"), "participation.of_owner", order=24, shown=lambda: has_role(Role.OWNER))
