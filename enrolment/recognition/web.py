"""Adds recognition to the app."""

from flask import Flask

from accounts import wording
from accounts.guard import has_role
from accounts.mail.topics import add as add_topic
from accounts.models import Role
from catalog import panels
from config import menu
from config.languages import _l
from enrolment.recognition import views, words
from enrolment.topics import CREDITS

MESSAGES = {"recognition-given": words.given, "recognition-refused": words.refused, "recognition-ended": words.ended}


def init_app(app: Flask) -> None:
    app.register_blueprint(views.pages)
    for kind, sentence in MESSAGES.items():
        wording.add(app, kind, sentence)
    add_topic(app, CREDITS, *MESSAGES)
    panels.register(app, "owner_work", views.owner_work)
    menu.add(app, _l("Recognition"), "recognition.laid", order=21, shown=lambda: has_role(Role.OWNER))
