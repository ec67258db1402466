"""Decisions about seats and queues, from facts alone."""

from collections.abc import Iterable
from datetime import date, timedelta

from config import working_days

DAYS_TO_ANSWER = 5  # working days
LEAST_DAYS_TO_ANSWER = 2  # working days
DAYS_BEFORE_START = 3
DAYS_AFTER_SPLIT = 3  # at least, for those who applied together for all or nothing, once one of them is out


def last_day_to_answer(on: date, *, starts_on: date | None, queue_closes_on: date | None) -> date | None:
    """The last day to answer an offer made on a day: five working days on, but three days before the start at the latest.

    None where less than two working days would be left, or the queue has closed: then no offer is made.
    """
    if queue_closes_on is not None and on > queue_closes_on:
        return None
    return before_start(on, working_days.after(on, DAYS_TO_ANSWER), [starts_on])


def before_start(on: date, last: date, starts_on: Iterable[date | None]) -> date | None:
    """A last day to answer, but three days before the first of some starts at the latest; none where less than two working days would be left."""
    last = min([last, *(day - timedelta(days=DAYS_BEFORE_START) for day in starts_on if day is not None)])
    return last if working_days.between(on, last) >= LEAST_DAYS_TO_ANSWER else None


def is_open(on: date, *, opens_on: date | None, apply_by: date | None) -> bool:
    """Whether one may enrol on a day: from the first day to the last, both included; without a last day, open until told otherwise."""
    return (opens_on is None or opens_on <= on) and (apply_by is None or on <= apply_by)
