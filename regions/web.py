"""Adds coverage to the app."""

from flask import Flask

from accounts import landing, wording
from accounts.mail.lifecycle import How
from accounts.mail.topics import Topic
from accounts.mail.topics import add as add_topic
from accounts.guard import has_role
from accounts.models import Role
from catalog import panels
from config import menu, tick
from config.api import document
from config.languages import _l
from regions.api import coverage as coverage_api
from regions.api import statistics as statistics_api
from regions.census import results as census_results
from regions.census import views as census
from regions.census.services import remind
from regions.census.words import census_awaits
from regions.competence import views as competence
from regions.competence import words as plan_words
from regions.coverage import views as coverage
from regions.coverage.cli import coverage as command
from regions.distance import views as distance
from regions.forum import views as forum
from regions.forum import words as forum_words
from regions.imagined import views as imagined
from regions.invitations import views as invitations
from regions.invitations import words as invitation_words
from regions.needs_told import views as needs_told
from regions.planned import views as planned
from regions.readings import views as readings
from regions.priorities import views as priorities
from regions.frames import views as frames
from regions.granted import views as granted
from regions.frames.services import release_due as release_frames
from regions.priorities.services import release_due
from regions.reporting import views as reporting
from regions.reporting.bounds import REPORTS
from regions.reporting.services import send_due
from regions.reporting.words import ready
from regions.reports import views as reports
from regions.volume import views as volume

CENSUSES = Topic("censuses", _l("Censuses"), _l("A census that opens, and the days before its last one while schools await an answer."), How.NOW)
PLANS = Topic("competence-plans", _l("Competence plans"), _l("A plan you are invited to, one that awaits the unions' remarks, and what they say."), How.NOW)
PLAN_MESSAGES = {"plan-invites": plan_words.plan_invites, "plan-for-remarks": plan_words.plan_for_remarks, "plan-remarked": plan_words.plan_remarked}
FORUM = Topic("forum", _l("The region's forum"), _l("A meeting that is called or called off, and its minutes."), How.NOW)
FORUM_MESSAGES = {"forum-called": forum_words.forum_called, "forum-called-off": forum_words.forum_called_off, "forum-minutes": forum_words.forum_minutes}
INVITED = Topic("invitations", _l("Invited offers"), _l("What a region invites your institution to offer, and what institutions answer your region."), How.NOW)
INVITATION_MESSAGES = {"invitation-asked": invitation_words.asked, "invitation-taken-back": invitation_words.taken_back, "invitation-answered": invitation_words.answered}
KEPT_REPORTS = Topic("reports", _l("Your reports"), _l("A report that you have asked to be sent."), How.NOW)
MEASURES = (Role.AUTHORITY, Role.COORDINATOR, Role.GOVERNOR, Role.OWNER, Role.HEAD)

MEET = (Role.COORDINATOR, Role.OWNER, Role.EDITOR, Role.UNION, Role.GOVERNOR, Role.KS, Role.AUTHORITY)


