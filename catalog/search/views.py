"""The start page, the search page, and the pages of courses, modules, offerings, institutions and regions."""

from flask import Blueprint, render_template

pages = Blueprint("catalog", __name__)


@pages.get("/")
def home():
    return render_template("home.html")
