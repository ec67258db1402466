"""The one place that reads the clock. Everything else is told the time as `at` (aware UTC) or `on` (a date at home)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import current_app, g, has_request_context

HOME = ZoneInfo("Europe/Oslo")


def now() -> datetime:
    """The moment the request arrived, so that a deadline is judged before any lock; outside a request, this moment."""
    if has_request_context():
        if "arrived_at" not in g:
            g.arrived_at = _read()
        return g.arrived_at
    return _read()


def _read() -> datetime:
    return current_app.config.get("CLOCK", lambda: datetime.now(UTC))()


def today() -> date:
    """The date at home when the request arrived."""
    return day_of(now())


def day_of(at: datetime) -> date:
    """The date at home of a moment."""
    return at.astimezone(HOME).date()


def end_of(day: date) -> datetime:
    """The moment a deadline day ends: the next midnight at home (shown as 23:59)."""
    return datetime.combine(day + timedelta(days=1), time(), HOME).astimezone(UTC)


def start_of(day: date) -> datetime:
    return datetime.combine(day, time(), HOME).astimezone(UTC)
