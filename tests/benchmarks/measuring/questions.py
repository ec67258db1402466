"""What visitors ask the search page: words alone, filters alone, both; drawn from a seed number, no two alike."""

from collections.abc import Iterator
from random import Random
from urllib.parse import quote, urlencode

from sqlalchemy import select

from catalog.places.models import Region
from catalog.search.index import DAYS_AWAY, DEMANDS
from catalog.subjects.models import Subject
from catalog.values import Band, Delivery, Tag
from config.database import db
from tests.benchmarks.measuring import words

FILTERS = {
    "level": [band.value for band in Band],
    "delivery": [delivery.value for delivery in Delivery],
    "tag": [tag.value for tag in Tag],
    "credits": ["15", "30"],
    "seats": ["free"],
    "away": list(DAYS_AWAY),
    "demand": list(DEMANDS),
    "sort": ["start", "title", "credits", "demand"],
    "page": ["2", "3"],
}


def addresses(seed: int = 60) -> Iterator[str]:
    """Addresses of the search page, without end; inside an app context, as the registers' codes are read from its database."""
    codes = {"region": list(db.session.scalars(select(Region.code))), "subject": list(db.session.scalars(select(Subject.code)))}
    return _distinct(Random(seed), codes | FILTERS)


def _distinct(dice: Random, known: dict[str, list[str]]) -> Iterator[str]:
    seen = set()
    while True:
        address = f"/search?{urlencode(_question(dice, known), quote_via=quote)}"
        if address not in seen:
            seen.add(address)
            yield address


def _question(dice: Random, known: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Three in four type one word, or two; most choose a filter, or several."""
    typed = [("q", " ".join(words.word(dice) for _ in range(dice.randint(1, 2))))] if dice.random() < 0.75 else []
    filters = dice.sample(list(known), dice.choice((0, 1, 1, 2, 3)) + (not typed) * 2)
    return [*typed, *((name, dice.choice(known[name])) for name in filters)]
