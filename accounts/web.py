"""Adds people and sign-in to the app."""

from flask import Flask

from accounts import api, door, guard, services
from accounts.cli import people
from accounts.guard import has_role
from accounts.mail import views as mail
from accounts.mail.lifecycle import How
from accounts.mail.services import send_due
from accounts.mail.topics import OTHER, Topic
from accounts.mail.topics import add as add_topic
from accounts.models import Role
from config import menu, tick
from config.api import document
from config.languages import _l


def init_app(app: Flask) -> None:
    guard.init_app(app)
    app.register_blueprint(door.pages)
    document.of(app).register_blueprint(api.api)
    app.cli.add_command(people)
    tick.add(app, "sign-ins", services.forget_old_sign_ins)
    app.register_blueprint(mail.pages)
    add_topic(app, Topic(OTHER, _l("Everything else"), _l("What belongs to no other topic."), How.NOW))
    settings = app.config["SETTINGS"]
    tick.add(app, "mail", lambda at: send_due(at, settings.mail, settings.address))
    menu.add(app, _l("Mail log"), "mail.log", order=60, shown=lambda: has_role(Role.AUTHORITY))
