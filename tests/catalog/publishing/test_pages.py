"""The editor's pages: what they show, what they ask before they save, and that nothing typed is lost."""

from datetime import date
from html import unescape

import pytest

from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Course, Module, Offering
from catalog.values import Semester
from enrolment.seats.services import enrol
from tests import factories as f
from tests.catalog.publishing.conftest import boxes


def at(thing, *rest: str) -> str:
    kind = {"Course": "courses", "Module": "modules", "Offering": "offerings"}[type(thing).__name__]
    return "/".join(["/publish", kind, str(thing.uuid), *rest])


def text_of(answer) -> str:
    return unescape(answer.text)


def test_the_menu_leads_editors_to_their_work(desk, app):
    assert ">Publish</a>" in desk.browser.get("/publish").text
    assert ">Publish</a>" not in app.test_client().get("/").text


def test_a_stranger_signs_in_first_and_a_teacher_is_turned_away(app, client, db):
    assert client.get("/publish").location == "/sign-in?next=/publish"
    assert f.signed_in(app.test_client(), f.teacher()).get("/publish").status_code == 403


def test_an_editor_writes_and_publishes_a_course_a_module_and_a_run(db, desk):
    browser = desk.browser
    course_page = browser.post(
        "/publish/courses",
        data={
            "title": "Matematikk 1",
            "subject": "matematikk",
            "grades": ["1", "2", "3"],
            "strand": "further",
            "language": "nb",
            "credits": "60",
        },
    ).location
    course = db.session.query(Course).one()
    browser.post(f"{course_page}/description", data=boxes(course, "description", summary="About numbers.", for_whom="Teachers."))
    browser.post(f"{course_page}/publication")

    assert 'value="15"' not in browser.get(f"/publish/modules/new?course={course.uuid}").text
    module_page = browser.post(
        "/publish/modules",
        data={
            "code": "MAT1",
            "title": "Algebra",
            "credits": "15",
            "course": str(course.uuid),
            "position": "1",
            "subject": "matematikk",
            "grades": "1",
            "language": "nb",
        },
    ).location
    module = db.session.query(Module).one()
    browser.post(
        f"{module_page}/learning", data=boxes(module, "learning", knowledge="Numbers.", skills="Teaching.", competence="Responsibility.")
    )
    browser.post(f"{module_page}/admission", data=boxes(module, "admission", admission="Teachers.", assessment_form="A portfolio."))
    browser.post(
        f"{module_page}/content", data=boxes(module, "content", **{"sentence-didactics": "How it is taught.", "credits-didactics": "7,5"})
    )
    browser.post(f"{module_page}/publication")

    run_page = browser.post(f"{module_page}/offerings", data={"semester": "2027v", "semesters": "1"}).location
    run = db.session.query(Offering).one()
    dates = {
        "starts_on": "2027-02-01",
        "ends_on": "2027-06-15",
        "opens_on": "2026-11-24",
        "apply_by": "2027-01-15",
        "queue_closes_on": "2027-01-20",
    }
    browser.post(
        f"{run_page}/dates", data=boxes(run, "dates", **dates, **{"from-1": "2027-02-03", "to-1": "2027-02-04", "place-1": "Bergen"})
    )
    browser.post(
        f"{run_page}/delivery", data=boxes(run, "delivery", delivery="online-and-gatherings", part_time="yes", place="Bergen", fee="0")
    )
    browser.post(f"{run_page}/seats", data=boxes(run, "seats", mode="direct", seats="20", minimum="12"))
    answer = browser.post(f"{run_page}/publication", follow_redirects=True)

    db.session.expire_all()
    assert (course.state, module.state, run.state) == (Publication.PUBLISHED, Publication.PUBLISHED, Run.PUBLISHED)
    assert [(one.starts_on, one.days, one.place) for one in run.gatherings] == [(date(2027, 2, 3), 2, "Bergen")]
    assert (run.fee_oere, run.seats, run.minimum, run.part_time) == (0, 20, 12, True)
    assert "The run is published. Teachers can see it now." in answer.text


