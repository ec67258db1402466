"""Signing in and out."""

import hashlib
import hmac
from collections.abc import Mapping

from flask import current_app, g, jsonify, redirect, render_template, request, session, url_for

from accounts import landing, oidc, queries, services
from accounts.guard import cookie_name, signed_in
from accounts.models import Person, Role
from accounts.views import own_path, pages
from config.clock import day_of, now
from config.database import only_reads, start_writing
from config.errors import NotFound, Refusal
from config.http import csrf
from config.languages import _
from config.logs import log
from config.settings import Provider

# Failed sign-ins within a quarter of an hour. A whole municipality may share one address on the last evening before a deadline.
MOST_FROM_ONE_ADDRESS = 500
MOST_FROM_EVERYWHERE = 10_000


@pages.get("/sign-in")
def sign_in_page():
    """The providers one can sign in with and, outside production, the made-up people by role."""
    g.personal = True
    settings = current_app.config["SETTINGS"]
    people = by_role(queries.made_up_people()) if settings.demo_sign_in else {}
    return render_template("accounts/sign_in.html", providers=settings.providers, people=people, next=own_path(request.args.get("next"), ""))


def by_role(people: list[Person]) -> dict[Role, list[tuple[Person, list, str]]]:
    """(person, hats held today, story in the reader's language) under the role of their first hat."""
    on = day_of(now())
    found: dict[Role, list] = {role: [] for role in Role}
    for person in people:
        hats = [hat for hat in person.memberships if hat.holds(on)]
        if hats:
            found[hats[0].role].append((person, hats, _(person.story)))
    return {role: those for role, those in found.items() if those}


@pages.post("/sign-in/<uuid:person>")
def sign_in_as_made_up(person):
    """Signs in as a person of the demonstration; in production there is nobody to sign in as."""
    if not current_app.config["SETTINGS"].demo_sign_in:
        raise NotFound(_("There is no such person to sign in as."))
    chosen = queries.made_up_person(person)
    _leave_as_before()
    token = services.sign_in(chosen, provider=services.DEMO, at=now(), browser=_browser())
    return _welcome(token, own_path(request.form.get("next"), ""), services.DEMO)


@pages.get("/sign-in/with/<key>")
def sign_in_with(key):
    """Off to a provider."""
    g.personal = True
    provider = _provider(key)
    services.check_tries(_limits(), at=now())
    answer = oidc.way_to(provider)
    session["next"] = own_path(request.args.get("next"), "")
    return answer


@pages.get("/sign-in/with/<key>/callback")
def come_back(key):
    """Back from a provider, signed in or refused."""
    g.personal = True
    provider, at = _provider(key), now()
    services.check_tries(_limits(), at=at)
    try:
        arrival = oidc.way_back(provider)
    except Refusal as refusal:
        _note_refusal(provider, refusal)
        raise
    start_writing()
    _leave_as_before()
    token = services.sign_in_from(
        arrival.known, provider=key, at=at, id_token=arrival.id_token, provider_session=arrival.session, browser=_browser()
    )
    return _welcome(token, session.get("next"), key)


@pages.post("/sign-in/with/<key>/backchannel-logout")
@csrf.exempt
def leave_from_afar(key):
    """A provider says that a session there has ended (OpenID Connect Back-Channel Logout)."""
    g.personal = True
    provider, at = _provider(key), now()
    only_reads(True)  # until the provider has answered, so that nobody waits for us to write
    services.check_tries(_limits(), at=at)
    try:
        told = oidc.farewell(provider, request.form.get("logout_token", ""), at)
    except Refusal as refusal:
        _note_refusal(provider, refusal)
        return jsonify(error="invalid_request"), refusal.status
    start_writing()
    ended = queries.sign_ins_told_ended(provider.issuer, key, subject=told.subject, session=told.session, before=told.issued_at + oidc.SKEW)
    services.end_told(ended, at=at)
    log.info("signed out by provider", provider=key, ended=len(ended))
    return "", 200


