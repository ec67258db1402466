"""A teacher's progress and plans are seen by those they have said, for as long as they say so, and by nobody else."""

import re
from decimal import Decimal

import pytest

from accounts.models import Event, Role
from catalog.values import Band
from enrolment.byhand import services as plans
from enrolment.seats import services as seats
from enrolment.sharing import services
from enrolment.sharing.models import PlanShare, ProgressShare, Reader
from tests import factories as f
from tests.factories import MONDAY


@pytest.fixture
def maths(db):
    return f.subject(requires={Band.LOWER: 60})


@pytest.fixture
def lars(maths):
    return f.teacher(teaches=((maths, Band.LOWER),))


@pytest.fixture
def school(lars, db):
    return db.session.query(f.School).first()


@pytest.fixture
def head(school):
    return f.member(school.organisation_id, Role.HEAD, "Hege Rektor")


@pytest.fixture
def owner(school):
    return f.member(school.owner_id, Role.OWNER, "Olav Eier")


def plan_of(somebody):
    run = f.offering(f.module(f.course(f.institution(), f.db.session.query(f.Subject).first()), title="Algebra"))
    return plans.make(name="Slowly", subject="matematikk", goal=Decimal(60), offerings=[run.uuid], actor=f.acting(somebody), at=MONDAY)


def test_nobody_sees_progress_until_the_teacher_says_who(client, lars, head, owner):
    answers = [f.signed_in(client, who).get(f"/shared/{lars.uuid}").status_code for who in (head, owner)]

    assert answers == [404, 404]
    assert "Nobody shares anything with you yet" in client.get("/shared").text


def test_the_head_sees_what_is_shared_with_the_head_and_the_owner_does_not(client, lars, head, owner):
    run = f.offering(f.module(f.course(f.institution(), lars and f.db.session.query(f.Subject).first()), title="Algebra"))
    seats.enrol(run.uuid, actor=f.acting(lars), at=MONDAY)
    f.signed_in(client, lars).post("/me/sharing", data={"reader": ["head"]})
    page = f.signed_in(client, head).get(f"/shared/{lars.uuid}").text

    assert "Lars Lærer" in client.get("/shared").text
    assert "0 of 60 credits. 15 planned; then 45 still missing." in page
    assert "Algebra" in page and "/me/enrolments/" not in page
    assert f.signed_in(client, owner).get(f"/shared/{lars.uuid}").status_code == 404


def test_what_is_taken_back_is_gone_at_once_and_both_steps_are_kept(client, db, lars, head):
    f.signed_in(client, lars).post("/me/sharing", data={"reader": ["head", "owner"]})
    client.post("/me/sharing", data={"reader": ["owner"]})

    assert f.signed_in(client, head).get(f"/shared/{lars.uuid}").status_code == 404
    assert [(one.reader, one.ended_at is None) for one in db.session.query(ProgressShare).order_by(ProgressShare.id)] == [(Reader.HEAD, False), (Reader.OWNER, True)]
    assert [event.event for event in db.session.query(Event).filter_by(kind="progress-share").order_by(Event.id)] == ["give", "give", "end"]


def test_whoever_is_no_longer_at_the_school_is_not_read_there(client, db, lars, head):
    services.share_progress({Reader.HEAD}, actor=f.acting(lars), at=MONDAY)
    place = f.municipality("1804", "Bodø")
    db.session.query(f.Teacher).filter_by(person_id=lars.id).one().school_id = f.school(f.owner(place), place).organisation_id
    db.session.commit()

    assert f.signed_in(client, head).get(f"/shared/{lars.uuid}").status_code == 404


def test_a_reader_that_does_not_exist_is_refused_and_changes_nothing(client, db, lars):
    answer = f.signed_in(client, lars).post("/me/sharing", data={"reader": ["everybody"]}, follow_redirects=True)

    assert "Choose from the list." in answer.text
    assert db.session.query(ProgressShare).count() == 0


def test_a_plan_is_read_by_the_head_and_cannot_be_changed_there(client, lars, head, owner):
    plan = plan_of(lars)
    f.signed_in(client, lars).post(f"/me/plans/{plan.uuid}/sharing/head")
    page = f.signed_in(client, head).get(f"/shared/plans/{plan.uuid}").text

    assert "Slowly" in client.get(f"/shared/{lars.uuid}").text
    assert "Algebra" in page and "<form" not in page[page.index("<main") : page.index("</main")]
    assert client.post(f"/me/plans/{plan.uuid}/deletion").status_code == 403
    assert f.signed_in(client, owner).get(f"/shared/{lars.uuid}").status_code == 404


def test_an_address_opens_one_plan_to_anybody_without_a_name_until_it_is_ended(client, db, lars):
    plan = plan_of(lars)
    shown = f.signed_in(client, lars).post(f"/me/plans/{plan.uuid}/sharing/address").text
    path = re.search(r"/shared-plans/[\w-]+", shown).group()
    client.delete_cookie("seksti")
    page = client.get(path)

    assert "Algebra" in page.text and "Lars" not in page.text
    assert 'content="noindex, nofollow"' in page.text and 'content="no-referrer"' in page.text
    share = db.session.query(PlanShare).one()
    assert share.token_digest not in path and path.rpartition("/")[2] not in share.token_digest
    f.signed_in(client, lars).post(f"/me/plans/sharing/{share.uuid}/ending")
    assert [client.get(where).status_code for where in (path, "/shared-plans/made-up")] == [410, 404]


def test_a_new_address_ends_the_one_before(client, lars):
    plan = plan_of(lars)
    first, second = (services.open_address(plan.uuid, actor=f.acting(lars), at=MONDAY) for _time in range(2))

    assert [client.get(f"/shared-plans/{token}").status_code for token in (first, second)] == [410, 200]


def test_what_is_shared_by_a_plan_is_read_no_more_once_the_teacher_is_shut_out(client, db, lars, head):
    plan = plan_of(lars)
    token = services.open_address(plan.uuid, actor=f.acting(lars), at=MONDAY)
    services.share_with_head(plan.uuid, actor=f.acting(lars), at=MONDAY)
    lars.disabled_at = MONDAY
    db.session.commit()

    assert client.get(f"/shared-plans/{token}").status_code == 410
    assert f.signed_in(client, head).get(f"/shared/plans/{plan.uuid}").status_code == 404


def test_a_page_for_whoever_holds_its_address_is_kept_and_found_by_no_machine(client, lars):
    token = services.open_address(plan_of(lars).uuid, actor=f.acting(lars), at=MONDAY)
    headers = client.get(f"/shared-plans/{token}").headers

    assert (headers["Cache-Control"], headers["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")


def test_an_address_never_reaches_a_log():
    from config.gunicorn import SECRET_IN_ADDRESS
    from config.logs import _masked

    assert _masked("GET /shared-plans/Zm9vYmFy-mF6 200") == "GET /shared-plans/… 200"
    assert SECRET_IN_ADDRESS.sub(r"\1*", "/shared-plans/Zm9vYmFy-mF6") == "/shared-plans/*"


def test_the_list_costs_the_same_queries_at_one_and_at_three(client, lars, school, head, count_queries):
    f.signed_in(client, head)
    counts = []
    for somebody in (lars, f.teacher(school, name="Kari"), f.teacher(school, name="Per")):
        services.share_progress({Reader.HEAD}, actor=f.acting(somebody), at=MONDAY)
        client.get("/shared")
        with count_queries() as asked:
            client.get("/shared")
        counts.append(len(asked))

    assert counts[0] == counts[2]
