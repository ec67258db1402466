"""One's own account: role, name, language, messages, and what Seksti knows."""

from urllib.parse import urlsplit

from flask import Blueprint, current_app, flash, g, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException

from accounts import landing, queries, services, wording
from accounts.guard import current_actor, signed_in
from accounts.schemas import NameSchema
from config.clock import now
from config.errors import NotFound
from config.forms import blank_form, read_form
from config.languages import COOKIE, LANGUAGES, _, ngettext, without_language
from config.secret import digest

pages = Blueprint("accounts", __name__)


@pages.get("/me")
@signed_in
def account():
    """Who one is here, and on whose behalf one may act."""
    return render_template("accounts/account.html", person=queries.person(current_actor().person_id))


@pages.post("/me/hat/<uuid:membership>")
@signed_in
def wear_hat(membership):
    """Changes the role one acts in, and goes to its page."""
    actor = services.wear_hat(g.token, membership, at=now())
    return redirect(landing.address_of(actor.role))


@pages.get("/me/name")
@signed_in
def name_page():
    """Asks what one is called, where the provider does not tell."""
    person = queries.person(current_actor().person_id)
    if not person.name_is_own:
        return redirect(url_for("accounts.account"))
    return render_template("accounts/name.html", form=blank_form(name=person.name), next=own_path(request.args.get("next"), ""))


@pages.post("/me/name")
@signed_in
def take_name():
    form = read_form(NameSchema())
    if not form.ok:
        return render_template("accounts/name.html", form=form, next=own_path(request.form.get("next"), "")), 422
    services.take_name(form.values["name"], actor=current_actor())
    return redirect(own_path(request.form.get("next"), url_for("accounts.account")))


@pages.get("/language/<code>")
def choose_language(code):
    """Keeps the chosen language in a cookie of the browser."""
    if code not in LANGUAGES:
        raise NotFound(_("Seksti does not speak that language."))
    return _speaking(code, request.args.get("next"))


@pages.post("/me/language")
@signed_in
def keep_language():
    """Keeps the chosen language with the person, for every browser of theirs."""
    code = request.form.get("language", "")
    services.choose_language(code, actor=current_actor())
    return _speaking(code, request.form.get("next"))


def _speaking(code: str, wanted: str | None):
    answer = make_response(redirect(without_language(own_path(wanted, url_for("catalog.home")))))
    production = current_app.config["SETTINGS"].production
    answer.set_cookie(COOKIE, code, max_age=31536000, secure=production, httponly=True, samesite="Lax")
    return answer


@pages.get("/me/messages")
@signed_in
def messages():
    """What one has been told, the latest first."""
    told = queries.messages_of(current_actor().person_id)
    return render_template("accounts/messages.html", messages=[(message, wording.sentence_of(message)) for message in told])


@pages.post("/me/messages/reading")
@signed_in
def read_messages():
    services.read_messages(actor=current_actor(), at=now())
    return redirect(url_for(".messages"))


@pages.post("/me/messages/<uuid:message>/reading")
@signed_in
def read_message(message):
    services.read_message(message, actor=current_actor(), at=now())
    return redirect(url_for(".messages"))


@pages.get("/me/privacy")
@signed_in
def privacy():
    """What Seksti knows of one, and where one is signed in."""
    person = queries.person(current_actor().person_id)
    names = {provider.issuer: provider.name for provider in current_app.config["SETTINGS"].providers}
    return render_template(
        "accounts/privacy.html",
        person=person,
        providers=[names.get(identity.issuer, identity.issuer) for identity in person.identities],
        sign_ins=queries.open_sign_ins(person.id, now()),
        this=digest(g.token),
        kept=queries,
    )


@pages.post("/me/sign-ins/<uuid:sign_in>/ending")
@signed_in
def end_sign_in(sign_in):
    services.end_sign_in(sign_in, actor=current_actor(), at=now())
    flash(_("That browser is signed out."), "good")
    return redirect(url_for(".privacy"))


@pages.post("/me/other-sign-ins/ending")
@signed_in
def end_other_sign_ins():
    ended = services.end_other_sign_ins(g.token, actor=current_actor(), at=now())
    flash(ngettext("One other browser is signed out.", "%(num)s other browsers are signed out.", ended), "good")
    return redirect(url_for(".privacy"))


def own_path(wanted: str | None, otherwise: str) -> str:
    """Where to go next: a page of this site that can be fetched, and nothing else (no open redirect). Else `otherwise`."""
    if not wanted or not wanted.startswith("/") or wanted[1:2] in ("/", "\\") or "\\" in wanted or not wanted.isprintable():
        return otherwise
    parts = urlsplit(wanted)
    return wanted if not parts.scheme and not parts.netloc and _can_be_fetched(parts.path) else otherwise


def _can_be_fetched(path: str) -> bool:
    try:
        current_app.create_url_adapter(request).match(path, method="GET")
    except HTTPException:
        return False
    return True
