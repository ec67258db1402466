"""What a course, a module and a run need before teachers may see them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import ContentTag, Course, Module, Offering, Prerequisite
from catalog.offers.readiness import NEEDS, NotReadyToPublish
from catalog.subjects.models import Subject
from catalog.values import Delivery, EnrolmentMode, Grades, Strand, Tag
from tests.factories import MONDAY, SPRING

SUBJECT = Subject(code="matematikk", name_nb="Matematikk")
WHOLE = {
    "title": "Algebra",
    "code": "MAT1",
    "credits": Decimal(15),
    "subject": SUBJECT,
    "grades": Grades.of([1]),
    "language": "nb",
    "knowledge": "…",
    "skills": "…",
    "competence": "…",
    "admission": "…",
    "assessment_form": "…",
}


def module(**facts) -> Module:
    made = Module(**(WHOLE | {"strand": Strand.FURTHER, "state": Publication.DRAFT} | facts))
    made.tags = facts.get("tags", [ContentTag(tag=Tag.SUBJECT, sentence="…")])
    return made


def run(**facts) -> Offering:
    known = {"state": Run.DRAFT, "semesters": 1, "mode": EnrolmentMode.ELSEWHERE, "module": module(state=Publication.PUBLISHED)}
    return Offering(**(known | facts))


@given(st.sets(st.sampled_from(sorted(WHOLE))))
def test_each_empty_field_is_one_gap_and_no_other(empty):
    lacking = module(**{name: Grades() if name == "grades" else None for name in empty})

    assert set(lacking.gaps) == empty
    assert lacking.readiness == (14 - len(empty), 14)


@given(st.sets(st.sampled_from(["title", "subject", "grades", "language", "credits", "summary", "for_whom"])))
def test_a_course_counts_its_gaps_the_same_way(empty):
    whole = {
        "title": "T",
        "subject": SUBJECT,
        "grades": Grades.of([1]),
        "language": "nb",
        "credits": Decimal(60),
        "summary": "S",
        "for_whom": "F",
    }
    course = Course(strand=Strand.FURTHER, state=Publication.DRAFT, **{name: fact for name, fact in whole.items() if name not in empty})
    if "grades" in empty:
        course.grades = Grades()

    assert set(course.gaps) == empty
    assert course.readiness == (7 - len(empty), 7)


def test_every_need_has_its_words():
    needed = {*module().needs, *Course(grades=Grades()).needs, *run().needs}

    assert needed == set(NEEDS)


@pytest.mark.parametrize(
    ("credits", "reason", "gaps"),
    [("15", None, []), ("14.5", None, ["short_reason"]), ("7.5", "A micro module.", []), ("2.5", "", ["short_reason"])],
)
def test_fewer_than_15_credits_ask_for_a_reason(credits, reason, gaps):
    assert module(credits=Decimal(credits), short_reason=reason).gaps == gaps


def test_in_service_training_needs_no_credits():
    assert module(credits=None, strand=Strand.IN_SERVICE).gaps == []


def test_a_required_module_must_be_published_and_a_recommended_one_need_not():
    draft, asking, advising = module(), module(), module()
    asking.prerequisites = [Prerequisite(required=True, required_module=draft)]
    advising.prerequisites = [Prerequisite(required=False, required_module=draft)]

    assert [asking.gaps, advising.gaps] == [["prerequisites"], []]


def test_only_a_run_with_gatherings_needs_them_and_only_one_at_a_place_needs_the_place():
    missing = {delivery: set(run(delivery=delivery).gaps) & {"gatherings", "place"} for delivery in Delivery}

    assert missing == {
        Delivery.ONLINE: set(),
        Delivery.BLENDED: {"gatherings", "place"},
        Delivery.GATHERINGS: {"gatherings", "place"},
        Delivery.CAMPUS: {"place"},
    }


def test_how_one_gets_a_seat_decides_what_must_be_known_of_seats_and_of_opening():
    asked = {mode: set(run(mode=mode).gaps) & {"seats", "minimum", "opens_on", "queue_closes_on"} for mode in EnrolmentMode}

    assert asked == {
        EnrolmentMode.DIRECT: {"seats", "minimum", "opens_on", "queue_closes_on"},
        EnrolmentMode.ROUND: {"seats", "minimum"},
        EnrolmentMode.ELSEWHERE: set(),
    }


def test_what_lacks_something_is_not_published_and_the_sentence_says_what():
    lacking = module(title=None, credits=None)

    with pytest.raises(NotReadyToPublish) as refusal:
        lacking.publish(MONDAY)

    assert refusal.value.gaps == ["title", "credits"]
    assert lacking.state is Publication.DRAFT


def test_a_semester_is_enough_to_announce_a_run():
    announced = run(semester=SPRING)

    announced.plan(MONDAY)

    assert announced.state is Run.PLANNED
    with pytest.raises(NotReadyToPublish) as refusal:
        run().plan(MONDAY)
    assert refusal.value.gaps == ["semester"]
