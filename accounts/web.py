"""Adds people and sign-in to the app."""

from flask import Flask

from accounts import door, guard


def init_app(app: Flask) -> None:
    guard.init_app(app)
    app.register_blueprint(door.pages)
