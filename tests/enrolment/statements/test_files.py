"""What a statement is downloaded as, read by the programs of others: a tagged PDF with a code, signed JSON, ELMO, Open Badges."""

import io
import json
from datetime import timedelta

import jsonschema_rs
import pypdf
import pypdfium2
import pytest
import zxingcpp
from joserfc import jws, jwt
from joserfc.errors import BadSignatureError
from joserfc.jwk import KeySet
from lxml import etree
from signxml import XMLVerifier
from signxml.exceptions import InvalidSignature

from accounts.models import Person
from config.database import db as database
from enrolment.results.values import Mark
from enrolment.signing import services as signing
from enrolment.statements import services
from tests import factories as f
from tests import standards
from tests.enrolment.statements.conftest import record
from tests.factories import MONDAY

ELMO = "{https://github.com/emrex-eu/elmo-schemas/tree/v1}"


@pytest.fixture
def reader(client, lars):
    return f.signed_in(client, lars)


@pytest.fixture
def key(hvl):
    return signing.make(None, at=MONDAY)


def download(reader, made, kind: str) -> bytes:
    answer = reader.get(f"/me/statements/{made.uuid}.{kind}")
    assert (answer.status_code, answer.headers["Content-Disposition"].split(";")[0]) == (200, "attachment"), answer.text
    return answer.data


# On paper


def test_the_paper_is_tagged_says_its_language_and_its_code_leads_to_the_check_page(reader, passed, verified, make):
    made = make(passed(Mark.C), verified)
    content = download(reader, made, "pdf")
    read = pypdf.PdfReader(io.BytesIO(content))
    root, text = read.trailer["/Root"], " ".join(read.pages[0].extract_text().split())
    picture = pypdfium2.PdfDocument(content)[0].render(scale=3).to_numpy()
    [code] = zxingcpp.read_barcodes(picture)

    assert (root["/MarkInfo"]["/Marked"], "/StructTreeRoot" in root, root["/Lang"]) == (True, True, "en")
    assert code.text == f"http://localhost/check/{services.token_of(made.uuid)}"
    assert reader.get(code.text).status_code == 200
    for said in ("Lars Lærer", "Tall og algebra", "Høgskulen på Vestlandet", "Matematikk grunnfag", "Verified by Stavanger kommune", "no diploma"):
        assert said in text


@pytest.mark.parametrize(("language", "title"), [("nb", "Studiepoengoversikt"), ("nn", "Studiepoengoversikt")])
def test_the_paper_is_in_the_readers_language(reader, passed, make, lars, language, title):
    made = make(passed())
    database.session.get(Person, lars.id).language = language
    database.session.commit()
    read = pypdf.PdfReader(io.BytesIO(download(reader, made, "pdf")))

    assert (title in read.pages[0].extract_text(), read.trailer["/Root"]["/Lang"]) == (True, language)


def test_a_title_that_looks_like_markup_is_printed_as_it_is_written(reader, passed, make):
    title = '#panic("no") *x* $y$ @z \\ <a> //'
    read = pypdf.PdfReader(io.BytesIO(download(reader, make(passed(title=title)), "pdf")))

    assert title in " ".join(read.pages[0].extract_text().split())


def test_a_hundred_studies_take_several_pages_and_every_page_says_what_it_is(reader, passed, make):
    read = pypdf.PdfReader(io.BytesIO(download(reader, make(*[passed(title=f"Modul nummer {number}") for number in range(50)]), "pdf")))

    assert len(read.pages) > 1
    assert all("no diploma" in page.extract_text() for page in read.pages)


def test_what_has_been_corrected_is_left_out_and_with_nothing_left_there_is_no_paper(reader, hvl, passed, make):
    first, second = passed(title="Geometri"), passed()
    made, alone = make(first, second), make(second)
    record(hvl, second, Mark.E, MONDAY + timedelta(days=1))
    text = pypdf.PdfReader(io.BytesIO(download(reader, made, "pdf"))).pages[0].extract_text()

    assert ("Geometri" in text, "Tall og algebra" in text, "left out here" in text) == (True, False, True)
    assert reader.get(f"/me/statements/{alone.uuid}.pdf").status_code == 409


# Signed JSON


def test_signed_json_is_verified_by_the_published_keys_and_a_changed_copy_is_not(client, reader, key, passed, make):
    made = make(passed(Mark.C), with_marks=False)
    signed = json.loads(download(reader, made, "json"))
    keys = KeySet.import_key_set(client.get("/.well-known/jwks.json").json)
    said = json.loads(jws.deserialize_json(signed, keys).payload)

    assert said["holder"] == {"name": "Lars Lærer"}
    assert [(one["title"], one["credits"], one["institutionNumber"], "mark" in one) for one in said["results"]] == [("Tall og algebra", "15", "917641404", False)]
    assert json.loads(jws.deserialize_json(json.loads(client.get(f"{said['check']}.json").data), keys).payload) == said
    with pytest.raises(BadSignatureError):
        jws.deserialize_json(signed | {"payload": _changed(signed["payload"])}, keys)


def _changed(payload: str) -> str:
    return ("A" if payload[10] != "A" else "B").join((payload[:10], payload[11:]))


def test_what_a_retired_key_signed_is_still_verified(client, reader, key, passed, make):
    signed = json.loads(download(reader, make(passed()), "json"))
    signing.rotate(None, at=MONDAY)

    assert jws.deserialize_json(signed, KeySet.import_key_set(client.get("/.well-known/jwks.json").json)).payload


