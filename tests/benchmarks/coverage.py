"""Coverage: exact cells of the matrix over 10 000 offerings in memory

The catalogue is made up from a seed number: courses of 60 credits in 33 subjects, some much thinner than others, every third course a chain
of prerequisites, one module in thirteen asking for credits first, one in ten overlapping with another, five regions. Cold: the catalogue
is laid out, and nothing is known of any region. Reading rows from the database is not in these figures; as nothing waits here, they are
the processor's time.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import product
from random import Random
from statistics import median
from time import process_time
from typing import NamedTuple

from catalog.values import Band
from enrolment.progress.values import OverlapSet
from regions.coverage.catalogue import Catalogue
from regions.coverage.facts import CreditNeed, Module, Offering, Rule, window
from regions.coverage.rules import Cell, cell
from tests.benchmarks import Figure
from tests.regions.coverage import random_worlds
from tests.regions.coverage.brute_force import World, best_of, weigh

OFFERINGS, SUBJECTS = 10_000, 33
REGIONS = ("nord", "midt", "vest", "sor", "ost")
FOUR_REGIONS, HUNDRED_SUBJECTS = REGIONS[:4], range(20)
YEARS = window(2026)
RULE = Rule(target=120, most_gathering_days=6)
SHAPES = ((30, 30, 30, 30), (30, 30, 30, 30), (60, 60), (15, 15, 30, 30, 30), (60, 30, 30))  # halves
GRADES = (frozenset({Band.PRIMARY}), frozenset({Band.LOWER}), frozenset({Band.PRIMARY, Band.LOWER}), frozenset({Band.UPPER}))
ROUNDS = 7
FULLEST, MIDDLING = 0, 13
SMALL_CATALOGUES = 1000


class Facts(NamedTuple):
    modules: list[Module]
    offerings: list[Offering]
    overlaps: list[OverlapSet]


class Asked(NamedTuple):
    region: str
    subject: int
    band: Band


HUNDRED = [Asked(region, subject, list(Band)[subject % 3]) for region, subject in product(REGIONS, HUNDRED_SUBJECTS)]
MATRIX = [Asked(*each) for each in product(FOUR_REGIONS, range(SUBJECTS), Band)]


def run() -> list[Figure]:
    facts = made_up()
    laid_out = Catalogue(*facts, YEARS)
    return [
        Figure("10 000 offerings built as facts", in_ms(lambda _: made_again(facts)), "ms"),
        Figure("and laid out by subject", in_ms(lambda _: Catalogue(*facts, YEARS)), "ms"),
        Figure.at_most("4 regions × 33 subjects × 3 bands, cold, per 100 cells", per_hundred(in_ms(matrix, anew(facts))), 20, "ms"),
        Figure("the same again, per 100 cells", per_hundred(in_ms(lambda _: matrix(laid_out))), "ms"),
        Figure("100 cells: 5 regions × the 20 fullest subjects, cold", in_ms(hundred, anew(facts)), "ms"),
        Figure("the slowest of these", slowest(facts), "ms"),
        Figure.at_most("one change in a middling subject, its cells in 5 regions", in_ms(one_change(facts, laid_out, MIDDLING)), 5, "ms"),
        Figure("one change in the fullest, an eighth of all", in_ms(one_change(facts, laid_out, FULLEST)), "ms"),
        Figure("cells of the matrix that sums of credits tell wrongly", told_wrongly_by_sums(facts, laid_out), f"of {len(MATRIX)}"),
        Figure.at_most("cells that differ from trying every path, in 1 000 small catalogues", mismatches(), 0, "cells"),
    ]


def in_ms(work: Callable, prepare: Callable = lambda: None) -> float:
    """The median of some rounds; what is prepared for a round is not timed."""
    return median(_timed(work, prepare()) for _ in range(ROUNDS))


def _timed(work: Callable, prepared) -> float:
    begun = process_time()
    work(prepared)
    return (process_time() - begun) * 1000


def ask(catalogue: Catalogue, asked: Asked) -> Cell:
    return cell(catalogue, region=asked.region, subject=asked.subject, band=asked.band, rule=RULE)


def hundred(catalogue: Catalogue) -> list[Cell]:
    return [ask(catalogue, each) for each in HUNDRED]


def matrix(catalogue: Catalogue) -> list[Cell]:
    return [ask(catalogue, each) for each in MATRIX]


def anew(facts: Facts) -> Callable[[], Catalogue]:
    return lambda: Catalogue(*facts, YEARS)


def per_hundred(ms: float) -> float:
    return ms * 100 / len(MATRIX)


def slowest(facts: Facts) -> float:
    """Of each cell the quickest of some rounds, so that it is the cell that is slow and not the moment."""
    rounds = [_each_timed(Catalogue(*facts, YEARS)) for _ in range(ROUNDS)]
    return max(min(times) for times in zip(*rounds, strict=True))


def _each_timed(catalogue: Catalogue) -> list[float]:
    return [_timed(lambda each: ask(catalogue, each), each) for each in HUNDRED]


def told_wrongly_by_sums(facts: Facts, catalogue: Catalogue) -> int:
    """How many cells would be another if prerequisites and overlaps were left out of account."""
    bare = [replace(module, needs=frozenset(), credit_needs=()) for module in facts.modules]
    sums = matrix(Catalogue(bare, facts.offerings, (), YEARS))
    return sum((one.status, one.halves) != (two.status, two.halves) for one, two in zip(sums, matrix(catalogue), strict=True))


def mismatches() -> int:
    return sum(differs(random_worlds.world(seed)) for seed in range(SMALL_CATALOGUES))


def differs(world: World) -> bool:
    catalogue = Catalogue(world.modules, world.offerings, world.overlaps, world.window)
    found = cell(catalogue, region=world.region, subject=world.subject, band=world.band, rule=world.rule)
    path, best = weigh(world, tuple(step.offering for step in found.path)), best_of(world)
    return (found.halves, path.reached, path.in_place) != (best.reached, best.reached, best.in_place and best.reached > 0)


def one_change(facts: Facts, catalogue: Catalogue, subject: int) -> Callable:
    """One run of a subject is gone: its rows are laid out anew, and every cell of the five regions that it touches is asked again."""
    modules = [module for module in facts.modules if module.subject == subject]
    keys = {module.key for module in modules}
    offerings = [offering for offering in facts.offerings if offering.module in keys][1:]
    overlaps = [overlap for overlap in facts.overlaps if overlap.modules <= keys]

    def change(_):
        changed = catalogue.changed(subject, modules, offerings, overlaps)
        touched = product(REGIONS, changed.touched_by(subject), Band)
        return [ask(changed, Asked(*each)) for each in touched]

    return change


def made_up(seed: int = 60) -> Facts:
    dice = Random(seed)
    modules, offerings, overlaps = [], [], []
    while len(offerings) < OFFERINGS:
        course = list(_course(dice, f"c{len(modules):05}"))
        modules += course
        offerings += (run for module in course for run in _runs(dice, module))
        overlaps += _overlap(dice, modules, course)
    return Facts(modules, offerings[:OFFERINGS], overlaps)


def made_again(facts: Facts) -> list[Offering]:
    """The same offerings as new objects: what reading them from rows costs beside the rows."""
    return [Offering(o.key, o.module, o.semester, o.places, o.gathering_days, o.seats, o.semesters) for o in facts.offerings]


def _course(dice: Random, name: str) -> Iterator[Module]:
    subject, bands = int(SUBJECTS * dice.random() ** 1.6), dice.choice(GRADES)
    chained = dice.random() < 1 / 3
    for number, halves in enumerate(dice.choice(SHAPES)):
        needs = frozenset({f"{name}-{number - 1}"}) if chained and number else frozenset()
        asked = (CreditNeed(subject, 60),) if number and dice.random() < 0.1 else ()
        yield Module(f"{name}-{number}", halves, subject, bands, needs, asked, courses=frozenset({name}))


def _runs(dice: Random, module: Module) -> Iterator[Offering]:
    """Once a year, in its own term; elsewhere than at its place only where the form allows it."""
    region, days, term = dice.choice(REGIONS), dice.choice((None, None, 0, 0, 2, 4, 6, 9)), dice.randint(0, 1)
    places = frozenset() if days == 0 else frozenset({region})
    for semester in YEARS[term::2]:
        if dice.random() < 0.8:
            yield Offering(f"{module.key}-{semester}", module.key, semester, places, days, 30)


def _overlap(dice: Random, modules: list[Module], course: list[Module]) -> Iterator[OverlapSet]:
    for module in course:
        alike = [other for other in modules[-400:] if other.subject == module.subject and other not in course]
        if alike and dice.random() < 0.1:
            other = dice.choice(alike)
            yield OverlapSet(frozenset({module.key, other.key}), Decimal(dice.randint(5, min(module.halves, other.halves))) / 2)
