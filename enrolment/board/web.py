"""Adds the board to the app: the pages of owners, heads and union representatives, what the clock does, and what people are told."""

from flask import Flask

from accounts import landing, wording
from accounts.guard import has_role
from accounts.models import Role
from catalog import panels
from config import menu, tick
from config.languages import _l
from enrolment.board import cooperation_views, ranking_views, school_views, union_views, views, words
from enrolment.board.services import clock


def init_app(app: Flask) -> None:
    for one in (views, ranking_views, cooperation_views, union_views, school_views):
        app.register_blueprint(one.pages)
    panels.register(app, "case_outcome", cooperation_views.of_case)
    tick.add(app, "applications", clock.tend)
    for kind, sentence in words.MESSAGES.items():
        wording.add(app, kind, sentence)
    panels.register(app, "owner_work", views.owner_work)
    landing.add(app, Role.HEAD, "school.show")
    landing.add(app, Role.UNION, "union.rounds")
    elsewhere = ("/owner/applications", "/owner/locks", "/owner/deputies", "/owner/together", "/owner/follow-ups")
    menu.add(app, _l("Applications from teachers"), "board.rounds", order=19, shown=lambda: has_role(Role.OWNER), also=elsewhere)
    menu.add(app, _l("Applications from my teachers"), "school.show", order=20, shown=lambda: has_role(Role.HEAD))
    menu.add(app, _l("Cover week by week"), "school.show_cover", order=21, shown=lambda: has_role(Role.HEAD))
    menu.add(app, _l("Lists to comment on"), "union.rounds", order=20, shown=lambda: has_role(Role.UNION))
