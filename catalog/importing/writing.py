"""How the field writes: which words are the same, numbers as words, and the many dashes."""

import re
import unicodedata
from functools import lru_cache

from config.errors import BadInput
from config.languages import _

YEARS = range(1990, 2051)  # of modular further education; a year outside is a slip of the pen
_DASHES = str.maketrans("‐‑‒–—−", "------")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BROKEN = re.compile("Ã[¦¸¥†˜…\u0085\u0086\u0098]|�")
_NOTHING = {"", "-", "--", "?", "n/a", "na", "tbc", "tba", "nil", "ukjent", "unknown", "ikke oppgitt", "ikkje oppgitt", "ikkje oppgjeve",
            "not stated", "ikke fastsatt", "ikkje fastsett", "kommer", "kjem"}  # fmt: skip
NUMBERS = {
    "en": 1, "ein": 1, "ei": 1, "én": 1, "éin": 1, "éi": 1, "ett": 1, "eitt": 1, "one": 1, "to": 2, "two": 2, "tre": 3, "three": 3,
    "fire": 4, "four": 4, "fem": 5, "five": 5, "seks": 6, "six": 6, "sju": 7, "syv": 7, "seven": 7, "åtte": 8, "eight": 8, "ni": 9,
    "nine": 9, "ti": 10, "ten": 10, "elleve": 11, "eleven": 11, "tolv": 12, "twelve": 12,
}  # fmt: skip
NUMBER = r"(?:\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"


def tidy(text: str) -> str:
    """The text as a person sees it: composed letters, ordinary spaces, nothing invisible. Line breaks stay."""
    if text.isprintable() and (text.isascii() or unicodedata.is_normalized("NFC", text) and not _INVISIBLE.search(text)):
        return text.strip()  # nearly every cell
    text = unicodedata.normalize("NFC", text).replace("\u00a0", " ").replace("\u202f", " ").replace("\u2009", " ")
    return _CONTROL.sub(" ", _INVISIBLE.sub("", text)).strip()


def even(text: str) -> str:
    """One line, one kind of dash, one space between words; capitals stay."""
    return " ".join(tidy(text).translate(_DASHES).split())


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """For comparing: even, and without capitals."""
    return even(text).casefold()


def says_nothing(text: str) -> bool:
    """A cell that is filled only to fill it: «-», «TBC», «ikke oppgitt»."""
    return plain(text) in _NOTHING


def broken_letters(text: str) -> str:
    """The first piece whose letters were lost on the way («HÃ¸st», «H�st»), or an empty text."""
    found = _BROKEN.search(text)
    return text[max(found.start() - 10, 0) : found.end() + 10].strip() if found else ""


def number_in(word: str) -> int | None:
    """7 for «7», «sju», «syv» and «seven»."""
    word = word.casefold()
    return int(word) if word.isdecimal() else NUMBERS.get(word)


def short(text: str, most: int = 60) -> str:
    """A piece of what was typed, to be shown in a sentence about it."""
    text = even(text)
    return text if len(text) <= most else text[: most - 1] + "…"


def sane_year(year: int, said: str) -> int:
    """The year itself. Raises BadInput for 1926."""
    if year not in YEARS:
        raise BadInput(
            _(
                "“%(said)s”: the year %(year)d is outside %(first)d–%(last)d.",
                said=short(said),
                year=year,
                first=YEARS[0],
                last=YEARS[-1],
            )
        )
    return year