def test_the_page_says_how_ready_it_is_and_leads_to_each_missing_field(desk):
    module = desk.module(knowledge=None, credits=None)

    page = desk.browser.get(at(module)).text

    assert "12/14" in page
    assert f'href="{at(module, "learning")}#knowledge"' in page
    assert f'href="{at(module, "basics")}#credits"' in page


def test_publishing_too_early_names_what_is_missing_with_links_and_changes_nothing(db, desk):
    module = desk.module(title=None)

    answer = desk.browser.post(at(module, "publication"))

    assert answer.status_code == 422
    assert f'<a href="{at(module, "basics")}#title">Missing: the title</a>' in answer.text
    assert module.state is Publication.DRAFT


def test_the_gap_of_a_run_whose_module_is_a_draft_leads_to_the_module(desk):
    run = desk.run(desk.module())

    assert f'<a href="{at(run.module)}">a published module</a>' in desk.browser.get(at(run)).text


def test_a_form_that_is_refused_keeps_what_was_typed_and_links_to_the_field(db, desk):
    module = desk.module("MAT1")

    answer = desk.browser.post(at(module, "basics"), data=boxes(module, "basics", title="A new title", credits="7.3"))

    assert answer.status_code == 422
    assert 'value="A new title"' in answer.text
    assert 'value="7.3"' in answer.text
    assert '<a href="#credits">Credits are whole or halves, such as 15 or 7.5, and at most 300.</a>' in answer.text
    assert db.session.get(Module, module.id).title == "Module MAT1"


def test_a_refusal_of_the_use_case_stands_at_its_field_too(desk):
    desk.module("MAT1", title="Algebra")
    module = desk.module("MAT2")

    answer = desk.browser.post(at(module, "basics"), data=boxes(module, "basics", code="mat1"))

    assert answer.status_code == 422
    assert '<a href="#code">Code: The module “Algebra” has the code MAT1 already.</a>' in text_of(answer)
    assert 'value="mat1"' in answer.text


def test_a_new_module_that_is_refused_keeps_what_was_typed(db, desk):
    desk.module("MAT1")

    answer = desk.browser.post("/publish/modules", data={"code": "MAT1", "title": "Geometry", "credits": "15"})

    assert answer.status_code == 422
    assert 'value="Geometry"' in answer.text
    assert db.session.query(Module).count() == 1


def test_a_change_of_what_teachers_see_is_shown_first_with_how_many_it_concerns(db, desk):
    run = desk.published_run()
    enrol(run.uuid, actor=f.acting(f.teacher()), at=f.MONDAY)
    typed = boxes(run, "delivery", place="Bergen")

    ask = desk.browser.post(at(run, "delivery"), data=typed)
    assert ask.status_code == 200
    assert "1 applicant sees this: 1 has a seat." in ask.text
    assert "This person is sent a message" in ask.text
    assert db.session.get(Offering, run.id).place is None

    assert desk.browser.post(at(run, "delivery"), data=typed | {"confirmed": "yes"}).status_code == 303
    db.session.expire_all()
    assert run.place == "Bergen"


def test_the_confirm_page_carries_everything_that_was_typed(desk):
    course = desk.course(state=Publication.PUBLISHED)
    typed = boxes(course, "basics", title="Math & <more>", grades=["1", "10"])

    ask = desk.browser.post(at(course, "basics"), data=typed)

    assert '<input type="hidden" name="title" value="Math &amp; &lt;more&gt;">' in ask.text
    assert [ask.text.count(f'name="grades" value="{grade}"') for grade in (1, 2, 10)] == [1, 0, 1]
    assert f'name="version" value="{typed["version"]}"' in ask.text


