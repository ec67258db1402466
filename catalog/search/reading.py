"""Reads what is searched: the published catalogue as plain facts, by a fixed number of selects. Equal facts are kept once."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date

from catalog import panels
from catalog.institutions import queries as institution_queries
from catalog.joint import queries as joint_queries
from catalog.offers import queries
from catalog.offers.lifecycle import Run
from catalog.offers.queries import Keys
from catalog.offers.rules import days_there, has_ended, programme_is_over
from catalog.places import queries as place_queries
from catalog.search import folding
from catalog.search.index import Index
from catalog.search.studies import BODY, Given, Known, Name, Said, Study
from catalog.subjects import queries as subject_queries
from catalog.synonyms import queries as synonym_queries
from catalog.version import Changes


def index_of(on: date) -> Index:
    """The index of the catalogue as it is now, on a day."""
    known = read_all(on)
    index = Index(known, _bodies(known))
    folding.forget()
    return index


def renewed(index: Index, changes: Changes) -> Index:
    """The index with what has changed read anew, on its day."""
    modules = changes.modules | set(queries.modules_of(changes.courses))
    courses = changes.courses | set(queries.courses_of(changes.modules))
    gone = {*((False, key) for key in modules), *((True, key) for key in courses)}
    come = _Reader(index.on, modules).studies(courses)
    return index.changed(gone, come, lambda known: _bodies(known, modules, courses))


def read_all(on: date) -> Known:
    reader = _Reader(on)
    studies = sorted(reader.studies(), key=lambda study: study.place_in_line(on))
    return Known(on, tuple(studies), tuple(reader.regions.values()), tuple(reader.subjects.values()), synonym_queries.holding(on))


def _bodies(known: Known, modules: Keys = None, courses: Keys = None) -> Iterator[Said]:
    """What each study says at length, row by row, so that not all of it has to be in memory at once. Keys: of these alone."""
    for programme, keys, rows in ((False, modules, queries.module_texts(modules)), (True, courses, queries.programme_texts(courses))):
        numbers = {study.id: number for number, study in enumerate(known.studies) if study.programme is programme and (keys is None or study.id in keys)}
        for key, *texts in rows:
            if key in numbers:
                yield from ((numbers[key], BODY, text) for text in texts if text)


class _Reader:
    """Turns rows into studies. What many of them share (a set of places, an amount) is one object. `modules`: reads of these alone."""

    def __init__(self, on: date, modules: Keys = None):
        self.on, self.modules = on, modules
        self._shared: dict[Hashable, Hashable] = {}
        self.institutions = {row[0]: _name(row, over=row.historic) for row in institution_queries.name_rows()}
        self.subjects = {row[0]: _name(row) for row in subject_queries.name_rows()}
        self.regions = {row[0]: _name(row) for row in place_queries.name_rows()}
        self._of_institution = self._held(place_queries.institution_memberships())
        self._of_county = self._held(place_queries.county_memberships())
        self._partners = _grouped(joint_queries.partner_rows(modules))
        self._last_year = panels.fact("last_year", modules=modules, on=on) or {}
        self._meetings = _grouped(queries.meeting_rows(modules))
        self._runs = {module: [self._run(row) for row in rows] for module, rows in _grouped(queries.run_rows(modules)).items()}
        self._tags = {module: self._one(frozenset(tag for _module, tag in rows)) for module, rows in _grouped(queries.tag_rows(modules)).items()}

    def studies(self, courses: Keys = None) -> list[Study]:
        """In no order. `courses`: of these alone the whole programmes."""
        modules = [self.module(row) for row in queries.module_rows(self.modules)]
        return modules + [self.programme(row) for row in queries.programme_rows(courses)]

    def _one(self, value):
        return self._shared.setdefault(value, value)

    def _held(self, rows: Iterable) -> dict[int, set[str]]:
        """Member → the regions it belongs to on the day; it may belong to several."""
        held = defaultdict(set)
        for region, member, first, last, _confirmed in rows:
            if (first is None or first <= self.on) and (last is None or self.on <= last):
                held[member].add(self.regions[region].code)
        return held

    def _run(self, row) -> Given:
        meetings = self._meetings.get(row.id, ())
        places = [row.town or row.place, *(one.town or one.place for one in meetings)]
        counties = {row.county_id, *(one.county_id for one in meetings)} - {None}
        one = self._one
        return Given(
            row.id, one(row.semester), row.semesters, row.state is Run.CANCELLED, row.state is Run.PLANNED, row.mode, row.delivery,
            one(tuple((each.online, each.town or each.place or "", _days(each)) for each in meetings)), row.gathering_days,
            days_there(row.delivery, row.gathering_days, row.semesters, meetings), one(row.opens_on), one(row.apply_by), one(row.starts_on), one(row.ends_on), self._ended(row), row.made_up,
            one(tuple(dict.fromkeys(filter(None, places)))), one(frozenset(counties)),
            self._last_year.get(row.id),
        )  # fmt: skip

    def _ended(self, row) -> bool:
        return has_ended(semester=row.semester, semesters=row.semesters, ends_on=row.ends_on, on=self.on, told_over=row.told_over)

    def module(self, row) -> Study:
        runs = tuple(self._runs.get(row.id, ()))
        counties = {county for run in runs if not run.ended for county in run.counties}
        institution, one = self.institutions[row.institution_id], self._one
        return Study(
            row.id, False, institution, one(row.slug), row.title, one(row.code), one(row.course_title), one(row.course_code), self.subjects.get(row.subject_id),
            one(row.grades), one(row.credits), row.made_up, self._tags.get(row.id, frozenset()), runs, institution.over,
            self._regions({row.institution_id, *(partner for _module, partner in self._partners.get(row.id, ()))}, counties),
        )  # fmt: skip

    def programme(self, row) -> Study:
        institution, one = self.institutions[row.institution_id], self._one
        return Study(
            row.id, True, institution, one(row.slug), row.title, one(row.code), None, None, self.subjects.get(row.subject_id), one(row.grades), one(row.credits),
            row.made_up, frozenset(), (), institution.over or programme_is_over(row.stated, self.on), self._regions({row.institution_id}, ()),
        )  # fmt: skip

    def _regions(self, institutions: Iterable[int], counties: Iterable[int]) -> frozenset[str]:
        """By the institutions that own it, and by the places of what is not over."""
        by_place = (self._of_county.get(county, ()) for county in counties)
        return self._one(frozenset().union(*(self._of_institution.get(one, ()) for one in institutions), *by_place))


def _name(row, over: bool = False) -> Name:
    return Name(row.code, row.name_nb, row.name_nn, row.name_en, row.name_se, over)


def _grouped(rows: Iterable[Sequence]) -> dict[int, list]:
    """Rows by their first column."""
    found = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return found


def _days(meeting) -> int | None:
    return (meeting.ends_on - meeting.starts_on).days + 1 if meeting.starts_on else None
