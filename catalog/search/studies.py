"""What the index knows of a study: a module with its runs, or a whole programme. Plain facts, read once for each version of the catalogue (`reading`)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from catalog.offers.rules import LastYear, first_day_of, last_day
from catalog.offers.sentences import full_title
from catalog.search.folding import fold
from catalog.values import ADULTS, Band, Delivery, EnrolmentMode, Grades, Semester, Tag

NEVER = date.max
LAST = 9  # in an order, after everything that has a rank
BY_DISTANCE = (Delivery.BLENDED, Delivery.GATHERINGS, Delivery.CAMPUS, None)  # where the days are not known
WORDS_OF_LEVELS = {Band.PRIMARY: "1-7 barnetrinn", Band.LOWER: "8-10 ungdomstrinn", Band.UPPER: "vg videregående"}
WORDS_OF_DELIVERY = {Delivery.ONLINE: "nett", Delivery.BLENDED: "nett samlinger", Delivery.GATHERINGS: "samlinger", Delivery.CAMPUS: "campus"}
TITLE, ABOUT, BODY = range(3)  # where a word stands: the more it weighs, the earlier


@dataclass(frozen=True, slots=True)
class Given:
    """A run of a module, as far as searching and the card need it. `meetings`: whether online, place, days. `away`: days one has to be there. `last_year`:
    the demand for the run of a year before; none = not known."""

    id: int
    semester: Semester | None
    semesters: int
    cancelled: bool
    planned: bool
    mode: EnrolmentMode
    delivery: Delivery | None
    meetings: tuple[tuple[bool, str, int | None], ...]
    gathering_days: int | None
    away: int | None
    opens_on: date | None
    apply_by: date | None
    starts_on: date | None
    ends_on: date | None
    ended: bool
    made_up: bool
    places: tuple[str, ...]
    counties: frozenset[int]
    last_year: LastYear | None

    @property
    def start(self) -> date:
        """The day it begins, as stated or as its semester does; the end of time where neither is known."""
        return self.starts_on or (first_day_of(self.semester) if self.semester else NEVER)

    @property
    def last_day(self) -> date | None:
        return last_day(semester=self.semester, semesters=self.semesters, ends_on=self.ends_on)

    def deadline(self, on: date) -> tuple[int, int]:
        """Where it stands by its last day to apply: the soonest that is not past first, then those that state none, last what one can no longer apply for."""
        if self.cancelled or self.ended or (self.apply_by is not None and self.apply_by < on):
            return 2, 0
        return (1, 0) if self.apply_by is None else (0, self.apply_by.toordinal())

    @property
    def distance(self) -> tuple[int, int]:
        """Where it stands by how much of it is at a distance: online only, then by the days one has to be there; last what states neither."""
        if self.delivery is Delivery.ONLINE:
            return 0, 0
        return (1, self.away) if self.away is not None else (2 + BY_DISTANCE.index(self.delivery), 0)

    @property
    def a_seat(self) -> float | None:
        """Applicants for each seat a year before, where they may be told."""
        return self.last_year.a_seat if self.last_year else None

    @property
    def seats_kept_here(self) -> bool:
        return self.mode is not EnrolmentMode.ELSEWHERE

    def takes_enrolments(self, on: date) -> bool:
        """Whether a free seat here is one that somebody may still get on this day."""
        return self.seats_kept_here and not (self.cancelled or self.planned or self.ended) and (self.apply_by is None or on <= self.apply_by)


@dataclass(frozen=True, slots=True)
class Study:
    """A module, or a programme that shows no modules. `runs` in order of semester and start."""

    id: int  # of the module, or of the course
    programme: bool
    institution: "Name"
    slug: str
    title: str | None
    code: str | None
    course_title: str | None
    course_code: str | None
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

    def headlines(self) -> Iterator[tuple[int, str]]:
        """What it is called and what it is about, each with its level; what it says at length is read apart."""
        about = (self.course_title, self.course_code, self.institution.all, self.subject.all if self.subject else None, str(self.grades), *self._kinds())
        places = (place for run in self.runs for place in run.places)
        yield from ((TITLE, text) for text in (self.title, self.code) if text)
        yield from ((ABOUT, text) for text in (*about, *places) if text)

    def _kinds(self) -> Iterator[str]:
        """The words one asks for a level and a form of delivery with; other words for them are synonyms."""
        yield from (WORDS_OF_LEVELS[band] for band in self.grades.bands)
        if ADULTS in self.grades:
            yield "voksenopplæring"
        yield from {WORDS_OF_DELIVERY[run.delivery] for run in self.runs if run.delivery and not run.ended}

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


Synonyms = Mapping[tuple[str, ...], tuple[tuple[str, ...], ...]]  # what is asked → what else is meant, both as folded words
Said = tuple[int, int, str]  # the number of a study, the level, and a text


@dataclass(frozen=True)
class Known:
    """All that is searched on a day, in the order of `place_in_line`, with the names of what it refers to."""

    on: date
    studies: tuple[Study, ...]
    regions: tuple[Name, ...]
    subjects: tuple[Name, ...]
    synonyms: "Synonyms | None" = None  # none = those that Seksti ships

    def headlines(self, numbers: Iterable[int] | None = None) -> Iterator[Said]:
        """What the studies with these numbers are called and are about; none = of all."""
        of = range(len(self.studies)) if numbers is None else numbers
        return ((number, level, text) for number in of for level, text in self.studies[number].headlines())
