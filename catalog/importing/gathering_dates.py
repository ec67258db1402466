"""Days and weeks in a text about gatherings, where they stand and which year is written with them; no year is guessed here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalog.importing.months import MONTH, MONTHS

_D = r"\d{1,2}(?:\.|st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:man|tirs|tys|ons|tors|fre|lør|laur|søn|sun)dag|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_DAYS = rf"(?:{_WEEKDAY}\s+)?{_D}(?:\s*-\s*(?:{_WEEKDAY}\s+)?{_D})?"
_AND = r"(?:,\s*og|,|og|and|&)"
_Y = r"(?:,?\s*(\d{4})(?!\d))?"
_LISTED = re.compile(rf"(?<![\d.:/-])({_DAYS}(?:\s*{_AND}\s*{_DAYS}){{0,20}})\s*({MONTH})(?!\w)\.?{_Y}", re.IGNORECASE)
_DAY_MONTH_YEAR = rf"(\d{{1,2}})\.?\s*({MONTH})(?!\w)\.?{_Y}"
_ACROSS = re.compile(rf"(?<![\d.:/-]){_DAY_MONTH_YEAR}\s*(?:-|til|to)\s*{_DAY_MONTH_YEAR}", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"(?<!\w)(?<!\. )({MONTH})\.?\s+({_DAYS})(?![\d.:/])(?!\s*{MONTH})(?:,\s*(\d{{4}})(?!\d))?", re.IGNORECASE)
_ISO = re.compile(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?:\s*(?:/|-|til|to)+\s*(\d{4})-(\d{2})-(\d{2}))?(?![\d-])")
_UNIT = r"(?!\s*(?:%|timer|timar|hours|time\b|dag|days|stp|sp\b|studiepoeng|ects|mill|kr\b|km\b|trinn|års))"
_NUMERIC = re.compile(
    r"(?<![\d.,:/-])(?:(\d{1,2})\.?\s*-\s*)?(\d{1,2})[./](\d{1,2})(?:[./](\d{2})(?!\d)|[./-](\d{4})(?!\d))?\.?"
    r"(?:\s*-\s*(\d{1,2})[./](\d{1,2})(?:[./](\d{2})(?!\d)|[./-](\d{4})(?!\d))?)?(?![\d/:])(?!\.\d)" + _UNIT
)
_WEEKS = re.compile(
    rf"\b(?:uke(?:r|ne)?|uka|veke(?:r|ne)?|veka|weeks?)\s*(?:nr\.?\s*)?(\d{{1,2}}(?:\s*{_AND}\s*\d{{1,2}}){{0,30}})"
    r"(?![\d./-]|\s*[-/]\s*\d|\s*(?:timer|timar|dag|hours|days))"
    r"(?:\s*[,(/]?\s*((?:19|20)\d{2})(?!\d))?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b(?:kl|klokka)\.?\s*\d{1,2}(?:[.:]\d{2})?(?:\s*(?:-|til|to)\s*\d{1,2}(?:[.:]\d{2})?)?", re.IGNORECASE)
_OTHER_CLOCK = re.compile(r"(?<!\d)\d{1,2}[.:]\d{2}\s*-\s*\d{1,2}[.:]\d{2}(?!\d|\.\d)|(?<!\d)\d{1,2}:\d{2}(?!\d)")


@dataclass(frozen=True)
class Mention:
    """Days (first and last as (month, day)) or an ISO week, from `start` to `end` in the text, with the year if it stands there."""

    start: int
    end: int
    first: tuple[int, int] | None = None
    last: tuple[int, int] | None = None
    week: int | None = None
    year: int | None = None
    last_year: int | None = None


def without_clock(text: str) -> str:
    """The text with «kl. 9.15-12» blanked, letter for letter, so that no time of day is taken for a day of a month."""
    for pattern in (_CLOCK, _OTHER_CLOCK):
        text = pattern.sub(lambda found: " " * len(found[0]) if not _is_span_of_days(found[0]) else found[0], text)
    return text


def _is_span_of_days(said: str) -> bool:
    """«02.09-04.09» has the look of «09.00-11.30»; the minutes of the latter are not months."""
    parts = re.fullmatch(r"(\d{1,2})\.(\d{2})\s*-\s*(\d{1,2})\.(\d{2})", said)
    return bool(parts) and all(1 <= int(month) <= 12 for month in (parts[2], parts[4]))


def mentions_in(text: str) -> list[Mention]:
    """All days and weeks, in the order they stand; where two readings overlap, the one that says more."""
    found: list[Mention] = []
    for reading in (_iso, _across, _listed, _month_first, _weeks, _numeric):
        for mentions in reading(text):
            if not any(mentions[0].start < other.end and other.start < mentions[0].end for other in found):
                found.extend(mentions)
    ordered = sorted(_without_lonely(found, text), key=lambda mention: mention.start)
    return [mention for mention in ordered if not (mention.week and _is_also_dated(mention, ordered, text))]


def _is_also_dated(week: Mention, mentions: list[Mention], text: str) -> bool:
    """«Uke 36: 2.-3. september» and «2.-3. september (uke 36)» are one gathering."""
    dated = [other for other in mentions if other.first]
    return any(re.fullmatch(rf"\s*[:(]\s*(?:{_WEEKDAY}\s*)?", text[week.end : other.start], re.IGNORECASE) for other in dated) or any(
        re.fullmatch(r"\s*\(\s*", text[other.end : week.start]) for other in dated
    )


def _without_lonely(found: list[Mention], text: str) -> list[Mention]:
    """A single «2.9» without any year in the text may be anything."""
    undated = [mention for mention in found if mention.first and not mention.year]
    bare = [mention for mention in undated if re.fullmatch(r"[\d./ ]+", text[mention.start : mention.end])]
    if len(bare) != 1 or re.search(r"(?:19|20)\d\d", text):
        return found
    return [mention for mention in found if mention is not bare[0]]


def _iso(text: str) -> Iterator[list[Mention]]:
    for found in _ISO.finditer(text):
        year, month, day, last_year, last_month, last_day = (int(part) if part else None for part in found.groups())
        last = (last_month, last_day) if last_year else (month, day)
        yield [Mention(found.start(), found.end(), (month, day), last, year=year, last_year=last_year)]


def _across(text: str) -> Iterator[list[Mention]]:
    for found in _ACROSS.finditer(text):
        day, month, year, last_day, last_month, last_year = found.groups()
        first, last = (_month(month), int(day)), (_month(last_month), int(last_day))
        years = int(year or last_year or 0) or None, int(last_year or year or 0) or None
        if not year and last_year and first > last:
            years = int(last_year) - 1, int(last_year)
        yield [Mention(found.start(), found.end(), first, last, year=years[0], last_year=years[1])]


def _listed(text: str) -> Iterator[list[Mention]]:
    for found in _LISTED.finditer(text):
        yield [_of_days(found, days, found[2], found[3]) for days in re.finditer(_DAYS, found[1], re.IGNORECASE)]


def _month_first(text: str) -> Iterator[list[Mention]]:
    for found in _MONTH_FIRST.finditer(text):
        yield [_of_days(found, re.search(_DAYS, found[2], re.IGNORECASE), found[1], found[3])]


def _of_days(found: re.Match, days: re.Match, month: str, year: str | None) -> Mention:
    numbers = [int(number) for number in re.findall(r"\d+", days[0])]
    first, last = ((_month(month), number) for number in (numbers[0], numbers[-1]))
    return Mention(found.start(), found.end(), first, last, year=int(year) if year else None)


def _weeks(text: str) -> Iterator[list[Mention]]:
    for found in _WEEKS.finditer(text):
        year = int(found[2]) if found[2] else None
        yield [Mention(found.start(), found.end(), week=int(week), year=year) for week in re.findall(r"\d+", found[1])]


def _numeric(text: str) -> Iterator[list[Mention]]:
    for found in _NUMERIC.finditer(text):
        before, day, month, yy, yyyy, last_day, last_month, last_yy, last_yyyy = (int(part) if part else None for part in found.groups())
        year, last_year = yyyy or (2000 + yy if yy else None), last_yyyy or (2000 + last_yy if last_yy else None)
        if "/" in found[0] and not year and not last_year:  # «36/37» may be two weeks
            continue
        last = (last_month, last_day) if last_month else (month, day)
        yield [Mention(found.start(), found.end(), (month, before or day), last, year=year or last_year, last_year=last_year or year)]


def _month(name: str) -> int:
    return MONTHS[name.casefold()]
