"""How long to wait before the next try. Pure."""

from datetime import datetime, timedelta

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))
MOST_TRIES = len(WAITS) + 1
HELD = timedelta(minutes=15)  # a tick that has not come back by then was stopped in the middle


def next_try(tries: int, at: datetime) -> datetime | None:
    """When to try again after so many tries; none after the last one."""
    return at + WAITS[tries - 1] if tries < MOST_TRIES else None
