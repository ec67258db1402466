"""Puts the ground under the app."""

from flask import Flask, render_template

from config import commands, database, forms, http, languages, logs, menu, tick
from config.api import document
from config.api import pages as api_pages


def init_app(app: Flask) -> None:
    logs.init(app.config["SETTINGS"].log_format)
    database.init_app(app)
    http.init_app(app)
    languages.init_app(app)
    forms.init_app(app)
    menu.init_app(app)
    tick.init_app(app)
    document.init_app(app)
    document.of(app).register_blueprint(api_pages.api)
    app.register_blueprint(api_pages.pages)
    app.cli.add_command(commands.group)

    @app.get("/styleguide")
    def styleguide():
        """Every part that pages are built from."""
        return render_template("styleguide.html")

    @app.get("/about/data")
    def about_data():
        """Where what is shown comes from, and how sure it is."""
        return render_template("about/data.html")

    @app.get("/about/accessibility")
    def about_accessibility():
        return render_template("about/accessibility.html")
