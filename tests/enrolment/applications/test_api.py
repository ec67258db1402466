"""One's own applications by program, as on the pages."""

import pytest

from tests import factories as f


@pytest.fixture
def me(client, world):
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return f.signed_in(client, world.teacher)


def test_an_application_is_read_with_who_must_act_and_by_when(me, world):
    case = world.sent()

    [told] = me.get("/api/v1/me/applications").get_json()["items"]

    assert told == me.get(f"/api/v1/me/applications/{case.uuid}").get_json()
    assert (told["round"], told["strand"], told["state"], told["employer"], told["money"]) == ("2027", "further", "sent", "with-head", "eligible")
    assert (told["headline"], told["can_be_changed"]) == ("Waiting for the head of Kampen skole, recommendation by 8 December 2026.", True)
    assert [(one["position"], one["title"], one["scheme"], len(one["runs"])) for one in told["choices"]] == [(1, "Matematikk 1", "substitute", 2), (2, "Matematikk 2", "substitute", 2)]
    assert told["choices"][0]["runs"][0]["offering"]["uuid"] == str(world.packages[0][0].uuid)


def test_it_is_sent_once_and_taken_back(me, world):
    case = world.complete()
    address = f"/api/v1/me/applications/{case.uuid}"

    first, second = (me.post(f"{address}/sending") for _time in range(2))
    withdrawn = me.post(f"{address}/withdrawal")

    assert (first.status_code, first.get_json()["sent_at"]) == (200, second.get_json()["sent_at"])
    assert withdrawn.get_json()["state"] == "withdrawn"


def test_what_is_missing_is_told_as_a_problem(me, world):
    problem = me.post(f"/api/v1/me/applications/{world.begin().uuid}/sending")

    assert (problem.status_code, problem.get_json()["type"]) == (409, "/problems/application-not-complete")
    assert "Choose at least one study." in problem.get_json()["title"]


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_three(me, world, count_queries):
    world.sent()
    with count_queries() as one:
        me.get("/api/v1/me/applications")
    for number in range(2):
        f.application(world.teacher, f.cycle(f"another-{number}"), *world.packages, scheme=world.schemes[0])
    with count_queries() as three:
        assert me.get("/api/v1/me/applications").get_json()["total"] == 3

    assert len(three) == len(one)
