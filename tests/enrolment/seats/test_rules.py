"""When an offer of a seat must be answered, and when none is made."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import working_days
from enrolment.seats.rules import is_open, last_day_to_answer

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("on", "starts_on", "closes_on", "last"),
    [
        (MONDAY, date(2027, 2, 1), None, date(2026, 11, 30)),  # five working days
        (date(2026, 12, 21), date(2027, 2, 1), None, date(2026, 12, 30)),  # Christmas Eve, Christmas and Boxing Day are skipped
        (date(2027, 3, 22), date(2027, 6, 1), None, date(2027, 4, 1)),  # Maundy Thursday to Easter Monday are skipped
        (MONDAY, date(2026, 11, 29), None, date(2026, 11, 26)),  # three days before the start
        (MONDAY, date(2026, 11, 28), None, date(2026, 11, 25)),  # exactly two working days
        (MONDAY, date(2026, 11, 27), None, None),  # one would be too few
        (MONDAY, date(2026, 11, 1), None, None),  # it has begun
        (MONDAY, date(2027, 2, 1), MONDAY, date(2026, 11, 30)),
        (MONDAY, date(2027, 2, 1), date(2026, 11, 22), None),  # the queue closed yesterday
        (MONDAY, None, None, date(2026, 11, 30)),
    ],
)
def test_an_offer_stands_for_five_working_days_but_not_into_the_last_three_before_the_start(on, starts_on, closes_on, last):
    assert last_day_to_answer(on, starts_on=starts_on, queue_closes_on=closes_on) == last


@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)), st.integers(-10, 200))
def test_whoever_is_offered_a_seat_has_two_to_five_working_days_and_answers_before_the_start(on, days_to_start):
    starts_on = on + timedelta(days=days_to_start)

    last = last_day_to_answer(on, starts_on=starts_on, queue_closes_on=None)

    if last is not None:
        assert 2 <= working_days.between(on, last) <= 5
        assert last <= starts_on - timedelta(days=3)


@pytest.mark.parametrize(
    ("on", "opens_on", "apply_by", "open_"),
    [
        (MONDAY, MONDAY, MONDAY, True),
        (MONDAY, date(2026, 11, 24), None, False),
        (MONDAY, None, date(2026, 11, 22), False),
        (MONDAY, None, None, True),
    ],
)
def test_one_may_enrol_from_the_first_day_to_the_last(on, opens_on, apply_by, open_):
    assert is_open(on, opens_on=opens_on, apply_by=apply_by) is open_
