"""Small made-up catalogues, each from its own seed number: chains, rings, overlaps, long runs, other subjects, limits."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from random import Random

from catalog.values import Band
from enrolment.progress.values import OverlapSet
from regions.coverage.facts import CreditNeed, Module, Offering, Rule, window
from tests.regions.coverage.brute_force import World

SIZES = (10, 15, 20, 30, 30, 30, 40, 60, 60)  # halves
WINDOW = window(2026)


def world(seed: int) -> World:
    dice = Random(seed)
    names = [f"m{number}" for number in range(dice.choice((1, 2, 3, 4, 5, 5, 6, 6, 7, 7)))]
    modules = tuple(module(dice, name, names) for name in names)
    runs = dice.choice((1, 2, 3)) if len(names) < 6 else dice.choice((1, 2))
    offerings = tuple(offering(dice, f"{name}-{number}", name) for name in names for number in range(runs) if dice.random() < 0.95)
    return World(modules, offerings, tuple(overlaps(dice, modules)), WINDOW, rule(dice))


def module(dice: Random, name: str, names: list[str]) -> Module:
    mostly_before = [other for other in names if other < name or dice.random() < 0.02]
    needs = frozenset(other for other in (*mostly_before, "not published") if dice.random() < (0.12 if other in names else 0.03))
    asked = (CreditNeed(dice.choice(("maths", "maths", "arts")), dice.choice((15, 30, 60))),) if dice.random() < 0.12 else ()
    subject = "maths" if dice.random() < 0.88 else "arts"
    bands = frozenset({Band.LOWER}) if dice.random() < 0.9 else frozenset({Band.PRIMARY})
    return Module(name, dice.choice(SIZES), subject, bands, needs, asked)


def offering(dice: Random, key: str, name: str) -> Offering:
    places = frozenset(dice.choice(((), (), (), ("nord",), ("vest",), ("nord", "vest"))))
    days = dice.choice((None, 0, 0, 0, 0, 2, 9))
    semesters = 2 if dice.random() < 0.12 else 1
    return Offering(key, name, WINDOW.start + dice.randint(-1, 8 if dice.random() < 0.3 else 3), places, days, 30, semesters, frozenset({"vest"}) if dice.random() < 0.1 else frozenset())


def overlaps(dice: Random, modules: tuple[Module, ...]) -> Iterator[OverlapSet]:
    """Pairs, and now and then a larger set that states at least what its parts do, as institutions write them."""
    halves = {module.key: module.halves for module in modules}
    chance = dice.choice((0, 0, 0.1, 0.3, 0.6))
    stated = {pair: dice.randint(5, min(halves[key] for key in pair)) for pair in combinations(halves, 2) if dice.random() < chance}
    yield from (OverlapSet(frozenset(pair), Decimal(amount) / 2) for pair, amount in stated.items())
    for three in combinations(halves, 3):
        inside = [amount for pair, amount in stated.items() if set(pair) <= set(three)]
        if len(inside) > 1 and dice.random() < 0.3:
            yield OverlapSet(frozenset(three), Decimal(dice.randint(max(inside), sum(inside))) / 2)


def rule(dice: Random) -> Rule:
    return Rule(dice.choice((30, 60, 60, 90, 120)), dice.choice((0, 3, 3)), dice.choice((None, None, None, 30, 45, 60)))
