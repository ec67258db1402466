"""What the owners are paid of a batch. Pure."""

from collections.abc import Iterable, Mapping

from enrolment.payouts.values import Due


def dues(carried: Mapping[int, int], entries: Iterable[tuple[int, int]]) -> dict[int, Due]:
    """By owner, from what each owes from before and the new entries (owner, øre). An owner who has neither is not in it."""
    sums: dict[int, int] = {}
    for owner, oere in entries:
        sums[owner] = sums.get(owner, 0) + oere
    owing = {owner for owner, oere in carried.items() if oere}
    return {owner: Due(carried.get(owner, 0), sums.get(owner, 0)) for owner in sorted(owing | set(sums))}
