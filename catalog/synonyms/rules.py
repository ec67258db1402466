"""What makes a synonym one. Pure."""

from datetime import date

from catalog.search.folding import words

MOST_WORDS = 5  # that are read together in a question


def says_nothing(text: str) -> bool:
    """Whether nothing is left of it once what says nothing is left out («i», «og», signs)."""
    return not words(text)


def too_long(text: str) -> bool:
    return len(words(text)) > MOST_WORDS


def says_the_same(asked: str, meant: str) -> bool:
    """Whether both are the same to the search: capitals, accents and signs do not tell words apart."""
    return words(asked) == words(meant)


def ends_before_it_begins(first: date | None, last: date | None) -> bool:
    return first is not None and last is not None and last < first
