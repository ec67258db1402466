"""An institution's own work by program: by the schemas and services of the pages."""

import pytest

from accounts.models import Event
from catalog.offers.models import Module
from config.database import db
from tests import factories as f

BASICS = {
    "code": "MAT77", "title": "Numbers and algebra", "credits": 7.5, "short_reason": "A part of it.", "course": None, "position": 3, "subject": "matematikk",
    "grades": [1, 2, 14], "language": "nn",
}  # fmt: skip


@pytest.fixture
def desk(world):
    return world.editors_browser


def at(module: Module, section: str = "basics") -> str:
    return f"/api/v1/publish/modules/{module.uuid}/{section}"


def test_an_editor_begins_a_module_that_only_they_see(world, desk, client):
    answer = desk.post("/api/v1/publish/modules", json=BASICS | {"course": str(world.course.uuid)})
    told = answer.get_json()

    assert (answer.status_code, told["state"], told["published_at"]) == (201, "draft", None)
    assert told["basics"] == BASICS | {"course": str(world.course.uuid)}
    assert told["learning"] == {"summary": None, "knowledge": None, "skills": None, "competence": None}
    assert "knowledge" in told["gaps"] and "title" not in told["gaps"]
    assert desk.get(answer.headers["Location"]).get_json() == told
    assert client.get(f"/api/v1/modules/{told['uuid']}").status_code == 404


def test_a_change_names_only_what_changes_and_the_version_it_was_read_in(world, desk):
    before = desk.get(at(world.draft))
    answer = desk.patch(at(world.draft), json={"title": "Another", "credits": 22.5, "short_reason": None}, headers={"If-Match": before.headers["ETag"]})

    assert (before.status_code, answer.status_code) == (200, 200)
    assert answer.get_json() == before.get_json() | {"title": "Another", "credits": 22.5}
    assert answer.headers["ETag"] == desk.get(at(world.draft)).headers["ETag"] != before.headers["ETag"]
    assert db.session.query(Event).filter_by(subject_uuid=world.draft.uuid, event="edit").one().facts["changes"]["credits"] == ["15", "22.5"]


def test_what_somebody_else_has_saved_since_is_not_overwritten(world, desk):
    read = {"If-Match": desk.get(at(world.draft)).headers["ETag"]}
    first = desk.patch(at(world.draft), json={"title": "Mine"}, headers=read)
    second = desk.patch(at(world.draft), json={"title": "Theirs"}, headers=read)
    blind = desk.patch(at(world.draft), json={"title": "Whatever"})

    assert [answer.status_code for answer in (first, second, blind)] == [200, 412, 428]
    assert second.get_json()["type"] == "/problems/stale-edit"
    db.session.expire_all()
    assert world.draft.title == "Mine"


def test_what_teachers_can_see_is_changed_only_knowingly(world, desk):
    read = {"If-Match": desk.get(at(world.module)).headers["ETag"]}
    asked = desk.patch(at(world.module), json={"title": "Another"}, headers=read)
    confirmed = desk.patch(f"{at(world.module)}?confirmed=1", json={"title": "Another"}, headers=read)

    assert (asked.status_code, asked.get_json()["type"], asked.get_json()["fields"]) == (409, "/problems/confirm-first", "title")
    assert (confirmed.status_code, confirmed.get_json()["title"]) == (200, "Another")


@pytest.mark.parametrize("section", ["learning", "admission"])
def test_the_other_sections_are_read_and_changed_in_the_same_way(world, desk, section):
    before = desk.get(at(world.draft, section))
    name = next(iter(before.get_json()))
    answer = desk.patch(at(world.draft, section), json={name: "  New.\r\nLines.  "}, headers={"If-Match": before.headers["ETag"]})

    assert answer.get_json() == before.get_json() | {name: "New.\nLines."}


def test_a_module_is_published_when_nothing_is_missing(world, desk, client):
    from tests.access.publishing import _ready_module

    bare = desk.post("/api/v1/publish/modules", json={"title": "Algebra"}).get_json()
    refused = desk.post(f"/api/v1/publish/modules/{bare['uuid']}/publication")
    ready = _ready_module(world, world.editor)
    published = desk.post(f"/api/v1/publish/modules/{ready.uuid}/publication")

    assert (refused.status_code, refused.get_json()["type"]) == (409, "/problems/not-ready-to-publish")
    assert refused.get_json()["gaps"].split(", ") == bare["gaps"]
    assert (published.status_code, published.get_json()["state"], client.get(f"/api/v1/modules/{ready.uuid}").status_code) == (200, "published", 200)


def test_a_neighbours_module_is_not_there(app, world):
    neighbour = f.signed_in(app.test_client(), f.editor(f.institution("UIB", "Universitetet i Bergen")))
    answers = [neighbour.get(at(world.draft)), neighbour.patch(at(world.draft), json={"title": "Mine now"}, headers={"If-Match": '"x"'})]
    answers += [neighbour.get(f"/api/v1/publish/modules/{world.draft.uuid}"), neighbour.post(f"/api/v1/publish/modules/{world.draft.uuid}/publication")]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert neighbour.get("/api/v1/publish/modules").get_json()["total"] == 0


def test_a_code_that_is_taken_and_credits_of_a_third_are_refused_at_the_field(world, desk):
    taken = desk.post("/api/v1/publish/modules", json={"title": "Again", "code": "MAT1"})
    third = desk.post("/api/v1/publish/modules", json={"title": "Thirds", "credits": 7.3})

    assert (taken.status_code, [error["pointer"] for error in taken.get_json()["errors"]]) == (422, ["#/code"])
    assert third.get_json()["errors"] == [{"pointer": "#/credits", "detail": "Credits are whole or halves, such as 15 or 7.5, and at most 300."}]
    assert db.session.query(Module).filter(Module.title.in_(["Again", "Thirds"])).count() == 0


def test_the_list_of_ones_own_asks_as_often_for_three_more(world, desk, count_queries):
    def ask() -> int:
        with count_queries() as seen:
            assert desk.get("/api/v1/publish/modules").status_code == 200
        return len(seen)

    of_few = ask()
    for _number in range(3):
        f.requires(f.module(world.course), world.draft)

    assert (desk.get("/api/v1/publish/modules").get_json()["total"], ask()) == (6, of_few)
