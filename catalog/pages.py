"""The blueprint of the public pages of the catalogue; the views of search, offers, institutions and places hang on it."""

from flask import Blueprint

pages = Blueprint("catalog", __name__)
