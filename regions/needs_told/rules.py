"""Counting needs so that nobody can be told from a count. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from catalog.search.folding import stem, words

FEWEST = 5  # teachers; a smaller count is not shown (PRODUCT: demand is shown from five on)
MOST = 50  # needs of one teacher


@dataclass(frozen=True)
class Need:
    """One need: who told it, the codes of its subjects and levels, and its words as typed."""

    person: int
    subjects: tuple[str, ...]
    levels: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Count:
    """How many teachers need something; `what`: subject and level (empty = any), or the words."""

    what: tuple[str, ...]
    teachers: int


@dataclass(frozen=True)
class Counts:
    """The most needed first. `fewer`: whether something needed by fewer than five is left out."""

    shown: tuple[Count, ...]
    fewer: bool


def by_subject_and_level(needs: Iterable[Need]) -> Counts:
    """Each teacher once for each pair; a need of two subjects counts in both."""
    people: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for need in needs:
        for pair in product(need.subjects or ("",), need.levels or ("",)):
            if any(pair):
                people[pair].add(need.person)
    return _counts(people)


def by_words(needs: Iterable[Need]) -> Counts:
    """By the same words in any order and form, said as most of those who need it wrote them."""
    people: dict[tuple[str, ...], set[int]] = defaultdict(set)
    written: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for need in needs:
        key = tuple(sorted({stem(word) for word in words(need.text)}))
        if key:
            people[key].add(need.person)
            written[key][need.text.casefold()] += 1
    return _counts({(min(written[key], key=lambda text: (-written[key][text], text)),): who for key, who in people.items()})


def _counts(people: dict[tuple[str, ...], set[int]]) -> Counts:
    counted = [Count(what, len(who)) for what, who in people.items()]
    shown = sorted((one for one in counted if one.teachers >= FEWEST), key=lambda one: (-one.teachers, one.what))
    return Counts(tuple(shown), len(shown) < len(counted))
