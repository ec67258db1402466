"""Whatever programs send, as strangers, teachers and editors: never a fault of ours, and never an answer that is not documented."""

import tempfile

import hypothesis
import pytest
import schemathesis
from hypothesis import given
from hypothesis import strategies as st
from schemathesis import checks
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks as openapi

from config.api import document
from tests.conftest import make_app

CHECKS = [
    checks.not_a_server_error, openapi.status_code_conformance, openapi.content_type_conformance, openapi.response_headers_conformance,
    openapi.response_schema_conformance, openapi.negative_data_rejection,
]  # fmt: skip


def _document() -> dict:
    return document.of(make_app(f"sqlite:///{tempfile.gettempdir()}/nothing-is-read-from-here.sqlite")).whole


REFUSED = ["400", "401", "403", "404", "409", "412", "415", "422", "428"]
CONFIG = SchemathesisConfig.from_dict({"checks": {"negative_data_rejection": {"expected-statuses": REFUSED}}})
SCHEMA = schemathesis.openapi.from_dict(_document(), config=CONFIG)
OPERATIONS = {result.ok().definition.raw["operationId"]: result.ok() for result in SCHEMA.get_all_operations()}


each_operation = pytest.mark.parametrize("operation", OPERATIONS)


@each_operation
def test_nothing_that_is_sent_is_answered_otherwise_than_documented(app, world, operation):
    _ask(app, world, OPERATIONS[operation], examples=36)


@pytest.mark.drill
@each_operation
def test_nothing_that_is_sent_for_long_is_answered_otherwise_than_documented(app, world, operation):
    _ask(app, world, OPERATIONS[operation], examples=1000)


def _ask(app, world, operation, *, examples: int) -> None:
    """Asks as a stranger, a teacher and an editor by turns, each with their cookies and their token; most often as one who may."""
    app.config["WTF_CSRF_ENABLED"] = True
    browsers = {"teacher": world.teachers_browser, "editor": world.editors_browser}
    askers = {role: _carried(browser) for role, browser in browsers.items()} | {"stranger": ({}, {})}
    may = [role for role in operation.definition.raw.get("x-roles", ()) if role in browsers]

    @given(asked=st.sampled_from([*askers, *may * 4]).flatmap(lambda who: _cases(operation, world.parts, askers[who])))
    @hypothesis.settings(max_examples=examples, database=None, phases=[hypothesis.Phase.generate])
    def ask(asked):
        case, (cookies, _token), informed = asked
        if informed:
            _inform(case, world)
        case.validate_response(case.call(cookies=cookies, app=app), checks=CHECKS)

    ask()


def _carried(browser) -> tuple[dict[str, str], dict[str, str]]:
    """The cookies of a signed-in browser, and the token that goes with them."""
    token = browser.get("/api/v1/me").get_json()["csrf_token"]
    return {name: browser.get_cookie(name).value for name in ("seksti", "seksti-page")}, {"X-CSRFToken": token}


def _cases(operation, parts, asker):
    """Well formed and not, for what there is and what there is not; and whether the asker knows what there is."""
    cookies, token = asker
    carried = {"cookies": cookies} | ({"headers": token} if operation.method != "get" else {}) if cookies and operation.cookies else {}
    named = {"path_parameters": {part.name: str(parts[part.name]) for part in operation.path_parameters}} if operation.path_parameters else {}
    modes = [(operation.as_strategy(GenerationMode.POSITIVE, **named, **carried), informed) for informed in (True, False)]
    if operation.query or operation.body:
        modes.append((operation.as_strategy(GenerationMode.NEGATIVE, **named, **carried), False))
    if named:
        modes.append((operation.as_strategy(GenerationMode.POSITIVE, **carried), False))
    return st.one_of([st.tuples(cases, st.just(asker), st.just(informed)) for cases, informed in modes])


def _inform(case, world) -> None:
    """The subject is one there is, and the version of a section the one it has now."""
    if isinstance(case.body, dict) and isinstance(case.body.get("subject"), str):
        case.body["subject"] = world.subject.code
    if "If-Match" in (case.headers or {}) and case.path_parameters["module"] == str(world.module.uuid):
        case.headers["If-Match"] = world.editors_browser.get(case.formatted_path).headers["ETag"]