def test_from_the_confirm_page_one_can_change_more_without_losing_anything(db, desk):
    course = desk.course(state=Publication.PUBLISHED)

    again = desk.browser.post(at(course, "description"), data=boxes(course, "description", summary="About letters.", again="yes"))

    assert "About letters.</textarea>" in again.text
    assert db.session.get(Course, course.id).summary == "About numbers."


def test_nobody_is_told_of_another_fee(desk):
    run = desk.published_run()
    enrol(run.uuid, actor=f.acting(f.teacher()), at=f.MONDAY)

    assert "sent a message" not in desk.browser.post(at(run, "delivery"), data=boxes(run, "delivery", fee="500")).text


def test_the_way_to_those_who_take_part_opens_with_the_run(desk):
    draft, seen = desk.run(), desk.published_run()

    there = [f'href="{at(run, "participants")}"' in desk.browser.get(at(run)).text for run in (draft, seen)]

    assert there == [False, True]


def test_a_change_of_a_module_counts_those_in_its_runs(desk):
    module = desk.published_module()
    for run in (desk.published_run(module), desk.published_run(module)):
        enrol(run.uuid, actor=f.acting(f.teacher()), at=f.MONDAY)

    ask = desk.browser.post(at(module, "learning"), data=boxes(module, "learning", skills="Others."))

    assert "2 applicants see this: 2 have a seat." in ask.text


def test_the_second_editor_sees_both_versions_and_saves_knowingly(db, desk):
    course = desk.course()
    second = boxes(course, "description", summary="The second’s words.")
    desk.browser.post(at(course, "description"), data=boxes(course, "description", summary="The first’s words."))

    beside = desk.browser.post(at(course, "description"), data=second)
    db.session.expire_all()
    assert beside.status_code == 409
    assert "The first’s words." in beside.text
    assert "The second’s words.</textarea>" in beside.text
    assert course.summary == "The first’s words."

    knowingly = boxes(course, "description")["version"]
    assert f'name="version" value="{knowingly}"' in beside.text
    desk.browser.post(at(course, "description"), data=second | {"version": knowingly})
    db.session.expire_all()
    assert course.summary == "The second’s words."


def test_a_form_without_its_version_is_not_saved(db, desk):
    course = desk.course()

    assert desk.browser.post(at(course, "description"), data={"summary": "Blind."}).status_code == 409
    assert db.session.get(Course, course.id).summary == "About numbers."


def test_a_line_is_added_without_script_and_keeps_what_was_typed(db, desk):
    run = desk.run()

    more = desk.browser.post(at(run, "dates"), data=boxes(run, "dates", add="yes", **{"from-1": "not a date yet", "place-3": "Bergen"}))

    assert more.status_code == 200
    assert 'value="not a date yet"' in more.text
    assert 'name="from-4"' in more.text
    assert "Error:" not in more.text
    assert run.gatherings == []


def test_an_emptied_line_is_taken_away(db, desk):
    run = desk.run()
    f.gathering(run, date(2027, 3, 1), place="Bergen")
    f.gathering(run, date(2027, 4, 1))

    desk.browser.post(at(run, "dates"), data=boxes(run, "dates", **{"from-1": "", "to-1": "", "place-1": ""}))

    db.session.expire_all()
    assert [one.starts_on for one in run.gatherings] == [date(2027, 4, 1)]


def test_one_day_is_enough_for_a_gathering_of_a_day(db, desk):
    run = desk.run()

    desk.browser.post(at(run, "dates"), data=boxes(run, "dates", **{"from-1": "2027-03-01", "online-1": "yes"}))

    db.session.expire_all()
    assert [(one.ends_on, one.online) for one in run.gatherings] == [(date(2027, 3, 1), True)]


