"""Whether the volume of a priority group moves as its rule asks. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from catalog.values import VolumeRule
from regions.volume.values import Limit


class Verdict(StrEnum):
    MET = "met"
    NOT_MET = "not-met"
    UNKNOWN = "unknown"  # what the rule asks about is not known


@dataclass(frozen=True)
class Needs:
    """The subjects (their keys) in which owners say that teachers lack credits: those in which something begins this year, and those in which nothing does."""

    served: frozenset[int] = frozenset()
    left: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Facts:
    """`now` and `before`: what begins in a study year, on average, in this period and in the former (None = nothing is known of it): in full 60s
    where `in_sixties`, else in runs. `taken`, `waiting`: seats and people in what begins this year; `new`: modules run for the first time in this period; `needs`: what owners
    say that they need (None = nothing is known of it)."""

    now: Decimal
    before: Decimal | None
    in_sixties: bool = True
    taken: int = 0
    waiting: int = 0
    new: int = 0
    needs: Needs | None = None

    @property
    def percent(self) -> Decimal | None:
        """The volume in per cent of the former; None where there is nothing to compare with."""
        return self.now * 100 / self.before if self.before else None


def verdict(rule: VolumeRule, facts: Facts, limits: Mapping[VolumeRule, Limit]) -> Verdict:
    """Each rule by its own question (the strategy for 2012–2015, the six groups)."""
    if rule in (VolumeRule.KEEP, VolumeRule.FEWER):
        return _within(facts, limits.get(rule))
    if rule is VolumeRule.DEMAND:
        return _said(facts.waiting == 0 or facts.now > (facts.before or 0))
    if rule is VolumeRule.DEVELOP:
        return _said(facts.new > 0)
    if rule is VolumeRule.BUILD_UP:
        return _said(facts.now > (facts.before or 0))
    return _by_need(facts.needs)


def _by_need(needs: Needs | None) -> Verdict:
    """What is needed locally is the owners' to say, as they do in a census."""
    if needs is None or not needs.served | needs.left:
        return Verdict.UNKNOWN
    return _said(not needs.left)


def _within(facts: Facts, limit: Limit | None) -> Verdict:
    if facts.percent is None or limit is None:
        return Verdict.UNKNOWN
    return _said(limit.least <= facts.percent <= limit.most)


def _said(met: bool) -> Verdict:
    return Verdict.MET if met else Verdict.NOT_MET
