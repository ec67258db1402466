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
_WORD = re.compile(r"\b\d{1,2}\.? ?- ?\d{1,2}\b|[^\W_]+")
_DASHES = str.maketrans("‐‑‒–—−", "------")
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
    found = ((typed, _word(typed)) for typed in _WORD.findall(unicodedata.normalize("NFC", text).translate(_DASHES)))
    return [(typed, word) for typed, word in found if word not in _EMPTY_WORDS]


def words(text: str) -> list[str]:
    """The folded words of a text."""
    return [word for _typed, word in spelled(text)]


@lru_cache(maxsize=100_000)
def _word(typed: str) -> str:
    return fold(typed).replace(".", "").replace(" ", "") if typed[0].isdigit() else fold(typed)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The word without its ending: «lærere», «læreren» and «lærar» meet. Taken twice, as an ending may hide another. Codes stay whole."""
    if len(word) < 4 or not word.isalpha():
        return word
    with _one_at_a_time:
        return _stemmer.stemWord(_stemmer.stemWord(word))
