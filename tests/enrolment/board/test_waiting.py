"""An owner sees at once what waits, goes from one case to the next, and reads the timeline as others do."""

import re

from accounts.models import Role
from config.menu import MOST_IN_SIGHT
from enrolment.applications import timeline
from enrolment.applications.lifecycle import Employer
from enrolment.applications.values import Party, Track
from enrolment.board import queries
from tests import factories
from tests.enrolment.board import scenes
from tests.enrolment.board.scenes import visiting
from tests.factories import db


def test_the_owners_page_tells_how_many_cases_wait_and_until_when(scene, client):
    scene.case("Amina"), scene.case("Lars"), scene.approved("Marit")

    page = visiting(client, scene.bjorn).get("/owner").text

    assert "2 applications to decide" in page
    assert "by 15 December 2026" in page
    assert f"/owner/rounds/{scene.cycle.code}/further" in page


def test_after_the_owners_day_nothing_is_said_to_wait(scene, client, app):
    scene.case("Amina")
    late = scenes.WITH_OWNER.replace(day=16)
    app.config["CLOCK"] = lambda: late

    assert "application to decide" not in visiting(client, scene.bjorn, at=late).get("/owner").text


def test_another_owners_cases_are_not_counted(scene, client):
    scene.case("Amina")
    town = factories.municipality("4601", "Bergen")
    other = factories.member(factories.owner(town).organisation_id, Role.OWNER, "Other")

    assert "to decide" not in factories.signed_in(client, other, at=scenes.WITH_OWNER).get("/owner").text


def test_what_waits_is_asked_for_the_same_however_much_it_is(scene, client, count_queries):
    def asked(cases: int) -> int:
        for _number in range(cases):
            scene.case()
        with count_queries() as seen:
            assert visitor.get("/owner").status_code == 200
        return len(seen)

    visitor = visiting(client, scene.bjorn)
    assert asked(1) == asked(2)


def test_one_goes_from_case_to_case_round_and_round_past_those_that_are_decided(scene):
    first, decided, last = scene.case("First"), scene.approved("Decided"), scene.case("Last")

    assert [queries.next_to_decide(case).uuid for case in (first, decided, last)] == [last.uuid, last.uuid, first.uuid]
    assert first.person.name != last.person.name


def test_the_last_case_that_waits_leads_to_none(scene, client):
    only = scene.case("Only")
    scene.case("With the head", employer=Employer.WITH_HEAD)

    assert queries.next_to_decide(only) is None
    assert "Next to decide" not in visiting(client, scene.bjorn).get(f"/owner/applications/{only.uuid}").text


def test_a_step_that_no_person_took_names_the_body_it_was_taken_for(scene, client):
    case = scene.case("Amina")
    timeline.note(case, Track.EMPLOYER, "recommend", by=None, at=scenes.WITH_OWNER, read_by=[Party.OWNER])
    case.steps[-1].organisation_id = scene.school.organisation_id
    db.session.commit()

    page = visiting(client, scene.bjorn).get(f"/owner/applications/{case.uuid}").text

    told = re.search(r'<ol class="timeline".*?</ol>', page, re.DOTALL)[0]
    assert ("Kampen skole" in told, "Seksti" in told) == (True, False)


def test_pages_that_lie_elsewhere_belong_to_their_entry_of_the_menu(scene, client):
    case = scene.case("Amina")
    menu = re.search(r'<nav class="menu".*?</nav>', visiting(client, scene.bjorn).get(f"/owner/applications/{case.uuid}").text, re.DOTALL)[0]

    assert re.findall(r'href="([^"]+)" aria-current="page"', menu) == ["/owner/rounds"]
    assert len(re.findall("<a ", menu.partition("<details")[0])) == MOST_IN_SIGHT


def test_a_page_whose_entry_is_folded_away_takes_the_place_of_the_last_in_sight(scene, client):
    page = visiting(client, scene.bjorn).get("/owner/staff").text
    seen, _folded, more = re.search(r'<nav class="menu".*?</nav>', page, re.DOTALL)[0].partition("<details")

    assert re.findall(r'href="([^"]+)" aria-current="page"', seen) == ["/owner/staff"]
    assert len(re.findall("<a ", seen)) == MOST_IN_SIGHT
    assert "/owner/cover" in more
