"""Rolling an institution's runs over to the next year."""

from datetime import date
from html import unescape
from uuid import UUID, uuid4

import pytest

from accounts.models import Event
from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Gathering, Offering
from catalog.publishing import services as publishing
from catalog.publishing.rollover import planning, services
from catalog.publishing.rollover.values import Counts, Fate, Span, Why
from catalog.values import Delivery, Semester
from config.errors import NotFound
from tests import factories as f
from tests.catalog.publishing.conftest import edit
from tests.catalog.publishing.test_courses import events
from tests.factories import AUTUMN, MONDAY, SPRING

NEXT = SPRING.plus(2)
SPAN = Span.from_code("2027v")


def plan(desk, code: str = "2027v", course: UUID | None = None):
    return planning.planned(desk.institution.organisation_id, Span.from_code(code), course)


def fates(desk, **asked) -> dict[str, str]:
    return {line.run.module.code: str(line.why or line.fate) for line in plan(desk, **asked).lines}


def roll_over(desk, code: str = "2027v", course: UUID | None = None):
    return services.roll_over(Span.from_code(code), course, actor=desk.editor, at=MONDAY)


def copies(db) -> list[Offering]:
    return db.session.query(Offering).filter(Offering.copied_from_id.is_not(None)).order_by(Offering.id).all()


def undo(desk, made: UUID) -> tuple[int, int]:
    return services.undo(made, actor=desk.editor, at=MONDAY)


def test_each_run_is_copied_as_a_draft_with_its_dates_a_year_later(db, desk):
    run = desk.published_run(seats=24, minimum=12, place="Bergen", delivery=Delivery.BLENDED, fee_oere=100, gathering_days=4, seats_taken=3)
    f.gathering(run, date(2027, 3, 1), date(2027, 3, 2), place="Bergen")
    f.gathering(run, None, iso_year=2027, iso_week=10, online=True)

    roll_over(desk)

    (copy,) = copies(db)
    assert (copy.module, copy.semester, copy.state, copy.copied_from_id, copy.published_at) == (run.module, NEXT, Run.DRAFT, run.id, None)
    assert (copy.seats, copy.minimum, copy.place, copy.delivery, copy.fee_oere, copy.gathering_days) == (24, 12, "Bergen", Delivery.BLENDED, 100, 4)
    assert (copy.seats_taken, copy.waiting, copy.next_ticket) == (0, 0, 1)
    assert (copy.opens_on, copy.apply_by, copy.queue_closes_on) == (date(2027, 9, 30), date(2028, 1, 14), date(2028, 1, 19))
    assert (copy.starts_on, copy.ends_on) == (date(2028, 1, 31), date(2028, 6, 13))
    assert {(row.starts_on, row.ends_on, row.iso_year, row.iso_week, row.place, row.online) for row in copy.gatherings} == {
        (date(2028, 2, 28), date(2028, 2, 29), None, None, "Bergen", False),
        (None, None, 2028, 10, None, True),
    }
    assert events(db, copy) == [("offering", "copy", None, None)]


def test_what_a_source_said_of_the_old_run_is_not_said_of_the_new_one(db, desk):
    desk.published_run(
        row_key="key", row_digest="digest", stated={"starts_on": "in August"}, evidence="quoted", gatherings_text="Week 36 and 40", told_over=True
    )

    roll_over(desk)

    (copy,) = copies(db)
    assert (copy.row_key, copy.row_digest, copy.stated, copy.evidence, copy.gatherings_text, copy.told_over) == (None, None, {}, None, None, False)


def test_every_run_is_copied_or_there_or_left_with_a_reason_and_the_counts_add_up(desk):
    desk.published_run(desk.published_module("COPIED"))
    desk.published_run(desk.published_module("PLANNED"), state=Run.PLANNED)
    desk.run(desk.published_module("CANCELLED"), state=Run.CANCELLED, published_at=MONDAY)
    desk.run(desk.published_module("DRAFT"))
    desk.published_run(desk.module("WITHDRAWN", state=Publication.WITHDRAWN, published_at=MONDAY))
    dateless = dict.fromkeys(("opens_on", "apply_by", "queue_closes_on", "starts_on", "ends_on"))
    desk.published_run(desk.published_module("DATELESS"), **dateless)
    there = desk.published_module("THERE")
    desk.published_run(there)
    desk.run(there, semester=NEXT)

    assert fates(desk) == {
        "COPIED": "copied", "PLANNED": "copied", "CANCELLED": "cancelled", "DRAFT": "draft", "WITHDRAWN": "withdrawn", "DATELESS": "no-dates",
        "THERE": "there",
    }  # fmt: skip
    assert plan(desk).counts == Counts(7, 2, 1, dict.fromkeys(Why, 1))


def test_a_second_time_everything_is_there_already(db, desk):
    for code in ("MAT1", "MAT2"):
        desk.published_run(desk.published_module(code))
    first = roll_over(desk)

    assert roll_over(desk) is None

    assert first is not None
    assert plan(desk).counts == Counts(2, 0, 2, {})
    assert len(copies(db)) == 2


