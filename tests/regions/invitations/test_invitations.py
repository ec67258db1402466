"""A gap is acted on: a region invites, an institution accepts with a draft or declines with a reason, until a day."""

import re
from datetime import date, datetime, timedelta
from html import unescape

import pytest
from sqlalchemy import select

from accounts import wording
from accounts.models import Message, Role
from catalog.offers.lifecycle import Publication, Run
from config.clock import HOME
from config.errors import BadInput, NotFound, StepRefused
from regions.invitations import services
from regions.invitations.lifecycle import Reply
from regions.invitations.services import TooLate
from tests import factories as f
from tests.factories import MONDAY
from tests.regions.coverage.test_pages import west

__all__ = ["west"]

LAST_DAY = date(2027, 1, 15)


@pytest.fixture
def vest(db):
    """A coordinator, an editor of an institution, and what is asked for."""
    maths, school = f.subject(), f.institution()
    region = f.region("vest", institutions=[school])
    randi = f.acting(f.member(region.organisation_id, Role.COORDINATOR))
    values = {"subject": maths.code, "level": f.Band.PRIMARY, "credits": 15, "semester": f.AUTUMN, "wanted": "Geometry.", "answer_by": LAST_DAY}
    return randi, f.acting(f.editor(school)), values | {"institutions": [school.code]}


def invited(vest):
    return services.invite(vest[2], actor=vest[0], at=MONDAY).replies[0]


def test_what_an_institution_accepts_becomes_a_draft_with_its_run(vest):
    reply = invited(vest)

    services.accept(reply.uuid, actor=vest[1], at=MONDAY)

    run, module = reply.offering, reply.offering.module
    assert (reply.state, run.state, module.state) == (Reply.ACCEPTED, Run.DRAFT, Publication.DRAFT)
    assert (module.title, module.credits, module.subject.code, module.grades, run.semester) == (
        "Matematikk, invited by Region vest", 15, "matematikk", f.Band.PRIMARY.grades, f.AUTUMN,
    )  # fmt: skip


def test_an_invitation_is_answered_once(vest):
    reply = invited(vest)
    services.decline(reply.uuid, "No staff.", actor=vest[1], at=MONDAY)

    with pytest.raises(StepRefused):
        services.accept(reply.uuid, actor=vest[1], at=MONDAY)
    assert (reply.state, reply.reason, reply.offering) == (Reply.DECLINED, "No staff.", None)


def test_the_answer_date_ends_at_midnight_at_home(vest):
    reply = invited(vest)
    midnight = datetime(2027, 1, 16, tzinfo=HOME)

    with pytest.raises(TooLate):
        services.accept(reply.uuid, actor=vest[1], at=midnight)
    assert services.accept(reply.uuid, actor=vest[1], at=midnight - timedelta(seconds=1)).state is Reply.ACCEPTED


def test_what_is_taken_back_is_no_longer_there_and_answers_stand(vest):
    first, second = invited(vest), invited(vest)
    services.accept(second.uuid, actor=vest[1], at=MONDAY)
    for reply in (first, second):
        services.take_back(reply.invitation.uuid, actor=vest[0], at=MONDAY)

    assert [first.state, second.state] == [Reply.TAKEN_BACK, Reply.ACCEPTED]
    with pytest.raises(NotFound):
        services.accept(first.uuid, actor=vest[1], at=MONDAY)


def told(db, person_id: int) -> list[tuple[str, str]]:
    """What somebody reads, and where it leads."""
    rows = db.session.scalars(select(Message).filter_by(person_id=person_id).order_by(Message.id))
    return [(str(wording.sentence_of(one)), one.address) for one in rows]


def test_those_it_concerns_are_told_of_the_invitation_and_the_answers(vest, app, db):
    randi, edda, values = vest
    other = f.institution("UiB")
    elsewhere = f.acting(f.editor(other))
    accepted, declined, withdrawn = (invited(vest) for _ in range(3))
    services.accept(accepted.uuid, actor=edda, at=MONDAY)
    services.decline(declined.uuid, "No staff.", actor=edda, at=MONDAY)
    services.take_back(withdrawn.invitation.uuid, actor=randi, at=MONDAY)
    shown = [f"/region/invitations/{one.invitation.uuid}" for one in (accepted, declined)]

    with app.test_request_context():
        assert told(db, edda.person_id) == 3 * [("Region vest invites you to offer matematikk, grades 1–7. Answer by 15 January 2027.", "/publish/invitations")] + [
            ("Region vest takes back its invitation to offer matematikk, grades 1–7.", "/publish/invitations")
        ]
        assert told(db, randi.person_id) == [
            ("HVL accepts your invitation to offer matematikk, grades 1–7, and has a draft of it.", shown[0]),
            ("HVL declines your invitation to offer matematikk, grades 1–7. The reason stands beside.", shown[1]),
        ]
        assert told(db, elsewhere.person_id) == []


