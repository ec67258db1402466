"""The schemas that read the forms write what they read: nothing is lost or changed on the way through JSON."""

import json
import unicodedata
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from catalog.offers.words import LANGUAGES_OF_TEACHING
from catalog.publishing import schemas
from catalog.values import Delivery, EnrolmentMode, Grades, Selection, Semester, Strand, Term
from enrolment.progress.schemas import ClaimSchema

halves = st.integers(1, 600).map(lambda count: (Decimal(count) / 2).quantize(Decimal("0.1")))
letters = st.characters(codec="utf-8", categories=["L", "N", "P", "S"])
lines = st.text(letters, min_size=1, max_size=30).map(lambda text: unicodedata.normalize("NFC", text))  # as it is kept
paragraphs = st.lists(lines, min_size=1, max_size=3).map("\n".join)
codes = st.from_regex(r"[A-Z]{2,4}[0-9]{1,4}", fullmatch=True)
grades = st.sets(st.integers(1, 14)).map(Grades.of)
days = st.dates(date(2000, 1, 1), date(2100, 12, 31))
semesters = st.builds(Semester, st.integers(2000, 2100), st.sampled_from(Term))
maybe = lambda values: st.none() | values  # noqa: E731
subjects = st.sampled_from(["matematikk", "norsk"])
languages = st.sampled_from(sorted(LANGUAGES_OF_TEACHING))

SECTIONS = {
    schemas.ModuleBasics: dict(
        code=maybe(codes), title=maybe(lines), credits=maybe(halves), short_reason=maybe(paragraphs), course=maybe(st.uuids()), position=st.integers(0, 999),
        subject=maybe(subjects), grades=grades, language=maybe(languages),
    ),
    schemas.ModuleLearning: dict.fromkeys(("summary", "knowledge", "skills", "competence"), maybe(paragraphs)),
    schemas.ModuleAdmission: dict.fromkeys(("admission", "assessment_form"), maybe(paragraphs)),
    schemas.ModuleSelection: dict(
        selection=maybe(st.sampled_from(Selection)), must_teach=maybe(st.booleans()), attendance=maybe(st.integers(0, 100)), in_master=maybe(st.booleans()),
    ),
    schemas.CourseBasics: dict(
        title=lines, code=maybe(codes), subject=maybe(subjects), grades=grades, strand=st.sampled_from(Strand), language=maybe(languages), credits=maybe(halves),
    ),
    schemas.OfferingSeats: dict(mode=st.sampled_from(EnrolmentMode), seats=maybe(st.integers(0, 10_000)), minimum=maybe(st.integers(0, 10_000))),
    schemas.OfferingDates: dict(
        semester=maybe(semesters), semesters=st.integers(1, 8), **dict.fromkeys(("starts_on", "ends_on", "opens_on", "apply_by", "queue_closes_on"), maybe(days)),
    ),
    schemas.OfferingDelivery: dict(
        group_name=maybe(lines), delivery=maybe(st.sampled_from(Delivery)), part_time=maybe(st.booleans()), place=maybe(lines), municipality=maybe(st.just("1103")),
        language=maybe(languages), fee=maybe(st.integers(0, 100_000_000).map(lambda oere: Decimal(oere) / 100)),
    ),
    ClaimSchema: dict(
        title=lines, institution=lines, subject=subjects, credits=halves, finished_on=maybe(st.dates(date(1950, 1, 1), date(2100, 1, 1))),
    ),
}  # fmt: skip


@pytest.mark.parametrize("schema", SECTIONS, ids=lambda schema: schema.__name__)
@given(data=st.data())
def test_what_a_schema_has_read_it_writes_and_reads_again(schema, data):
    values = data.draw(st.fixed_dictionaries(SECTIONS[schema]))
    written = json.loads(json.dumps(schema().dump(values)))

    assert schema().load(written) == values


@pytest.mark.parametrize("schema", SECTIONS, ids=lambda schema: schema.__name__)
def test_every_field_of_the_schema_is_tried(schema):
    assert set(SECTIONS[schema]) == set(schema().fields)


@given(credits=halves)
def test_credits_are_written_as_exact_numbers(credits):
    written = json.dumps(schemas.ModuleBasics().dump({"credits": credits})["credits"])

    assert Decimal(written) == credits
    assert written == f"{credits.normalize():f}"


def test_a_form_still_reads_a_comma_where_a_program_must_send_a_number():
    assert ClaimSchema().load({"title": "A", "institution": "B", "subject": "norsk", "credits": "7,5"})["credits"] == Decimal("7.5")


def test_a_course_is_named_by_its_identifier():
    known = UUID(int=5)

    assert schemas.ModuleBasics().load({"course": str(known)})["course"] == known
    with pytest.raises(ValidationError):
        schemas.ModuleBasics().load({"course": "5"})
