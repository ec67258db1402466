"""The volume of each priority group in two strategy periods, counted from what the catalogue knows of the runs of every year."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from catalog.subjects.models import PriorityGroup, Subject
from catalog.values import Band, VolumeRule
from regions.coverage import queries as coverage
from regions.coverage.facts import Offering
from regions.coverage.matrix import Judge
from regions.coverage.volume import Volume, serving, volume, within_reach
from regions.volume.register import limits, two_periods
from regions.volume.rules import Facts, Verdict, verdict
from regions.volume.values import Limit, Period

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Judged:
    """A group with its subjects, what was counted, and whether its rule is met. `limit`: how far the rule lets it move, where it says so."""

    group: PriorityGroup
    subjects: tuple[Subject, ...]
    facts: Facts
    limit: Limit | None
    verdict: Verdict

    @property
    def is_target_group(self) -> bool:
        """Of teachers, across the subjects (groups 4 and 5)."""
        return self.group.volume_rule in (VolumeRule.LOCAL, VolumeRule.DEVELOP)


class Reckoning:
    """Two periods in a region (none = everywhere), of which the later is counted until the study year asked for."""

    def __init__(self, judge: Judge, region: int | None):
        self.judge, self.region = judge, region
        self.period, self.former = two_periods(judge.asked.study_year)
        self.limits = limits(judge.asked.study_year)

    @property
    def little_known(self) -> bool:
        """Whether the catalogue knows runs of fewer than half of the former period's study years."""
        years = self.former.years(self.judge.asked.study_year) if self.former else range(0)
        known = [year for year in years if any(year in runs for runs in self.judge.known.held.values())]
        return len(known) * 2 < len(years)

    def groups(self, groups: Iterable[tuple[PriorityGroup, Collection[Subject]]]) -> list[Judged]:
        return [self._judged(group, tuple(subjects)) for group, subjects in groups]

    def _judged(self, group: PriorityGroup, subjects: tuple[Subject, ...]) -> Judged:
        facts = self._facts(group, {subject.id for subject in subjects})
        return Judged(group, subjects, facts, self.limits.get(group.volume_rule), verdict(group.volume_rule, facts, self.limits))

    def _facts(self, group: PriorityGroup, subjects: set[int]) -> Facts:
        now = self._runs(group, subjects, self.period)
        before = self._runs(group, subjects, self.former) if self.former else []
        counts = [volume(runs, self.judge.known.catalogue.home) for runs in (now, before)]
        in_sixties = not any(count.unstated for count in counts)
        this_year = {run.key for run in self._of(group, subjects, [self.judge.asked.study_year])}
        taken, waiting = coverage.asked_for(this_year)
        earlier = {run.module for run in before}
        return Facts(
            now=self._a_year(counts[0], self.period, in_sixties),
            before=self._a_year(counts[1], self.former, in_sixties) if before else None,
            in_sixties=in_sixties,
            taken=taken,
            waiting=waiting,
            new=len({run.module for run in now} - earlier),
        )

    def _a_year(self, count: Volume, period: Period, in_sixties: bool) -> Decimal:
        whole = count.sixties if in_sixties else Decimal(count.runs)
        return (whole / len(period.years(self.judge.asked.study_year))).quantize(TENTH, ROUND_HALF_UP)

    def _runs(self, group: PriorityGroup, subjects: set[int], period: Period) -> list[Offering]:
        return self._of(group, subjects, period.years(self.judge.asked.study_year))

    def _of(self, group: PriorityGroup, subjects: set[int], years: Iterable[int]) -> list[Offering]:
        """What begins in these years. Teachers in upper secondary are a target group: what serves their grades, in whatever subject."""
        everything, held = group.volume_rule is VolumeRule.LOCAL, self.judge.known.held
        wanted = held if everything else subjects & held.keys()
        found = [run for subject in sorted(wanted) for year in years for run in held[subject].get(year, ())]
        served = serving(found, self.judge.known.catalogue.home, Band.UPPER if everything else None)
        return served if self.region is None else within_reach(served, self.region, self.judge.most_days(self.region))