def test_the_region_follows_the_draft_until_it_is_published(vest, client, db):
    reply = invited(vest)
    services.accept(reply.uuid, actor=vest[1], at=MONDAY)
    f.signed_in(client, db.session.get(f.Person, vest[0].person_id))
    address = f"/region/invitations/{reply.invitation.uuid}"
    draft = client.get(address).text
    reply.offering.state = Run.PUBLISHED
    db.session.commit()
    published = client.get(address).text

    assert ("Draft" in draft, "See the run" in draft) == (True, False)
    assert f'href="/offerings/{reply.offering.uuid}">See the run' in published


@pytest.mark.parametrize(("field", "value"), [("subject", "alkymi"), ("institutions", []), ("institutions", ["XYZ"]), ("answer_by", date(2026, 11, 23))])
def test_what_is_not_there_is_refused_at_its_field(vest, field, value):
    with pytest.raises(BadInput) as refused:
        services.invite(vest[2] | {field: value}, actor=vest[0], at=MONDAY)

    assert list(refused.value.errors) == [field]


def test_the_way_from_the_gap_to_the_draft_on_the_pages(client, vest, db):
    randi, edda, values = vest
    f.signed_in(client, db.session.get(f.Person, randi.person_id))
    form = client.get("/region/invitations/new?subject=matematikk&level=1-7").text
    sent = {name: str(value) for name, value in values.items()} | {"level": "1-7", "semester": "2027h", "institutions": "HVL"}
    answer = client.post("/region/invitations", data=sent | {"answer_by": "2026-01-01"})
    shown = client.post("/region/invitations", data=sent, follow_redirects=True).text
    f.signed_in(client, db.session.get(f.Person, edda.person_id))

    assert '<option value="matematikk" selected' in form
    assert (answer.status_code, "The answer date must lie ahead." in answer.text, "Geometry." in answer.text) == (422, True, True)
    assert "Awaits an answer" in shown
    assert "1 region asks you for an offer" in client.get("/publish").text
    assert "Geometry." in client.get("/publish/invitations").text


def test_the_form_says_what_is_missing_in_the_cell_that_one_comes_from(client, west, db):
    region, _maths, course, _town = west
    f.offering(f.module(course, credits="15"))
    f.module(course, title="Geometry", credits="15")
    f.signed_in(client, f.member(region.organisation_id, Role.COORDINATOR, "Randi"))
    cell = client.get("/coverage/vest/matematikk").text
    form = client.get(unescape(re.search(r'href="(/region/invitations/new[^"]*)"', cell)[1])).text

    assert ('value="15"' in form, '<option value="matematikk" selected' in form) == (True, True)
    assert "15 credits are missing. Geometry has no open or planned run in these years." in form


def test_who_has_not_answered_in_time_is_told_to_the_region_until_somebody_else_has_accepted(vest, app, db):
    other = f.institution("UiB")
    reply = services.invite(vest[2] | {"institutions": [vest[2]["institutions"][0], other.code]}, actor=vest[0], at=MONDAY).replies
    randi = f.member(vest[0].organisation_id, Role.COORDINATOR, "Randi")

    def page(on):
        app.config["CLOCK"] = lambda: datetime.combine(on, datetime.min.time(), HOME) + timedelta(hours=9)
        return f.signed_in(app.test_client(), randi, at=app.config["CLOCK"]()).get("/region").text

    assert "in time" not in page(LAST_DAY)
    assert "2 institutions have not answered an invitation in time" in page(LAST_DAY + timedelta(days=1))

    services.accept(reply[0].uuid, actor=vest[1], at=MONDAY)
    assert "in time" not in page(LAST_DAY + timedelta(days=1))
