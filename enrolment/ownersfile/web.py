"""Adds owners' files of earlier education to the app."""

from collections.abc import Mapping
from functools import partial

from flask import Flask

from accounts import wording
from accounts.mail import topics
from config import tick
from config.languages import _
from enrolment.ownersfile import views
from enrolment.ownersfile.models import ClaimsUpload
from enrolment.topics import CREDITS
from enrolment.uploads.services import forget_uploads


def init_app(app: Flask) -> None:
    app.register_blueprint(views.pages)
    wording.add(app, "claim-from-register", claim_from_register)
    topics.add(app, CREDITS, "claim-from-register")
    tick.add(app, "claims files", partial(forget_uploads, ClaimsUpload))


def claim_from_register(facts: Mapping[str, str]) -> str:
    return _("Your school owner has registered “%(title)s” as yours. It counts now.", title=facts.get("title", ""))
