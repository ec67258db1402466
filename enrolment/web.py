"""Adds those who take part to the app."""

from functools import partial

from flask import Flask

from accounts import landing, wording
from accounts.guard import has_role
from accounts.models import Role
from catalog import panels
from config import menu, tick
from config.api import document
from config.languages import _l
from enrolment import topics
from enrolment.api import applications as applications_api
from enrolment.api import own as own_api
from enrolment.applications import words as application_words
from enrolment.applications.views import pages as applications
from enrolment.applications.views import panels as on_applications
from enrolment.applications.views import reviews as application_reviews
from enrolment.appeals import web as appeals
from enrolment.awarding import web as awarding
from enrolment.byhand import views as byhand
from enrolment.calendar import web as calendar
from enrolment.changes import receivers as told_of_changes  # noqa: F401  (listens to what editors change)
from enrolment.changes import views as changes
from enrolment.changes import words as change_words
from enrolment.counting import views as counting
from enrolment.dispensations import views as dispensations
from enrolment.eligibility import views as eligibility
from enrolment.elmo import web as elmo
from enrolment.evaluation import web as evaluation
from enrolment.gonogo import web as gonogo
from enrolment.money import web as money
from enrolment.payouts import web as payouts
from enrolment.participation import web as participation
from enrolment.planning import views as planning
from enrolment.ownersfile import web as ownersfile
from enrolment.prior import web as prior
from enrolment.recognition import web as recognition
from enrolment.progress import courses, messages
from enrolment.progress import views as progress
from enrolment.registers.cli import registers
from enrolment.results import views as results
from enrolment.results.words import result_corrected, result_recorded
from enrolment.rounds import web as rounds
from enrolment.saved import noting
from enrolment.saved import views as saved
from enrolment.saved.services import tell_of_new
from enrolment.saved.words import search_news
from enrolment.board import web as board
from enrolment.schools import models as schools  # noqa: F401
from enrolment.sharing import views as sharing
from enrolment.seats import receivers  # noqa: F401  (listens to what editors do)
from enrolment.seats import views as seats
from enrolment.seats import words as seat_words
from enrolment.seats.services import tend
from enrolment.staff import views as staff
from enrolment.staff.models import StaffUpload
from enrolment.statements import web as statements
from enrolment.uploads.services import forget_uploads

MESSAGES = {
    "seat-offered": seat_words.seat_offered,
    "seat-lapsed": seat_words.seat_lapsed,
    "group-split": seat_words.group_split,
    "offering-changed": change_words.offering_changed,
    "credits-changed": change_words.credits_changed,
    "result-recorded": result_recorded,
    "result-corrected": result_corrected,
    "claim-verified": messages.claim_verified,
    "claim-refused": messages.claim_refused,
    "search-news": search_news,
    "application-sent": application_words.application_sent,
    "group-invitation": application_words.group_invitation,
    "funding-reviewed": application_words.funding_reviewed,
    "group-answered": application_words.group_answered,
}


def init_app(app: Flask) -> None:
    topics.init_app(app)
    app.cli.add_command(registers)
    tick.add(app, "seats", tend)
    tick.add(app, "saved searches", tell_of_new)
    tick.add(app, "staff files", partial(forget_uploads, StaffUpload))
    noting.init_app(app)
    for pages in (seats.pages, results.pages, progress.pages, eligibility.pages, saved.pages, planning.pages, byhand.pages, staff.pages, applications):
        app.register_blueprint(pages)
    document.of(app).register_blueprint(own_api.api)
    document.of(app).register_blueprint(applications_api.api)
    calendar.init_app(app)
    rounds.init_app(app)
    awarding.init_app(app)
    participation.init_app(app)
    money.init_app(app)
    payouts.init_app(app)
    panels.register(app, "offering_actions", seats.offering_actions)
    panels.register(app, "kept_round", application_reviews.way_to_reviews)
    panels.register(app, "offering_actions", saved.run_actions)
    panels.register(app, "publishing_offering", results.participants_link)
    panels.register(app, "publishing_change", changes.who_sees_it)
    panels.register(app, "enrolment_changes", changes.what_changed)
    panels.register(app, "enrolment_withdrawal", changes.free_withdrawal)
    panels.register(app, "publishing_work", results.unmarked_runs)
    prior.init_app(app)
    elmo.init_app(app)
    ownersfile.init_app(app)
    appeals.init_app(app)
    evaluation.init_app(app)
    recognition.init_app(app)
    statements.init_app(app)
    gonogo.init_app(app)
    dispensations.init_app(app)
    sharing.init_app(app)
    board.init_app(app)
    panels.register(app, "module_for_me", counting.module_for_me)
    panels.register(app, "offering_for_me", counting.offering_for_me)
    panels.register(app, "search_for_me", counting.search_for_me)
    panels.register(app, "last_year", counting.last_year)
    panels.register(app, "entry_answered", eligibility.take_along)
    panels.register(app, "course_for_me", courses.course_for_me)
    panels.register(app, "module_for_me", saved.module_actions)
    panels.register(app, "module_for_me", byhand.add_button)
    panels.register(app, "search_actions", saved.search_actions)
    panels.register(app, "offering_actions", on_applications.run_actions)
    panels.register(app, "course_for_me", on_applications.course_actions)
    panels.register(app, "own_page", on_applications.own_lines)
    panels.register(app, "plan_column", on_applications.apply_for_column)
    for kind, sentence in MESSAGES.items():
        wording.add(app, kind, sentence)
    landing.add(app, Role.TEACHER, "progress.progress")
    landing.add(app, Role.OWNER, "progress.owner")
    menu.add(app, _l("My way to 60"), "progress.progress", order=20, shown=lambda: has_role(Role.TEACHER))
    menu.add(app, _l("My enrolments"), "seats.enrolments", order=22, shown=lambda: has_role(Role.TEACHER))
    menu.add(app, _l("My applications"), "applications.mine", order=23, shown=lambda: has_role(Role.TEACHER))
    menu.add(app, _l("Saved"), "saved.saved", order=24, shown=lambda: has_role(Role.TEACHER, None))
    menu.add(app, _l("Claims to verify"), "progress.owner", order=20, shown=lambda: has_role(Role.OWNER))
    menu.add(app, _l("Staff and credits"), "staff.overview", order=22, shown=lambda: has_role(Role.OWNER))
