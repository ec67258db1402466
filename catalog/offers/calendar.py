"""A run's gatherings as iCalendar (RFC 5545, RFC 7986): one event for each dated gathering, whole days, Europe/Oslo.

The time zone is written from a text of our own: what the library would add has its daylight saving begin an hour late and only
as a list of dates, which several calendars read wrongly.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from icalendar import Calendar, Event, Timezone, vDuration, vText, vUri

from catalog.offers import words
from catalog.offers.lifecycle import Run
from catalog.offers.models import Gathering, Offering

ZONE = Path(__file__).parent / "europe-oslo.ics"
EVERY = timedelta(hours=6)  # how often a calendar may look again
BEFORE_ALL = datetime(2000, 1, 1, tzinfo=UTC)  # where no moment of publishing is known


def of_offering(offering: Offering, *, page: str, host: str) -> bytes:
    """The calendar file. `page`: the address of the run; `host` makes the identifiers of the events unique in the world."""
    name = " · ".join(filter(None, (offering.module.title, words.semester(offering.semester))))
    calendar = _frame(name, page)
    for gathering in words.in_order(offering.gatherings):
        if gathering.starts_on:
            calendar.add_component(_event(gathering, offering, name, page, host))
    return calendar.to_ical()


def _frame(name: str, page: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Seksti//Seksti//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", vText(name))
    calendar.add("x-wr-calname", vText(name))
    calendar.add("x-wr-timezone", "Europe/Oslo")
    calendar.add("refresh-interval", vDuration(EVERY), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(EVERY))
    calendar.add("source", vUri(f"{page}.ics"), parameters={"VALUE": "URI"})
    calendar.add_component(Timezone.from_ical(ZONE.read_bytes()))
    return calendar


def _event(gathering: Gathering, offering: Offering, name: str, page: str, host: str) -> Event:
    cancelled = offering.state is Run.CANCELLED
    event = Event()
    event.add("uid", f"{gathering.uuid}@{host}")
    # Never now: the file stays the same between two looks.
    event.add("dtstamp", offering.published_at or offering.module.published_at or BEFORE_ALL)
    event.add("sequence", offering.version)
    event.add("dtstart", gathering.starts_on)
    event.add("dtend", gathering.ends_on + timedelta(days=1))
    # Some calendars drop a cancelled event without a word, so the title says it too.
    event.add("summary", f"{words.run(Run.CANCELLED).upper()}: {name}" if cancelled else name)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("location", words.venue(gathering))
    event.add("url", vUri(page))
    event.add("transp", "OPAQUE")
    return event
