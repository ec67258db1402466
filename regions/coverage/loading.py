"""The facts of coverage made of the rows: which run is bound where, how many days away it takes, and what is required."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from catalog.offers.rules import can_be_applied_for, days_away
from catalog.values import Delivery, Semester
from catalog.version import Changes
from enrolment.progress.values import OverlapSet
from regions.coverage import queries
from regions.coverage.catalogue import Catalogue
from regions.coverage.facts import CreditNeed, Module, Offering, window
from regions.coverage.queries import Keys
from regions.coverage.volume import Held


class Known(NamedTuple):
    """The catalogue of a study year and day, and the runs of every year that were published or planned, with those that are over:
    by subject, and the study year they begin in. Where those are bound is told by the regions of the study year asked for."""

    catalogue: Catalogue
    held: dict[Hashable, Held]


def load(study_year: int, on: date) -> Known:
    """All published modules and what can still be applied for of their runs in a study year and the three after."""
    modules, runs, held, overlaps = _facts(study_year, on)
    return Known(Catalogue(modules, runs, overlaps, window(study_year)), _by_subject({module.key: module.subject for module in modules}, held))


def renewed(known: Known, changes: Changes, study_year: int, on: date) -> Known:
    """What is known of a study year and day with the subjects read anew that changes have touched: those of a module now, and before."""
    catalogue = known.catalogue
    modules = changes.modules | {key for key, module in catalogue.home.items() if not module.courses.isdisjoint(changes.courses)}
    before = {catalogue.home[key].subject for key in modules if key in catalogue.home}
    subjects = (before | queries.subjects_of(changes.modules, changes.courses)) - {None}
    now, runs, held, overlaps = _facts(study_year, on, subjects)
    subject_of = {module.key: module.subject for module in now}
    for subject in sorted(subjects):
        own = [module for module in now if module.subject == subject]
        catalogue = catalogue.changed(subject, own, [run for run in runs if subject_of[run.module] == subject], overlaps)
    untouched = {subject: runs for subject, runs in known.held.items() if subject not in subjects}
    return Known(catalogue, untouched | _by_subject(subject_of, held))


def _by_subject(subject_of: Mapping[Hashable, Hashable], held: Iterable[Offering]) -> dict[Hashable, Held]:
    found: dict[Hashable, Held] = {}
    for run in held:
        years = found.setdefault(subject_of[run.module], {})
        years.setdefault(Semester.from_number(run.semester).study_year, []).append(run)
    return found


def _facts(study_year: int, on: date, subjects: Keys = None) -> tuple[list[Module], list[Offering], list[Offering], list[OverlapSet]]:
    """Modules, the runs that can still be applied for, the runs of every year, overlaps."""
    rows = queries.module_rows(subjects)
    institutions = _institutions(rows, subjects)
    open_, held = _offerings(institutions, _Places(date(study_year, 8, 1), on), on, subjects)
    return _modules(rows, subjects), open_, held, _overlaps(subjects)


def _institutions(rows: Iterable, subjects: Keys) -> dict[int, set[int]]:
    """Who owns each module: its institution, and those who have accepted a part in it."""
    owners = {row.id: {row.institution_id} for row in rows}
    for row in queries.partner_rows(subjects):
        if row.module_id in owners:
            owners[row.module_id].add(row.institution_id)
    return owners


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
            institution=row.institution_id,
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
    """Which regions a county or an institution belongs to on a day, both may belong to several; and from which it takes too long to a county."""

    def __init__(self, on: date, today: date):
        self.of_county, self.of_institution, self.far = defaultdict(set), defaultdict(set), defaultdict(set)
        most = {rule.region_id: rule.most_minutes for rule in queries.distance_rows(today) if rule.region_id and rule.most_minutes is not None}
        for way in queries.travel_times():
            if way.region_id in most and way.minutes > most[way.region_id]:
                self.far[way.county_id].add(way.region_id)
        for region in queries.regions():
            for member in region.counties:
                if member.holds(on):
                    self.of_county[member.county_id].add(region.organisation_id)
            for member in region.institutions:
                if member.holds(on):
                    self.of_institution[member.institution_id].add(region.organisation_id)


def _offerings(institutions: dict[int, set[int]], places: _Places, on: date, subjects: Keys) -> tuple[list[Offering], list[Offering]]:
    """Those that can still be applied for, and all of them."""
    gatherings = defaultdict(list)
    for row in queries.gathering_rows(subjects):
        gatherings[row.offering_id].append(row)
    rows = [row for row in queries.run_rows(subjects) if row.module_id in institutions]
    held = [_offering(row, gatherings[row.id], places, institutions[row.module_id]) for row in rows]
    return [run for run, row in zip(held, rows, strict=True) if _can_be_applied_for(row, on)], held


def _can_be_applied_for(row, on: date) -> bool:
    return not row.told_over and can_be_applied_for(semester=row.semester, apply_by=row.apply_by, starts_on=row.starts_on, on=on)


def _offering(row, gatherings: list, places: _Places, owners: set[int]) -> Offering:
    return Offering(
        key=row.id,
        module=row.module_id,
        semester=row.semester.number,
        places=_bound_to(row, gatherings, places, owners),
        gathering_days=days_away(row.delivery, row.gathering_days, gatherings),
        seats=row.seats,
        semesters=row.semesters,
        too_far=frozenset(region for county in _counties(row, gatherings) for region in places.far.get(county, ())),
    )


def _counties(row, gatherings: list) -> set[int]:
    """Those where one has to go, as far as they are known; none for an online run."""
    if row.delivery is Delivery.ONLINE:
        return set()
    return ({meeting.county_id for meeting in gatherings if not meeting.online} | {row.county_id}) - {None}


def _bound_to(row, gatherings: list, places: _Places, owners: set[int]) -> frozenset[int]:
    """The regions of the counties where it meets; where no place is known, those of the institutions that own it. An online run is bound nowhere."""
    if row.delivery is Delivery.ONLINE:
        return frozenset()
    known = {region for county in _counties(row, gatherings) for region in places.of_county[county]}
    return frozenset(known or {region for owner in owners for region in places.of_institution[owner]})