@pytest.mark.parametrize(("section", "box"), [("prerequisites", "module"), ("joint", "place")])
def test_a_section_of_many_lines_asks_the_database_no_more_than_one_of_few(desk, count_queries, section, box):
    module, asked = desk.module("MAT1"), []
    for lines in (1, 12):
        with count_queries() as seen:
            page = desk.browser.post(at(module, section), data={"add": "yes"} | {f"{box}-{line}": "x" for line in range(1, lines + 1)}).text
        assert f'name="{box}-{lines}"' in page
        asked.append(len(seen))
    assert asked[0] == asked[1]


def test_prerequisites_are_read_line_by_line(db, desk):
    desk.module("MAT1")
    module = desk.module("MAT2")
    typed = {
        "module-1": "MAT1",
        "strength-1": "required",
        "subject-2": "matematikk",
        "credits-2": "7,5",
        "strength-2": "recommended",
        "strength-3": "required",
    }

    desk.browser.post(at(module, "prerequisites"), data=boxes(module, "prerequisites", **typed))

    db.session.expire_all()
    page = desk.browser.get(at(module)).text
    assert "MAT1, required" in page
    assert "7.5 credits in Matematikk, recommended" in page


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"module-1": "MAT1", "subject-1": "matematikk"}, "module-1"),
        ({"subject-1": "matematikk"}, "credits-1"),
        ({"credits-1": "30"}, "subject-1"),
        ({"subject-1": "matematikk", "credits-1": "30", "strength-1": "perhaps"}, "strength-1"),
    ],
)
def test_a_prerequisite_said_by_halves_is_refused_at_its_box(desk, typed, field):
    module = desk.module("MAT2")

    answer = desk.browser.post(at(module, "prerequisites"), data=boxes(module, "prerequisites", **typed))

    assert (answer.status_code, f'href="#{field}"' in answer.text) == (422, True)


def test_what_a_module_contains_needs_the_sentence(desk):
    module = desk.module()

    answer = desk.browser.post(at(module, "content"), data=boxes(module, "content", **{"credits-ict": "5"}))

    assert (answer.status_code, 'href="#sentence-ict"' in answer.text) == (422, True)


def test_a_run_is_cancelled_with_a_reason_after_being_shown_whom_it_concerns(db, desk):
    run = desk.published_run(seats_taken=2)
    assert "2 people have a seat, and nobody waits." in desk.browser.get(at(run, "cancellation")).text

    assert desk.browser.post(at(run, "cancellation"), data={"reason": "  "}).status_code == 422
    assert db.session.get(Offering, run.id).state is Run.PUBLISHED

    desk.browser.post(at(run, "cancellation"), data={"reason": "Too few."})
    db.session.expire_all()
    assert (run.state, run.cancelled_reason) == (Run.CANCELLED, "Too few.")


def test_the_page_before_a_module_is_withdrawn_names_the_modules_that_require_it(desk):
    module = desk.published_module("MAT1")
    f.requires(desk.published_module("MAT2", title="Geometry"), module)

    assert "These modules require it: Geometry." in desk.browser.get(at(module, "withdrawal")).text


@pytest.mark.parametrize("path", ["", "/basics", "/description", "/withdrawal"])
def test_the_neighbours_course_has_no_page(desk, neighbour, path):
    assert desk.browser.get(at(neighbour.course()) + path).status_code == 404


@pytest.mark.parametrize(
    "path", ["", "/basics", "/learning", "/admission", "/content", "/prerequisites", "/overlaps", "/withdrawal", "/offerings/new"]
)
def test_the_neighbours_module_has_no_page(desk, neighbour, path):
    assert desk.browser.get(at(neighbour.module()) + path).status_code == 404


@pytest.mark.parametrize("path", ["", "/dates", "/delivery", "/seats", "/cancellation"])
def test_the_neighbours_run_has_no_page(desk, neighbour, path):
    assert desk.browser.get(at(neighbour.run()) + path).status_code == 404


@pytest.mark.parametrize("path", ["/basics", "/description", "/publication", "/withdrawal"])
def test_nothing_is_done_to_the_neighbours_course(desk, neighbour, path):
    course = neighbour.course()
    assert desk.browser.post(at(course) + path, data={"title": "Mine"}).status_code == 404


