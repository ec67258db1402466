"""Signing in with OpenID Connect: the way to a provider and back, by authorization code with PKCE, state and nonce.

Authlib speaks the protocol. It leaves four things open, which are closed here and in provider_client.py: it accepts an ID token that was
made for somebody else, it does not look at the `iss` of the way back (RFC 9207), it waits for ever, and it breaks where there is no ID token.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import current_app, request, session, url_for

from accounts.claims import ID_PORTEN, Known, is_sure_enough, known_from
from config.errors import Refusal
from config.languages import _, language
from config.settings import Provider

if TYPE_CHECKING:
    from accounts.provider_client import Client

LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
FRESH = timedelta(minutes=5)  # how old a provider's word of an ended session may be
SKEW = timedelta(minutes=1)  # how far two clocks may differ


class SignInRefused(Refusal):
    """What came back from the provider does not prove who is there. `why` is for the log."""

    code = "sign-in-refused"
    status = 400

    def __init__(self, sentence: str, why: str):
        super().__init__(sentence)
        self.why = why


class ProviderSilent(Refusal):
    code = "provider-silent"
    status = 503
    why = "provider-silent"


@dataclass(frozen=True)
class Arrival:
    """Somebody who came back from a provider, with what is needed to sign them out there again."""

    known: Known
    id_token: str
    session: str | None


@dataclass(frozen=True)
class Farewell:
    """A provider's word that a session there has ended: of one session, or all of a person's."""

    subject: str | None
    session: str | None
    issued_at: datetime


def way_to(provider: Provider):
    """The redirect to the provider. What must be remembered until the way back lies in the browser's page session. Raises ProviderSilent."""
    _forget_unfinished()
    wishes = {"acr_values": "idporten-loa-substantial"} if provider.profile == ID_PORTEN else {}
    with _listening(provider):
        return _client(provider).authorize_redirect(_callback(provider), ui_locales=language(), **wishes)


def _forget_unfinished() -> None:
    """Keeps what the last try remembers (another tab) and drops those before, for a cookie has little room."""
    begun = sorted((name for name in session if name.startswith("_state_")), key=lambda name: session[name].get("exp", 0))
    for name in begun[:-1]:
        session.pop(name)


def way_back(provider: Provider) -> Arrival:
    """Who the provider says has come. Raises SignInRefused or ProviderSilent."""
    with _listening(provider):
        client = _client(provider)
        _check_issuer(client, provider)
        token = client.authorize_access_token(claims_options=_expected(provider))
        if not token.get("id_token"):
            raise _refused(provider, "no-id-token")
        claims = _check_claims(token["userinfo"], provider)
        told = _userinfo(client, token, claims["sub"], provider)
        session_there = claims.get("sid")
        known = known_from(provider.issuer, {**told, **claims}, _groups(client, token, provider))
        return Arrival(known, token["id_token"], session_there if isinstance(session_there, str) else None)


def way_out(provider: Provider, id_token: str | None, back: str) -> str | None:
    """The address where the provider ends its own session (RP-initiated logout). None where it has none, or is silent."""
    from authlib.common.errors import AuthlibBaseError
    from requests import RequestException

    client = _client(provider)
    try:
        if client.load_server_metadata().get("end_session_endpoint"):
            return client.create_logout_url(back, id_token_hint=id_token, client_id=provider.client_id)["url"]
    except (AuthlibBaseError, RequestException):
        pass
    return None


def farewell(provider: Provider, logout_token: str, at: datetime) -> Farewell:
    """Reads a logout token (OpenID Connect Back-Channel Logout 2.6). Raises SignInRefused or ProviderSilent."""
    with _listening(provider):
        token = _decoded(_client(provider), logout_token)
        claims = token.claims
        if claims.get("iss") != provider.issuer or claims.get("aud") not in (provider.client_id, [provider.client_id]):
            raise _refused(provider, "logout-not-for-us")
        if token.header.get("typ", "logout+jwt").lower() not in ("logout+jwt", "jwt") or "nonce" in claims or LOGOUT_EVENT not in dict(claims["events"]):
            raise _refused(provider, "not-a-logout")
        issued = datetime.fromtimestamp(claims["iat"], UTC)
        if not at - FRESH < issued < at + FRESH or claims.get("exp", claims["iat"] + 60) < (at - FRESH).timestamp():
            raise _refused(provider, "logout-not-fresh")
        return _who_left(claims, issued, provider)


def session_in_frame(provider: Provider) -> str:
    """Which session a front-channel logout speaks of (OpenID Connect Front-Channel Logout 3). Raises SignInRefused."""
    named = request.args.get("sid", "")
    if request.args.get("iss") != provider.issuer or not named:
        raise _refused(provider, "not-a-logout")
    return named


