"""The volume of each priority group in two strategy periods, counted from what the catalogue knows of the runs of every year."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from catalog.subjects.models import PriorityGroup, Subject, SubjectKind
from catalog.values import Band, VolumeRule
from regions.coverage import queries as coverage
from regions.coverage.facts import Offering
from regions.coverage.matrix import Judge
from regions.coverage.volume import Volume, serving, volume, within_reach
from regions.volume import queries
from regions.volume.register import limits, two_periods
from regions.volume.rules import Facts, Needs, Verdict, verdict
from regions.volume.values import Limit, Period

TENTH = Decimal("0.1")
UPPER_SECONDARY = "vgs"  # the code of the target group


@dataclass(frozen=True)
class Judged:
    """A group with its subjects, what was counted, and whether its rule is met. `limit`: how far the rule lets it move, where it says so. `seats`:
    what begins in the study year asked for."""

    group: PriorityGroup
    rule: VolumeRule
    subjects: tuple[Subject, ...]
    facts: Facts
    limit: Limit | None
    verdict: Verdict
    seats: Volume

    @property
    def is_target_group(self) -> bool:
        """Of teachers, across the subjects (groups 4 and 5)."""
        return all(subject.kind is SubjectKind.TARGET_GROUP for subject in self.subjects)


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
        rule, everything = group.rule_on(self.judge.on), _is_everything(subjects)
        wanted = set(self.judge.known.held) if everything else {subject.id for subject in subjects}
        this_year = self._of(wanted, [self.judge.asked.study_year], everything)
        facts = self._facts(rule, wanted, this_year, everything)
        seats = volume(this_year, self.judge.known.catalogue.home)
        return Judged(group, rule, subjects, facts, self.limits.get(rule), verdict(rule, facts, self.limits), seats)

    def _facts(self, rule: VolumeRule, subjects: set[int], this_year: list[Offering], everything: bool) -> Facts:
        now = self._runs(subjects, self.period, everything)
        before = self._runs(subjects, self.former, everything) if self.former else []
        counts = [volume(runs, self.judge.known.catalogue.home) for runs in (now, before)]
        in_sixties = not any(count.unstated for count in counts)
        taken, waiting = coverage.asked_for({run.key for run in this_year})
        earlier = {run.module for run in before}
        return Facts(
            now=self._a_year(counts[0], self.period, in_sixties),
            before=self._a_year(counts[1], self.former, in_sixties) if before else None,
            in_sixties=in_sixties,
            taken=taken,
            waiting=waiting,
            new=len({run.module for run in now} - earlier),
            needs=self._needs(this_year) if rule is VolumeRule.LOCAL else None,
        )

    def _needs(self, this_year: list[Offering]) -> Needs | None:
        lacking = queries.lacking(self.region, Band.UPPER, self.judge.on)
        if lacking is None:
            return None
        served = {self.judge.known.catalogue.home[run.module].subject for run in this_year}
        return Needs(frozenset(lacking & served), frozenset(lacking - served))

    def _a_year(self, count: Volume, period: Period, in_sixties: bool) -> Decimal:
        whole = count.sixties if in_sixties else Decimal(count.runs)
        return (whole / len(period.years(self.judge.asked.study_year))).quantize(TENTH, ROUND_HALF_UP)

    def _runs(self, subjects: set[int], period: Period, everything: bool) -> list[Offering]:
        return self._of(subjects, period.years(self.judge.asked.study_year), everything)

    def _of(self, subjects: set[int], years: Iterable[int], everything: bool) -> list[Offering]:
        """What begins in these years; of everything, what serves the grades of upper secondary."""
        held = self.judge.known.held
        found = [run for subject in sorted(subjects & held.keys()) for year in years for run in held[subject].get(year, ())]
        served = serving(found, self.judge.known.catalogue.home, Band.UPPER if everything else None)
        return served if self.region is None else within_reach(served, self.region, self.judge.most_days(self.region))


def _is_everything(subjects: Iterable[Subject]) -> bool:
    """Teachers in upper secondary are a target group: what serves their grades, in whatever subject."""
    return any(subject.code == UPPER_SECONDARY for subject in subjects)
