"""The facts of coverage made of the rows: which run is bound where, how many days away it takes, and what is required."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from catalog.offers.rules import can_be_applied_for, days_away
from catalog.values import Delivery
from catalog.version import Changes
from enrolment.progress.values import OverlapSet
from regions.coverage import queries
from regions.coverage.catalogue import Catalogue
from regions.coverage.facts import CreditNeed, Module, Offering, window
from regions.coverage.queries import Keys


def load(study_year: int, on: date) -> Catalogue:
    """All published modules and what can still be applied for of their runs in a study year and the three after."""
    return Catalogue(*_facts(study_year, on), window(study_year))


def renewed(catalogue: Catalogue, changes: Changes, study_year: int, on: date) -> Catalogue:
    """The catalogue of a study year and day with the subjects read anew that changes have touched: those of a module now, and before."""
    modules = changes.modules | {key for key, module in catalogue.home.items() if not module.courses.isdisjoint(changes.courses)}
    before = {catalogue.home[key].subject for key in modules if key in catalogue.home}
    subjects = (before | queries.subjects_of(changes.modules, changes.courses)) - {None}
    now, runs, overlaps = _facts(study_year, on, subjects)
    subject_of = {module.key: module.subject for module in now}
    for subject in sorted(subjects):
        own = [module for module in now if module.subject == subject]
        catalogue = catalogue.changed(subject, own, [run for run in runs if subject_of[run.module] == subject], overlaps)
    return catalogue


def _facts(study_year: int, on: date, subjects: Keys = None) -> tuple[list[Module], list[Offering], list[OverlapSet]]:
    rows = queries.module_rows(subjects)
    institutions = {row.id: row.institution_id for row in rows}
    return _modules(rows, subjects), _offerings(institutions, _Places(date(study_year, 8, 1)), on, subjects), _overlaps(subjects)


def _halves(credits: Decimal) -> int:
    return int(credits * 2)


def _modules(rows: Iterable, subjects: Keys) -> list[Module]:
    needs, credit_needs, tags = defaultdict(set), defaultdict(list), defaultdict(list)
    for row in queries.prerequisite_rows(subjects):
        if row.required_module_id is not None:
            needs[row.module_id].add(row.required_module_id)
        else:
            credit_needs[row.module_id].append(CreditNeed(row.subject_id, _halves(row.credits)))
    for row in queries.tag_rows(subjects):
        tags[row.module_id].append((row.tag, None if row.credits is None else _halves(row.credits)))
    return [
        Module(
            key=row.id,
            halves=_halves(row.credits),
            subject=row.subject_id,
            bands=frozenset(row.grades.bands),
            needs=frozenset(needs[row.id]),
            credit_needs=tuple(credit_needs[row.id]),
            tags=tuple(tags[row.id]),
            courses=frozenset({row.course_id} if row.course_id else ()),
        )
        for row in rows
    ]


def _overlaps(subjects: Keys) -> list[OverlapSet]:
    members, credits = defaultdict(set), {}
    for key, amount, module in queries.overlap_rows(subjects):
        members[key].add(module)
        credits[key] = amount
    return [OverlapSet(frozenset(modules), credits[key]) for key, modules in members.items()]


class _Places:
    """Which regions a county or an institution belongs to on a day; both may belong to several."""

    def __init__(self, on: date):
        self.of_county, self.of_institution = defaultdict(set), defaultdict(set)
        for region in queries.regions():
            for member in region.counties:
                if member.holds(on):
                    self.of_county[member.county_id].add(region.organisation_id)
            for member in region.institutions:
                if member.holds(on):
                    self.of_institution[member.institution_id].add(region.organisation_id)


def _offerings(institutions: dict[int, int], places: _Places, on: date, subjects: Keys) -> list[Offering]:
    gatherings = defaultdict(list)
    for row in queries.gathering_rows(subjects):
        gatherings[row.offering_id].append(row)
    return [
        Offering(
            key=row.id,
            module=row.module_id,
            semester=row.semester.number,
            places=_bound_to(row, gatherings[row.id], places, institutions[row.module_id]),
            gathering_days=days_away(row.delivery, row.gathering_days, gatherings[row.id]),
            seats=row.seats,
            semesters=row.semesters,
        )
        for row in queries.run_rows(subjects)
        if row.module_id in institutions and can_be_applied_for(semester=row.semester, apply_by=row.apply_by, starts_on=row.starts_on, on=on)
    ]


def _bound_to(row, gatherings: list, places: _Places, institution: int) -> frozenset[int]:
    """The regions of the counties where it meets; where no place is known, those of its institution. An online run is bound nowhere."""
    if row.delivery is Delivery.ONLINE:
        return frozenset()
    counties = {meeting.county_id for meeting in gatherings if not meeting.online} | {row.county_id}
    known = {region for county in counties if county is not None for region in places.of_county[county]}
    return frozenset(known or places.of_institution[institution])
