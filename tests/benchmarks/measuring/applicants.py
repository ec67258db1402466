"""Rounds of application made up from a seed number, as large as asked for: some offerings much sought after, more wishes than seats in all."""

from collections import Counter
from collections.abc import Iterator
from random import Random

from enrolment.allocation.values import Applicant, Choice, Inputs, Offering, Quota, QuotaKind

ON, BEFORE = "2026-06-01", "2026-05-01"
CHOICES = 5
A_SEAT_FOR = 0.8  # of everybody, if all sat where nobody wants to sit
REGIONS, OWNERS = [f"region-{number}" for number in range(11)], [f"owner-{number:03}" for number in range(357)]
SUBJECTS, SCHEMES = ("matematikk", "norsk", "engelsk", "musikk", "spesped", "krle"), ("stipend", "vikar")


def with_quotas(people: int, offerings: int, seed: int = 60) -> Inputs:
    """Ranked by their owners; half of the offerings keep seats for a region, some for an owner or a scheme, some of these released."""
    dice = Random(seed)
    seats = _seats(people, offerings)
    runs = [Offering(key, seats, quotas=tuple(_quotas(dice, seats))) for key in _keys(offerings)]
    ranks = Counter()
    return Inputs(ON, tuple(_applicant(dice, offerings, ranks) for _one in range(people)), tuple(runs))


def plain(people: int, offerings: int, seed: int = 60) -> Inputs:
    """One class of seats in each offering, and points for each choice, so that every offering has an order of its own."""
    dice = Random(seed)
    runs = [Offering(key, _seats(people, offerings)) for key in _keys(offerings)]
    return Inputs(ON, tuple(_applicant(dice, offerings, most_points=100) for _one in range(people)), tuple(runs))


def _seats(people: int, offerings: int) -> int:
    return max(1, int(people * A_SEAT_FOR / offerings))


def _keys(offerings: int) -> list[str]:
    return [f"offering-{number:05}" for number in range(offerings)]


def _quotas(dice: Random, seats: int) -> Iterator[Quota]:
    part = max(1, seats // 5)
    if dice.random() < 0.5:
        yield Quota(QuotaKind.REGION, dice.choice(REGIONS), part, dice.choice((None, BEFORE)))
    if dice.random() < 0.3:
        yield Quota(QuotaKind.SCHEME, dice.choice(SCHEMES), part)
    if dice.random() < 0.2:
        yield Quota(QuotaKind.OWNER, dice.choice(OWNERS), part, BEFORE)


def _applicant(dice: Random, offerings: int, ranks: Counter | None = None, most_points: int = 0) -> Applicant:
    owner = dice.choice(OWNERS)
    if ranks is not None:
        ranks[owner] += 1
    wanted = dict.fromkeys(f"offering-{int(offerings * dice.random() ** 1.5):05}" for _one in range(3 * CHOICES))
    choices = [Choice((key,), dice.choice(SUBJECTS), dice.choice(SCHEMES), dice.randint(0, most_points)) for key in list(wanted)[:CHOICES]]
    rank = ranks[owner] if ranks is not None else None
    return Applicant(f"{dice.getrandbits(64):016x}", owner, tuple(choices), rank, regions=(dice.choice(REGIONS),))
