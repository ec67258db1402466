"""Whatever is typed: a clear sentence at the field, what was typed is kept, nothing is half saved, never a stack trace."""

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.offers.models import Course, Module, Offering
from catalog.publishing import content
from tests.catalog.publishing.conftest import boxes
from tests.catalog.publishing.test_pages import at

CREDITS = "Credits are whole or halves, such as 15 or 7.5, and at most 300."
DATE = "This is not a date. Write it like 2027-01-31."


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("credits", "7.3", CREDITS),
        ("credits", "-15", CREDITS),
        ("credits", "301", CREDITS),
        ("credits", "1e1000", CREDITS),
        ("credits", "NaN", CREDITS),
        ("credits", "Infinity", CREDITS),
        ("credits", "fifteen", CREDITS),
        ("credits", "0", "Credits are more than nought. Leave the box empty where there are none."),
        ("code", "<b>", "A code has letters, figures, hyphens and the like, and begins with a letter or a figure: MAT601."),
        ("code", "M" * 31, "This is too long: at most 30 characters."),
        ("title", "T" * 201, "This is too long: at most 200 characters."),
        ("title", "A\x00B", "This holds signs that cannot be shown."),
        ("title", "A\x1bB", "This holds signs that cannot be shown."),
        ("position", "-1", "Write a whole number between 0 and 999."),
        ("position", "1.5", "This must be a whole number."),
        ("position", "9" * 5000, None),
        ("course", "not-an-id", "This is not a valid identifier."),
        ("grades", "15", "Choose from the list."),
        ("grades", "one", "This must be a whole number."),
        ("subject", "alchemy", "Choose from the list."),
        ("language", "tlh", "Choose from the list."),
        ("state", "published", "There is no such field."),
        ("institution_id", "7", "There is no such field."),
    ],
)
def test_a_module_that_makes_no_sense_is_refused_at_the_field(db, desk, field, typed, sentence):
    module = desk.module("MAT1")

    answer = desk.browser.post(at(module, "basics"), data=boxes(module, "basics", **{field: typed}))

    assert answer.status_code == 422
    assert sentence is None or sentence in answer.text
    assert f'href="#{field}"' in answer.text
    db.session.expire_all()
    assert (module.title, module.credits, module.version) == ("Module MAT1", 15, 1)


@pytest.mark.parametrize(
    ("section", "field", "typed", "sentence"),
    [
        ("dates", "starts_on", "1926-02-01", "The year is 1926. It must be between 2000 and 2100."),
        ("dates", "starts_on", "2027-02-30", DATE),
        ("dates", "starts_on", "01.02.2027", DATE),
        ("dates", "starts_on", "tomorrow", DATE),
        ("dates", "apply_by", "2927-01-15", "The year is 2927. It must be between 2000 and 2100."),
        ("dates", "from-1", "1926-03-01", "The year is 1926. It must be between 2000 and 2100."),
        ("dates", "place-1", "Bergen", None),
        ("dates", "week-1", "2027-54", "Write a week as year and number, such as 2027-36."),
        ("dates", "semesters", "0", "Write a whole number between 1 and 8."),
        ("dates", "uuid-1", "x", "This is not a valid identifier."),
        ("delivery", "fee", "free", "Write an amount in kroner with figures only, such as 1250."),
        ("delivery", "fee", "-1", "The amount is between 0 and 1,000,000 kroner, with at most two decimals."),
        ("delivery", "fee", "1.234", "The amount is between 0 and 1,000,000 kroner, with at most two decimals."),
        ("delivery", "fee", "1e999999", "The amount is between 0 and 1,000,000 kroner, with at most two decimals."),
        ("delivery", "fee", "NaN", "The amount is between 0 and 1,000,000 kroner, with at most two decimals."),
        ("delivery", "municipality", "9999", "Choose from the list."),
        ("delivery", "delivery", "by-pigeon", "Choose from the list."),
        ("delivery", "part_time", "perhaps", "Answer yes or no."),
        ("seats", "seats", "-1", "Write a whole number between 0 and 10000."),
        ("seats", "seats", "many", "This must be a whole number."),
        ("seats", "mode", "lottery", "Choose from the list."),
        ("seats", "seats_taken", "0", "There is no such field."),
    ],
)
def test_a_run_that_makes_no_sense_is_refused_at_the_field(db, desk, section, field, typed, sentence):
    run = desk.run()

    answer = desk.browser.post(at(run, section), data=boxes(run, section, **{field: typed}))

    assert answer.status_code == 422
    assert sentence is None or sentence in answer.text
    db.session.expire_all()
    assert run.version == 1


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://example.org", "example.org", "data:text/html,x"])
def test_an_address_that_is_none_is_refused(desk, address):
    module = desk.module()

    answer = desk.browser.post(at(module, "content"), data=boxes(module, "content", **{"sentence-ict": "ICT.", "address-ict": address}))

    assert (answer.status_code, "This is not an address. Begin with https://." in answer.text) == (422, True)


