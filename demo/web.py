"""Adds the demonstration to the app."""

from flask import Flask

from demo.cli import seed_command
from demo.clock import views as clock


def init_app(app: Flask) -> None:
    app.cli.add_command(seed_command)
    clock.init_app(app)
