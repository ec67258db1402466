"""A need in the reader's words, and as the query it is kept as."""

from collections.abc import Iterable
from dataclasses import replace

from catalog.offers import words as offer_words
from catalog.search import asked as asking
from catalog.search.asked import LEVEL, SUBJECT, Asked
from catalog.search.snapshot import Snapshot
from catalog.values import Band
from config.languages import _, language
from enrolment.saved import replay
from regions.needs_told.rules import Need


def query_of(pairs: Iterable[tuple[str, str]], now: Snapshot) -> str:
    """What of a search a region is told: subjects, levels and words. Empty where it asks for none of these."""
    asked = asking.read(pairs, now.index.values)
    told = {facet: tuple(sorted(asked.picked(facet))) for facet in (SUBJECT, LEVEL)}
    return Asked(text=asked.text, chosen=told).query().removeprefix("?")


def need_of(person: int, query: str, now: Snapshot) -> Need:
    asked = replay.asked(query, now)
    return Need(person, asked.picked(SUBJECT), asked.picked(LEVEL), asked.text)


def texts(query: str, now: Snapshot) -> list[str]:
    """«Mathematics», «Grades 1–7», ««algebra»»: each part of a need."""
    need = need_of(0, query, now)
    said = [subject(code, now) for code in need.subjects] + [level(code) for code in need.levels]
    return said + ([_("“%(text)s”", text=need.text)] if need.text else [])


def address(query: str, now: Snapshot) -> str:
    """The query of the search that was made, for asking it again."""
    return replace(replay.asked(query, now), page=1).query()


def subject(code: str, now: Snapshot) -> str:
    return now.index.subjects[code].inside(language()) if code in now.index.subjects else code


def level(code: str) -> str:
    return _("Adults") if code == "adults" else offer_words.band(Band(code)) if code in list(Band) else code
