"""How many gatherings, and of how many days, where a text says it in words: «to obligatoriske samlinger per semester à to dager»."""

import re
from dataclasses import dataclass

from catalog.importing.writing import NUMBER, number_in, plain

_N = rf"({NUMBER})"
_OTHER = r"(?:(?!dag|time|per\b|pr\b|i\b|på\b|à\b|av\b|uke|veke|og\b|and\b)[a-zæøåé-]+\s+)"
_NUMBER = re.compile(rf"(?<![\w.,/-]){_N}\s+{_OTHER}{{0,3}}?(?:samling(?:er|ar)?|gatherings?|workshops?)\b")
_SPLIT = re.compile(r"\bom (?:høsten|hausten|våren)\b|\bi (?:høst|haust|vår)semesteret\b|\bin (?:autumn|spring)\b")
_PER_TERM = re.compile(r"\b(?:per|pr\.?|kvart|hvert|i hvert|i kvart|each|every|a)\s+(?:semester|termin|halvår|term)\b")
_PER_MODULE = re.compile(r"\b(?:per|pr\.?|kvart|hvert|each)\s+(?:emne|modul|module|course unit)\b")
_EACH = (
    re.compile(rf"\bà\s*{_N}(?!\s*-)\s*(?:hele\s+|heile\s+)?(?:dager|dagar|dag|days?)\b"),
    re.compile(rf"(?<![\w-]){_N}[- ]?dag(?:er|ar)?s\s+(?:{_OTHER}{{0,2}})?samling"),
    re.compile(rf"(?<![\w-]){_N}\s+(?:dager|dagar|days)\s+(?:hver|kvar|each|per samling|pr\.? samling)\b"),
)
_TOTAL = (
    re.compile(rf"(?<![\w-]){_N}\s+(?:dager|dagar|days)\s+(?:fordelt|fordelte|spread)\b"),
    re.compile(rf"\b(?:i alt|totalt|til sammen|til saman|in all|in total)\s+{_N}\s+(?:dager|dagar|days)\b"),
)
_EXCEPTION = re.compile(r"\b(?:siste|første|fyrste|unntatt|unnateke|last|first|except)\b")


@dataclass(frozen=True)
class Count:
    """Each None where it is not said: how many gatherings (`per`: "term", "module" or None for in all), days of each, days in all."""

    number: int | None = None
    per: str | None = None
    days_each: int | None = None
    days_in_all: int | None = None

    def days_a_term(self, terms: int | None) -> int | None:
        """Gathering days a semester, for a run of so many terms (None: one); None where they cannot be told exactly."""
        each = self.number * self.days_each if self.number and self.days_each else None
        if self.per == "term":
            return each
        return (self.days_in_all or each) if terms in (None, 1) else None


def count_in(text: str) -> Count:
    said = plain(text)
    per = "term" if _PER_TERM.search(said) else "module" if _PER_MODULE.search(said) else None
    each = None if _EXCEPTION.search(said) else _only(_EACH, said)
    number = None if _SPLIT.search(said) else _only((_NUMBER,), said)
    return Count(number, per, each, _only(_TOTAL, said))


def _only(patterns: tuple[re.Pattern, ...], said: str) -> int | None:
    """The number that the patterns find, when they agree on one."""
    found = {number_in(number) for pattern in patterns for number in pattern.findall(said)}
    return found.pop() if len(found) == 1 else None
