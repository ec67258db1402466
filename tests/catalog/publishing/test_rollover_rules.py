"""How dates move to the next year, and which runs are copied."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.offers.rules import first_day_of, last_day_of
from catalog.publishing import rules as publishing_rules
from catalog.publishing.rollover import rules, words
from catalog.publishing.rollover.values import Collision, Counts, Dates, Fate, Span, Why
from catalog.publishing.values import Meeting
from catalog.values import Semester, Term
from config.working_days import public_holidays_on

SEMESTERS = st.builds(Semester, st.integers(2020, 2060), st.sampled_from(Term))
DAYS = st.integers(0, 120)


@st.composite
def runs(draw) -> tuple[Semester, Dates]:
    """A semester, and the dates of a run in it that are in order."""
    semester = draw(SEMESTERS)
    first, last = first_day_of(semester), last_day_of(semester)
    starts_on = draw(st.dates(first, last - timedelta(days=1)))
    ends_on = draw(st.dates(starts_on + timedelta(days=1), last))
    apply_by = starts_on - timedelta(days=draw(DAYS))
    opens_on = apply_by - timedelta(days=draw(DAYS))
    meetings = draw(st.lists(st.tuples(st.dates(starts_on, ends_on), st.integers(0, 3)), max_size=4))
    gatherings = tuple(Meeting(day, min(day + timedelta(days=more), ends_on), "Bergen") for day, more in meetings)
    return semester, Dates(starts_on, ends_on, opens_on, apply_by, apply_by, gatherings)


def days(dates: Dates) -> list[date]:
    found = [dates.starts_on, dates.ends_on, dates.opens_on, dates.apply_by, dates.queue_closes_on]
    return found + [day for meeting in dates.gatherings for day in (meeting.starts_on, meeting.ends_on)]


@given(runs())
def test_every_date_keeps_its_weekday(run):
    semester, dates = run
    later = rules.next_year(dates, semester)

    assert [day.weekday() for day in days(later)] == [day.weekday() for day in days(dates)]


@given(runs())
def test_all_dates_of_a_run_move_by_the_same_52_or_53_weeks(run):
    semester, dates = run
    later = rules.next_year(dates, semester)

    assert {(after - before).days for before, after in zip(days(dates), days(later), strict=True)} in ({364}, {371})


@given(runs())
def test_a_run_stays_within_the_same_semester_of_the_next_year(run):
    semester, dates = run
    later = rules.next_year(dates, semester)

    problems = publishing_rules.date_problems(semester=semester.plus(2), semesters=1, **vars(later))

    assert first_day_of(semester.plus(2)) <= later.starts_on <= last_day_of(semester.plus(2))
    assert problems == []


@given(runs(), st.integers(1, 15))
def test_year_after_year_a_run_never_leaves_its_semester(run, years):
    semester, dates = run
    for _year in range(years):
        dates, semester = rules.next_year(dates, semester), semester.plus(2)

    assert semester.term is run[0].term
    assert first_day_of(semester) <= dates.starts_on <= last_day_of(semester)


def test_the_first_day_moves_a_week_more_only_where_it_would_fall_before_the_semester():
    autumn = Semester(2026, Term.AUTUMN)

    assert rules.next_year(Dates(starts_on=date(2026, 8, 3)), autumn).starts_on == date(2027, 8, 2)
    assert rules.next_year(Dates(starts_on=date(2026, 8, 1)), autumn).starts_on == date(2027, 8, 7)
    assert rules.next_year(Dates(apply_by=date(2026, 8, 1)), autumn).apply_by == date(2027, 7, 31)


@given(st.integers(2020, 2060), st.integers(1, 52), st.integers(0, 6))
def test_a_week_moves_as_its_days_do(year, week, weekday):
    day = date.fromisocalendar(year, week, weekday + 1)
    moved = day + timedelta(weeks=52)

    assert rules.moved_week(f"{year}-{week}", 52) == f"{moved.isocalendar().year}-{moved.isocalendar().week}"


def test_what_is_not_stated_stays_unstated():
    assert rules.next_year(Dates(ends_on=date(2027, 6, 15)), Semester(2027, Term.SPRING)) == Dates(ends_on=date(2028, 6, 13))
    assert not rules.next_year(Dates(), Semester(2027, Term.SPRING))


def test_dates_on_public_holidays_are_found_also_within_a_gathering():
    dates = Dates(starts_on=date(2027, 5, 17), apply_by=date(2027, 4, 1), gatherings=(Meeting(date(2027, 3, 24), date(2027, 3, 26)),))

    assert rules.collisions(dates, public_holidays_on) == (
        Collision("starts_on", date(2027, 5, 17), "Constitution Day"),
        Collision("starts_on", date(2027, 5, 17), "Pentecost Monday"),
        Collision("gatherings", date(2027, 3, 25), "Maundy Thursday"),
        Collision("gatherings", date(2027, 3, 26), "Good Friday"),
    )


def test_a_gathering_known_by_its_week_collides_with_nothing():
    assert rules.collisions(Dates(gatherings=(Meeting(None, None, week="2027-12"),)), public_holidays_on) == ()


def test_every_holiday_of_a_century_has_its_word():
    found = {name for year in range(2000, 2100) for day in range(366) for name in public_holidays_on(date(year, 1, 1) + timedelta(days=day))}

    assert found == set(words.HOLIDAYS)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({}, None),
        ({"cancelled": True, "withdrawn": True}, Why.CANCELLED),
        ({"draft": True, "dated": False}, Why.DRAFT),
        ({"withdrawn": True, "dated": False}, Why.WITHDRAWN),
        ({"dated": False}, Why.NO_DATES),
    ],
)
def test_why_a_run_is_not_copied(facts, why):
    assert rules.why_left(**({"cancelled": False, "draft": False, "withdrawn": False, "dated": True} | facts)) is why


@given(st.lists(st.sampled_from([(Fate.COPIED, None), (Fate.THERE, None), *((Fate.LEFT, why) for why in Why)])))
def test_the_counts_add_up(fates):
    counts = Counts.of(fates)

    assert counts.total == len(fates) == counts.copied + counts.there + sum(counts.left.values())


@pytest.mark.parametrize(
    ("code", "semesters", "following"), [("2026h", ["2026h"], "2027h"), ("2027v", ["2027v"], "2028v"), ("2026", ["2026h", "2027v"], "2027")]
)
def test_a_span_is_a_semester_or_a_study_year(code, semesters, following):
    span = Span.from_code(code)

    assert ([semester.code for semester in span.semesters], span.next_year().code) == (semesters, following)
    assert span.next_year() == Span.from_code(following)


@pytest.mark.parametrize("code", ["", "26h", "2026x", "20266", "²026", "2026hh"])
def test_other_words_are_no_span(code):
    with pytest.raises(ValueError):
        Span.from_code(code)
