"""The pages of the documentation, made of the document itself."""

import json
import re

import pytest

from tests.api.test_any_request import OPERATIONS


def code_blocks(page: str) -> list[str]:
    from html import unescape

    return [unescape(block) for block in re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", page, re.DOTALL)]


def test_the_overview_lists_every_operation_under_its_heading(client):
    page = client.get("/api/docs").text

    assert re.findall(r'href="/api/docs/([^"]+)"', page.split("What holds for all of it")[0]) == [
        name for tag in ("Start", "Catalogue", "Coverage", "Statistics", "Me", "Publishing") for name, one in OPERATIONS.items() if one.definition.raw["tags"] == [tag]
    ]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_each_operation_has_a_page_with_its_address_its_names_an_example_and_a_line_to_try(client, operation):
    known = OPERATIONS[operation]
    answer = client.get(f"/api/docs/{operation}")
    line, *examples = code_blocks(answer.text)

    assert answer.status_code == 200
    assert line.startswith("curl") and line.count("http://localhost/api/v1") == 1
    assert ("-X" in line) is (known.method != "get")
    assert [json.loads(example) for example in examples]
    names = {part["name"] for part in known.definition.raw.get("parameters", [])}
    assert {name for name in names if f"<code>{name}</code>" not in answer.text} == set()


def test_a_page_of_the_documentation_speaks_the_readers_language(client):
    page = client.get("/api/docs/enrol", headers={"Accept-Language": "nn"})

    assert "Ta ein studieplass" in page.text
    assert client.get("/api/docs", headers={"Accept-Language": "nb"}).text.count("Dette gjelder for alt") == 1


def test_what_is_not_documented_has_no_page(client):
    answer = client.get("/api/docs/brew-coffee")

    assert (answer.status_code, answer.get_json()["title"]) == (404, "There is no such operation.")


def test_the_line_of_a_change_names_cookie_token_version_and_body(client):
    line = code_blocks(client.get("/api/docs/change-module-basics").text)[0]

    assert [part.split("'")[1].split(":")[0] for part in line.splitlines()[1:]] == ["seksti=…", "X-CSRFToken", "If-Match", "Content-Type", '{"code"']


def test_the_examples_of_what_is_sent_are_understood(world):
    claim = json.loads(code_blocks(world.teachers_browser.get("/api/docs/claim").text)[1])
    module = json.loads(code_blocks(world.editors_browser.get("/api/docs/create-module").text)[1])

    assert world.teachers_browser.post("/api/v1/me/claims", json=claim).status_code == 201
    assert world.editors_browser.post("/api/v1/publish/modules", json=module).status_code == 201
