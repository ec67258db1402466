"""Whether a finished run keeps its promises, judged from its frozen inputs and its result alone.

Nothing of the algorithm is used: lots and claims are worked out here once more. No quota is breached, packages are whole, and within each run and
quota nobody alone lacks a seat that a weaker claim got; what the result lists as an exception, and groups, are exempt.
"""

import hmac
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

MONEY = "money"
Claim = tuple


@dataclass(frozen=True)
class Verdict:
    """What is wrong: `breaches` name runs, owners and people whose seats do not add up; `passed_over` names (person, choice)."""

    breaches: list[str] = field(default_factory=list)
    passed_over: list[tuple[str, int]] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return not self.breaches and not self.passed_over


def check(frozen: Mapping[str, Any], result: Mapping[str, Any]) -> Verdict:
    """`frozen`: the document of inputs and rules; `result`: the document that came of it."""
    judged = _Judged(frozen["inputs"], frozen["rules"], result)
    return Verdict(sorted(judged.breaches()), sorted(judged.passed_over()))


class _Judged:
    def __init__(self, inputs: Mapping[str, Any], rules: Mapping[str, Any], result: Mapping[str, Any]):
        self.inputs, self.rules, self.result = inputs, rules, result
        self.people = {one["key"]: one for one in inputs["applicants"]}
        self.got = {one["key"]: one for one in result["people"]}
        self.together = {key for group in inputs["groups"] for key in group["members"]}
        self.lot = cache(lambda key: (hmac.new(result["seed"].encode(), key.encode(), "sha256").digest(), key))
        self.held: defaultdict[str, list[tuple[str, str, str, int]]] = defaultdict(list)  # by run: (kind, value, person, choice)
        for key, one in self.got.items():
            for run, (kind, value) in one["seats"].items():
                self.held[run].append((kind, value, key, one["choice"] - 1))
        self.weakest = {run: self._weakest(rows) for run, rows in self.held.items()}
        self.grants = self._weakest_grants()

    def breaches(self) -> Iterator[str]:
        for key, one in self.got.items():
            package = self.people[key]["choices"][one["choice"] - 1]["package"] if one["choice"] else []
            if set(one["seats"]) != set(package):
                yield key
        for run in self.inputs["offerings"]:
            if not self._adds_up(run, self.held[run["key"]]):
                yield run["key"]
        yield from self._money_breaches()

    def _adds_up(self, run: Mapping[str, Any], rows: list[tuple[str, str, str, int]]) -> bool:
        taken = Counter((kind, value) for kind, value, _person, _choice in rows)
        most = {(quota["kind"], quota["value"]): quota["seats"] for quota in run["quotas"] if quota["kind"] != "open"}
        most[("open", "")] = run["seats"] - sum(most.values())
        released = [(one["kind"], one["value"]) for one in run["quotas"] if one["release_on"] and one["release_on"] <= self.inputs["on"] and one["kind"] != "open"]
        within = all(taken[place] <= seats for place, seats in most.items()) and len(rows) <= run["seats"] and not (run["cancelled"] and rows)
        spilt = sum(most[place] - taken[place] for place in released)
        named = set(taken) <= set(most) | {("released", "")} and taken[("released", "")] <= spilt
        return within and named and all(self._admits(kind, value, person, choice) for kind, value, person, choice in rows)

    def _admits(self, kind: str, value: str, person: str, choice: int) -> bool:
        one = self.people[person]
        known = {"region": one["regions"], "owner": [one["owner"]], "scheme": [one["choices"][choice]["scheme"]]}
        return kind not in known or value in known[kind]

    def _money_breaches(self) -> Iterator[str]:
        """More grants than are shared, where not for each owner's first."""
        for number, step in enumerate(self.rules["steps"]):
            if step["grant"] == "share-by-fte":
                given = Counter(self.people[key]["owner"] for key in self._granted(number))
                if sum(given.values()) > max(int(step.get("grants", 0)), len(given)):
                    yield f"{MONEY}:{step['name']}"

    def _granted(self, step: int) -> list[str]:
        chosen = ((key, self.people[key]["choices"][one["choice"] - 1]) for key, one in self.got.items() if one["choice"] and self._is_eligible(key))
        return [key for key, choice in chosen if self._step(choice["subject"]) == step]

    def passed_over(self) -> Iterator[tuple[str, int]]:
        exempt = {(one["key"], one["choice"]) for one in self.result["exceptions"]}
        for key, person in self.people.items():
            if person["approved"] and key not in self.together:
                for number in range((self.got[key]["choice"] or len(person["choices"]) + 1) - 1):
                    if (key, number + 1) not in exempt and self._is_passed_over(key, number):
                        yield key, number + 1

    def _is_passed_over(self, key: str, number: int) -> bool:
        """Whether every seat of the package, and the grant where one is shared out, stands with a weaker claim that it might have had."""
        choice = self.people[key]["choices"][number]
        shared = self._is_shared(choice["subject"]) and self._is_eligible(key)
        if not choice["package"] and not shared:
            return False
        money = not shared or self._grant_is_weaker(key)
        return money and all(self._seat_is_weaker(run, key, number) for run in choice["package"])

    def _seat_is_weaker(self, run: str, key: str, number: int) -> bool:
        places = self.weakest.get(run, {}).items()
        return any(self._admits(kind, value, key, number) and self._claim(kind, key, number) < weakest for (kind, value), weakest in places)

    def _grant_is_weaker(self, key: str) -> bool:
        weakest = self.grants.get(self.people[key]["owner"])
        return weakest is not None and self._rank(key) < weakest

    def _weakest(self, rows: list[tuple[str, str, str, int]]) -> dict[tuple[str, str], Claim]:
        """By quota, the weakest claim that has a seat in it, groups left out."""
        found: dict[tuple[str, str], Claim] = {}
        for kind, value, person, choice in rows:
            if person not in self.together:
                claim = self._claim(kind, person, choice)
                found[(kind, value)] = max(found.get((kind, value), claim), claim)
        return found

    def _weakest_grants(self) -> dict[str, Claim]:
        found: dict[str, Claim] = {}
        for key, one in self.got.items():
            if one["choice"] and key not in self.together and self._is_eligible(key) and self._is_shared(self.people[key]["choices"][one["choice"] - 1]["subject"]):
                owner = self.people[key]["owner"]
                found[owner] = max(found.get(owner, self._rank(key)), self._rank(key))
        return found

    def _is_eligible(self, key: str) -> bool:
        """Of inputs that were frozen before it was said of anybody, everybody is."""
        return self.people[key].get("eligible", True)

    def _is_shared(self, subject: str) -> bool:
        step = self._step(subject)
        return step < len(self.rules["steps"]) and self.rules["steps"][step]["grant"] == "share-by-fte"

    def _step(self, subject: str) -> int:
        steps = self.rules["steps"]
        named = [number for number, one in enumerate(steps) if subject in one.get("subjects", ())]
        rest = [number for number, one in enumerate(steps) if not one.get("subjects")]
        return (named + rest + [len(steps)])[0]

    def _rank(self, key: str) -> Claim:
        rank = self.people[key]["rank"]
        return (1 << 24) if rank is None else rank, self.lot(key)

    def _claim(self, kind: str, key: str, number: int) -> Claim:
        """The keys of the order of a quota's kind, the lot the last; the smaller the stronger."""
        order = self.rules.get("claims_in", {}).get(kind, self.rules["claims"])
        person, choice = self.people[key], self.people[key]["choices"][number]
        return (*(self._key(one, person, choice) for one in order), self.lot(key))

    def _key(self, one: Mapping[str, Any], person: Mapping[str, Any], choice: Mapping[str, Any]) -> int:
        rank = person["rank"]
        return {
            "step": self._step(choice["subject"]),
            "owner-first": 0 if rank == 1 else 1,
            "owner-rank": (1 << 24) if rank is None else rank,
            "owner-band": (1 << 24) if rank is None else (rank - 1) // one.get("size", 1),
            "points": -choice["points"],
        }[one["key"]]
