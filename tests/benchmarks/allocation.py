"""The allocation in memory: five choices each, quotas and owners' ranks; then without these, against the solvers of `matching`

The rounds are made up from a seed number, with more wishes than seats. Each result must pass the check that every run goes through, which knows
nothing of how it is done, and the smaller one the checker of the tests as well. «From kept bytes to kept bytes» is what a run and its replay ask
for: the inputs are read, and the result is written. `matching` knows one class of seats, and an order of its own for each hospital; so it is given
offerings without quotas and points for each choice, and must come to the very same. It says who sits where; here reasons and queues are worked
out as well. Of some 2 000 residents it cannot copy a whole game any more, so the larger ones are for its algorithm alone, with the players made.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from time import process_time
from typing import Any

from matching import Player
from matching.algorithms import hospital_resident
from matching.games import HospitalResident
from matching.players import Hospital

from enrolment.allocation import allocate
from enrolment.allocation.checking import check
from enrolment.allocation.values import Inputs
from enrolment.awarding import rulesets
from tests.benchmarks import Figure, sized
from tests.benchmarks.measuring import applicants, memory, quiet
from tests.enrolment.allocation import checker

FEW, MANY = (sized(10_000, 200), sized(500, 10)), (sized(100_000, 400), sized(5_000, 20))
A_GAME = (sized(1_000, 100), sized(50, 5))
MOST_SECONDS, MOST_MIB = 2, 150  # at the larger size
ROUNDS = sized(3, 1)
SEED = "2026"
BY_POINTS = {"code": "points", "steps": [{"name": "all", "grant": "up-to-seats"}], "claims": [{"key": "points"}]}


class Unsound(Exception):
    """Somebody is passed over, a seat is given twice, or another solver comes to something else."""


def run() -> list[Figure]:
    return [*with_quotas(*FEW), *with_quotas(*MANY), *against_a_game(*A_GAME), *against_the_algorithm(*FEW), *against_the_algorithm(*MANY)]


def with_quotas(people: int, offerings: int) -> Iterator[Figure]:
    what, is_large = f"{people} people, {offerings} offerings", (people, offerings) == MANY
    inputs, rules = applicants.with_quotas(people, offerings), rulesets.chosen("owner-bands", grants=None)
    quiet.before(what)
    outcome, grown = memory.grown_by(lambda: allocate.allocate(inputs, rules, SEED))
    if not is_large:
        none_of(checker.problems(inputs, rules, SEED, outcome))
    del outcome
    took = [timed(lambda: allocate.allocate(inputs, rules, SEED))[0] for _round in range(ROUNDS)]
    yield Figure.of(what, took, "s of the processor", most=MOST_SECONDS if is_large else None)
    yield Figure.at_most(f"{what}: memory at most", grown, MOST_MIB, "MiB") if is_large else Figure(f"{what}: memory at most", grown, "MiB")
    yield from _as_it_is_kept(what, allocate.freeze(inputs, rules).written)


def _as_it_is_kept(what: str, frozen: bytes) -> Iterator[Figure]:
    took, kept = timed(lambda: allocate.replay(frozen, SEED))
    yield Figure(f"{what}: from kept bytes to kept bytes", took, "s of the processor")
    took, verdict = timed(lambda: check(json.loads(frozen), json.loads(kept)))
    none_of(chain(verdict.breaches, verdict.passed_over))
    yield Figure(f"{what}: the check of it", took, "s of the processor")


def against_a_game(people: int, offerings: int) -> Iterator[Figure]:
    """As its documentation begins: a game of dictionaries, whose inputs it checks, and solved."""
    inputs = applicants.plain(people, offerings)
    wanted, ranked = _wanted(inputs), _ranked(inputs)
    seats = {one.key: one.seats for one in inputs.offerings if one.key in ranked}
    yield from _compared(inputs, "a game", lambda: None, lambda _none: HospitalResident.create_from_dictionaries(wanted, ranked, seats).solve())


def against_the_algorithm(people: int, offerings: int) -> Iterator[Figure]:
    inputs = applicants.plain(people, offerings)
    yield from _compared(inputs, "the algorithm", lambda: _players(inputs), lambda players: hospital_resident(*players, optimal="resident"))


def _compared(inputs: Inputs, which: str, prepare: Callable, solve: Callable) -> Iterator[Figure]:
    """The processor's time for the same stable outcome, again and again, as a ratio. What is prepared for the other is not timed."""
    what = f"{len(inputs.applicants)} people, no quotas, against {which} of `matching`"
    quiet.before(what)
    ratios = [_ratio(inputs, prepare(), solve) for _round in range(ROUNDS)]
    yield Figure.of(what, ratios, "×")


def _ratio(inputs: Inputs, prepared: Any, solve: Callable) -> float:
    ours, outcome = timed(lambda: allocate.allocate(inputs, BY_POINTS, SEED))
    theirs, solved = timed(lambda: solve(prepared))
    seated = {one["key"]: next(iter(one["seats"])) for one in outcome["people"] if one["choice"]}
    if seated != {resident.name: hospital.name for hospital, residents in solved.items() for resident in residents}:
        raise Unsound("The solvers come to different outcomes.")
    return ours / theirs


def _players(inputs: Inputs) -> tuple[list[Player], list[Hospital]]:
    residents = {one.key: Player(one.key) for one in inputs.applicants}
    ranked = _ranked(inputs)
    hospitals = {one.key: Hospital(one.key, one.seats) for one in inputs.offerings if one.key in ranked}
    for key, names in _wanted(inputs).items():
        residents[key].set_prefs([hospitals[name] for name in names])
    for key, names in ranked.items():
        hospitals[key].set_prefs([residents[name] for name in names])
    return list(residents.values()), list(hospitals.values())


def _wanted(inputs: Inputs) -> dict[str, list[str]]:
    return {one.key: [choice.package[0] for choice in one.choices] for one in inputs.applicants}


def _ranked(inputs: Inputs) -> dict[str, list[str]]:
    """By offering, those who want it: who has most points for it first, then by lot."""
    found = defaultdict(list)
    for one in inputs.applicants:
        lot = checker.lot(SEED, one.key)
        for choice in one.choices:
            found[choice.package[0]].append((-choice.points, lot, one.key))
    return {key: [person for _points, _lot, person in sorted(line)] for key, line in found.items()}


def timed(work: Callable) -> tuple[float, Any]:
    """Seconds of the processor, and what came of it."""
    began = process_time()
    made = work()
    return process_time() - began, made


def none_of(problems: Iterable) -> None:
    if found := list(problems):
        raise Unsound(f"{len(found)} problems, as {found[:3]}")
