"""A run as its page shows it: the rules in words, one line for each person, what was full, and who is an exception."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from catalog.offers.models import Offering
from enrolment.applications.models import Application
from enrolment.awarding import queries, results
from enrolment.awarding.models import AllocationRun

PEOPLE = 50  # on a page
RUNS = 40  # of the fullest


@dataclass(frozen=True)
class Person:
    """One applicant, their place on the owner's list, and their line of the result."""

    case: Application | None
    rank: int | None
    line: Mapping[str, Any]


@dataclass(frozen=True)
class Filled:
    """One run: its seats, those given, by quota, and how many stand in its queue."""

    run: Offering | None
    seats: int
    given: int
    quotas: list
    queue: int


@dataclass(frozen=True)
class Shown:
    rules: Mapping[str, Any]
    people: list[Person]
    pages: int
    filled: list[Filled]
    exceptions: list[tuple[Application | None, Mapping[str, Any]]]


def shown(run: AllocationRun, page: int, only: str) -> Shown:
    """One page of the people (`only`: "seat", "none" or everybody), from one."""
    frozen, result = results.read(run.frozen), results.read(run.result)
    wanted = [one for one in result["people"] if _is(only, one)]
    part = wanted[(page - 1) * PEOPLE : page * PEOPLE]
    cases = queries.applicants([*(one["key"] for one in part), *(one["key"] for one in result["exceptions"][:PEOPLE])])
    ranks = {one["key"]: one["rank"] for one in frozen["inputs"]["applicants"]}
    people = [Person(cases.get(one["key"]), ranks[one["key"]], one) for one in part]
    exceptions = [(cases.get(one["key"]), one) for one in result["exceptions"][:PEOPLE]]
    return Shown(frozen["rules"], people, max(1, -(-len(wanted) // PEOPLE)), _filled(frozen, result), exceptions)


def _is(only: str, line: Mapping[str, Any]) -> bool:
    return {"seat": line["choice"] is not None, "none": line["choice"] is None}.get(only, True)


def _filled(frozen: Mapping[str, Any], result: Mapping[str, Any]) -> list[Filled]:
    """The runs with the longest queues first, then those with most seats given."""
    seats = {one["key"]: one["seats"] for one in frozen["inputs"]["offerings"]}
    waiting = {key: len(line) for key, line in result["queues"].items()}
    order = sorted(result["offerings"], key=lambda key: (-waiting.get(key, 0), -result["offerings"][key]["taken"], key))[:RUNS]
    runs = queries.offerings(order)
    return [Filled(runs.get(key), seats[key], result["offerings"][key]["taken"], result["offerings"][key]["quotas"], waiting.get(key, 0)) for key in order]
