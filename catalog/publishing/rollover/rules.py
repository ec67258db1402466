"""How the dates of a run move to the next year, and which runs are copied. Pure."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from catalog.offers.rules import first_day_of
from catalog.publishing.rollover.values import YEAR, Collision, Dates, Why
from catalog.publishing.values import Meeting
from catalog.values import Semester

WEEKS = 52  # a year, to the same weekday


def weeks_on(semester: Semester, starts_on: date | None) -> int:
    """By how many weeks every date of a run moves: 52, and one more where its first day would otherwise fall before the semester it moves to.

    52 weeks are a day or two short of a year, so dates that are rolled over year after year creep towards the summer.
    """
    if starts_on is None or starts_on < first_day_of(semester):
        return WEEKS
    return WEEKS if starts_on + timedelta(weeks=WEEKS) >= first_day_of(semester.plus(YEAR)) else WEEKS + 1


def next_year(dates: Dates, semester: Semester) -> Dates:
    """All dates of a run of a semester as they stand a year later: all moved by the same weeks, so weekdays, order and distances stay."""
    weeks = weeks_on(semester, dates.starts_on)
    return Dates(
        starts_on=moved(dates.starts_on, weeks),
        ends_on=moved(dates.ends_on, weeks),
        opens_on=moved(dates.opens_on, weeks),
        apply_by=moved(dates.apply_by, weeks),
        queue_closes_on=moved(dates.queue_closes_on, weeks),
        gatherings=tuple(_moved_meeting(meeting, weeks) for meeting in dates.gatherings),
    )


def moved(day: date | None, weeks: int) -> date | None:
    return day + timedelta(weeks=weeks) if day else None


def _moved_meeting(meeting: Meeting, weeks: int) -> Meeting:
    week = moved_week(meeting.week, weeks) if meeting.week else None
    return Meeting(moved(meeting.starts_on, weeks), moved(meeting.ends_on, weeks), meeting.place, meeting.online, week)


def moved_week(week: str, weeks: int) -> str:
    """An ISO week, as its Monday moves: week 36 of 2026, which has 53 weeks, is week 35 of 2027."""
    year, _hyphen, number = week.partition("-")
    monday = date.fromisocalendar(int(year), int(number), 1) + timedelta(weeks=weeks)
    return f"{monday.isocalendar().year}-{monday.isocalendar().week}"


def collisions(dates: Dates, holidays_on: Callable[[date], Iterable[str]]) -> tuple[Collision, ...]:
    """The dates that fall on a public holiday; of a gathering each of its days. `holidays_on` names the holidays of a day."""
    named = [(field, getattr(dates, field)) for field in ("opens_on", "apply_by", "queue_closes_on", "starts_on", "ends_on")]
    named += [("gatherings", day) for meeting in dates.gatherings for day in _days_of(meeting)]
    return tuple(Collision(field, day, holiday) for field, day in named if day for holiday in holidays_on(day))


def _days_of(meeting: Meeting) -> list[date]:
    if meeting.starts_on is None or meeting.ends_on is None:
        return []
    return [meeting.starts_on + timedelta(days=number) for number in range((meeting.ends_on - meeting.starts_on).days + 1)]


def why_left(*, cancelled: bool, draft: bool, withdrawn: bool, dated: bool) -> Why | None:
    """Why a run is not copied: it was called off, nobody ever saw it, its module is withdrawn, or it has no date to move. None: it is copied."""
    reasons = {Why.CANCELLED: cancelled, Why.DRAFT: draft, Why.WITHDRAWN: withdrawn, Why.NO_DATES: not dated}
    return next((why for why, holds in reasons.items() if holds), None)
