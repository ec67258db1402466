"""Where a remark may stand, and which modules are so alike that a region should look at both. Pure."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

WHOLE, RUNS = "whole", "runs"
PLACES = (WHOLE, RUNS, "basics", "learning", "admission", "selection", "bonus", "content", "prerequisites", "overlaps", "apart", "joint")
FEWEST, MOST_SHOWN = 2, 8  # likenesses that make a duplicate of two modules; duplicates told of


class Likeness(StrEnum):
    """In what two modules of one subject, for some of the same grades, are alike."""

    TITLE = "title"
    CREDITS = "credits"
    CONTENTS = "contents"
    SEMESTER = "semester"


@dataclass(frozen=True)
class Traits:
    """What of a module is compared. `words`: of its title, folded, without those of the subject's name; `semesters`: in which its runs begin."""

    key: Hashable
    credits: Decimal | None
    words: frozenset[str]
    contents: frozenset[str]
    semesters: frozenset


def likenesses(one: Traits, other: Traits) -> list[Likeness]:
    """In what two are alike; in what neither says anything they are not."""
    same = {
        Likeness.TITLE: bool(one.words & other.words),
        Likeness.CREDITS: one.credits is not None and one.credits == other.credits,
        Likeness.CONTENTS: bool(one.contents) and one.contents == other.contents,
        Likeness.SEMESTER: bool(one.semesters & other.semesters),
    }
    return [likeness for likeness, holds in same.items() if holds]


def duplicates(one: Traits, others: Iterable[Traits]) -> list[tuple[Hashable, list[Likeness]]]:
    """Those alike in two respects or more, the most alike first."""
    found = [(other.key, likenesses(one, other)) for other in others]
    alike = [(key, respects) for key, respects in found if len(respects) >= FEWEST]
    return sorted(alike, key=lambda pair: -len(pair[1]))[:MOST_SHOWN]
