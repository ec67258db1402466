"""A diploma is kept with its claim, outside what the web serves, and opened by its holder and their owner alone."""

import io
import os
import stat
from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.models import Message, Role
from config import secret
from enrolment.prior import services
from enrolment.prior.models import EVIDENCE, Evidence
from enrolment.progress import services as progress
from enrolment.progress.models import PriorCredit
from tests import factories as f
from tests.enrolment.prior import pdf_files
from tests.factories import MONDAY


@pytest.fixture
def lars(db):
    f.subject()
    return f.teacher()


@pytest.fixture
def claim(lars) -> PriorCredit:
    return progress.claim(
        title="Matematikk 1", institution="HiB", subject="matematikk", credits=Decimal(15), finished_on=None, actor=f.acting(lars), at=MONDAY
    )


@pytest.fixture
def page(client, lars, claim):
    f.signed_in(client, lars)
    return f"/me/progress/claims/{claim.uuid}"


def send(client, page: str, content: bytes, name: str = "vitnemål.pdf"):
    return client.post(f"{page}/evidence", data={"file": (io.BytesIO(content), name)})


def test_a_diploma_is_added_and_downloaded_by_its_holder_and_by_the_owner(client, app, page, claim):
    content = pdf_files.honest()
    assert send(client, page, content).status_code == 302
    [kept] = Evidence.query
    mine = client.get(f"{page}/evidence/{kept.uuid}")
    owner = f.signed_in(app.test_client(), f.member(claim.owner_id, Role.OWNER))
    seen = owner.get(f"/owner/claims/{claim.uuid}")
    theirs = owner.get(f"/owner/claims/{claim.uuid}/evidence/{kept.uuid}")

    assert (mine.data, theirs.data, "vitnemål.pdf" in seen.text) == (content, content, True)
    for answer in (mine, theirs):
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert (answer.headers["X-Content-Type-Options"], answer.headers["Cache-Control"]) == ("nosniff", "no-store")


def test_nobody_else_opens_it(client, app, page, claim):
    send(client, page, pdf_files.honest())
    [kept] = Evidence.query
    other_place = f.municipality("4601", "Bergen")
    others = [f.teacher(name="Kari"), f.member(f.owner(other_place).organisation_id, Role.OWNER)]

    for somebody in others:
        for path in (f"{page}/evidence/{kept.uuid}", f"/owner/claims/{claim.uuid}/evidence/{kept.uuid}"):
            assert f.signed_in(app.test_client(), somebody).get(path).status_code in (403, 404)
    assert app.test_client().get(f"{page}/evidence/{kept.uuid}").status_code == 302


def test_it_lies_under_a_name_of_chance_where_nothing_is_served_from(client, page):
    send(client, page, pdf_files.honest())
    [kept] = Evidence.query
    path = secret.settings().instance / "evidence" / kept.stored_as

    assert (len(kept.stored_as), stat.S_IMODE(path.stat().st_mode), "static" in path.parts) == (32, 0o600, False)
    with pytest.raises(ValueError):
        EVIDENCE.read("../secret-key")


def test_what_is_no_pdf_is_refused_in_a_sentence_and_not_kept(client, page):
    answers = [send(client, page, pdf_files.program()), send(client, page, pdf_files.with_javascript()), client.post(f"{page}/evidence")]

    assert [answer.status_code for answer in answers] == [422] * 3
    assert [said in answer.text for said, answer in zip(("is no PDF", "holds a program", "Choose a file."), answers, strict=True)] == [True] * 3
    assert Evidence.query.count() == 0


def test_at_most_five_files_a_claim(client, page):
    answers = [send(client, page, pdf_files.honest(), f"{number}.pdf").status_code for number in range(6)]

    assert answers == [302] * 5 + [422]


def test_a_removed_file_is_gone_from_the_disk_too(client, page):
    send(client, page, pdf_files.honest())
    [kept] = Evidence.query
    name = kept.stored_as
    client.post(f"{page}/evidence/{kept.uuid}/removal")

    assert (Evidence.query.count(), EVIDENCE.read(name)) == (0, None)


