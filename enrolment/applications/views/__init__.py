"""The pages under /me/applications, and what of them stands on the pages of the catalogue."""

from flask import Blueprint

pages = Blueprint("applications", __name__)

from enrolment.applications.views import cases, choices, groups, panels, reviews, tasks  # noqa: E402, F401  (they add their pages)