def test_without_a_key_it_is_said_that_nothing_can_be_signed(reader, passed, make):
    made = make(passed())

    assert "Signed JSON" not in reader.get(f"/me/statements/{made.uuid}").text
    answer = reader.get(f"/me/statements/{made.uuid}.json")
    assert (answer.status_code, "no key has been made" in answer.text) == (409, True)


# ELMO


def elmo_schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(standards.schema("elmo/elmo-1.7.xsd"), etree.XMLParser(no_network=True)))


@pytest.mark.parametrize("with_key", [True, False], ids=["signed", "unsigned"])
def test_elmo_is_valid_against_its_schema(reader, passed, verified, make, with_key, hvl):
    if with_key:
        signing.make(None, at=MONDAY)
    made = make(passed(Mark.C), passed(Mark.PASS, "Geometri", credits="7.5"), verified)
    read = etree.fromstring(download(reader, made, "xml"))

    elmo_schema().assertValid(read)
    assert [one.text for one in read.iter(f"{ELMO}resultLabel")] == ["C", "Bestått"]
    assert [one.text for one in read.iter(f"{ELMO}value")] == ["15", "7.5"]
    assert [one.findtext(f"{ELMO}title") for one in read.iter(f"{ELMO}learningOpportunitySpecification")] == ["Tall og algebra", "Geometri"]


def test_elmo_is_signed_by_seksti_and_a_changed_copy_is_refused(reader, key, passed, make):
    content = download(reader, make(passed(Mark.C)), "xml")
    certificate = key.certificate

    assert XMLVerifier().verify(content, x509_cert=certificate).signed_xml.findtext(f".//{ELMO}resultLabel") == "C"
    with pytest.raises(InvalidSignature):
        XMLVerifier().verify(content.replace(b"<resultLabel>C<", b"<resultLabel>A<"), x509_cert=certificate)


def test_elmo_of_earlier_education_alone_is_refused_in_a_sentence(reader, verified, make):
    answer = reader.get(f"/me/statements/{make(verified).uuid}.xml")

    assert (answer.status_code, "nothing to put in the file" in answer.text) == (409, True)


# Open Badges


@pytest.fixture
def hvl_key(hvl):
    return signing.make("HVL", at=MONDAY)


def badge(reader, seat, **query) -> str:
    answer = reader.get(f"/me/enrolments/{seat.uuid}/badge.jwt", query_string=query)
    assert answer.status_code == 200, answer.text
    return answer.text


@pytest.mark.parametrize("mark", [Mark.B, Mark.PASS])
@pytest.mark.parametrize("query", [{"mark": "yes"}, {}])
def test_a_badge_is_valid_against_its_schema(reader, hvl_key, passed, mark, query):
    schema = json.loads(standards.schema("openbadges/ob_v3p0_achievementcredential_schema.json").read_text())
    token = badge(reader, passed(mark), **query)
    said = json.loads(jws.extract_compact(token.encode()).payload)

    jsonschema_rs.Draft201909Validator(schema).validate(said)


def test_a_badge_is_signed_by_the_institution_names_nobody_and_tells_the_mark_only_when_asked(client, reader, hvl_key, passed, lars):
    seat = passed(Mark.B)
    with_mark, without = badge(reader, seat, mark="yes"), badge(reader, seat)
    keys = KeySet.import_key_set(client.get("/institutions/HVL/keys.json").json)
    read = jwt.decode(with_mark, keys, algorithms=["RS256"])
    said = read.claims

    assert (read.header["alg"], read.header["typ"], client.get(read.header["kid"]).status_code) == ("RS256", "JWT", 200)
    assert (said["iss"], said["jti"], said["sub"]) == (said["issuer"]["id"], said["id"], said["credentialSubject"]["id"]) == (
        "http://localhost/institutions/HVL", said["id"], f"urn:uuid:{seat.uuid}"
    )  # fmt: skip
    assert (said["credentialSubject"]["creditsEarned"], said["credentialSubject"]["result"][0]["value"]) == (15, "B")
    assert "result" not in jwt.decode(without, keys, algorithms=["RS256"]).claims["credentialSubject"]
    assert "Lars" not in json.dumps(said, ensure_ascii=False)
    with pytest.raises(BadSignatureError):
        header, payload, signature = with_mark.split(".")
        jwt.decode(".".join((header, _changed(payload), signature)), keys, algorithms=["RS256"])


def test_a_corrected_result_revokes_the_badge_before_it(client, reader, hvl, hvl_key, passed):
    seat = passed(Mark.C)
    before = json.loads(jws.extract_compact(badge(reader, seat).encode()).payload)
    record(hvl, seat, Mark.B, MONDAY + timedelta(days=2))
    after = json.loads(jws.extract_compact(badge(reader, seat).encode()).payload)
    listed = client.get(before["credentialStatus"]["id"]).json

    assert (listed["id"], listed["issuer"]) == (before["credentialStatus"]["id"], before["issuer"]["id"])
    assert [one["id"] for one in listed["revokedCredential"]] == [before["id"]] != [after["id"]]


def test_an_institution_without_a_key_gives_no_badge_and_the_page_says_so(reader, passed):
    seat = passed()

    assert "does not sign badges yet" in reader.get(f"/me/enrolments/{seat.uuid}").text
    assert reader.get(f"/me/enrolments/{seat.uuid}/badge.jwt").status_code == 409