def origin(provider: Provider) -> str:
    parts = urlsplit(provider.issuer)
    return f"{parts.scheme}://{parts.netloc}"


def _who_left(claims: Mapping[str, Any], issued: datetime, provider: Provider) -> Farewell:
    named = [claims.get(name) for name in ("sub", "sid")]
    if not any(named) or not all(isinstance(value, str | None) for value in named):
        raise _refused(provider, "logout-of-nobody")
    return Farewell(*named, issued)


def _decoded(client: "Client", logout_token: str):
    from joserfc import jwt
    from joserfc.errors import InvalidKeyIdError
    from joserfc.jwk import KeySet

    allowed = client.load_server_metadata()["id_token_signing_alg_values_supported"]
    try:
        return jwt.decode(logout_token, KeySet.import_key_set(client.fetch_jwk_set()), algorithms=allowed)
    except InvalidKeyIdError:
        return jwt.decode(logout_token, KeySet.import_key_set(client.fetch_jwk_set(force=True)), algorithms=allowed)


def _client(provider: Provider) -> "Client":
    clients = current_app.extensions.setdefault("providers", {})
    if provider.key not in clients:
        from accounts.provider_client import Client

        clients[provider.key] = Client(provider)
    return clients[provider.key]


def _callback(provider: Provider) -> str:
    """One address for each provider, so that an answer cannot be taken for another one's."""
    return url_for("accounts.come_back", key=provider.key, _external=True)


def _expected(provider: Provider) -> dict:
    """Without these, an ID token for another audience is accepted as long as `azp` names us."""
    return {"iss": {"essential": True, "value": provider.issuer}, "aud": {"essential": True, "value": provider.client_id}}


def _check_issuer(client: "Client", provider: Provider) -> None:
    """An answer that says whose it is must be this provider's (RFC 9207), before its code is shown to anybody."""
    promised = client.load_server_metadata().get("authorization_response_iss_parameter_supported")
    said = request.args.get("iss")
    if said != provider.issuer and (said is not None or promised):
        raise _refused(provider, "wrong-issuer")


def _check_claims(claims: Mapping[str, Any], provider: Provider) -> Mapping[str, Any]:
    """For us and nobody else, of somebody, and surely enough."""
    if claims["aud"] not in (provider.client_id, [provider.client_id]):
        raise _refused(provider, "wrong-audience")
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255:
        raise _refused(provider, "no-subject")
    if not is_sure_enough(provider.profile, claims):
        raise SignInRefused(_("%(provider)s did not identify you surely enough. Sign in with BankID or another way of the same level.", provider=provider.name), "acr")
    return claims


def _userinfo(client: "Client", token: dict, subject: str, provider: Provider) -> Mapping[str, Any]:
    """What else the provider tells. It must be of the same person (OpenID Connect Core 5.3.2)."""
    if not client.load_server_metadata().get("userinfo_endpoint"):
        return {}
    told = client.userinfo(token=token)
    if told.get("sub") != subject:
        raise _refused(provider, "userinfo-of-another")
    return told


def _groups(client: "Client", token: dict, provider: Provider) -> object:
    """What Feide's groups API answers. Without an answer one is signed in all the same; the school is then not known."""
    from requests import RequestException

    if not provider.groups:
        return None
    try:
        answer = client.get(provider.groups, token=token)
        return answer.json() if answer.ok else None
    except RequestException:
        return None


@contextmanager
def _listening(provider: Provider) -> Iterator[None]:
    """Words what can go wrong on the way. An answer of another shape than the standard's proves as little as a forged one."""
    from authlib.common.errors import AuthlibBaseError
    from joserfc.errors import JoseError
    from requests import RequestException

    try:
        yield
    except RequestException as error:
        raise ProviderSilent(
            _("%(provider)s does not answer just now, so you cannot sign in that way. Everything that needs no sign-in is open.", provider=provider.name)
        ) from error
    except AuthlibBaseError as error:
        raise _worded(provider, error.error) from error
    except (JoseError, KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise _refused(provider, type(error).__name__) from error


def _worded(provider: Provider, error: str) -> SignInRefused:
    if error == "access_denied":
        return SignInRefused(_("You did not finish signing in with %(provider)s. Nothing has been changed.", provider=provider.name), error)
    if error == "mismatching_state":
        sentence = _("This sign-in was begun in another browser, or too long ago. Begin again from the sign-in page.")
        return SignInRefused(sentence, error)
    return _refused(provider, "provider-error")


def _refused(provider: Provider, why: str) -> SignInRefused:
    sentence = _("The answer from %(provider)s could not be trusted, so you have not been signed in. Begin again from the sign-in page.", provider=provider.name)
    return SignInRefused(sentence, why)
