"""The dates of made-up runs, from whatever day they are told."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.offers.rules import first_day_of
from catalog.publishing.rules import date_problems
from catalog.publishing.values import Meeting
from catalog.values import Semester, Term
from config.working_days import is_working_day
from demo import dates
from demo.dice import Seed

DAYS = st.dates(date(2024, 1, 1), date(2035, 12, 31))
SEEDS = st.integers(1, 50)
FORMS = st.sampled_from([(), (2, 2), (2, 2, 2), (3, 3, 3), (2, 2, 2, 2), (1, 1, 1)])
WHENS = st.sampled_from(
    [(dates.held, -1), (dates.held, -4), (dates.open_now, 0), (dates.opens_soon, 0), (dates.open_now, 1), (dates.opens_soon, 1)]
)


@pytest.mark.parametrize(
    ("today", "semester"),
    [
        (date(2026, 11, 23), Semester(2027, Term.SPRING)),
        (date(2026, 12, 31), Semester(2027, Term.SPRING)),
        (date(2027, 1, 1), Semester(2027, Term.AUTUMN)),
        (date(2027, 7, 31), Semester(2027, Term.AUTUMN)),
        (date(2027, 8, 1), Semester(2028, Term.SPRING)),
    ],
)
def test_the_first_coming_semester_is_the_one_after_that_of_the_day(today, semester):
    assert dates.first_coming(today) == semester


@given(DAYS, SEEDS, WHENS, st.integers(1, 3), FORMS)
def test_an_editor_could_have_typed_the_dates_of_every_run(today, number, when, semesters, form):
    place, offset = when
    semester = dates.first_coming(today).plus(offset)

    told = place(semester, semesters, today, Seed(number).dice("run"))
    spans = dates.gatherings(told, semester, semesters, form)

    meetings = [Meeting(row, None, first, last) for row, (first, last) in enumerate(spans)]
    assert date_problems(semester=semester, semesters=semesters, gatherings=meetings, **told.__dict__) == []
    assert len(spans) == len(form) * semesters


@given(DAYS, SEEDS, FORMS)
def test_gatherings_are_on_working_days_outside_the_schools_holidays_and_apart(today, number, form):
    semester = dates.first_coming(today)

    spans = dates.gatherings(dates.open_now(semester, 2, today, Seed(number).dice("run")), semester, 2, form)

    held = [first + timedelta(days=n) for first, last in spans for n in range((last - first).days + 1)]
    weeks = {day.isocalendar().week for day in held}
    assert [day for day in held if not is_working_day(day)] == []
    assert weeks & {8, 9, 40, 41} == set()
    assert all(before[1] < after[0] for before, after in pairwise(spans))


@given(DAYS, SEEDS, st.integers(0, 1))
def test_an_open_run_can_be_enrolled_in_today_and_one_that_opens_soon_cannot_yet(today, number, offset):
    semester, dice = dates.first_coming(today).plus(offset), Seed(number).dice("run")

    now, soon = dates.open_now(semester, 1, today, dice), dates.opens_soon(semester, 1, today, dice)

    assert now.opens_on < today < now.apply_by
    assert today < soon.opens_on <= soon.apply_by
    assert is_working_day(now.apply_by) and is_working_day(soon.apply_by)


@given(DAYS, SEEDS)
def test_what_is_under_way_has_begun_and_what_is_over_was_marked_before_today(today, number):
    semester, dice = dates.first_coming(today), Seed(number).dice("run")

    running, over = dates.held(semester.plus(-1), 1, today, dice), dates.held(semester.plus(-2), 1, today, dice)

    assert first_day_of(semester.plus(-1)) <= running.starts_on <= today
    assert over.ends_on < today
    assert over.starts_on < dates.recorded_on(over, today, dice) < today
