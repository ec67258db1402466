"""Browsers of teachers for a product that serves: signed in, with cookies of their own."""

import http.client
import re
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from accounts import services as accounts
from accounts.models import Person

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Answer(NamedTuple):
    """`location`: where one is sent on to; empty where one is not."""

    status: int
    text: str
    location: str


class Browser:
    """One teacher's browser: keeps its cookies, reads the token of the form it sends."""

    def __init__(self, address: str, token: str):
        self.host = urlsplit(address).netloc
        self.cookies = {"seksti": token}

    def ask(self, method: str, path: str, body: str = "") -> Answer:
        """Raises OSError or HTTPException where the server does not answer to the end."""
        connection = http.client.HTTPConnection(self.host, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        for name, value in answer.getheaders():
            if name == "Set-Cookie":
                cookie, _, rest = value.partition("=")
                self.cookies[cookie] = rest.split(";")[0]
        return Answer(answer.status, text, answer.getheader("Location", ""))

    def form_token(self, path: str) -> str:
        page = self.ask("GET", path)
        assert page.status == 200, page.text
        return TOKEN.search(page.text)[1]


def signed_in(people: list[Person]) -> list[str]:
    """The token of a sign-in of each, begun now."""
    return [accounts.sign_in(person, provider="test", at=datetime.now(UTC)) for person in people]
