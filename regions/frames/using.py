"""A version's frames with what is bound, confirmed and left of each; and what an allocation run would exceed."""

from dataclasses import dataclass

from enrolment.awarding.lifecycle import OUT
from enrolment.awarding.models import AllocationRun
from enrolment.money import awards
from regions.frames import queries, rules
from regions.frames.models import Frame, FrameVersion
from regions.frames.rules import Room, Use


@dataclass(frozen=True)
class Line:
    """One frame and its use, in whole øre."""

    frame: Frame
    use: Use

    @property
    def left(self) -> int:
        return self.frame.oere - self.use.bound


@dataclass(frozen=True)
class Shown:
    """`outside`: what awards come to that no frame holds."""

    lines: list[Line]
    outside: Use


def shown(version: FrameVersion) -> Shown:
    used = rules.used(_rooms(version), awards.of_year(version.study_year), queries.group_of_subjects(version.study_year))
    return Shown([Line(one, used.get(one.id, Use())) for one in ordered(version)], used.get(None, Use()))


def ordered(version: FrameVersion) -> list[Frame]:
    """By strand, the whole before its parts."""
    return sorted(version.frames, key=lambda one: (one.strand, one.group.number if one.group else 0, one.scheme.position if one.scheme else 0))


def _rooms(version: FrameVersion) -> list[Room]:
    return [Room(one.id, one.strand, one.group_id, one.scheme_id, one.oere) for one in version.frames]


@dataclass(frozen=True)
class Over:
    """A frame that a run would exceed: what is bound of it already, what the run would add, and by how much that is too much."""

    frame: Frame
    bound: int
    wanted: int
    over: int


@dataclass(frozen=True)
class Foreseen:
    """What a run would do to the frames that hold for its study year. `oere`: what it would bind, `unknown` of its awards left out."""

    version: FrameVersion | None
    oere: int
    unknown: int
    over: list[Over]


def foreseen(run: AllocationRun) -> Foreseen | None:
    """None for a run that is made known: what it gave is bound."""
    if run.state in OUT:
        return None
    year, wanted = run.cycle.study_year, awards.of_run(run)
    version = queries.in_force(year)
    whole = sum((rules.of(one) for one in wanted), Use())
    if version is None:
        return Foreseen(None, whole.bound, whole.unknown, [])
    by_key = {one.id: one for one in version.frames}
    found = rules.exceeded(_rooms(version), awards.of_year(year), wanted, queries.group_of_subjects(year))
    return Foreseen(version, whole.bound, whole.unknown, [Over(by_key[one.room.key], one.bound, one.wanted, one.over) for one in found])
