"""Gatherings out of free text: «Bergen: 2.-4. september, 14.-16. oktober 2020», «Storslett uke 35 og 44, Lyngen uke 39 og 48»."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from catalog.importing.gathering_counts import Count, count_in
from catalog.importing.gathering_dates import Mention, mentions_in, without_clock
from catalog.importing.gathering_places import NOT_A_GATHERING, as_place, online_before, place_after, place_before, says_online
from catalog.importing.gathering_years import Span, YearHint, days_of, span_of, week_of
from catalog.importing.semesters import Timing
from catalog.importing.writing import even

LONGEST_READ = 2_000  # characters; a longer text is prose, and stays text
_YEAR = re.compile(r"(?<![\d.,])((?:19|20)\d{2})(?!\d)")
_BRACKET = re.compile(r"^\s*\(([^()]*)\)")
_CHUNK = re.compile(r"[;,:()]|\.\s")


@dataclass(frozen=True)
class StatedGathering:
    """One gathering: its days, or only its ISO (year, week); the place as written; online where that is said."""

    starts: date | None = None
    ends: date | None = None
    week: tuple[int, int] | None = None
    place: str | None = None
    online: bool | None = None


@dataclass(frozen=True)
class GatheringPlan:
    """All that a text says of gatherings. `place` is the place of the whole; what else it says stays in the text."""

    gatherings: tuple[StatedGathering, ...] = ()
    count: Count = Count()
    place: str | None = None


@dataclass(frozen=True)
class _Heading:
    """What holds for the mentions after it: the year and the place before a colon, and what stood beside the list they are in."""

    year: int | None = None
    place: str | None = None
    online: bool | None = None
    own: str | None = None
    own_online: bool = False
    skipped: bool = False


def understand_gatherings(text: str, timing: Timing = Timing()) -> GatheringPlan:  # noqa: B008
    """The gatherings with certain days or weeks within the run's time, their number where it is said, and the place.

    Raises BadInput for a day with a year outside 1990–2050.
    """
    said = even(text)
    if not said or len(said) > LONGEST_READ:
        return GatheringPlan()
    said = without_clock(said)
    whole = as_place(said.split(";")[0])
    placed = list(_placed(said, whole))
    span = span_of(timing)
    gatherings = dict.fromkeys(found for mention, hint, place, online in placed if (found := _dated(mention, hint, span, place, online)))
    return GatheringPlan(tuple(gatherings), count_in(said), whole or _common(place for _m, _h, place, online in placed if not online))


def _common(places: Iterator[str | None]) -> str | None:
    different = set(places)
    return different.pop() if len(different) == 1 else None


def _dated(mention: Mention, hint: YearHint, span: Span | None, place: str | None, online: bool | None) -> StatedGathering | None:
    if mention.week:
        week = week_of(mention, hint, span)
        return StatedGathering(week=week, place=place, online=online) if week else None
    days = days_of(mention, hint, span)
    return StatedGathering(*days, place=place, online=online) if days else None


def _placed(said: str, whole: str | None) -> Iterator[tuple[Mention, YearHint, str | None, bool | None]]:
    """Each mention of a day or week with the year near it, its place, and whether it is online."""
    mentions = mentions_in(said)
    heading = _Heading()
    for number, mention in enumerate(mentions):
        if number == 0 or mentions[number - 1].start != mention.start:  # else a further day of the same list
            heading = _next_heading(heading, _before(said, mentions, number))
        if not heading.skipped:
            after = said[mention.end : _next_start(said, mentions, number)]
            yield mention, YearHint(heading.year, *_later(said, mentions, number)), *_where(heading, after, whole)


def _before(said: str, mentions: list[Mention], number: int) -> str:
    """What stands between the mention before and this one, without the brackets that belong to the former."""
    before = said[mentions[number - 1].end if number else 0 : mentions[number].start]
    return _BRACKET.sub("", before) if number else before


def _next_start(said: str, mentions: list[Mention], number: int) -> int:
    return next((other.start for other in mentions[number + 1 :] if other.start >= mentions[number].end), len(said))


def _next_heading(heading: _Heading, before: str) -> _Heading:
    own, skipped = _CHUNK.split(before)[-1], bool(NOT_A_GATHERING.search(before))
    if ":" not in before:
        year = None if ";" in before else heading.year
        return _Heading(year, heading.place, heading.online, place_before(own), online_before(own), skipped)
    words = _CHUNK.split(before.rsplit(":", 1)[0])[-1]
    years, place = _YEAR.findall(words), place_before(words)
    year = int(years[-1]) if years else None
    return _Heading(year, place, None if place else says_online(words), place_before(own), online_before(own), skipped)


def _where(heading: _Heading, after: str, whole: str | None) -> tuple[str | None, bool | None]:
    """The place and whether it is online: what stands in brackets first, then beside the date, then the heading, then the whole."""
    bracket = _BRACKET.match(after)
    online = says_online(bracket[1]) if bracket else None
    place = (place_before(bracket[1]) if bracket else None) or heading.own or place_after(after)
    if online or (not place and online is None and (heading.own_online or heading.online)):
        return None, True
    place = place or heading.place or whole
    return place, False if place or online is False else None


def _later(said: str, mentions: list[Mention], number: int) -> tuple[int | None, int | None]:
    """The next year written after the mention, and the month it stands by."""
    following = [other for other in mentions[number:] if other.year]
    found = _YEAR.search(said, mentions[number].end)
    if following and (not found or following[0].start < found.start()):
        return following[0].year, following[0].first[0] if following[0].first else None
    if not found:
        return None, None
    by = [other for other in mentions if other.first and other.end <= found.start()]
    return int(found[1]), by[-1].first[0] if by else None
