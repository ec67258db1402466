"""Walks every route with every method as everybody, and holds the answers against the rules."""

import re
import tempfile
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from flask import Flask

from config.database import db
from config.http import HEADERS
from tests import factories
from tests.access import world
from tests.access.policy import NO_ROLE, ROLES, STRANGER, Rule, all_rules, rule_for

RULES = all_rules()
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
UNSAFE = METHODS[1:]


def _routes() -> list[tuple[str, str]]:
    """(method, endpoint) of every route."""
    from tests.conftest import make_app

    app = make_app(f"sqlite:///{tempfile.gettempdir()}/nothing-is-read-from-here.sqlite")
    return sorted({(method, rule.endpoint) for rule in app.url_map.iter_rules() for method in METHODS if method in rule.methods})


ROUTES = _routes()
RULED = [(method, endpoint) for method, endpoint in ROUTES if rule_for(RULES, method, endpoint)]
each_route = pytest.mark.parametrize(("method", "endpoint"), RULED, ids=[" ".join(route) for route in RULED])


def test_every_route_and_method_has_a_rule():
    assert [route for route in ROUTES if route not in RULED] == []


def test_no_rule_is_left_of_a_route_that_is_gone():
    known = {endpoint for _method, endpoint in ROUTES} | {f"{method} {endpoint}" for method, endpoint in ROUTES}
    assert RULES.keys() - known == set()


@each_route
def test_each_role_is_answered_as_the_rule_says(walk, method, endpoint):
    rule = rule_for(RULES, method, endpoint)
    for who in sorted({STRANGER, NO_ROLE, *ROLES} - set(rule.who)):
        walk.refused(who, method, endpoint, rule)
    for who in sorted(rule.who):
        walk.neighbours(who, method, endpoint, rule)
    for who in sorted(rule.who):
        walk.own(who, method, endpoint, rule)


@each_route
def test_what_is_sent_without_a_token_is_refused(csrf_client, method, endpoint):
    rule = rule_for(RULES, method, endpoint)
    if method in UNSAFE:
        answer = csrf_client.open(_any_address(csrf_client.application, endpoint), method=method)
        assert (answer.status_code == 400) is rule.csrf


@each_route
def test_tracing_is_refused(csrf_client, method, endpoint):
    answer = csrf_client.open(_any_address(csrf_client.application, endpoint), method="TRACE")
    assert answer.status_code == 405
    assert answer.headers["Allow"]


@pytest.fixture
def csrf_client(app: Flask):
    app.config["WTF_CSRF_ENABLED"] = True
    return app.test_client()


def _any_address(app: Flask, endpoint: str) -> str:
    """An address of the endpoint whose parts name nothing."""
    rule = next(iter(app.url_map.iter_rules(endpoint)))
    parts = {name: _some_value(rule._converters[name]) for name in rule.arguments}
    with app.test_request_context():
        return app.url_for(endpoint, **parts)


def _some_value(converter) -> object:
    kind = type(converter).__name__
    return {"UUIDConverter": UUID(int=1), "IntegerConverter": 1, "FloatConverter": 1.0, "AnyConverter": None}.get(kind, "nothing") or sorted(converter.items)[0]


@pytest.fixture
def walk(app: Flask, halves, content):
    app.config["CLOCK"] = lambda: factories.MONDAY
    return Walk(app, *halves, content)


