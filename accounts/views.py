"""Signing in and out, changing hat and language."""

from urllib.parse import urlsplit

from flask import Blueprint, current_app, g, make_response, redirect, render_template, request, session, url_for

from accounts import queries, services
from accounts.guard import cookie_name, signed_in
from config.clock import now
from config.errors import NotFound
from config.languages import COOKIE, LANGUAGES, _

pages = Blueprint("accounts", __name__)


@pages.get("/sign-in")
def sign_in_page():
    """The providers one can sign in with and, outside production, the made-up people by role."""
    settings = current_app.config["SETTINGS"]
    people = queries.made_up_people() if settings.demo_sign_in else []
    return render_template("accounts/sign_in.html", providers=settings.providers, people=people, next=_own_path(request.args.get("next")))


@pages.post("/sign-in/<uuid:person>")
def sign_in_as_made_up(person):
    """Signs in as a person of the demonstration."""
    chosen = next((one for one in queries.made_up_people() if one.uuid == person), None)
    if chosen is None or not current_app.config["SETTINGS"].demo_sign_in:
        raise NotFound(_("There is no such person to sign in as."))
    token = services.sign_in(chosen, provider="demo", at=now(), browser=_browser())
    return with_token(redirect(_own_path(request.form.get("next"))), token)


@pages.post("/sign-out")
@signed_in
def sign_out():
    services.sign_out(g.token, at=now())
    session.clear()
    answer = redirect(url_for("catalog.home"))
    answer.delete_cookie(cookie_name(current_app), path="/")
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@pages.post("/me/hat/<uuid:membership>")
@signed_in
def wear_hat(membership):
    services.wear_hat(g.token, membership, at=now())
    return redirect(url_for("catalog.home"))


@pages.get("/language/<code>")
def choose_language(code):
    """Keeps the chosen language in a cookie of the browser."""
    if code not in LANGUAGES:
        raise NotFound(_("Seksti does not speak that language."))
    answer = make_response(redirect(_own_path(request.args.get("next"))))
    answer.set_cookie(COOKIE, code, max_age=31536000, secure=request.is_secure, httponly=True, samesite="Lax")
    return answer


def with_token(answer, token: str):
    """Hands the browser its token. What the page session held before signing in is dropped (fixation)."""
    session.clear()
    production = current_app.config["SETTINGS"].production
    answer.set_cookie(cookie_name(current_app), token, max_age=int(queries.LONGEST.total_seconds()), secure=production, httponly=True, samesite="Lax", path="/")
    return answer


def _own_path(wanted: str | None) -> str:
    """Where to go next: a path of this site and nothing else (ASVS: no open redirect)."""
    if not wanted or not wanted.startswith("/") or wanted.startswith("//") or "\\" in wanted or not wanted.isprintable():
        return url_for("catalog.home")
    parts = urlsplit(wanted)
    return wanted if not parts.netloc and not parts.scheme else url_for("catalog.home")


def _browser() -> str:
    agent = request.headers.get("User-Agent", "")
    known = ("Edg", "OPR", "Firefox", "Chrome", "Safari", "curl")
    return next((name for name in known if name in agent), "")
