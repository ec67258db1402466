"""Adds this package to the app."""

from flask import Flask


def init_app(app: Flask) -> None:
    pass
