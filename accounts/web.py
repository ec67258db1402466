"""Adds people and sign-in to the app."""

from flask import Flask

from accounts import api, door, guard, services
from accounts.cli import people
from config import tick
from config.api import document


def init_app(app: Flask) -> None:
    guard.init_app(app)
    app.register_blueprint(door.pages)
    document.of(app).register_blueprint(api.api)
    app.cli.add_command(people)
    tick.add(app, "sign-ins", services.forget_old_sign_ins)