@pytest.mark.parametrize("asked", ["not-an-id", "00000000-0000-0000-0000-000000000001"])
def test_a_new_module_of_a_course_that_is_not_ones_own_is_refused(desk, asked):
    assert desk.browser.get(f"/publish/modules/new?course={asked}").status_code == 404


def test_a_new_module_begins_with_what_its_course_says(desk):
    course = desk.course(language="nn")
    desk.module("MAT1", of=course, position=4)

    page = desk.browser.get(f"/publish/modules/new?course={course.uuid}").text

    assert '<option value="nn" selected>' in page
    assert f'<option value="{course.uuid}" selected>' in page
    assert 'name="position" type="text" inputmode="numeric" class="w-5" value="5"' in page


def test_what_has_happened_is_told_with_who_did_it(desk):
    run = desk.run()
    desk.browser.post(at(run, "seats"), data=boxes(run, "seats", minimum="5"))
    desk.browser.post(at(run, "publication"))

    page = desk.browser.get(at(run)).text

    assert page.index("Edda Redaktør") < page.index("Seats changed")
    assert "<strong>Published</strong>" in page


@pytest.mark.parametrize(("code", "status"), [("2031h", 200), ("2027", 422), ("2027x", 422), ("1926h", 422), ("9999v", 422)])
def test_a_semester_is_one_of_our_time(db, desk, code, status):
    run = desk.run(starts_on=None, ends_on=None, opens_on=None, apply_by=None, queue_closes_on=None)

    answer = desk.browser.post(at(run, "dates"), data=boxes(run, "dates", semester=code), follow_redirects=True)

    assert answer.status_code == status
    db.session.expire_all()
    assert run.semester == (Semester.from_code(code) if status == 200 else f.SPRING)


@pytest.mark.parametrize(("typed", "shown"), [("1 250", "kr 1,250"), ("1250,50", "kr 1,250.50"), ("0", "kr 0")])
def test_a_fee_is_read_as_people_write_it(desk, typed, shown):
    run = desk.run()

    desk.browser.post(at(run, "delivery"), data=boxes(run, "delivery", fee=typed))

    assert shown in desk.browser.get(at(run)).text


def test_a_draft_is_seen_as_a_teacher_would_see_it_by_its_editors_only(desk, neighbour):
    module = desk.module("MAT1", title="Algebra", skills=None)
    desk.run(module, semester=None, starts_on=None)

    page = desk.browser.get(at(module, "preview")).text

    assert "This is a preview. Only editors of your institution see it." in page
    assert "<h1>Algebra</h1>" in page
    assert desk.browser.get(f"/modules/HVL/{module.slug}").status_code == 404
    assert neighbour.browser.get(at(module, "preview")).status_code == 404


def test_a_course_of_nothing_but_a_title_has_a_preview(desk):
    course = f.course(desk.institution, title="Empty", state=Publication.DRAFT)

    assert "<h1>Empty</h1>" in desk.browser.get(at(course, "preview")).text


def test_what_is_published_is_found_where_its_page_says(desk):
    run = desk.published_run()
    course = desk.course(slug="numbers", state=Publication.PUBLISHED)

    for thing, public in (
        (course, "/courses/HVL/numbers"),
        (run.module, f"/modules/HVL/{run.module.slug}"),
        (run, f"/offerings/{run.uuid}"),
    ):
        assert f'Yes – <a href="{public}">view</a>' in desk.browser.get(at(thing)).text
        assert desk.browser.get(public).status_code == 200


def test_a_cancelled_run_says_why_and_asks_for_nothing(desk):
    page = desk.browser.get(at(desk.run(state=Run.CANCELLED, cancelled_reason="Too few.", fee_oere=None))).text

    assert "Too few." in page
    assert "Change" not in page
    assert "Missing" not in page