def init_app(app: Flask) -> None:
    app.cli.add_command(command)
    app.register_blueprint(coverage.pages)
    app.register_blueprint(volume.pages)
    app.register_blueprint(needs_told.pages)
    app.register_blueprint(invitations.pages)
    app.register_blueprint(imagined.pages)
    app.register_blueprint(readings.pages)
    app.register_blueprint(reports.pages)
    app.register_blueprint(planned.pages)
    app.register_blueprint(reporting.pages)
    app.register_blueprint(census.pages)
    app.register_blueprint(census_results.pages)
    app.register_blueprint(competence.pages)
    app.register_blueprint(forum.pages)
    app.register_blueprint(distance.pages)
    panels.register(app, "own_region_links", distance.way_to_distance)
    app.register_blueprint(priorities.pages)
    panels.register(app, "own_region_links", priorities.way_to_commissions)
    tick.add(app, "priorities", release_due)
    app.register_blueprint(frames.pages)
    app.register_blueprint(granted.pages)
    panels.register(app, "own_region_links", granted.way_to_money)
    tick.add(app, "frames", release_frames)
    panels.register(app, "allocation_run", frames.room_for)
    panels.register(app, "owner_work", census.owner_work)
    panels.register(app, "owner_work", competence.owner_work)
    panels.register(app, "coverage_cell", forum.decided)
    panels.register(app, "coverage_cell", planned.planned_here)
    panels.register(app, "own_region_links", forum.way_to_forum)
    tick.add(app, "census reminders", remind)
    tick.add(app, "reports", send_due)
    wording.add(app, "report-ready", ready)
    add_topic(app, KEPT_REPORTS, "report-ready")
    wording.add(app, "census-awaits", census_awaits)
    add_topic(app, CENSUSES, "census-awaits")
    for kind, sentence in PLAN_MESSAGES.items():
        wording.add(app, kind, sentence)
    add_topic(app, PLANS, *PLAN_MESSAGES)
    for kind, sentence in FORUM_MESSAGES.items():
        wording.add(app, kind, sentence)
    add_topic(app, FORUM, *FORUM_MESSAGES)
    for kind, sentence in INVITATION_MESSAGES.items():
        wording.add(app, kind, sentence)
    add_topic(app, INVITED, *INVITATION_MESSAGES)
    document.of(app).register_blueprint(coverage_api.api)
    document.of(app).register_blueprint(statistics_api.api)
    panels.register(app, "region_coverage", coverage.region_coverage)
    panels.register(app, "search_nothing_found", needs_told.tell_my_region)
    panels.register(app, "saved_below", needs_told.my_needs)
    panels.register(app, "region_work", forum.region_work)
    panels.register(app, "region_work", readings.region_work)
    panels.register(app, "region_work", invitations.region_work)
    panels.register(app, "own_region_links", needs_told.needs_of_my_region)
    panels.register(app, "own_region_links", invitations.way_to_invitations)
    panels.register(app, "own_region_links", readings.way_to_readings)
    panels.register(app, "own_region_links", planned.way_to_planned)
    panels.register(app, "publishing_work", invitations.asked)
    panels.register(app, "publishing_work", readings.unanswered)
    panels.register(app, "publishing_section", readings.remarks_on)
    panels.register(app, "publishing_side", readings.reading_of)
    landing.add(app, Role.COORDINATOR, "coverage.own_region")
    landing.add(app, Role.AUTHORITY, "coverage.national")
    landing.add(app, Role.GOVERNOR, "forum.county")
    landing.add(app, Role.KS, "forum.listed")
    menu.add(app, _l("Coverage"), "coverage.national", order=15, shown=lambda: not has_role(Role.TEACHER))
    menu.add(app, _l("Coverage"), "coverage.national", order=45, shown=lambda: has_role(Role.TEACHER))  # what is one's own goes first
    menu.add(app, _l("My county"), "forum.county", order=30, shown=lambda: has_role(Role.GOVERNOR))
    menu.add(app, _l("Priorities"), "priorities.listed", order=32, shown=lambda: has_role(Role.AUTHORITY))
    menu.add(app, _l("Frames"), "frames.listed", order=32, shown=lambda: has_role(Role.AUTHORITY))
    menu.add(app, _l("Forum"), "forum.listed", order=35, shown=lambda: has_role(*MEET))
    menu.add(app, _l("Plans"), "competence.listed", order=33, shown=lambda: has_role(Role.OWNER, Role.UNION, Role.GOVERNOR))
    menu.add(app, _l("Census"), "census.listed", order=34, shown=lambda: has_role(*MEASURES))
    menu.add(app, _l("What teachers plan"), "planned.planned", order=36, shown=lambda: has_role(Role.EDITOR, Role.AUTHORITY))
    menu.add(app, _l("Reports"), "reporting.report", order=35, shown=lambda: has_role(*REPORTS))
    menu.add(app, _l("My region"), "coverage.own_region", order=30, shown=lambda: has_role(Role.COORDINATOR))
