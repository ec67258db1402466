"""How the seats of a run are shared, and who holds it by turn. Pure."""

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from catalog.values import Semester

Key = TypeVar("Key", bound=Hashable)


def shared(seats: int, shares: Mapping[Key, int]) -> dict[Key, int]:
    """So many seats in proportion to shares, by the largest remainder (Hare); of equal remainders the first named goes first.

    Nothing where no share is above nought.
    """
    whole = sum(shares.values())
    if whole <= 0:
        return {}
    given = {key: seats * share // whole for key, share in shares.items()}
    by_remainder = sorted(shares, key=lambda key: -(seats * shares[key] % whole))
    for key in by_remainder[: seats - sum(given.values())]:
        given[key] += 1
    return given


def whose_turn(hosts: Sequence[Key], first: Semester | None, semester: Semester | None) -> Key | None:
    """Who holds the runs that begin in a semester: the first host in the first one, then each in turn. None before, and where nothing rotates."""
    if not hosts or first is None or semester is None or semester < first:
        return None
    return hosts[(semester.number - first.number) % len(hosts)]
