"""Cells that hold several lines: bonus points, what one needs before, overlaps, gatherings. One line of the cell for each, written so that it
reads the same again; where no source is quoted, semicolons part them too."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from catalog.importing.dates import understand_date
from catalog.importing.vocabulary import Vocabulary
from catalog.importing.writing import plain, short, tidy
from catalog.publishing import schemas
from catalog.publishing.values import Apart, Before, Bonus, Meeting, Shared
from config.errors import BadInput
from config.languages import _

_BONUS = re.compile(r"(?P<reason>.+?)\s*:\s*(?P<points>\d+)(?:\s*(?:poeng|points?))?")
_STRENGTH = re.compile(r"\s*\((?P<said>[^()]+)\)\s*$")
_REQUIRED, _RECOMMENDED = {"krav", "krevd", "krevst", "required"}, {"anbefalt", "tilrådd", "recommended"}
_CREDITS = re.compile(r"(?P<credits>[\d.,]+)\s*(?:sp|stp|studiepoeng|credits?|ects)\s+(?:(?:i|in)\s+)?(?P<subject>.+)", re.IGNORECASE)
_SHARED = re.compile(r"(?P<modules>[^:]+):\s*(?P<credits>[\d.,]+)\s*(?:sp|stp|studiepoeng|credits?)?(?:\s*[,;]\s*(?P<source>.+))?", re.IGNORECASE | re.DOTALL)
_WEEK = re.compile(r"(?:uke|veke|week)\s+(?P<week>\d{1,2})[\s,/]+(?P<year>\d{4})(?P<rest>.*)", re.IGNORECASE)
_DAY = r"\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4}"
_DAYS = re.compile(rf"(?P<first>{_DAY})(?:\s*(?:–|-|til|to)\s*(?P<last>{_DAY}))?(?P<rest>.*)", re.IGNORECASE)
_ONLINE = re.compile(r"\s*\((?:nett|på nett|online)\)\s*$|^(?:nett|på nett|online)$", re.IGNORECASE)


def as_bonus(text: str, _words: Vocabulary) -> tuple[Bonus, ...]:
    """«Underviser i faget: 3»."""
    return _each(text, ";", _bonus)


def _bonus(line: str) -> Bonus:
    found = _found(_BONUS, line)
    shapes = schemas.bonus_fields(1)
    return Bonus(shapes["reason-1"].deserialize(found["reason"]), shapes["points-1"].deserialize(found["points"]))


def as_prerequisites(text: str, words: Vocabulary) -> tuple[Before, ...]:
    """«MAT601 (krav)», «30 sp matematikk (anbefalt)»; where neither is said it is required."""
    return _each(text, ";", lambda line: _before(line, words))


def _before(line: str, words: Vocabulary) -> Before:
    strength = _STRENGTH.search(line)
    said = plain(strength["said"]) if strength else "krav"
    if said not in _REQUIRED | _RECOMMENDED:
        raise _not_understood(line)
    what, shapes, required = _STRENGTH.sub("", line), schemas.before_fields(1), said in _REQUIRED
    credits = _CREDITS.fullmatch(what)
    if credits is None:
        return Before(required, module=shapes["module-1"].deserialize(what))
    subject = words.subject("", credits["subject"])
    if subject is None:
        raise _not_understood(line)
    return Before(required, subject=subject, credits=shapes["credits-1"].deserialize(credits["credits"]))


def as_overlaps(text: str, _words: Vocabulary) -> tuple[Shared, ...]:
    """«MGL2220 + MGL2322: 15 sp, and where that is stated»."""
    return _each(text, "", _shared)


def _shared(line: str) -> Shared:
    found, shapes = _found(_SHARED, line), schemas.shared_fields(1)
    modules = tuple(" ".join(code.split()) for code in re.split(r"[+,]", found["modules"]) if code.strip())
    source = shapes["source-1"].deserialize(found["source"]) if found["source"] else None
    return Shared(modules, shapes["credits-1"].deserialize(found["credits"]), source)


def as_apart(text: str, _words: Vocabulary) -> tuple[Apart, ...]:
    """«MAT602, and where that is stated»."""
    return _each(text, "", _apart)


def _apart(line: str) -> Apart:
    module, _comma, source = (part.strip() for part in line.partition(","))
    shapes = schemas.apart_fields(1)
    return Apart(shapes["module-1"].deserialize(module), shapes["source-1"].deserialize(source) if source else None)


def as_gatherings(text: str, _words: Vocabulary) -> tuple[Meeting, ...]:
    """«2027-09-02 til 2027-09-04, Bergen», «uke 40 2027, Oslo (nett)»."""
    return _each(text, ";", _meeting)


def _meeting(line: str) -> Meeting:
    shapes = schemas.meeting_fields(1)
    if week := _WEEK.fullmatch(line):
        return Meeting(None, None, *_where(week["rest"]), shapes["week-1"].deserialize(f"{week['year']}-{week['week']}"))
    found = _found(_DAYS, line)
    first, last = (_day(found[name] or found["first"]) for name in ("first", "last"))
    return Meeting(first, last, *_where(found["rest"]))


def _day(text: str) -> date:
    day = understand_date(text)
    if day is None:
        raise _not_understood(text)
    return day


def _where(rest: str) -> tuple[str | None, bool]:
    """The place, and whether it is online."""
    said = rest.strip(" ,")
    place = _ONLINE.sub("", said).strip(" ,")
    return (schemas.meeting_fields(1)["place-1"].deserialize(place) if place else None), bool(_ONLINE.search(said))


def _each(text: str, also: str, read: Callable[[str], Any]) -> tuple:
    lines = re.split(rf"[\n{also}]", text)
    return tuple(read(tidy(line)) for line in lines if line.strip())


def _found(form: re.Pattern, line: str) -> re.Match:
    found = form.fullmatch(line)
    if found is None:
        raise _not_understood(line)
    return found


def _not_understood(line: str) -> BadInput:
    return BadInput(_("“%(said)s” is not understood here.", said=short(line)))


def bonus(line: Bonus) -> str:
    return f"{line.reason}: {line.points}"


def before(line: Before, figures: Callable[[Any], str]) -> str:
    what = line.module or f"{figures(line.credits)} sp {line.subject}"
    return f"{what} ({'krav' if line.required else 'anbefalt'})"


def shared(line: Shared, figures: Callable[[Any], str]) -> str:
    said = f"{' + '.join(line.modules)}: {figures(line.credits)} sp"
    return f"{said}, {' '.join(line.source.split())}" if line.source else said


def apart(line: Apart) -> str:
    return ", ".join(filter(None, [line.module, " ".join((line.source or "").split())]))


def meeting(line: Meeting) -> str:
    when = ", ".join(filter(None, [_when(line), line.place]))
    return f"{when} (nett)" if line.online else when


def _when(line: Meeting) -> str:
    if line.starts_on and line.ends_on:
        first = line.starts_on.isoformat()
        return first if line.ends_on == line.starts_on else f"{first} til {line.ends_on.isoformat()}"
    year, _hyphen, week = (line.week or "-").partition("-")
    return f"uke {week} {year}"


def with_identity(now: Sequence[Any], given: Iterable[Any]) -> tuple:
    """Gatherings and overlaps keep their rows, so that calendars move what is moved: those alike by day or by modules first, then in order."""
    left = [line for line in now if getattr(line, "uuid", None)]
    found: list[Any] = []
    for line in given:
        same = next((one for one in left if _alike(one) == _alike(line)), None)
        if same is not None:
            left.remove(same)
        found.append((line, same))
    spare = iter(left)
    return tuple(_known(line, same or next(spare, None)) for line, same in found)


def _known(line: Any, row: Any) -> Any:
    return replace(line, uuid=row.uuid) if row is not None and hasattr(line, "uuid") else line


def _alike(line: Meeting | Shared | Any) -> Any:
    if isinstance(line, Meeting):
        return line.starts_on or line.week
    return frozenset(code.casefold() for code in line.modules) if isinstance(line, Shared) else line
