"""Gatherings as iCalendar (RFC 5545, RFC 7986): one event for each dated gathering, whole days, Europe/Oslo, and no rules of repetition.

The time zone is written from a text of our own: what the library would add has its daylight saving begin an hour late and only
as a list of dates, which several calendars read wrongly.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from icalendar import Calendar, Event, Timezone, vDDDTypes, vDuration, vGeo, vInt, vText, vUri

from catalog.offers import positions, words
from catalog.offers.lifecycle import Run
from catalog.offers.models import Offering

ZONE = Path(__file__).parent / "europe-oslo.ics"
EVERY = timedelta(hours=6)  # how often a calendar may look again
BEFORE_ALL = datetime(2000, 1, 1, tzinfo=UTC)  # where no moment of publishing is known


@dataclass(frozen=True)
class Entry:
    """One event of whole days (both included). `uid` never changes; `stamp`: when what it says was published, never now, so that a file stays the same
    between two looks. `taken`: whether the days are taken, or only to be remembered."""

    uid: str
    title: str
    starts_on: date
    ends_on: date
    url: str
    place: str = ""
    note: str = ""
    sequence: int = 0
    stamp: datetime | None = None
    cancelled: bool = False
    tentative: bool = False
    taken: bool = True
    position: tuple[float, float] | None = None  # degrees north and east, where they are known


def of_offering(offering: Offering, *, page: str, host: str) -> bytes:
    """The calendar file of a run. `page`: its address; `host` makes the identifiers of the events unique in the world."""
    name = " · ".join(filter(None, (offering.module.title, words.semester(offering.semester))))
    dated = [one for one in words.in_order(offering.gatherings) if one.starts_on]
    published = offering.published_at or offering.module.published_at
    cancelled = offering.state is Run.CANCELLED
    entries = [
        Entry(
            f"{one.uuid}@{host}", name, one.starts_on, one.ends_on, page, words.venue(one), "", one.sequence, published, cancelled,
            position=None if one.online else positions.read(one.place).position,
        )
        for one in dated
    ]  # fmt: skip
    return written(name, entries, source=f"{page}.ics")


def written(name: str, entries: Iterable[Entry], *, source: str) -> bytes:
    """A calendar file. `source`: the address it is fetched from."""
    calendar = Calendar()
    calendar.add("prodid", "-//Seksti//Seksti//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", vText(name))
    calendar.add("x-wr-calname", vText(name))
    calendar.add("x-wr-timezone", "Europe/Oslo")
    calendar.add("refresh-interval", vDuration(EVERY), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(EVERY))
    calendar.add("source", vUri(source), parameters={"VALUE": "URI"})
    calendar.add_component(_zone())
    for entry in entries:
        calendar.add_component(_event(entry))
    return calendar.to_ical()


@cache
def _zone() -> Timezone:
    return Timezone.from_ical(ZONE.read_bytes())


def _event(entry: Entry) -> Event:
    """Each value is made as what it is: to have the library find out costs a third of the time of a long calendar."""
    event = Event()
    event["uid"] = vText(entry.uid)
    event["dtstamp"] = vDDDTypes(entry.stamp or BEFORE_ALL)
    event["sequence"] = vInt(entry.sequence)
    event["dtstart"] = vDDDTypes(entry.starts_on)
    event["dtend"] = vDDDTypes(entry.ends_on + timedelta(days=1))
    # Some calendars drop a cancelled event without a word, so the title says it too.
    event["summary"] = vText(f"{words.run(Run.CANCELLED).upper()}: {entry.title}" if entry.cancelled else entry.title)
    event["status"] = vText("CANCELLED" if entry.cancelled else "TENTATIVE" if entry.tentative else "CONFIRMED")
    for name, value in (("location", entry.place), ("description", entry.note)):
        if value:
            event[name] = vText(value)
    if entry.position:
        event["geo"] = vGeo(entry.position)
    event["url"] = vUri(entry.url)
    event["transp"] = vText("OPAQUE" if entry.taken else "TRANSPARENT")
    return event
