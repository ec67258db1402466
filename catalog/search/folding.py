"""How words are made alike: capitals, accents, æøå, Sámi letters, endings. The same for what is written and for what is asked."""

import re
import unicodedata
from functools import lru_cache
from threading import Lock

import snowballstemmer

# æøå as they are typed where the letters are missing; Sámi letters by the letter they resemble.
_LETTERS = str.maketrans({
    "ø": "o", "å": "a", "æ": "ae", "ö": "o", "ä": "ae", "ü": "u", "ß": "ss", "đ": "d", "ð": "d", "ŋ": "n", "ŧ": "t", "þ": "t", "ł": "l", "’": "", "'": "",
})  # fmt: skip
# A word, with the other end of a span where it is a number of one or two figures: «1.–7.», «8 - 10».
_WORD = re.compile(r"[^\W_]+(?:(?:(?<=\b\d)|(?<=\b\d\d))\.? ?[-‐‑‒–—−] ?\d{1,2}\b)?")
_NOT_A_FIGURE = re.compile(r"\D+")
SHORT = 80  # letters; texts that are no longer come again and again
_AA, _OE = re.compile("aa+"), re.compile("oe+")
_EMPTY_WORDS = frozenset(
    "i og pa for med av til en ei et den det de som om ved fra er eller a the of and in at an to or on with trinn steg arssteg arstrinn klasse".split()
)
_stemmer = snowballstemmer.stemmer("norwegian")
_one_at_a_time = Lock()  # the stemmer keeps the word it works on


def fold(text: str) -> str:
    """Small letters without accents: «Høgskulen» is «hogskulen», «Sámegiella» is «samegiella», «aa» and «å» are «a»."""
    plain = text.casefold().translate(_LETTERS)
    if not plain.isascii():
        plain = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
    return _OE.sub("o", _AA.sub("a", plain))


def spelled(text: str) -> list[tuple[str, str]]:
    """The words of a text, in order, as typed and as folded, without those that say nothing. A span of grades («1.–7.», «8 - 10») is one word."""
    found = ((typed, _word(typed)) for typed in _typed(text))
    return [(typed, word) for typed, word in found if word not in _EMPTY_WORDS]


def words(text: str) -> list[str]:
    """The folded words of a text."""
    return [word for _typed, word in spelled(text)]


def word_set(text: str) -> frozenset[str]:
    """The folded words of a text, each once."""
    return _short_set(text) if len(text) <= SHORT else _set(text)


def _set(text: str) -> frozenset[str]:
    return frozenset(map(_word, set(_typed(text)))) - _EMPTY_WORDS


_short_set = lru_cache(maxsize=2_000)(_set)  # names of institutions, courses and places come again; titles do not


def _typed(text: str) -> list[str]:
    return _WORD.findall(text if text.isascii() else unicodedata.normalize("NFC", text))


@lru_cache(maxsize=100_000)
def _word(typed: str) -> str:
    return _NOT_A_FIGURE.sub("-", typed) if not typed.isalnum() else fold(typed)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The word without its ending: «lærere», «læreren» and «lærar» meet. Taken twice, as an ending may hide another. Codes stay whole."""
    if len(word) < 4 or not word.isalpha():
        return word
    with _one_at_a_time:
        return _stemmer.stemWord(_stemmer.stemWord(word))


def forget() -> None:
    """Lets go of the words that were met while a whole catalogue was read: they are half of what it weighs, and who asks uses few of them."""
    for remembered in (_short_set, _word, stem):
        remembered.cache_clear()
