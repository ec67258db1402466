"""The topics of what those who take part are told, to choose by what comes by e-mail."""

from flask import Flask

from accounts.mail.lifecycle import How
from accounts.mail.topics import Topic, add
from config.languages import _l

SEATS = Topic("seats", _l("Your seats"), _l("An offer of a seat, a seat that lapses, a run that changes or is cancelled."), How.NOW)
CREDITS = Topic("credits", _l("Your credits"), _l("A result that is recorded, and what your school owner says of earlier education."), How.DAILY)
SEARCHES = Topic("searches", _l("Your saved searches"), _l("The weekly news of what you have saved."), How.NOW)
APPLICATIONS = Topic("applications", _l("Your applications"), _l("A deadline that comes near or changes, and each step of a case."), How.NOW)

DUTIES = Topic("duties", _l("Applications that wait for you"), _l("For school owners and their deputies: a last day that comes near, and what others ask of you."), How.NOW)


def init_app(app: Flask) -> None:
    add(app, SEATS, "seat-offered", "seat-lapsed", "group-split", "offering-cancelled", "offering-merged", "offering-changed", "credits-changed")
    add(app, CREDITS, "result-recorded", "result-corrected", "claim-verified", "claim-refused")
    add(app, SEARCHES, "search-news")
    add(app, APPLICATIONS, "application-sent", "group-invitation", "group-answered", "funding-reviewed", "round-day-changed", "round-day-near", "case-approved", "case-refused", "case-reconsidered", "case-unanswered")
    add(app, DUTIES, "owner-reminder", "deputy-reminder", "unlock-asked", "deputy-given", "owners-asked")