def test_a_run_that_came_late_is_copied_alone_the_second_time(db, desk):
    desk.published_run(desk.published_module("MAT1"))
    roll_over(desk)
    late = desk.published_run(desk.published_module("MAT2"))

    roll_over(desk)

    assert [copy.copied_from_id for copy in copies(db)][1:] == [late.id]


def test_a_copy_stays_the_copy_when_it_is_published_cancelled_or_moved(db, desk):
    desk.published_run()
    roll_over(desk)
    (copy,) = copies(db)
    copy.state, copy.semester = Run.CANCELLED, NEXT.plus(1)
    db.session.commit()

    assert [line.there for line in plan(desk).lines] == [copy]


def test_one_run_written_by_hand_stands_for_one_of_two_parallel_runs(db, desk):
    module = desk.published_module("MAT1")
    desk.published_run(module)
    desk.published_run(module)
    written = desk.run(module, semester=NEXT)

    lines = plan(desk).lines

    assert [(line.fate, line.there) for line in lines] == [(Fate.THERE, written), (Fate.COPIED, None)]
    assert [line.beside for line in lines] == [False, True]


def test_a_run_written_by_hand_elsewhere_is_another_run_and_is_told_of(desk):
    module = desk.published_module("MAT1")
    desk.published_run(module, place="Bergen")
    desk.run(module, semester=NEXT, place="Førde")

    (line,) = plan(desk).lines

    assert (line.fate, line.beside) == (Fate.COPIED, True)


def test_a_study_year_is_its_autumn_and_its_spring(db, desk):
    module = desk.published_module()
    desk.published_run(module, semester=AUTUMN, starts_on=date(2027, 8, 16), ends_on=date(2027, 12, 1))
    desk.published_run(module, semester=AUTUMN.plus(1), starts_on=date(2028, 1, 10), ends_on=date(2028, 6, 1))
    desk.published_run(module, semester=SPRING)

    roll_over(desk, "2027")

    assert [copy.semester.code for copy in copies(db)] == ["2028h", "2029v"]


def test_one_course_can_be_rolled_over_alone(db, desk):
    chosen = desk.published_run(desk.published_module("MAT1"))
    desk.published_run(desk.published_module("MAT2"))

    roll_over(desk, course=chosen.module.course.uuid)

    assert [copy.copied_from_id for copy in copies(db)] == [chosen.id]


def test_the_neighbours_runs_are_left_alone(db, desk, neighbour):
    neighbour.published_run()
    desk.published_run()

    roll_over(desk)

    assert [copy.module.institution for copy in copies(db)] == [desk.institution]


def test_undoing_removes_exactly_the_drafts_that_are_unchanged(db, desk):
    for code in ("SAME", "EDITED", "SEEN", "MOVED"):
        f.gathering(desk.published_run(desk.published_module(code)), date(2027, 3, 1))
    made = roll_over(desk)
    by_code = {copy.module.code: copy for copy in copies(db)}
    same = by_code["SAME"].uuid
    publishing.edit_offering(by_code["EDITED"].uuid, edit(by_code["EDITED"], "seats", seats=5, minimum=1), actor=desk.editor, at=MONDAY)
    publishing.plan_offering(by_code["SEEN"].uuid, actor=desk.editor, at=MONDAY)
    moved = edit(by_code["MOVED"], "dates", gatherings=())
    publishing.edit_offering(by_code["MOVED"].uuid, moved, actor=desk.editor, at=MONDAY)

    assert undo(desk, made) == (1, 3)

    assert {copy.module.code for copy in copies(db)} == {"EDITED", "SEEN", "MOVED"}
    assert db.session.query(Gathering).count() == 4 + 2
    told = db.session.query(Event).filter_by(subject_uuid=same).order_by(Event.id).all()
    assert [(event.event, event.facts.get("name")) for event in told] == [("copy", None), ("delete", "Module SAME")]


def test_what_was_undone_can_be_rolled_over_again_and_undoing_twice_removes_nothing_more(db, desk):
    desk.published_run()
    made = roll_over(desk)

    assert [undo(desk, made), undo(desk, made)] == [(1, 0), (0, 0)]

    assert plan(desk).counts == Counts(1, 1, 0, {})
    assert roll_over(desk) is not None


def test_undoing_one_leaves_what_another_made(db, desk):
    first = desk.published_run(desk.published_module("MAT1"))
    second = desk.published_run(desk.published_module("MAT2"))
    made = roll_over(desk, course=first.module.course.uuid)
    roll_over(desk)

    undo(desk, made)

    assert [copy.copied_from_id for copy in copies(db)] == [second.id]


def test_the_neighbours_rolling_over_is_not_there(desk, neighbour):
    neighbour.published_run()
    made = services.roll_over(SPAN, actor=neighbour.editor, at=MONDAY)

    with pytest.raises(NotFound):
        undo(desk, made)


