"""Bringing an ELMO file: verified when somebody trusted has signed it, else a claim, and refused when the signature does not hold."""

import io
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from accounts.models import Role
from enrolment.elmo import services
from enrolment.elmo.models import FILES, ElmoFile
from enrolment.progress import account
from enrolment.progress.models import PriorCredit
from tests import factories as f
from tests.enrolment.elmo import elmo_files
from tests.enrolment.elmo.elmo_files import study
from tests.factories import MONDAY

PAGE = "/me/progress/results-file"
SIGNER, STRANGER = elmo_files.signer(), elmo_files.signer("Somebody")


@pytest.fixture
def maths(db):
    return f.subject()


@pytest.fixture
def lars(maths):
    return f.teacher(name="Lars Lærer")


@pytest.fixture
def trusted(app, db, tmp_path):
    """The signer is put in by the command."""
    path = tmp_path / "signer.pem"
    path.write_text(SIGNER.certificate)
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=["signers", "trust", str(path), "--name", "Vitnemålsportalen", "--source", "test"])
    assert result.exit_code == 0, result.output


@pytest.fixture
def bring(client, lars):
    f.signed_in(client, lars)
    return lambda content, name="resultater.xml": client.post(PAGE, data={"file": (io.BytesIO(content), name)})


def taken(client, answer, **subjects):
    return client.post(answer.location, data={f"subject-{place}": subject for place, subject in (subjects or {"0": "matematikk"}).items()})


def signed(*studies: str, by=SIGNER, **facts) -> bytes:
    return elmo_files.signed(elmo_files.file(*(studies or (study("MAT1", "30"),)), **facts), by)


def kept() -> list[tuple]:
    return [(one.title, one.credits, one.state, one.source_key) for one in PriorCredit.query.order_by(PriorCredit.id)]


def test_what_somebody_trusted_has_signed_counts_at_once(client, trusted, bring, lars):
    answer = bring(signed())
    page = client.get(answer.location).text
    done = taken(client, answer)

    assert ("Signed by Vitnemålsportalen" in page, "What you take counts at once." in page, done.status_code) == (True, True, 302)
    assert kept() == [("Emne MAT1", 30, "verified", "schac:uio.no|mat1")]
    assert account.of(lars.id, date(2026, 11, 23)).progress("matematikk").verified == 30


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (elmo_files.file(study("MAT1", "30")), "Not signed"), (signed(by=STRANGER), "Signed by somebody Seksti does not know"),
        (signed(given="Kari", family="Nordmann"), "It is about Kari Nordmann, which is not the name you have here."),
    ],
    ids=["unsigned", "signed by a stranger", "about another"],
)  # fmt: skip
def test_everything_else_is_a_claim_that_the_owner_looks_at(client, app, trusted, bring, content, said):
    answer = bring(content)
    page = client.get(answer.location).text
    taken(client, answer)
    [claim] = PriorCredit.query
    owner = f.signed_in(app.test_client(), f.member(claim.owner_id, Role.OWNER))

    assert (said in page, claim.state) == (True, "claimed")
    assert "It comes from an ELMO file that the teacher has brought" in owner.get(f"/owner/claims/{claim.uuid}").text


def test_nobody_is_trusted_from_the_start_nor_after_they_are_distrusted(client, app, db, bring, trusted):
    first = bring(signed())
    fingerprint = services.queries.signers()[0].fingerprint
    db.session.rollback()
    assert app.test_cli_runner().invoke(args=["signers", "distrust", fingerprint]).exit_code == 0

    assert "Signed by somebody Seksti does not know" in client.get(first.location).text
    taken(client, first)
    assert [state for _title, _credits, state, _key in kept()] == ["claimed"]


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.replace(b"<value>30<", b"<value>60<"), lambda content: content.replace(b"Lars", b"Kari"),
        lambda content: content.replace(b"<ds:SignatureValue>", b"<ds:SignatureValue>AAAA"), lambda content: content.replace(b"rsa-sha256", b"rsa-sha1"),
        lambda content: content.replace(b"</report>", study("MAT2", "60").encode() + b"</report>"),
    ],
    ids=["credits", "name", "signature", "method", "one study more"],
)  # fmt: skip
def test_a_broken_signature_is_refused_and_nothing_is_kept(bring, trusted, change):
    content = signed()
    assert change(content) != content
    answer = bring(change(content))

    assert (answer.status_code, "does not hold" in answer.text, ElmoFile.query.count()) == (422, True, 0)


