"""Adds people and sign-in to the app."""

from flask import Flask

from accounts import guard, views


def init_app(app: Flask) -> None:
    guard.init_app(app)
    app.register_blueprint(views.pages)