def test_the_tick_drops_what_belongs_to_no_claim_any_more(client, page, claim, lars, db):
    send(client, page, pdf_files.honest())
    [kept] = Evidence.query
    name = kept.stored_as
    old, new = EVIDENCE.put(b"lone"), EVIDENCE.put(b"just now")
    os.utime(secret.settings().instance / "evidence" / old, (0, 0))
    progress.withdraw_claim(claim.uuid, actor=f.acting(lars), at=MONDAY)
    services.drop_lone_files(MONDAY + timedelta(days=1))

    assert [EVIDENCE.read(one) for one in (name, old)] == [None, None]
    assert (EVIDENCE.read(new), services.drop_lone_files(MONDAY)) == (b"just now", 0)
    EVIDENCE.drop(new)


# Units


def claimed(client, **facts):
    return client.post("/me/progress/claims", data={"title": "Matematikk", "institution": "HiB", "subject": "matematikk", "credits": "10"} | facts)


def test_old_units_are_reckoned_and_kept_as_they_stand_on_the_diploma(client, registers):
    f.signed_in(client, f.teacher())
    assert claimed(client, unit="vekttall", credits="2,5").status_code == 302
    [kept] = PriorCredit.query

    assert (kept.credits, kept.unit, kept.stated) == (Decimal("7.5"), "vekttall", "2.5 vekttall")
    assert "2.5 vekttall" in client.get(f"/me/progress/claims/{kept.uuid}").text


def test_ten_old_units_are_thirty_credits_and_credits_need_no_reckoning(client, registers):
    f.signed_in(client, f.teacher())
    for unit in ("vekttall", "ects", "studiepoeng", ""):
        claimed(client, unit=unit)

    assert [(kept.credits, kept.unit) for kept in PriorCredit.query.order_by(PriorCredit.id)] == [(30, "vekttall"), (10, "ects"), (10, None), (10, None)]


def test_a_foreign_unit_needs_what_stands_on_the_diploma_and_the_owner_decides_how_much_it_is(client, app, registers):
    lars = f.teacher()
    f.signed_in(client, lars)
    refused = claimed(client, unit="other", country="Canada")
    claimed(client, unit="other", country="Canada", stated="20 credit hours", credits="15")
    [kept] = PriorCredit.query
    owner = f.signed_in(app.test_client(), f.member(kept.owner_id, Role.OWNER))
    page = owner.get(f"/owner/claims/{kept.uuid}").text
    without_why = owner.post(f"/owner/claims/{kept.uuid}/decision", data={"decision": "verify", "credits": "10"})
    owner.post(f"/owner/claims/{kept.uuid}/decision", data={"decision": "verify", "credits": "10", "why": "Bare 10 er i faget."})
    [kept] = PriorCredit.query

    assert (refused.status_code, 'value="Canada"' in refused.text, "What stands on the diploma" in refused.text) == (422, True, True)
    assert ("20 credit hours" in page, "Canada" in page, "own estimate" in page) == (True, True, True)
    assert (without_why.status_code, "Say why it counts for another number" in without_why.text) == (422, True)
    assert (kept.credits, kept.claimed_credits, kept.state) == (10, 15, "verified")
    assert "your school owner counts 10: Bare 10 er i faget." in client.get(f"/me/progress/claims/{kept.uuid}").text
    assert Message.query.filter_by(person_id=lars.id).one().facts["credits"] == "10"


@pytest.mark.parametrize("facts", [{"unit": "stones"}, {"unit": "vekttall", "credits": "101"}, {"unit": "vekttall", "credits": "1.25"}])
def test_a_unit_that_is_not_known_or_an_amount_that_cannot_be_is_refused_with_what_was_typed(client, registers, facts):
    f.signed_in(client, f.teacher())
    answer = claimed(client, **facts)

    assert (answer.status_code, 'value="HiB"' in answer.text, PriorCredit.query.count()) == (422, True, 0)
