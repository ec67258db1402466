"""Adds appeals to the app."""

from flask import Flask

from accounts import wording
from accounts.mail import topics
from catalog import panels
from enrolment.appeals import views, words
from enrolment.topics import CREDITS


def init_app(app: Flask) -> None:
    app.register_blueprint(views.pages)
    panels.register(app, "enrolment_ended", views.result_of)
    panels.register(app, "publishing_work", views.appeals_line)
    for kind, sentence in {"appeal-in-hand": words.in_hand, "appeal-answered": words.answered}.items():
        wording.add(app, kind, sentence)
        topics.add(app, CREDITS, kind)
