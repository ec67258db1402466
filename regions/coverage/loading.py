"""The facts of coverage made of the rows: which run is bound where, how many days away it takes, and what is required."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from catalog.offers.rules import can_be_applied_for, days_away
from catalog.values import Delivery
from enrolment.progress.values import OverlapSet
from regions.coverage import queries
from regions.coverage.catalogue import Catalogue
from regions.coverage.facts import CreditNeed, Module, Offering, window


def load(study_year: int, on: date) -> Catalogue:
    """All published modules and what can still be applied for of their runs in a study year and the three after."""
    institutions, rows = {}, queries.module_rows()
    for row in rows:
        institutions[row.id] = row.institution_id
    modules = _modules(rows)
    return Catalogue(modules, _offerings(institutions, _Places(date(study_year, 8, 1)), on), _overlaps(), window(study_year))


def _halves(credits: Decimal) -> int:
    return int(credits * 2)


def _modules(rows: Iterable) -> list[Module]:
    needs, credit_needs, tags = defaultdict(set), defaultdict(list), defaultdict(list)
    for row in queries.prerequisite_rows():
        if row.required_module_id is not None:
            needs[row.module_id].add(row.required_module_id)
        else:
            credit_needs[row.module_id].append(CreditNeed(row.subject_id, _halves(row.credits)))
    for row in queries.tag_rows():
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


def _overlaps() -> list[OverlapSet]:
    members, credits = defaultdict(set), {}
    for key, amount, module in queries.overlap_rows():
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


def _offerings(institutions: dict[int, int], places: _Places, on: date) -> list[Offering]:
    gatherings = defaultdict(list)
    for row in queries.gathering_rows():
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
        for row in queries.run_rows()
        if row.module_id in institutions and can_be_applied_for(semester=row.semester, apply_by=row.apply_by, starts_on=row.starts_on, on=on)
    ]


def _bound_to(row, gatherings: list, places: _Places, institution: int) -> frozenset[int]:
    """The regions of the counties where it meets; where no place is known, those of its institution. An online run is bound nowhere."""
    if row.delivery is Delivery.ONLINE:
        return frozenset()
    counties = {meeting.county_id for meeting in gatherings if not meeting.online} | {row.county_id}
    known = {region for county in counties if county is not None for region in places.of_county[county]}
    return frozenset(known or places.of_institution[institution])
