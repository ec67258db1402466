"""Checks an outcome from the inputs alone: nothing of the algorithm is used, claims and lots are worked out here once more."""

import hashlib
import hmac


def lot(seed, key):
    return hmac.new(seed.encode(), key.encode(), hashlib.sha256).hexdigest(), key


def claim(inputs, rules, seed, kind, person, choice):
    """The claim as a list of keys, the lot the last."""
    order = rules.get("claims_in", {}).get(kind, rules["claims"])
    rank = person.rank if person.rank is not None else 10**6
    known = {
        "step": lambda _one: _step(rules, choice.subject),
        "owner-first": lambda _one: rank != 1,
        "owner-rank": lambda _one: rank,
        "owner-band": lambda one: (rank - 1) // one["size"] if person.rank else 10**6,
        "points": lambda _one: -choice.points,
    }
    return [int(known[one["key"]](one)) for one in order] + [lot(seed, person.key)]


def _step(rules, subject):
    named = [number for number, step in enumerate(rules["steps"]) if subject in step.get("subjects", ())]
    rest = [number for number, step in enumerate(rules["steps"]) if not step.get("subjects")]
    return (named + rest + [len(rules["steps"])])[0]


def admits(kind, value, person, choice):
    return {"region": value in person.regions, "owner": value == person.owner, "scheme": value == choice.scheme}.get(kind, True)


def classes(inputs, offering):
    """Each class with the seats it has at most."""
    kept = sum(quota.seats for quota in offering.quotas if quota.kind != "open")
    found = {(quota.kind.value, quota.value): quota.seats for quota in offering.quotas if quota.kind != "open"}
    return found | {("open", ""): offering.seats - kept}


def released(inputs, offering):
    return {(quota.kind.value, quota.value) for quota in offering.quotas if quota.release_on and quota.release_on <= inputs.on}


def problems(inputs, rules, seed, outcome):
    """Sentences on everything that is not as it must be."""
    people = {one.key: one for one in inputs.applicants}
    got = {one["key"]: one for one in outcome["people"]}
    held = {}
    for key, one in got.items():
        choice = people[key].choices[one["choice"] - 1] if one["choice"] else None
        if set(one["seats"]) != set(choice.package if choice else ()):
            yield f"{key} has not the whole of the package"
        for offering, place in one["seats"].items():
            held.setdefault(offering, []).append((tuple(place), people[key], choice))
    for offering in inputs.offerings:
        yield from _breaches(inputs, offering, held.get(offering.key, []))
    exempt = {(one["key"], one["choice"]) for one in outcome["exceptions"]}
    together = {key for group in inputs.groups for key in group.members}
    for key, person in people.items():
        for number, choice in enumerate(person.choices[: (got[key]["choice"] or 99) - 1], 1):
            if person.approved and key not in together and (key, number) not in exempt and choice.package:
                yield from _envy(inputs, rules, seed, held, person, choice, together)


def _breaches(inputs, offering, held):
    if len(held) > offering.seats:
        yield f"{offering.key} is oversold"
    limits, free = classes(inputs, offering), 0
    for place, most in limits.items():
        taken = sum(1 for each, _person, _choice in held if each == place)
        free += most - taken if place in released(inputs, offering) else 0
        if taken > most:
            yield f"{offering.key} {place} has {taken} of {most}"
    if sum(1 for each, _person, _choice in held if each == ("released", "")) > free:
        yield f"{offering.key} gives more than its quotas leave"
    for place, person, choice in held:
        if not admits(*place, person, choice):
            yield f"{person.key} sits in {place} of {offering.key}"


def _envy(inputs, rules, seed, held, person, choice, together):
    """Each offering of the package has given a seat that this one might have had to a weaker claim: then it is passed over."""
    if all(_weaker(inputs, rules, seed, held.get(key, []), person, choice, together) for key in choice.package):
        yield f"{person.key} is passed over in {choice.package}"


def _weaker(inputs, rules, seed, held, person, choice, together):
    for (kind, value), other, others_choice in held:
        if other.key not in together and admits(kind, value, person, choice):
            if claim(inputs, rules, seed, kind, person, choice) < claim(inputs, rules, seed, kind, other, others_choice):
                return True
    return False