def test_what_stands_beside_the_signed_part_is_never_used(client, bring, trusted):
    answer = bring(elmo_files.wrapped(signed(), study("FALSK", "60")))

    assert answer.status_code == 422 or "FALSK" not in client.get(answer.location).text


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=some.integers(100, 1400), sign=some.integers(1, 255))
def test_no_file_with_one_letter_changed_is_verified(client, bring, trusted, at, sign):
    content = bytearray(signed())
    at = at % len(content)
    content[at] = (content[at] + sign) % 256
    answer = bring(bytes(content))

    if answer.status_code == 302:  # a letter outside what was signed, or one that means the same
        page = client.get(answer.location).text
        assert "What you take counts at once." not in page or "Emne MAT1" in page and ">30<" in page


def test_the_same_result_is_taken_once_also_from_a_second_file(client, bring, trusted):
    taken(client, bring(signed(study("MAT1", "30"))))
    again = bring(signed(study("MAT1", "30"), study("MAT2", "15")))
    page = client.get(again.location).text
    taken(client, again, **{"0": "matematikk", "1": "matematikk"})

    assert "You have brought this already" in page
    assert [title for title, *_rest in kept()] == ["Emne MAT1", "Emne MAT2"]


def test_a_refused_claim_can_be_brought_again(client, bring, db):
    taken(client, bring(elmo_files.file(study("MAT1"))))
    [claim] = PriorCredit.query
    client.post(f"/me/progress/claims/{claim.uuid}/withdrawal")
    taken(client, bring(elmo_files.file(study("MAT1"))))

    assert [state for _title, _credits, state, _key in kept()] == ["withdrawn", "claimed"]


def test_a_module_known_here_is_known_again_so_that_it_is_not_counted_twice(client, bring, trusted, maths):
    hvl = f.institution()
    hvl.domain = "hvl.no"
    module = f.module(f.course(hvl, maths), code="MAT1")
    taken(client, bring(signed(study("mat1", "15"), domain="hvl.no")))

    assert PriorCredit.query.one().module_id == module.id


def test_the_page_asks_the_database_as_often_however_many_studies(client, bring, trusted, count_queries):
    asked = []
    for number in (1, 3):
        answer = bring(signed(*(study(f"MAT{one}", "15") for one in range(number))))
        with count_queries() as seen:
            assert client.get(answer.location).text.count(">15<") == number
        asked.append(len(seen))

    assert asked[0] == asked[1]


def test_all_modules_known_here_are_found_at_once_each_of_its_own_institution(client, bring, maths, count_queries):
    hvl, uib = f.institution(), f.institution("UiB")
    hvl.domain, uib.domain = "hvl.no", "uib.no"
    ours, _theirs = (f.module(f.course(each, maths), code=code) for each, code in ((hvl, "MAT1"), (uib, "MAT2")))
    f.db.session.flush()
    studies = services.rules.content("Lars", "Lærer", reports(study("mat1"), study("MAT2"), study("MAT3"), domain="hvl.no")).studies
    with count_queries() as seen:
        found = services.queries.modules_of(studies)

    assert ({key: module.id for key, module in found.items()}, sum("FROM modules" in one for one in seen)) == ({"schac:hvl.no|mat1": ours.id}, 1)


def reports(*studies: str, **facts):
    return services.reading.reports(services.reading.parse(elmo_files.file(*studies, **facts), "a.xml"), "a.xml")


def test_nothing_chosen_is_refused_and_a_taken_file_is_gone(client, bring):
    answer = bring(elmo_files.file(study("MAT1"), study("MAT2")))
    nothing = client.post(answer.location, data={"subject-0": "", "subject-1": ""})
    wrong = client.post(answer.location, data={"subject-0": "alkymi"})

    assert [(one.status_code, said in one.text) for one, said in ((nothing, "Choose at least one study"), (wrong, "There is no such subject."))] == [(422, True)] * 2
    assert (taken(client, answer).status_code, client.get(answer.location).status_code) == (302, 404)


def test_a_file_of_which_nothing_is_taken_is_dropped_after_a_day(bring):
    bring(elmo_files.file(study("MAT1")))
    [file] = ElmoFile.query
    name = file.stored_as
    services.forget_files(MONDAY + timedelta(hours=23))
    assert FILES.read(name) is not None
    services.forget_files(MONDAY + timedelta(hours=25))

    assert (FILES.read(name), ElmoFile.query.count()) == (None, 0)


def test_what_is_no_certificate_is_refused_by_the_command(app, db, tmp_path):
    path = tmp_path / "a.pem"
    path.write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=["signers", "trust", str(path), "--name", "A", "--source", "b"])

    assert (result.exit_code, "This is no certificate in PEM" in result.output) == (1, True)
