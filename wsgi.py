"""The one file that knows every package. `wsgi:app` under gunicorn; run as a script it sets everything up and serves."""

if __name__ == "__main__":
    from config.bootstrap import serve_from_scratch

    raise SystemExit(serve_from_scratch(__file__))

from flask import Flask

import accounts.web
import catalog.web
import config.web
import demo.web
import enrolment.web
import regions.web
from config import settings


def create_app(environ: dict[str, str] | None = None, **overrides) -> Flask:
    """The whole product. `environ` replaces the process's environment, `overrides` are Flask settings (tests).

    Raises SettingWrong for a setting that is missing or not usable.
    """
    app = Flask("seksti", root_path=str(settings.ROOT))
    app.config["SETTINGS"] = settings.read() if environ is None else settings.read(environ)
    app.config.update(overrides)
    for package in (config, accounts, catalog, enrolment, regions, demo):
        package.web.init_app(app)
    return app


def __getattr__(name: str) -> Flask:
    """`wsgi:app` is made when it is asked for, so that importing create_app alone needs no settings."""
    if name == "app":
        globals()["app"] = create_app()
        return globals()["app"]
    raise AttributeError(name)
