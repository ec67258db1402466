"""When one is told, and of what. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from enrolment.saved.values import Matches

MONDAY = 0
DAYS_IN_A_WEEK = 7
MOST_RECENT = 10  # searches that are remembered by themselves
MOST_SEARCHES = 20  # saved by one person; each is asked again every week
MOST_STUDIES = 200


def next_telling(on: date) -> date:
    """The Monday after a day, which is when everybody is told: at most one message a week, however many searches are saved."""
    return on + timedelta(days=DAYS_IN_A_WEEK - (on.weekday() - MONDAY) % DAYS_IN_A_WEEK)


def news(found: Matches, seen: Matches, runs_of: Mapping[int, Iterable[int]]) -> list[int]:
    """The studies to tell of: those that are new in the answer, and those with a new run in it, by key in the order of `runs_of`."""
    new = found - seen
    return [key for key, runs in runs_of.items() if key in new.studies or any(run in new.runs for run in runs)]
