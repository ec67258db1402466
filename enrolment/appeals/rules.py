"""Until when a mark can be appealed: pure."""

from datetime import date, timedelta


def last_day(recorded_on: date, days: int) -> date:
    """The last of so many days after the one on which the mark was recorded."""
    return recorded_on + timedelta(days=days)


def in_time(on: date, *, recorded_on: date, days: int | None) -> bool:
    """Where no rule holds, a mark can always be appealed."""
    return days is None or on <= last_day(recorded_on, days)