def test_two_megabytes_of_text_are_refused_before_they_are_read(db, desk):
    course = desk.course()

    answer = desk.browser.post(at(course, "description"), data={"summary": "x" * 2_000_000})

    assert answer.status_code == 413
    assert "too large" in answer.text
    assert db.session.get(Course, course.id).summary == "About numbers."


def test_a_text_a_little_too_long_comes_back_whole(desk):
    course, typed = desk.course(), "y" * 4001

    answer = desk.browser.post(at(course, "description"), data=boxes(course, "description", summary=typed))

    assert answer.status_code == 422
    assert typed in answer.text


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "%(title)s", "=1+1"])
def test_what_looks_like_code_is_shown_as_the_text_it_is(db, desk, typed):
    module = desk.module("MAT1")

    desk.browser.post(at(module, "basics"), data=boxes(module, "basics", title=typed))
    db.session.expire_all()

    assert module.title == typed
    for page in (at(module), at(module, "basics"), "/publish"):
        text = desk.browser.get(page).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert str(escape(typed, quote=False)).split("'")[0] in text.replace("&#34;", '"')


def test_signs_of_every_script_are_kept(db, desk):
    module, title = desk.module("MAT1"), "Čálli ja giella – đ ŋ ŧ ž 数学 🧮"

    desk.browser.post(at(module, "basics"), data=boxes(module, "basics", title=title))

    db.session.expire_all()
    assert module.title == title


def test_line_ends_of_any_kind_are_one_kind(db, desk):
    course = desk.course()

    desk.browser.post(at(course, "description"), data=boxes(course, "description", summary="One.\r\nTwo.\rThree.\n"))

    db.session.expire_all()
    assert course.summary == "One.\nTwo.\nThree."


def test_more_lines_than_anybody_needs_are_refused_and_kept(db, desk):
    run = desk.run()
    lines = {f"from-{number}": "2027-03-01" for number in range(1, 62)}

    answer = desk.browser.post(at(run, "dates"), data=boxes(run, "dates", **lines))

    assert answer.status_code == 422
    assert "There are more than 60 lines. Send fewer." in answer.text
    assert 'name="from-61"' in answer.text
    assert run.gatherings == []


def test_more_boxes_than_a_form_has_are_refused(desk):
    course = desk.course()

    assert desk.browser.post(at(course, "basics"), data={f"box{number}": "x" for number in range(4000)}).status_code in (413, 422)


@pytest.mark.parametrize(
    "path", ["courses/x", "modules/1", "offerings/00000000-0000-0000-0000-00000000000g", "courses/new/basics", "modules"]
)
def test_an_address_that_leads_nowhere_is_answered_with_a_page(desk, path):
    assert desk.browser.get(f"/publish/{path}").status_code in (404, 405)


def test_nothing_is_begun_by_a_form_that_is_refused(db, desk):
    desk.browser.post("/publish/courses", data={"title": "", "credits": "7.3"})
    desk.browser.post("/publish/modules", data={"title": "Algebra", "credits": "7.3"})
    module = desk.module()
    desk.browser.post(at(module, "offerings"), data={"semester": "soon"})

    assert (db.session.query(Course).count(), db.session.query(Module).count(), db.session.query(Offering).count()) == (1, 1, 0)


ANYTHING = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.sampled_from(["7,5", "2027-02-01", "2027v", "yes", "MAT1", "matematikk", "further", "1" * 40, "-0", "१५", "2027-1-1", "٢٠٢٧-٠١-٠١", "\x00", "%s", "1_0"]),
)


@pytest.mark.parametrize(("kind", "section"), [(kind, section) for kind, sections in content.FIELDS.items() for section in sections])
@given(data=st.data())
@settings(max_examples=25)
def test_whatever_stands_in_the_boxes_the_answer_is_a_page(db, desk, kind, section, data):
    thing = {"course": desk.course, "module": desk.module, "offering": desk.run}[kind]()
    sent = boxes(thing, section)
    names = [*sent, "from-1", "to-2", "place-1", "week-1", "online-1", "module-1", "subject-1", "credits-1", "modules-1", "sentence-ict", "credits-ict"]
    typed = data.draw(st.dictionaries(st.sampled_from(names), ANYTHING, max_size=6))

    answer = desk.browser.post(at(thing, section), data=sent | typed)

    assert answer.status_code in (200, 303, 409, 422), typed
