"""What the index knows of a study: a module with its runs, or a whole programme. Plain facts, read once for each version of the catalogue."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from catalog.institutions import queries as institution_queries
from catalog.offers import queries
from catalog.offers.lifecycle import Run
from catalog.offers.models import EnrolmentMode
from catalog.offers.rules import first_day_of, has_ended, last_day, programme_is_over
from catalog.offers.sentences import full_title
from catalog.places import queries as place_queries
from catalog.search.folding import fold
from catalog.subjects import queries as subject_queries
from catalog.values import Delivery, Grades, Semester, Tag

NEVER = date.max


@dataclass(frozen=True, slots=True)
class Given:
    """A run of a module, as far as searching and the card need it. `meetings`: whether online, place, days."""

    id: int
    semester: Semester | None
    semesters: int
    cancelled: bool
    planned: bool
    mode: EnrolmentMode
    delivery: Delivery | None
    meetings: tuple[tuple[bool, str, int | None], ...]
    gathering_days: int | None
    opens_on: date | None
    apply_by: date | None
    starts_on: date | None
    ends_on: date | None
    ended: bool
    made_up: bool
    places: tuple[str, ...]
    counties: frozenset[int]

    @property
    def start(self) -> date:
        """The day it begins, as stated or as its semester does; the end of time where neither is known."""
        return self.starts_on or (first_day_of(self.semester) if self.semester else NEVER)

    @property
    def last_day(self) -> date | None:
        return last_day(semester=self.semester, semesters=self.semesters, ends_on=self.ends_on)

    @property
    def seats_kept_here(self) -> bool:
        return self.mode is not EnrolmentMode.ELSEWHERE

    def takes_enrolments(self, on: date) -> bool:
        """Whether a free seat here is one that somebody may still get on this day."""
        return self.seats_kept_here and not (self.cancelled or self.planned or self.ended) and (self.apply_by is None or on <= self.apply_by)


@dataclass(frozen=True, slots=True)
class Study:
    """A module, or a programme that shows no modules. `runs` in order of semester and start."""

    programme: bool
    institution: "Name"
    slug: str
    title: str | None
    code: str | None
    course_title: str | None
    subject: "Name | None"
    grades: Grades
    credits: Decimal | None
    made_up: bool
    tags: frozenset[Tag]
    runs: tuple[Given, ...]
    told_over: bool  # without a run to tell it: by the years it names, or because its institution is no more
    regions: frozenset[str]  # by institution and by place, on the day

    @property
    def sort_title(self) -> str:
        return fold(full_title(self.title, self.course_title, self.code))

    @property
    def invented(self) -> bool:
        """Whether it, or a run of it, is made up for the demonstration."""
        return self.made_up or any(run.made_up for run in self.runs)

    @property
    def over(self) -> bool:
        """Whether all it has ever run is past, or it is told that it is. What has no run and tells nothing is not over."""
        return all(run.ended for run in self.runs) if self.runs else self.told_over

    def next_run(self, on: date) -> Given | None:
        """The run a card tells of: the next to begin, else one under way, else a cancelled one, else the last that was."""
        return self.next_of(self.runs, on)

    @staticmethod
    def next_of(runs: Sequence[Given], on: date) -> Given | None:
        current = [run for run in runs if not run.ended]
        if current:
            return min(current, key=lambda run: (run.cancelled, run.start < on, run.start))
        return max(runs, key=lambda run: run.last_day or date.min, default=None)

    def place_in_line(self, on: date) -> tuple:
        """By when it begins; then what is under way, what states no time, what is cancelled, and last what is over, newest first."""
        run = self.next_run(on)
        if run is None:
            return 4 if self.over else 2, 0, self.sort_title
        if run.ended:
            return 4, -(run.last_day or date.min).toordinal(), self.sort_title
        place = 3 if run.cancelled else 2 if run.start == NEVER else 1 if run.start < on else 0
        return place, run.start.toordinal(), self.sort_title


@dataclass(frozen=True, slots=True)
class Name:
    """Something with a code and a name in each language (nb, nn, en, se); an empty one falls back to bokmål."""

    code: str
    nb: str
    nn: str | None = None
    en: str | None = None
    se: str | None = None
    over: bool = False  # an institution of the past

    def inside(self, language: str) -> str:
        return getattr(self, language, None) or self.nb

    @property
    def all(self) -> str:
        return " ".join(filter(None, (self.code, self.nb, self.nn, self.en, self.se)))


Texts = tuple[str, str, str]  # of a study: its title; what it is about, by whom and where; the rest


@dataclass(frozen=True)
class Known:
    """All that is searched on a day, in the order of `place_in_line`, with the names of what it refers to."""

    on: date
    studies: tuple[Study, ...]
    texts: tuple[Texts, ...]
    regions: tuple[Name, ...]
    subjects: tuple[Name, ...]


def read_all(on: date) -> Known:
    """Reads the published catalogue by a fixed number of selects."""
    rows = institution_queries.name_rows()
    institutions = {row[0]: Name(row.code, row.name_nb, row.name_nn, row.name_en, row.name_se, over=row.historic) for row in rows}
    subjects = {row.id: Name(row.code, row.name_nb, row.name_nn, row.name_en, row.name_se) for row in subject_queries.name_rows()}
    regions = {row[0]: Name(row.code, row.name_nb, row.name_nn, row.name_en, row.name_se) for row in place_queries.name_rows()}
    belongs = Belonging(regions, on)
    runs, tags = _runs(on), _tags()
    found = [_module(row, institutions, subjects, belongs, runs.get(row.id, ()), tags.get(row.id, frozenset())) for row in queries.module_rows()]
    found += [_programme(row, institutions, subjects, belongs, on) for row in queries.programme_rows()]
    found.sort(key=lambda pair: pair[0].place_in_line(on))
    studies, texts = zip(*found, strict=True) if found else ((), ())
    return Known(on, studies, texts, tuple(regions.values()), tuple(subjects.values()))


class Belonging:
    """Which regions an institution and a county belong to on a day; either may belong to several."""

    def __init__(self, regions: dict[int, Name], on: date):
        self._institutions = self._held(place_queries.institution_memberships(), regions, on)
        self._counties = self._held(place_queries.county_memberships(), regions, on)

    @staticmethod
    def _held(rows: Iterable, regions: dict[int, Name], on: date) -> dict[int, set[str]]:
        held = defaultdict(set)
        for region, member, first, last, _confirmed in rows:
            if (first is None or first <= on) and (last is None or on <= last):
                held[member].add(regions[region].code)
        return held

    def of(self, institution: int, counties: Iterable[int]) -> frozenset[str]:
        by_place = (self._counties.get(county, ()) for county in counties)
        return frozenset(self._institutions.get(institution, ())).union(*by_place)


def _runs(on: date) -> dict[int, tuple[Given, ...]]:
    meetings = defaultdict(list)
    for row in queries.meeting_rows():
        meetings[row.offering_id].append(row)
    runs = defaultdict(list)
    for row in queries.run_rows():
        runs[row.module_id].append(_run(row, meetings.get(row.id, ()), on))
    return {module: tuple(given) for module, given in runs.items()}


def _run(row, meetings: Sequence, on: date) -> Given:
    counties = {row.county_id, *(one.county_id for one in meetings)} - {None}
    places = [row.town or row.place, *(one.town or one.place for one in meetings)]
    return Given(
        row.id, row.semester, row.semesters, row.state is Run.CANCELLED, row.state is Run.PLANNED, row.mode, row.delivery,
        tuple((one.online, one.town or one.place or "", _days(one)) for one in meetings), row.gathering_days, row.opens_on, row.apply_by,
        row.starts_on, row.ends_on, _ended(row, on), row.made_up,
        tuple(dict.fromkeys(place for place in places if place)), frozenset(counties),
    )  # fmt: skip


def _ended(row, on: date) -> bool:
    return has_ended(semester=row.semester, semesters=row.semesters, ends_on=row.ends_on, on=on, told_over=row.told_over)


def _days(meeting) -> int | None:
    return (meeting.ends_on - meeting.starts_on).days + 1 if meeting.starts_on else None


def _tags() -> dict[int, frozenset[Tag]]:
    tags = defaultdict(set)
    for module, tag in queries.tag_rows():
        tags[module].add(tag)
    return {module: frozenset(found) for module, found in tags.items()}


def _module(row, institutions: dict, subjects: dict, belongs: Belonging, runs: tuple[Given, ...], tags: frozenset[Tag]) -> tuple[Study, Texts]:
    institution, subject = institutions[row.institution_id], subjects.get(row.subject_id)
    places = {place for run in runs for place in run.places}
    counties = {county for run in runs if not run.ended for county in run.counties}
    about = _joined(row.course_title, row.course_code, institution.all, subject and subject.all, str(row.grades), *sorted(places))
    body = _joined(row.summary, row.knowledge, row.skills, row.competence)
    study = Study(
        False, institution, row.slug, row.title, row.code, row.course_title, subject, row.grades, row.credits, row.made_up, tags, runs,
        institution.over, belongs.of(row.institution_id, counties),
    )  # fmt: skip
    return study, (_joined(row.title, row.code), about, body)


def _programme(row, institutions: dict, subjects: dict, belongs: Belonging, on: date) -> tuple[Study, Texts]:
    institution, subject = institutions[row.institution_id], subjects.get(row.subject_id)
    over = institution.over or programme_is_over(row.stated, on)
    about = _joined(institution.all, subject and subject.all, str(row.grades))
    study = Study(
        True, institution, row.slug, row.title, row.code, None, subject, row.grades, row.credits, row.made_up, frozenset(), (), over,
        belongs.of(row.institution_id, ()),
    )  # fmt: skip
    return study, (_joined(row.title, row.code), about, _joined(row.summary, row.for_whom))


def _joined(*parts: str | None) -> str:
    return " \n ".join(part for part in parts if part)
