"""The door: which sign-in a request carries, and which role a page asks for."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps

from flask import Flask, current_app, g, redirect, request, url_for

from accounts import queries, services
from accounts.acting import Actor
from accounts.models import Role
from config.clock import day_of, now
from config.database import only_reads, start_writing
from config.errors import NotAllowed, SignInNeeded
from config.http import READS, protect_forms, wants_json
from config.languages import _

SIGHTED_EVERY = timedelta(minutes=1)
# What somebody who has not said their name yet may open.
NAMELESS = {"accounts.name_page", "accounts.take_name", "accounts.sign_out", "accounts.choose_language", "accounts.keep_language", "static"}


def cookie_name(app: Flask) -> str:
    return "__Host-seksti" if app.config["SETTINGS"].production else "seksti"


def init_app(app: Flask) -> None:
    name = cookie_name(app)

    @app.before_request
    def recognise() -> None:
        g.actor = None
        token = request.cookies.get(name)
        if token and request.endpoint != "static":
            _recognise(token)

    protect_forms(app)  # after it is known who is asking, so that the refusal is told to them
    app.before_request(_ask_for_name)
    app.context_processor(lambda: {"actor": g.get("actor"), "hats": own_hats, "unread": own_unread})


def _recognise(token: str) -> None:
    at = now()
    found = queries.recognised(token, at)
    if found is None or (found.provider == services.DEMO and not current_app.config["SETTINGS"].demo_sign_in):
        return
    g.token, g.personal, g.language = token, True, found.language
    g.actor = _actor(found, day_of(at))
    if at - found.seen_at > SIGHTED_EVERY:
        start_writing()
        services.note_sighting(found.id, at=at)
        only_reads(request.method in READS)


def _actor(found, on: date) -> Actor:
    """The person under the hat they wear, if it still is theirs on this day."""
    worn = found.role is not None and (found.valid_from or on) <= on <= (found.valid_to or on)
    hat = (found.role, found.organisation_id, found.organisation_name) if worn else ()
    return Actor(found.person_id, found.uuid, found.name, *hat)


def _ask_for_name():
    """Where the provider tells no name, the person says it before anything else."""
    if g.actor and not g.actor.name and request.method == "GET" and request.endpoint not in NAMELESS and not wants_json():
        return redirect(url_for("accounts.name_page", next=request.full_path.rstrip("?")))
    return None


def current_actor() -> Actor:
    """Who is acting. Raises SignInNeeded for a stranger."""
    if g.get("actor") is None:
        raise SignInNeeded(_("You must sign in first."))
    return g.actor


def own_hats():
    """The hats one may change to; for the frame of the page."""
    return queries.hats(g.actor.person_id, day_of(now())) if g.get("actor") else []


def own_unread() -> int:
    return queries.unread(g.actor.person_id) if g.get("actor") else 0


def has_role(*roles: Role) -> bool:
    return g.get("actor") is not None and g.actor.role in roles


def signed_in(view: Callable) -> Callable:
    """A page for anybody signed in, whatever their hat. A stranger's browser is sent to sign in and comes back."""

    @wraps(view)
    def guarded(*args, **kwargs):
        if g.get("actor") is None:
            return _ask_to_sign_in()
        return view(*args, **kwargs)

    guarded.guard = "signed-in"
    return guarded


def acting_as(*roles: Role) -> Callable:
    """A page for one or several roles. Another hat is told which one it takes."""

    def wrap(view: Callable) -> Callable:
        @wraps(view)
        def guarded(*args, **kwargs):
            if g.get("actor") is None:
                return _ask_to_sign_in()
            if g.actor.role not in roles:
                raise NotAllowed(_("This page needs another role than the one you act in."))
            return view(*args, **kwargs)

        guarded.guard = tuple(roles)
        return guarded

    return wrap


def _ask_to_sign_in():
    if wants_json() or request.method not in READS:
        raise SignInNeeded(_("You must sign in first."))
    return redirect(url_for("accounts.sign_in_page", next=request.full_path.rstrip("?")))
