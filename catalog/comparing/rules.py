"""How a fact of several runs compares. Pure."""

from collections.abc import Sequence
from enum import StrEnum

MOST = 4  # runs side by side; more cannot be held in mind, nor on a page


class Likeness(StrEnum):
    """`UNCERTAIN`: some have not stated it, so nobody can tell. `UNSTATED`: none of them has."""

    SAME = "same"
    DIFFERENT = "different"
    UNCERTAIN = "uncertain"
    UNSTATED = "unstated"


def likeness(texts: Sequence[str]) -> Likeness:
    """Of a fact in words, one for each run; an empty one is not stated. Those that are stated and differ, differ whatever the rest is."""
    stated = {text for text in texts if text}
    if not stated:
        return Likeness.UNSTATED
    if len(stated) > 1:
        return Likeness.DIFFERENT
    return Likeness.SAME if all(texts) else Likeness.UNCERTAIN
