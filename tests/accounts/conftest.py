"""Real providers, each a process of its own, and a browser that goes there and back."""

import dataclasses
import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from urllib.parse import urlencode, urlsplit

import pytest
from flask import Flask

from config.settings import Provider
from tests.ports import free_port

CLAIMS = {"sub": "kari", "name": "Kari Nordmann", "email": "kari@example.org", "email_verified": False}
BAD_ISSUERS = ("honest", "other", "promising", "lying", "weak", "hanging", "feide", "idporten")


@contextmanager
def _running(*command: str, ready: str) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-W", "ignore", *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(ready, process)
        yield
    finally:
        process.kill()
        process.wait()


def _wait_for(address: str, process: subprocess.Popen) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"{address} did not answer.")


@pytest.fixture(scope="session")
def _mock_address() -> Iterator[str]:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = ["-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", "true", "--user-claims", json.dumps(CLAIMS)]
    with _running(*command, ready=f"{address}/.well-known/openid-configuration"):
        yield address


@pytest.fixture(scope="session")
def _bad_address() -> Iterator[str]:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with _running("-m", "tests.accounts.bad_provider", str(port), ready=f"{address}/honest/jwks"):
        yield address


@pytest.fixture
def mock_provider(app: Flask, _mock_address: str) -> Provider:
    """oidc-provider-mock, as it comes from PyPI."""
    return _use(app, [Provider("mock", "The mock", _mock_address, "seksti", "a secret of ours")])[0]


@pytest.fixture
def bad_providers(app: Flask, _bad_address: str) -> dict[str, Provider]:
    """Our own provider, by the name of its issuer."""
    profiles = {"feide": {"profile": "feide", "groups": f"{_bad_address}/feide/groups"}, "idporten": {"profile": "idporten", "scopes": "openid profile"}}
    secret = "the secret we share with the provider"
    return {one.key: one for one in _use(app, [Provider(name, name.title(), f"{_bad_address}/{name}", "seksti", secret, **profiles.get(name, {})) for name in BAD_ISSUERS])}


def _use(app: Flask, providers: list[Provider]) -> list[Provider]:
    app.config["SETTINGS"] = dataclasses.replace(app.config["SETTINGS"], providers=tuple(providers))
    app.config["CLOCK"] = lambda: datetime.now(UTC)  # a provider's clock is the world's
    app.extensions.pop("providers", None)
    return providers


@pytest.fixture
def browser(app: Flask, db) -> "Browser":
    return Browser(app)


class Browser:
    """One browser: signs in at a provider and comes back, step by step."""

    def __init__(self, app: Flask):
        self.app, self.client = app, app.test_client()

    def go_to_provider(self, key: str, **query: str) -> str:
        """The address our sign-in page leads to."""
        answer = self.client.get(f"/sign-in/with/{key}", query_string=query)
        assert answer.status_code == 302, answer.text
        return answer.location

    def come_back(self, address: str):
        parts = urlsplit(address)
        return self.client.get(f"{parts.path}?{parts.query}")

    def sign_in(self, key: str, *, fault: str = "", login: str = "kari", wanted: str = ""):
        """There and back, with the provider doing right or wrong. Returns our answer."""
        return self.come_back(self.there(key, fault=fault, login=login, wanted=wanted))

    def there(self, key: str, *, fault: str = "", login: str = "kari", wanted: str = "") -> str:
        """There, and the address the provider leads back to."""
        asked = self.go_to_provider(key, **({"next": wanted} if wanted else {}))
        return redirected(f"{asked}&{urlencode({'fault': fault, 'login': login})}")

    def sign_in_at_mock(self, sub: str = "kari", action: str = "authorize"):
        return self.come_back(redirected(self.go_to_provider("mock"), {"sub": sub, "action": action}))


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_arguments):
        return None


def redirected(address: str, form: dict | None = None) -> str:
    """Where a page of the provider leads."""
    try:
        urllib.request.build_opener(_Stay).open(address, urlencode(form).encode() if form else None, timeout=10).close()
    except urllib.error.HTTPError as answer:
        answer.close()
        return answer.headers["Location"]
    raise AssertionError("The provider did not lead anywhere.")
