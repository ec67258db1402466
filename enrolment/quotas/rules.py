"""How many seats stand free for whom, from numbers alone."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from enrolment.allocation.values import QuotaKind

Fits = Callable[[QuotaKind, str], bool]


@dataclass(frozen=True)
class Kept:
    """One quota as it stands on a day. `held`: its seats that are offered, placed or used."""

    key: int
    kind: QuotaKind
    value: str
    seats: int
    held: int = 0
    released: bool = False

    @property
    def unused(self) -> int:
        return max(0, self.seats - self.held)

    @property
    def still_kept(self) -> int:
        """The seats that nobody else may take yet."""
        return 0 if self.released or self.kind is QuotaKind.OPEN else self.unused


@dataclass(frozen=True)
class Room:
    """Free seats for those of a quota; `key` none = for anybody."""

    key: int | None
    kind: QuotaKind
    value: str
    free: int

    def admits(self, fits: Fits) -> bool:
        return self.kind is QuotaKind.OPEN or fits(self.kind, self.value)


def rooms(*, seats: int, taken: int, quotas: Sequence[Kept]) -> list[Room]:
    """Where seats stand free, in the declared precedence; the open ones have what no unreleased quota keeps, last unless said otherwise."""
    left = seats - taken - sum(one.still_kept for one in quotas)
    found = [_room(one, left) for one in quotas if one.kind is QuotaKind.OPEN or one.still_kept]
    if all(one.kind is not QuotaKind.OPEN for one in quotas):
        found.append(Room(None, QuotaKind.OPEN, "", left))
    return [one for one in found if one.free > 0]


def _room(quota: Kept, left: int) -> Room:
    return Room(None, QuotaKind.OPEN, "", left) if quota.kind is QuotaKind.OPEN else Room(quota.key, quota.kind, quota.value, quota.still_kept)


def room_for(free: Iterable[Room], fits: Fits) -> Room | None:
    """The first of the free rooms that admits somebody."""
    return next((one for one in free if one.admits(fits)), None)


def room_to_keep(*, seats: int, kept: int, taken_open: int) -> int:
    """How many more seats can be kept for somebody: those that are neither kept nor in use by others."""
    return max(0, seats - kept - taken_open)


def fitted(quotas: Mapping[int, int], free: int) -> dict[int, int]:
    """Quotas' unused seats by key, in precedence, cut to the seats that are free; the last give way first."""
    fits = {}
    for key, wanted in quotas.items():
        fits[key] = min(wanted, free)
        free -= fits[key]
    return fits