def runs(desk, count: int) -> None:
    course = desk.course(state=Publication.PUBLISHED, published_at=MONDAY)
    for _number in range(count):
        f.gathering(desk.published_run(desk.published_module(of=course)), date(2027, 3, 1))


def not_inserts(statements: list[str]) -> int:
    """SQLite writes each new row by a statement of its own."""
    return len([statement for statement in statements if not statement.startswith("INSERT")])


def test_eighty_runs_take_no_more_statements_than_three(desk, count_queries):
    def statements() -> list[int]:
        with count_queries() as asked:
            assert desk.browser.get("/publish/rollovers?of=2027v").status_code == 200
        with count_queries() as copied:
            address = desk.browser.post("/publish/rollovers", data={"of": "2027v"}).location
        with count_queries() as shown:
            assert desk.browser.get(address).status_code == 200
        with count_queries() as undone:
            assert desk.browser.post(f"{address}/reversal").status_code == 303
        return [not_inserts(seen) for seen in (asked, copied, shown, undone)]

    runs(desk, 3)
    three = statements()
    runs(desk, 77)

    assert (plan(desk).counts.copied, plan(desk).counts.total) == (80, 80)
    assert statements() == three


def test_the_page_shows_what_would_become_of_each_run_and_what_to_look_at(db, desk):
    run = desk.published_run(desk.published_module("MAT1", title="Algebra"), seats=20)
    f.gathering(run, date(2027, 5, 18), date(2027, 5, 20))
    desk.run(desk.published_module("MAT2", title="Geometry"), state=Run.CANCELLED, published_at=MONDAY)

    page = " ".join(unescape(desk.browser.get("/publish/rollovers?of=2027v").text).split())

    assert "Spring 2027 to Spring 2028" in page
    assert "2 runs: <strong>1</strong> to copy, <strong>0</strong> already there, <strong>1</strong> not copied" in page
    assert "1 not copied, because the run was cancelled" in page
    assert "Gatherings: 17 May 2028 is a public holiday, Constitution Day." in page
    assert "Copy 1 run" in page
    assert copies(db) == []


def test_the_page_of_what_was_done_counts_the_same_and_undoes_it(db, desk):
    desk.published_run(desk.published_module("MAT1", title="Algebra"))
    desk.run(desk.published_module("MAT2", title="Geometry"), state=Run.CANCELLED, published_at=MONDAY)

    made = desk.browser.post("/publish/rollovers", data={"of": "2027v", "course": ""})
    page = " ".join(unescape(desk.browser.get(made.location).text).split())

    assert made.status_code == 303
    assert "2 runs: <strong>1</strong> copied, <strong>0</strong> already there, <strong>1</strong> not copied" in page
    assert "Algebra, spring 2028" in page
    assert "Geometry, spring 2027</a>: the run was cancelled" in page
    assert "Undo: remove 1 draft" in page

    back = desk.browser.post(f"{made.location}/reversal")
    page = desk.browser.get(back.location).text
    assert "1 draft is removed." in page
    assert "Copy of Algebra, spring 2027" in page
    assert "Undo:" not in page
    assert copies(db) == []


def test_the_page_says_that_nothing_is_left_to_copy(desk):
    desk.published_run()
    desk.browser.post("/publish/rollovers", data={"of": "2027v"})

    again = desk.browser.post("/publish/rollovers", data={"of": "2027v"})

    assert again.location == "/publish/rollovers?of=2027v"
    page = desk.browser.get(again.location).text
    assert "Nothing was copied" in page
    assert "<strong>1</strong> already there" in page


@pytest.mark.parametrize("of", ["", "2027x", "9999h", "1066"])
def test_what_is_no_semester_is_refused_with_a_sentence(db, desk, of):
    desk.published_run()

    answer = desk.browser.post("/publish/rollovers", data={"of": of})

    assert answer.status_code == 422
    assert "Choose a semester or a study year from the list." in answer.text
    assert copies(db) == []


def test_a_rolling_over_that_never_was_is_not_there(desk):
    assert desk.browser.get(f"/publish/rollovers/{uuid4()}").status_code == 404


def test_the_history_of_a_copy_says_where_it_comes_from(db, desk):
    desk.published_run()
    roll_over(desk)
    (copy,) = copies(db)

    assert "Rolled over from spring 2027" in desk.browser.get(f"/publish/offerings/{copy.uuid}").text


def test_semesters_stand_in_the_choice_with_how_many_runs_they_have(desk):
    module = desk.published_module()
    for semester in (Semester.from_code("2026h"), SPRING, SPRING):
        desk.published_run(module, semester=semester)

    page = unescape(desk.browser.get("/publish/rollovers").text)

    assert '<option value="2026">Study year 2026/2027: 3 runs</option>' in page
    assert '<option value="2027v">Spring 2027: 2 runs</option>' in page
