"""A statement shows what its holder has chosen, to whoever has its address, for as long as the holder wants."""

from datetime import timedelta
from html import unescape

import pytest

from config.gunicorn import SECRET_IN_ADDRESS
from config.logs import _masked
from enrolment.progress.lifecycle import Claim
from enrolment.results.values import Mark
from enrolment.statements import services
from enrolment.statements.models import Statement
from tests import factories as f
from tests.enrolment.statements.conftest import record
from tests.factories import MONDAY


def path(made: Statement) -> str:
    return f"/check/{services.token_of(made.uuid)}"


def test_a_teacher_chooses_makes_and_ends_a_statement(client, lars, passed, verified, db):
    seat, other = passed(), passed(title="Geometri")
    f.signed_in(client, lars)
    page = client.get("/me/statements/new").text
    assert [title in page for title in ("Tall og algebra", "Geometri", "Matematikk grunnfag")] == [True] * 3
    made = client.post("/me/statements", data={"share": [str(seat.uuid), str(verified.uuid)], "purpose": "Stilling på Kampen"})
    shown = client.get(made.location).text
    [kept] = db.session.query(Statement)

    assert path(kept) in shown
    assert [(line.title, line.mark, line.vouched_by) for line in kept.lines] == [
        ("Tall og algebra", None, "Høgskulen på Vestlandet"), ("Matematikk grunnfag", None, "Stavanger kommune")
    ]  # fmt: skip
    assert client.application.test_client().get(path(kept)).status_code == 200
    client.post(f"{made.location}/revocation")
    assert path(kept) not in client.get(made.location).text
    assert client.application.test_client().get(path(kept)).status_code == 410


def test_the_check_page_reveals_no_more_than_the_holder_shares(client, passed, verified, make):
    shared, kept_back = passed(), passed(Mark.D, "Geometri")
    made = make(shared, with_marks=False)
    answer = client.get(path(made))

    assert [word in answer.text for word in ("Lars Lærer", "Tall og algebra", "Høgskulen på Vestlandet", "The statement stands")] == [True] * 4
    assert [word in answer.text for word in ("Geometri", "grunnfag", ">B<", str(kept_back.uuid), str(shared.uuid), "Kampen skole")] == [False] * 6
    assert (answer.headers["X-Robots-Tag"], answer.headers["Cache-Control"]) == ("noindex, nofollow", "no-store")


def test_a_result_corrected_afterwards_is_told_of_without_telling_the_new_one(client, hvl, passed, make):
    seat = passed(Mark.B)
    with_marks, without = make(seat), make(seat, with_marks=False)
    record(hvl, seat, Mark.D, MONDAY + timedelta(days=3))
    told, untold = client.get(path(with_marks)).text, client.get(path(without)).text

    assert ("Something here has been corrected since" in told, "Corrected since" in told, ">D<" in told) == (True, True, False)
    assert "The statement stands" in untold
    record(hvl, seat, Mark.F, MONDAY + timedelta(days=4))
    assert "No longer recorded" in client.get(path(without)).text


def test_earlier_education_that_is_no_longer_verified_is_told_of(client, verified, make, db):
    made = make(verified)
    verified.state = Claim.REFUSED
    db.session.commit()

    assert "No longer recorded" in client.get(path(made)).text


def test_only_a_digest_of_the_address_is_kept_and_no_log_tells_it(make, passed):
    made = make(passed())
    token = services.token_of(made.uuid)

    assert (len(token), token in repr(vars(made)), services.opened_by(token).uuid) == (32, False, made.uuid)
    assert _masked({"path": f"GET /check/{token} 200"}) == {"path": "GET /check/… 200"}
    assert SECRET_IN_ADDRESS.sub(r"\1*", f"/check/{token}.json") == "/check/*.json"


def test_an_address_that_never_was_and_one_that_is_ended_say_different_things_and_name_nobody(client, lars, passed, make):
    made = make(passed())
    services.revoke(made.uuid, actor=f.acting(lars), at=MONDAY)
    ended = client.get(path(made))

    assert (client.get("/check/nothing").status_code, ended.status_code, client.get(f"{path(made)}.json").status_code) == (404, 410, 410)
    assert "This statement is no longer shared" in ended.text
    assert "Lars" not in ended.text


@pytest.mark.parametrize("mark", [Mark.F, Mark.FAIL])
def test_what_is_not_passed_cannot_be_shared(client, lars, passed, mark):
    seat = passed(mark)
    f.signed_in(client, lars)

    assert "There is nothing to share yet" in client.get("/me/statements/new").text
    assert client.post("/me/statements", data={"share": str(seat.uuid)}).status_code == 422


def test_what_is_anothers_or_nothing_or_no_identifier_is_refused_with_what_was_chosen_kept(client, lars, passed, verified):
    mine, theirs = passed(), passed(who=f.teacher(name="Kari"))
    f.signed_in(client, lars)
    answers = [client.post("/me/statements", data={"share": sent, "purpose": "Stilling"}) for sent in ([str(mine.uuid), str(theirs.uuid)], [], ["x"])]

    assert [answer.status_code for answer in answers] == [422] * 3
    assert f'value="{mine.uuid}" checked' in answers[0].text
    assert "can no longer be shared" in answers[0].text
    assert 'value="Stilling"' in answers[0].text
    assert "Choose what to share." in unescape(answers[1].text)
    assert Statement.query.count() == 0


def test_the_address_works_after_the_secret_key_is_changed_but_cannot_be_written_any_more(client, lars, passed, make, another_app, db):
    made = make(passed())
    address, uuid = path(made), made.uuid
    db.session.commit()
    other = another_app(environ={"SECRET_KEY": "another key than that of the tests, just as long"}).test_client()
    f.signed_in(other, lars)

    assert other.get(address).status_code == 200
    assert "can no longer be written here" in other.get(f"/me/statements/{uuid}").text
    assert other.get(f"/me/statements/{uuid}.pdf").status_code == 409


def test_pages_ask_the_database_as_often_however_much_is_shared(client, lars, passed, make, count_queries):
    seats = [passed(title=f"Modul {number}") for number in range(4)]
    few, many = make(seats[0]), make(*seats)
    f.signed_in(client, lars)
    counts = []
    for made in (few, many):
        client.get(path(made))
        with count_queries() as seen:
            client.get(path(made))
            client.get(f"/me/statements/{made.uuid}")
        counts.append(len(seen))

    assert counts[0] == counts[1]
