"""Adds quotas, allocation runs, what they give and the queues after them to the app."""

from flask import Flask

from accounts import wording
from accounts.mail import topics
from catalog import panels
from config import tick
from enrolment.awarding import own, queue_views, receivers, stating_views, views, words  # noqa: F401  (receivers listen to what becomes of seats)
from enrolment.awarding.cli import allocation
from enrolment.awarding.services.publishing import make_known
from enrolment.quotas import receivers as room_for_quotas  # noqa: F401  (listens to what editors do)
from enrolment.quotas import views as quotas
from enrolment.topics import APPLICATIONS


def init_app(app: Flask) -> None:
    app.cli.add_command(allocation)
    tick.add(app, "allocations", make_known)
    for pages in (quotas.pages, views.pages, own.pages, queue_views.pages, stating_views.pages):
        app.register_blueprint(pages)
    panels.register(app, "publishing_offering", quotas.way_to_quotas)
    panels.register(app, "publishing_offering", queue_views.way_to_queue)
    panels.register(app, "offering_actions", own.offering_queue)
    panels.register(app, "enrolments_above", own.my_rounds)
    panels.register(app, "case_outcome", own.of_case)
    topics.add(app, APPLICATIONS, *words.MESSAGES)
    for kind, sentence in words.MESSAGES.items():
        wording.add(app, kind, sentence)
