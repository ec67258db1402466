"""What search engines are told of, and what they are asked to leave alone."""

import xml.etree.ElementTree as ElementTree  # noqa: S405  (reads our own file)
from datetime import timedelta
from urllib.robotparser import RobotFileParser

import pytest

from accounts.models import Event
from catalog.offers.lifecycle import Publication, Run
from catalog.sitemap.views import NAMESPACE
from config.database import db as database
from tests import factories
from tests.factories import MONDAY


@pytest.fixture
def module(db, app):
    app.config["CLOCK"] = lambda: MONDAY
    course = factories.course(factories.institution(), factories.subject(), slug="matematikk-1")
    return factories.module(course, "MAT1")


def entries(page) -> dict[str, str | None]:
    """Address → last change."""
    found = ElementTree.fromstring(page.data)  # noqa: S314
    return {one.findtext(f"{{{NAMESPACE}}}loc"): one.findtext(f"{{{NAMESPACE}}}lastmod") for one in found}


def test_every_public_page_is_told_of_with_its_last_change(client, module):
    run = factories.offering(module)
    database.session.add(Event(at=MONDAY + timedelta(days=2), kind="offering", subject_uuid=run.uuid, event="edit"))
    database.session.commit()
    found = entries(client.get("/sitemap.xml"))

    assert found["http://localhost/courses/HVL/matematikk-1"] == "2026-11-23T09:00:00+00:00"
    assert found[f"http://localhost/offerings/{run.uuid}"] == "2026-11-25T09:00:00+00:00"
    assert found["http://localhost/modules/HVL/MAT1"] == "2026-11-25T09:00:00+00:00"  # it shows the run
    assert found["http://localhost/institutions/HVL"] is None
    assert [client.get(address).status_code for address in found] == [200] * len(found)


def test_drafts_and_what_is_made_up_are_not_told_of(client, module):
    factories.module(module.course, "DRAFT", state=Publication.DRAFT)
    factories.module(module.course, "INVENTED", made_up=True)
    factories.offering(module, state=Run.DRAFT)
    factories.offering(module, made_up=True)
    found = entries(client.get("/sitemap.xml"))

    assert [address for address in found if "/modules/" in address or "/offerings/" in address] == ["http://localhost/modules/HVL/MAT1"]


def test_more_than_a_file_may_hold_is_divided(client, app, module):
    whole = entries(client.get("/sitemap.xml"))
    app.config["SITEMAP_FILE"] = 3
    try:
        files = entries(client.get("/sitemap.xml"))
        parts = [entries(client.get(file)) for file in files]
        beyond = [client.get(f"/sitemaps/{number}.xml").status_code for number in (0, len(files) + 1)]
    finally:
        del app.config["SITEMAP_FILE"]

    assert list(files) == [f"http://localhost/sitemaps/{number}.xml" for number in range(1, len(files) + 1)]
    assert {address: at for part in parts for address, at in part.items()} == whole
    assert max(map(len, parts)) == 3
    assert beyond == [404, 404]


def test_the_map_is_not_made_again_for_who_has_it(client, module, count_queries):
    first = client.get("/sitemap.xml")
    with count_queries() as asked:
        again = client.get("/sitemap.xml", headers={"If-None-Match": first.headers["ETag"]})
    module.title = "Another"
    database.session.commit()
    changed = client.get("/sitemap.xml", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data, [statement for statement in asked if "events" in statement]) == (304, b"", [])
    assert (changed.status_code, first.content_type) == (200, "application/xml; charset=utf-8")


def test_robots_are_shown_the_map_and_asked_to_leave_what_is_personal_and_endless(client, module):
    lines = client.get("/robots.txt").text.splitlines()
    read = RobotFileParser()
    read.parse(line for line in lines if "?" not in line)  # which this parser takes for the path alone

    assert read.site_maps() == ["http://localhost/sitemap.xml"]
    assert [read.can_fetch("*", path) for path in ("/", "/search", "/modules/HVL/MAT1", "/regions", "/start-guide")] == [True] * 5
    assert [read.can_fetch("*", path) for path in ("/me/messages", "/publish", "/compare?run=1", "/start-guide/level")] == [False] * 4
    assert "Disallow: /search?" in lines