class Walk:
    """Asks for one route as one person after the other."""

    def __init__(self, app: Flask, mine: world.Half, theirs: world.Half, content: Callable[[], dict[str, list[str]]]):
        self.app, self.mine, self.theirs = app, mine, theirs
        self._content = content

    def refused(self, who: str, method: str, endpoint: str, rule: Rule) -> None:
        """Somebody whom the rule does not name is turned away and changes nothing."""
        answer, changed = self._ask(who, method, endpoint, rule, self.mine)
        expected = _turned_away(self._path, method) if who == STRANGER else rule.otherwise
        assert (who, answer.status_code) == (who, expected)
        assert not changed, f"A refused {who} has changed {changed}."
        if answer.status_code == 302:
            assert answer.location.startswith("/sign-in?next=")

    def neighbours(self, who: str, method: str, endpoint: str, rule: Rule) -> None:
        """The neighbour's thing looks as if it were not there, and stays as it was."""
        if rule.is_private(who):
            answer, changed = self._ask(who, method, endpoint, rule, self.theirs)
            missing, _ = self._ask(who, method, endpoint, rule, self.theirs, missing=True)
            assert (who, answer.status_code, missing.status_code) == (who, rule.neighbour, rule.neighbour)
            assert not changed, f"{who} has changed the neighbour's {changed}."
            assert _said(answer) == _said(missing)
        elif rule.address and rule.whose is None or who in rule.sees_all:
            answer, changed = self._ask(who, method, endpoint, rule, self.theirs)
            assert (who, answer.status_code in rule.answers(method), answer.status_code) == (who, True, answer.status_code)
            assert method != "GET" or not changed

    def own(self, who: str, method: str, endpoint: str, rule: Rule) -> None:
        answer, changed = self._ask(who, method, endpoint, rule, self.mine)
        status = answer.status_code
        assert status in rule.answers(method), f"{who} was answered {status}: {_said(answer)[:600]}"
        assert method != "GET" or not changed, f"A GET by {who} has changed {changed}."

    def _ask(self, who: str, method: str, endpoint: str, rule: Rule, half: world.Half, missing: bool = False):
        """The answer, and the names of the tables that differ afterwards."""
        me = None if who == STRANGER else self.mine.people[who]
        in_half = half.people[NO_ROLE if who == STRANGER else who]
        parts = rule.address(half, in_half) if rule.address else {}
        sent = {name: asked(half, in_half) for name, asked in (("data", rule.form), ("json", rule.json), ("query_string", rule.query), ("headers", rule.headers)) if asked}
        self._path = self._address(endpoint, self._absent(endpoint, parts) if missing else parts)
        client = self._client(who)
        db.session.commit()
        before = self._content()
        with self.app.app_context():
            answer = client.open(self._path, method=method, buffered=True, **sent)
        _check_headers(answer, endpoint, signed_in=me is not None, stricter=rule.stricter if answer.status_code == 200 else {})
        after = self._content()
        return answer, {table for table in {*before, *after} if before.get(table) != after.get(table)}

    def _absent(self, endpoint: str, parts: dict) -> dict:
        """The same address with names that nothing has; one of a few fixed words (a section) stays."""
        fixed = {name for rule in self.app.url_map.iter_rules(endpoint) for name, kind in rule._converters.items() if type(kind).__name__ == "AnyConverter"}
        return {name: value if name in fixed else _absent(value) for name, value in parts.items()}

    def _address(self, endpoint: str, parts: dict) -> str:
        with self.app.test_request_context():
            return self.app.url_for(endpoint, **parts)

    def _client(self, who: str):
        client = self.app.test_client()
        if who != STRANGER:
            client.set_cookie("seksti", self.mine.tokens[who])
        return client


def _absent(value: object) -> object:
    return uuid4() if isinstance(value, UUID) else 987654 if isinstance(value, int) else "no-such-thing"


def _turned_away(path: str, method: str) -> int:
    return 302 if method == "GET" and not path.startswith("/api/") else 401


def _said(answer) -> str:
    """What the page says, apart from its frame and from what names the request."""
    found = re.search(r"<main.*</main>", answer.text, re.DOTALL)
    return re.sub(r"[0-9a-f]{32}", "", found[0] if found else answer.text)


def _check_headers(answer, endpoint: str, *, signed_in: bool, stricter: dict[str, str]) -> None:
    for name, value in (HEADERS | stricter).items():
        assert answer.headers.get(name) == value, f"{name} is missing"
    if signed_in and endpoint != "static":
        assert answer.headers["Cache-Control"] == "no-store"