@pages.get("/sign-in/with/<key>/frontchannel-logout")
def leave_in_a_frame(key):
    """The same, asked for by the person's own browser inside the provider's page (OpenID Connect Front-Channel Logout); ID-porten does it so.

    No cookie comes along from there, so the session is found by the identifier that only the provider and we know.
    """
    g.personal = True
    provider, at = _provider(key), now()
    services.check_tries(_limits(), at=at)
    try:
        session_there = oidc.session_in_frame(provider)
    except Refusal as refusal:
        _note_refusal(provider, refusal)
        raise
    start_writing()
    ended = queries.sign_ins_told_ended(provider.issuer, key, subject=None, session=session_there, before=at)
    services.end_told(ended, at=at)
    log.info("signed out by provider", provider=key, ended=len(ended))
    return "", 200, {"Content-Security-Policy": f"default-src 'none'; frame-ancestors {oidc.origin(provider)}"}


@pages.post("/sign-out")
@signed_in
def sign_out():
    """Ends the sign-in here, then at the provider where it offers that."""
    provider, id_token = services.sign_out(g.token, at=now()) or ("", None)
    log.info("signed out", provider=provider)
    session.clear()
    onwards = _way_out(provider, id_token)
    answer = _farewell_page(provider, onwards) if onwards else redirect(url_for("accounts.signed_out"))
    answer.delete_cookie(cookie_name(current_app), path="/", secure=current_app.config["SETTINGS"].production, httponly=True, samesite="Lax")
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@pages.get("/signed-out")
def signed_out():
    return render_template("accounts/signed_out.html", provider=None, onwards=None)


def _way_out(key: str, id_token: str | None) -> str | None:
    provider = next((one for one in current_app.config["SETTINGS"].providers if one.key == key), None)
    return oidc.way_out(provider, id_token, url_for("accounts.signed_out", _external=True)) if provider else None


def _farewell_page(key: str, onwards: str):
    """A page that leads on by itself. A redirect would not do: our policy lets no form end at another site."""
    g.actor = None
    answer = current_app.make_response(render_template("accounts/signed_out.html", provider=_provider(key), onwards=onwards))
    answer.headers["Refresh"] = f"0; url={onwards}"
    return answer


def _leave_as_before() -> None:
    """Who signs in anew in the same browser is first signed out as who they were, so that no forgotten token lives on."""
    if g.get("actor"):
        services.sign_out(g.token, at=now())


def _welcome(token: str, wanted: str | None, provider: str):
    """Hands the browser its token and sends it where it was going. What the page session held before is dropped (fixation)."""
    log.info("signed in", provider=provider)
    production = current_app.config["SETTINGS"].production
    answer = redirect(wanted or landing.address_of(_role_of(token)))
    session.clear()
    lasts = int(queries.LONGEST.total_seconds())
    answer.set_cookie(cookie_name(current_app), token, max_age=lasts, secure=production, httponly=True, samesite="Lax", path="/")
    g.personal = True
    return answer


def _role_of(token: str) -> Role | None:
    opened = queries.live_sign_in(token, now())
    return services.actor_of(opened, at=now()).role if opened else None


def _provider(key: str) -> Provider:
    found = next((one for one in current_app.config["SETTINGS"].providers if one.key == key), None)
    if found is None:
        raise NotFound(_("There is no such way to sign in."))
    return found


def _note_refusal(provider: Provider, refusal: Refusal) -> None:
    log.info("sign-in refused", provider=provider.key, why=getattr(refusal, "why", refusal.code))
    start_writing()
    services.note_failed_try(_limits(), at=now())


def _limits() -> Mapping[str, int]:
    return {_digest(f"address {request.remote_addr}"): MOST_FROM_ONE_ADDRESS, _digest("everywhere"): MOST_FROM_EVERYWHERE}


def _digest(who: str) -> str:
    return hmac.new(current_app.config["SETTINGS"].secret_key.encode(), who.encode(), hashlib.sha256).hexdigest()


def _browser() -> str:
    """The family of the browser, no more: enough to know one's own apart."""
    agent = request.headers.get("User-Agent", "")
    known = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari", "curl": "curl"}
    return next((name for sign, name in known.items() if sign in agent), "")
