"""Who asks for what, beside what is on offer: applicants, and what teachers plan; never so few that somebody can be told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from catalog.subjects.models import Subject
from catalog.values import Semester, Term
from regions.coverage import queries
from regions.coverage.matrix import Matrix
from regions.planned import queries as planned
from regions.planned import rules as planned_rules
from regions.reports.rules import hide

Place = tuple[int, int | None]
"""The keys of a subject and a region; none = all regions."""


@dataclass(frozen=True)
class Demand:
    """What may be told: who is few, and who is nobody, is left out alike. `applicants`: teachers of the region who have applied for what begins in the study year.
    `planned`: by term of the study year (its number), teachers of the region who plan the subject; empty for those who may not read it."""

    applicants: Mapping[Place, int] = field(default_factory=dict)
    planned: Mapping[Place, Mapping[int, int]] = field(default_factory=dict)


def demand(shown: Matrix, on: date, *, with_plans: bool) -> Demand:
    """`with_plans`: for who may read what teachers plan (`regions.planned`)."""
    applicants = _applicants(shown, on)
    return Demand(applicants, _planned(shown, on) if with_plans else {})


def _applicants(shown: Matrix, on: date) -> dict[Place, int]:
    by_subject: dict[int, dict[int | None, int]] = {}
    for subject, region, people in queries.applicants(shown.asked.study_year, shown.asked.band, on):
        by_subject.setdefault(subject, {})[region] = people
    found: dict[Place, int] = {}
    for subject, counts in by_subject.items():
        hidden, sum_too = hide(counts)
        found |= {(subject, region): people for region, people in counts.items() if region is not None and region not in hidden}
        if not sum_too:
            found[subject, None] = sum(counts.values())
    return found


def _planned(shown: Matrix, on: date) -> dict[Place, dict[int, int]]:
    """The figures of the page of what teachers plan, and no others, so that nothing can be told from both."""
    subjects: dict[str, Subject] = {row.subject.code: row.subject for row in shown.rows}
    regions = {region.code: region.organisation_id for region in shown.regions}
    year = shown.asked.study_year
    terms = {Semester(year, Term.AUTUMN).number, Semester(year + 1, Term.SPRING).number}
    found: dict[Place, dict[int, int]] = {}
    for line in planned_rules.lines(planned.counted(planned.first(on), on)):
        if line.term not in terms or line.subject not in subjects:
            continue
        told = {regions[code]: number for code, number in line.counts.items() if code in regions} | {None: line.total}
        for region, number in told.items():
            if number:
                found.setdefault((subjects[line.subject].id, region), {})[line.term] = number
    return found
