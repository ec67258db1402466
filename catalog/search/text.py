"""Which studies a text finds, and how well: words in the title first, then in the subject, course, institution or place, then anywhere.

Pure. Studies are the numbers nought and up; sets of them are roaring bitmaps.
"""

import csv
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache, reduce
from operator import and_
from pathlib import Path
from typing import NamedTuple

from pyroaring import BitMap

from catalog.search.folding import spelled, stem, word_set, words
from catalog.search.line import Moved
from catalog.search.studies import BODY, Said, Synonyms

MOST_WORDS = 12  # of a question; more say nothing more
SHORTEST_BEGINNING = 3  # letters from which on a beginning finds the whole word
MOST_ENDINGS = 400  # words one beginning may stand for
MOST_KEPT = 4000  # answers for a word that are remembered

Levels = tuple[BitMap, BitMap, BitMap]  # found in the title; there or in what it is about; anywhere. Each within the next.


@dataclass(frozen=True)
class Heard:
    """What was understood of a text: the levels of its answer, the words as typed, and those read as another (typed, read)."""

    levels: Levels | None
    typed: tuple[str, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=1)
def shipped() -> tuple[Mapping[str, str], ...]:
    """The synonyms that Seksti comes with: asked, meant, why; from synonyms.csv beside this file."""
    with (Path(__file__).parent / "synonyms.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@lru_cache(maxsize=1)
def shipped_synonyms() -> Synonyms:
    return synonyms_of((row["asked"], row["meant"]) for row in shipped())


def synonyms_of(pairs: Iterable[tuple[str, str]]) -> Synonyms:
    """What is asked → what else is meant. A pair that says the same twice, or says nothing, is left out."""
    found: dict[tuple[str, ...], dict[tuple[str, ...], None]] = defaultdict(dict)
    for asked, meant in ((tuple(words(asked)), tuple(words(meant))) for asked, meant in pairs):
        if asked and meant and asked != meant:
            found[asked][meant] = None
    return {asked: tuple(meant) for asked, meant in found.items()}


class Before(NamedTuple):
    """What is known already: by level the studies of each stem, the stem of each word, and the words of titles and subjects."""

    postings: Sequence[Mapping[str, BitMap]]
    stems: dict[str, str]
    telling: set[str]


NOTHING_BEFORE = Before(({}, {}, {}), {}, set())


class TextIndex:
    """From the words of studies to the studies, built once and never changed; `moved` gives another."""

    def __init__(self, said: Iterable[Said], synonyms: Synonyms | None = None, before: "Before | None" = None):
        """`said`: texts with the study they belong to and their level, in any order. `synonyms`: those that hold; none = those that Seksti ships."""
        self._synonyms = shipped_synonyms() if synonyms is None else synonyms
        before = before or NOTHING_BEFORE
        posted: list[dict[str, list[int]]] = [defaultdict(list) for _level in range(3)]
        telling: set[str] = set()
        for number, level, text in said:
            found = word_set(text)
            for word in found:
                posted[level][word].append(number)
            if level < BODY:
                telling |= found
        self._stems = before.stems | {word: stem(word) for level in posted for word in level}
        self._postings = [self._by_stem(level, kept) for level, kept in zip(posted, before.postings, strict=True)]
        self._sorted = sorted(self._stems)
        self._telling = sorted(telling | before.telling)
        self._kept: dict[tuple[str, ...], Levels] = {}
        self._nearest: dict[str, str] = {}

    def _by_stem(self, posted: dict[str, list[int]], kept: Mapping[str, BitMap]) -> dict[str, BitMap]:
        found = dict(kept)
        for word, numbers in posted.items():
            root, here = self._stems[word], BitMap(numbers)
            found[root] = found[root] | here if root in found else here
        return found

    def moved(self, moved: Moved, said: Iterable[Said]) -> "TextIndex":
        """The same with its studies at their new places, and what the newcomers say."""
        places = [{root: here for root, there in level.items() if (here := moved.set(there))} for level in self._postings]
        title, about, body = places
        stems = {word: root for word, root in self._stems.items() if root in title or root in about or root in body}
        telling = {word for word in self._telling if self._stems[word] in title or self._stems[word] in about}
        return TextIndex(said, self._synonyms, Before(places, stems, telling))

    def find(self, text: str) -> Heard:
        """The studies that a text finds. A text that says nothing («og») finds all: no levels."""
        wishes = list(_wishes(spelled(text)[:MOST_WORDS], self._kept_together))
        if not wishes:
            return Heard(None)
        answers = [(typed, *self._answer(wish)) for typed, wish in wishes]
        joined = tuple(reduce(and_, (levels[level] for _typed, levels, _reading in answers)) for level in range(3))
        corrected = tuple((typed, reading) for typed, _levels, reading in answers if reading)
        return Heard(joined, tuple(typed for typed, _levels, _reading in answers), corrected)

    def _kept_together(self, words: tuple[str, ...]) -> bool:
        """Whether words have a meaning together: as data says, or as one word that was torn apart («spesial pedagogikk»)."""
        return words in self._synonyms or (len(words) == 2 and self._is_said("".join(words)))

    def _is_said(self, word: str) -> bool:
        root = stem(word)
        return any(root in level for level in self._postings)

    def _answer(self, wish: tuple[str, ...]) -> tuple[Levels, str]:
        """The answer to a wish; where nothing has such a word, the answer to the nearest that something has, and which."""
        levels = self._levels(wish)
        if levels[BODY] or len(wish) > 1:
            return levels, ""
        near = self._near(wish[0])
        return (self._levels((near,)), near) if near else (levels, "")

    def _levels(self, wish: tuple[str, ...]) -> Levels:
        kept = self._kept.get(wish)
        if kept is None:
            meant = [wish, *self._synonyms.get(wish, ())]
            if len(wish) == 2 and self._is_said("".join(wish)):
                meant.append(("".join(wish),))
            each = [_all_of([self._word(word, beginning=reading is wish) for word in reading]) for reading in meant]
            kept = tuple(BitMap.union(*(levels[level] for levels in each)) for level in range(3))
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[wish] = kept
        return kept

    def _word(self, word: str, beginning: bool) -> Levels:
        """Whole words weigh more than beginnings, by one level."""
        root = stem(word)
        title, about, body = (level.get(root, BitMap()) for level in self._postings)
        longer = self._beginning_with(word) if beginning and len(word) >= SHORTEST_BEGINNING else set()
        in_title, in_about, in_body = (BitMap().union(*(level[one] for one in longer if one in level)) for level in self._postings)
        second = title | about | in_title
        return title, second, second | body | in_about | in_body

    def _beginning_with(self, word: str) -> set[str]:
        start = bisect_left(self._sorted, word)
        found = set()
        for longer in self._sorted[start : start + MOST_ENDINGS]:
            if not longer.startswith(word):
                break
            found.add(self._stems[longer])
        return found

    def _near(self, word: str) -> str:
        if word not in self._nearest:
            if len(self._nearest) >= MOST_KEPT:
                self._nearest.clear()
            self._nearest[word] = self._most_alike(word) if len(word) > 3 and word.isalpha() else ""
        return self._nearest[word]

    def _most_alike(self, word: str) -> str:
        """The word of a title or a subject that was probably meant: same first letter, about as long, most alike."""
        start, stop = bisect_left(self._telling, word[0]), bisect_left(self._telling, word[0] + "~")
        alike = [one for one in self._telling[start:stop] if abs(len(one) - len(word)) <= 2 and one.isalpha()]
        return "".join(get_close_matches(word, alike, n=1, cutoff=0.78))


def _wishes(asked: Sequence[tuple[str, str]], together: Callable[[tuple[str, ...]], bool]) -> Iterable[tuple[str, tuple[str, ...]]]:
    """The words of a question, those that have a meaning together kept together: the longest such run first. As typed, and folded."""
    at = 0
    typed, folded = [one for one, _ in asked], tuple(one for _, one in asked)
    while at < len(asked):
        length = next((size for size in range(min(5, len(asked) - at), 1, -1) if together(folded[at : at + size])), 1)
        yield " ".join(typed[at : at + length]), folded[at : at + length]
        at += length


def _all_of(each: Sequence[Levels]) -> Levels:
    return tuple(reduce(and_, (levels[level] for levels in each)) for level in range(3))
