"""My way to 60 from real rows: what a pass adds, what is only on its way, what a claim is before and after it is verified."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from accounts.models import Message
from catalog.offers.models import ContentTag
from catalog.subjects.models import ContentBlock
from catalog.values import Band, Delivery, Strand, Tag
from config.errors import BadInput, NotFound, StepRefused
from enrolment.progress import account, services
from enrolment.progress.lifecycle import Claim
from enrolment.results import services as results
from enrolment.results.values import Mark
from enrolment.seats import services as seats
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment, Result
from tests import factories as f
from tests.factories import MONDAY

ON = date(2026, 11, 23)
CLAIM = {"title": "Matematikk 1", "institution": "Høgskolen i Bergen", "subject": "matematikk", "credits": Decimal(30), "finished_on": date(2012, 6, 20)}


@pytest.fixture
def maths(db):
    return f.subject(requires={Band.PRIMARY: 30, Band.LOWER: 60})


@pytest.fixture
def study(maths):
    return f.course(f.institution(), maths)


def lars(maths, band: Band = Band.LOWER):
    return f.teacher(teaches=((maths, band),))


def passed(module, somebody, mark: Mark = Mark.B) -> Enrolment:
    run = f.offering(module, **f.UNDER_WAY)
    seat = seats.enrol(run.uuid, actor=f.acting(somebody), at=MONDAY)
    results.record_results(run.uuid, {seat.uuid: mark}, actor=f.acting(f.editor(module.institution)), at=MONDAY)
    return seat


def amounts(somebody, subject: str = "matematikk", on: date = ON) -> list[int | float]:
    shown = account.of(somebody.id, on).progress(subject)
    return [shown.verified, shown.running, shown.planned, shown.claimed, shown.missing]


def test_a_recorded_pass_makes_the_bar_grow(db, maths, study):
    somebody = lars(maths)
    before = amounts(somebody)

    passed(f.module(study, credits="7.5"), somebody)

    assert before == [0, 0, 0, 0, 60]
    assert amounts(somebody) == [Decimal("7.5"), 0, 0, 0, Decimal("52.5")]


def test_a_fail_gives_nothing(db, maths, study):
    somebody = lars(maths)

    passed(f.module(study), somebody, Mark.F)

    assert amounts(somebody) == [0, 0, 0, 0, 60]


def test_a_seat_is_planned_until_the_study_starts_and_then_in_progress(db, maths, study):
    somebody, run = lars(maths), f.offering(f.module(study))
    seats.enrol(run.uuid, actor=f.acting(somebody), at=MONDAY)

    assert amounts(somebody, on=run.starts_on - timedelta(days=1)) == [0, 0, 15, 0, 45]
    assert amounts(somebody, on=run.starts_on) == [0, 15, 0, 0, 45]


def test_overlap_is_deducted_once_and_in_service_training_never_counts(db, maths, study):
    somebody = lars(maths)
    first, second = f.module(study), f.module(study)
    f.overlap("5", first, second)
    for module in (first, second, f.module(study, strand=Strand.IN_SERVICE)):
        passed(module, somebody)

    assert amounts(somebody) == [25, 0, 0, 0, 35]


def test_a_claim_is_said_apart_until_the_owner_verifies_it(db, maths):
    somebody = lars(maths)
    claimed = services.claim(**CLAIM, actor=f.acting(somebody), at=MONDAY)
    assert amounts(somebody) == [0, 0, 0, 30, 60]
    owner = f.acting(f.member(claimed.owner_id, f.Role.OWNER))

    services.decide(claimed.uuid, verify=True, why=None, actor=owner, at=MONDAY)

    assert amounts(somebody) == [30, 0, 0, 0, 30]
    assert db.session.scalars(select(Message.kind).where(Message.person_id == somebody.id)).all() == ["claim-verified"]


def test_a_refused_claim_counts_nothing_and_needs_a_reason(db, maths):
    somebody = lars(maths)
    claimed = services.claim(**CLAIM, actor=f.acting(somebody), at=MONDAY)
    owner = f.acting(f.member(claimed.owner_id, f.Role.OWNER))

    with pytest.raises(BadInput):
        services.decide(claimed.uuid, verify=False, why=None, actor=owner, at=MONDAY)
    db.session.rollback()
    services.decide(claimed.uuid, verify=False, why="No diploma", actor=owner, at=MONDAY)

    assert amounts(somebody) == [0, 0, 0, 0, 60]
    assert claimed.state is Claim.REFUSED


def test_a_claim_once_decided_is_neither_decided_again_nor_withdrawn(db, maths):
    somebody = lars(maths)
    claimed = services.claim(**CLAIM, actor=f.acting(somebody), at=MONDAY)
    owner = f.acting(f.member(claimed.owner_id, f.Role.OWNER))
    services.decide(claimed.uuid, verify=True, why=None, actor=owner, at=MONDAY)

    for again in (lambda: services.decide(claimed.uuid, verify=True, why=None, actor=owner, at=MONDAY), lambda: withdraw(claimed, somebody)):
        with pytest.raises(StepRefused):
            again()
        db.session.rollback()


def withdraw(claimed, somebody) -> None:
    services.withdraw_claim(claimed.uuid, actor=f.acting(somebody), at=MONDAY)


def test_another_owner_does_not_find_the_claim(db, maths):
    claimed = services.claim(**CLAIM, actor=f.acting(lars(maths)), at=MONDAY)
    elsewhere = f.owner(f.municipality("1804", "Bodø"))

    with pytest.raises(NotFound):
        services.decide(claimed.uuid, verify=True, why=None, actor=f.acting(f.member(elsewhere.organisation_id, f.Role.OWNER)), at=MONDAY)


def test_the_three_that_fill_the_most_are_suggested_with_overlap_deducted(db, maths, study):
    somebody = lars(maths)
    held, overlapping, short, whole = f.module(study), f.module(study), f.module(study, credits="7.5"), f.module(study)
    f.overlap("10", held, overlapping)
    passed(held, somebody)
    for module in (overlapping, short, whole):
        f.offering(module)

    found = account.fillings(account.of(somebody.id, ON), "matematikk")

    assert [(one.module, one.gain) for one in found] == [(whole, 15), (short, Decimal("7.5")), (overlapping, 5)]


def test_the_page_says_it_in_a_sentence_first(client, maths, study):
    somebody = lars(maths)
    passed(f.module(study), somebody)
    f.signed_in(client, somebody)

    page = client.get("/me/progress").text

    assert "You have 15 of 60 credits in matematikk. 45 still missing." in page
    assert "Grades 8–10: 60 credits required, 45 still missing." in page
    assert page.index("You have 15 of 60") < page.index('class="sixty"')


def test_a_teacher_without_any_teaching_is_asked_what_they_teach(client, maths):
    f.signed_in(client, f.teacher())

    assert "What do you teach?" in client.get("/me/progress").text


def test_what_is_taught_is_kept_by_subject_and_level(client, db, maths):
    somebody = f.teacher()
    f.signed_in(client, somebody)

    answer = client.post("/me/teaching", data={"teaching": ["matematikk:1-7", "matematikk:8-10"]}, follow_redirects=True)

    assert "Grades 1–7: 30 credits required" in answer.text
    assert "Grades 8–10: 60 credits required" in answer.text


@pytest.mark.parametrize("entry", ["alkymi:1-7", "matematikk:14", "matematikk", "'; drop table--:1-7"])
def test_teaching_that_does_not_exist_is_refused_by_a_sentence(client, maths, entry):
    f.signed_in(client, f.teacher())

    answer = client.post("/me/teaching", data={"teaching": [entry]})

    assert answer.status_code == 422
    assert "Choose among the subjects and levels of the list." in answer.text


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("credits", "7.3", "Credits are whole or halves"),
        ("credits", "0", "Write how many credits."),
        ("credits", "-5", "Credits are whole or halves"),
        ("finished_on", "1926-06-01", "The date must be between 1950 and 2100."),
        ("finished_on", "2012-02-30", "This is not a date."),
        ("title", "", "Fill this in."),
        ("title", "x" * 201, "This is too long"),
        ("subject", "alkymi", "Choose a subject of the list."),
    ],
)
def test_a_claim_that_is_not_well_formed_comes_back_with_what_was_typed(client, maths, name, typed, sentence):
    f.signed_in(client, lars(maths))
    sent = {"title": "Matematikk 1", "institution": "Høgskolen i Bergen", "subject": "matematikk", "credits": "15", "finished_on": "2012-06-20"}

    answer = client.post("/me/progress/claims", data=sent | {name: typed})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Høgskolen i Bergen" in answer.text


def test_the_page_costs_the_same_queries_at_one_credit_and_at_a_hundred(client, db, maths, study, count_queries):
    somebody = lars(maths)
    f.signed_in(client, somebody)
    f.offering(f.module(study))
    passed(f.module(study, credits="1"), somebody)
    client.get("/me/progress")
    with count_queries() as one:
        client.get("/me/progress")
    for _number in range(99):
        run = f.offering(f.module(study, credits="0.5"))
        seat = Enrolment(person_id=somebody.id, offering_id=run.id, module_id=run.module_id, state=Seat.COMPLETED, ticket=1, entered_at=MONDAY)
        seat.result = Result(mark=Mark.B, recorded_at=MONDAY)
        db.session.add(seat)
    db.session.commit()
    client.get("/me/progress")
    with count_queries() as hundred:
        page = client.get("/me/progress").text

    assert page.count("Counts in full") == 100
    assert len(one) == len(hundred)


def test_content_that_is_asked_for_stands_in_the_tree_and_in_the_sentence_and_is_filled_first(client, db, maths, study):
    somebody = lars(maths)
    db.session.add(ContentBlock(subject=maths, band=Band.LOWER, tag=Tag.DIDACTICS, credits=Decimal(15), source="The act", valid_from=date(2026, 1, 1)))
    held, large, didactic = f.module(study), f.module(study, credits="30", title="Large"), f.module(study, credits="7.5", title="Didactic")
    for module, amount in ((held, "5"), (didactic, "7.5")):
        module.tags = [ContentTag(tag=Tag.DIDACTICS, sentence="So it says.", credits=Decimal(amount))]
    db.session.commit()
    passed(held, somebody)
    for module in (large, didactic):
        f.offering(module)
    f.signed_in(client, somebody)

    page = client.get("/me/progress").text

    assert "Of the content, 10 in subject didactics is missing." in page
    assert "Subject didactics: 5 of 15 credits, 10 still missing" in page
    assert page.index(">Didactic</a>") < page.index(">Large</a>")
    assert "/search?subject=matematikk&amp;tag=didactics" in page


def test_a_content_of_every_subject_gives_way_to_the_subjects_own(db, maths):
    for about, credits in ((None, 0), (maths, 15), (f.subject("norsk", "Norsk"), 30)):
        db.session.add(ContentBlock(subject=about, tag=Tag.ICT, credits=Decimal(credits), source="test"))
    db.session.commit()

    mine = account.of(lars(maths).id, ON)

    assert [[one.block.credits for one in mine.progress(code).blocks] for code in ("matematikk", "norsk", "engelsk")] == [[15], [30], [0]]


def test_runs_of_the_past_are_not_suggested_and_those_for_my_level_stand_first(db, maths, study):
    somebody = lars(maths, Band.PRIMARY)
    long_ago, other_level, mine = f.module(study), f.module(study, credits="30", grades=Band.UPPER.grades), f.module(study, credits="7.5")
    f.offering(long_ago, semester=f.Semester.from_code("2012v"), starts_on=None, ends_on=None, apply_by=None)
    f.offering(long_ago, told_over=True)
    f.offering(other_level)
    f.offering(mine)

    found = account.fillings(account.of(somebody.id, ON), "matematikk")

    assert [(one.module, one.for_my_level) for one in found] == [(mine, True), (other_level, False)]


def test_an_offer_that_waits_for_an_answer_stands_on_top(client, maths, study):
    somebody, other = lars(maths), f.teacher(name="Other")
    run = f.offering(f.module(study, title="Algebra"), seats=1)
    first = seats.enrol(run.uuid, actor=f.acting(other), at=MONDAY)
    offered = seats.enrol(run.uuid, actor=f.acting(somebody), at=MONDAY)
    seats.withdraw(first.uuid, actor=f.acting(other), at=MONDAY)
    f.signed_in(client, somebody)

    page = client.get("/me/progress").text

    assert "You are offered a seat in Algebra" in page
    assert f"/me/enrolments/{offered.uuid}" in page


def test_the_claim_page_says_to_whom_it_is_sent_and_that_the_owner_is_inferred(client, maths):
    f.signed_in(client, lars(maths))

    page = client.get("/me/progress/claims/new").text

    assert "It is sent to Stavanger kommune." in page
    assert "inferred from the school" in page


def test_seats_that_are_free_come_before_queues_and_those_in_my_region_before_those_far_away(db, maths, study):
    rogaland, nordland = f.county(), f.county("18", "Nordland")
    stavanger, bodo = f.municipality(inside=rogaland), f.municipality("1804", "Bodø", inside=nordland)
    f.region(counties=[rogaland])
    somebody = f.teacher(f.school(f.owner(stavanger), stavanger), teaches=((maths, Band.LOWER),))
    far, full, here, online = (f.module(study, title=title) for title in ("Far", "Full", "Here", "Online"))
    f.offering(far, municipality=bodo, delivery=Delivery.GATHERINGS)
    f.offering(full, municipality=stavanger, delivery=Delivery.GATHERINGS, seats=1, seats_taken=1)
    f.offering(here, municipality=stavanger, delivery=Delivery.GATHERINGS)
    f.offering(online, delivery=Delivery.ONLINE)

    mine = account.of(somebody.id, ON)

    assert mine.regions == ["vest"]
    assert [one.module.title for one in account.fillings(mine, "matematikk", most=4)] == ["Here", "Online", "Far", "Full"]


def test_a_place_in_the_queue_is_told_where_one_lands(client, maths, study):
    somebody, other = lars(maths), f.teacher(name="Other")
    run = f.offering(f.module(study, title="Algebra"), seats=1)
    seats.enrol(run.uuid, actor=f.acting(other), at=MONDAY)
    seats.enrol(run.uuid, actor=f.acting(somebody), at=MONDAY)
    f.signed_in(client, somebody)

    assert "You are number 1 of 1 on the waiting list." in client.get("/me/progress").text


def test_a_completed_study_tells_on_its_pages_how_many_of_its_credits_count(client, maths, study):
    somebody = lars(maths)
    seat = passed(f.module(study, "MAT1", credits="75"), somebody)
    visitor, told = f.signed_in(client, somebody), "You have completed this run. It gave 75 credits, and 60 of them count towards the 60 in matematikk."

    assert [told in visitor.get(path).text for path in (f"/me/enrolments/{seat.uuid}", "/me/enrolments")] == [True, True]


def test_a_failed_study_tells_of_no_credits(client, maths, study):
    somebody = lars(maths)
    seat = passed(f.module(study), somebody, Mark.F)

    assert "It gave" not in f.signed_in(client, somebody).get(f"/me/enrolments/{seat.uuid}").text
