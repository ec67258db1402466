"""Authlib's client, made careful. Imported only where somebody signs in with a provider, because it is heavy."""

import time

from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import FlaskIntegration, FlaskOAuth2App
from authlib.integrations.requests_client import OAuth2Session
from requests.exceptions import ConnectionError, RequestException, TooManyRedirects

from config.settings import Provider

SECONDS = (3.05, 6)  # to connect, and between two bytes of the answer
KEPT_FOR = 3600  # seconds that a provider's description of itself is trusted
REST = 10  # seconds that a provider which did not answer is left alone, so that it cannot hold every worker
# What is signed with a key that only the provider has. Neither «none» nor a shared secret is among them.
SIGNED_BY = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")


class Session(OAuth2Session):
    """Every call ends in time, and none is led elsewhere."""

    def request(self, method, url, *arguments, **options):
        options["timeout"] = SECONDS
        options["allow_redirects"] = False
        answer = super().request(method, url, *arguments, **options)
        if answer.is_redirect:
            raise TooManyRedirects("The provider's address leads elsewhere.")
        return answer


class Client(FlaskOAuth2App):
    """One provider. Raises OAuthError, JoseError or RequestException; accounts/oidc.py words them."""

    client_cls = Session

    def __init__(self, provider: Provider):
        methods = {} if provider.client_secret else {"token_endpoint_auth_method": "none"}
        super().__init__(
            FlaskIntegration(provider.key),
            provider.key,
            client_id=provider.client_id,
            client_secret=provider.client_secret or None,
            server_metadata_url=f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={"scope": provider.scopes, "code_challenge_method": "S256", **methods},
        )
        self.issuer = provider.issuer
        self.silent_until = 0.0

    def load_server_metadata(self) -> dict:
        if time.time() - self.server_metadata.get("_loaded_at", 0) > KEPT_FOR:
            self.server_metadata.clear()
            self._introduce()
        return self.server_metadata

    def _introduce(self) -> None:
        """Asks the provider to describe itself. It must call itself what the settings call it (OpenID Connect Discovery 4.3)."""
        if time.monotonic() < self.silent_until:
            raise ConnectionError("The provider did not answer a moment ago.")
        try:
            described = super().load_server_metadata()
        except RequestException:
            self.silent_until = time.monotonic() + REST
            raise
        if described.get("issuer") != self.issuer:
            self.server_metadata.clear()
            raise OAuthError("wrong_issuer")
        offered = described.get("id_token_signing_alg_values_supported") or ["RS256"]
        described["id_token_signing_alg_values_supported"] = [name for name in offered if name in SIGNED_BY]
