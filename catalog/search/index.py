"""The index of all studies: made once for each version of the catalogue and each day, never changed, searched without the database.

A study is its place in the line of `Study.place_in_line`, so that the order by start is the order of the numbers. Seats are
the one thing that changes without a new version; they are given anew by `with_free_seats`.
"""

from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, reduce
from itertools import chain, combinations
from operator import and_

from pyroaring import BitMap

from catalog.offers.rules import LastYear
from catalog.search.asked import (
    AWAY, BY_CREDITS, BY_DEMAND, BY_RUN, BY_TITLE, CREDITS, DEADLINE, DELIVERY, DEMAND, DISTANCE, FACETS, FREE, LEVEL, MINE, REGION, RELEVANCE, SEATS, SEMESTER, SUBJECT,
    TAG, Asked,
)  # fmt: skip
from catalog.search.line import Moved
from catalog.search.order import Order, page_of_levels
from catalog.search.runs import NOTHING, Cell, Cells
from catalog.search.studies import LAST, Given, Known, Said, Study
from catalog.search.tally import FEW, Tally
from catalog.search.text import Heard, TextIndex
from catalog.values import ADULTS, Band, Delivery, Semester, Tag

PAGE = 20
MANY = 4_096  # studies; above it a roaring set counts through all of each value
MOST_COUNTED = 1_000  # of counts that are kept
MOST_PAIRS = 5  # of what to leave out, where nothing is found without one thing alone
LEVELS = (*(band.value for band in Band), "adults")
UNDER_15, OTHER = "under-15", "other"
VOLUMES = (UNDER_15, "15", "30", OTHER)
NOT_KNOWN = "not-known"
DAYS = {"0": 0, "1-3": 3, "4-6": 6, "7-10": 10}  # value → the most days that are in it
OVER_10 = "over-10"
DAYS_AWAY = (*DAYS, OVER_10, NOT_KNOWN)
FOR_ALL, UP_TO_2, OVER_2 = "seats-for-all", "up-to-2", "over-2"
DEMANDS = (FOR_ALL, UP_TO_2, OVER_2, NOT_KNOWN)
BY_STUDY = (REGION, SUBJECT, LEVEL, CREDITS, TAG)  # facets that hold for a study as a whole
Seats = Mapping[int, int]  # run → how many seats are free; below nought, how many wait


@dataclass(frozen=True)
class Way:
    """What there is when something is left out, or two things where one is not enough: (facet, «») for a facet, («text», word) for a word as typed,
    («text», «») for the whole text, («ended», «») for the hiding of what has ended."""

    left: tuple[tuple[str, str], ...]
    asked: Asked
    count: int


@dataclass(frozen=True)
class Found:
    """An answer: how many, the studies of the page, the count of each value of each facet, and the way on where there is none."""

    total: int
    page: int
    pages: int
    shown: tuple[int, ...]
    counts: Mapping[str, Mapping[str, int]]
    online: int  # online only, from anywhere, under the same other choices
    corrected: tuple[tuple[str, str], ...]
    ways: tuple[Way, ...]  # on from an empty answer, the most first


class Index:
    def __init__(self, known: Known, bodies: Iterable[Said] = (), text: TextIndex | None = None):
        """`bodies`: what the studies say at length, in any order. `text`: all they say, where that is indexed already."""
        self.on, self._known = known.on, known
        self.studies = known.studies
        self.regions = {name.code: name for name in known.regions}
        self.subjects = {name.code: name for name in known.subjects}
        self._text = text or TextIndex(chain(known.headlines(), bodies), known.synonyms)
        self._all = BitMap(range(len(known.studies)))
        self._current = BitMap(number for number, study in enumerate(known.studies) if not study.over)
        self._sets = self._by_study()
        self._runs = {ended: Cells(self._cells(ended)) for ended in (False, True)}
        self._free = Cells()
        self._counts: dict[tuple, dict[str, int]] = {}
        self.values = self._values()
        self._tally = Tally({facet: tuple(self.values[facet]) for facet in BY_STUDY}, (_facts_of(study) for study in self.studies))
        self._rows = {facet: [(value, self._sets[facet].get(value, NOTHING)) for value in self.values[facet]] for facet in BY_STUDY}

    def changed(self, gone: Container[tuple[bool, int]], come: Iterable[Study], bodies: Callable[[Known], Iterable[Said]]) -> "Index":
        """The index without some studies (whether a programme, and its key) and with others: what an index made anew would be.

        What takes long, the words of those that stay, is only moved. `bodies`: what the newcomers say at length, by their new places.
        """
        left = [number for number, study in enumerate(self.studies) if (study.programme, study.id) in gone]
        new = sorted(come, key=lambda study: study.place_in_line(self.on))
        moved = Moved(len(self.studies), left, [bisect(self.studies, study.place_in_line(self.on), key=self._place) for study in new])
        known = replace(self._known, studies=moved.line(self.studies, new))
        said = chain(known.headlines(moved.newcomers), bodies(known))
        return Index(known, text=self._text.moved(moved, said))

    def _place(self, study: Study) -> tuple:
        return study.place_in_line(self.on)

    def _by_study(self) -> dict[str, dict[str, BitMap]]:
        found: dict[str, dict[str, list[int]]] = {facet: defaultdict(list) for facet in BY_STUDY}
        for number, study in enumerate(self.studies):
            for facet, values in _facts_of(study):
                for value in values:
                    found[facet][value].append(number)
        return {facet: {value: BitMap(numbers) for value, numbers in values.items()} for facet, values in found.items()}

    def _cells(self, ended: bool) -> Iterable[tuple[int, Cell]]:
        return ((number, _cell(run)) for number, study in enumerate(self.studies) for run in study.runs if ended or not run.ended)

    def _values(self) -> dict[str, dict[str, None]]:
        """The values of each facet in the order of the page. Those of a register stand there although nothing has them now."""
        semesters = sorted(self._runs[True].values(BY_RUN.index(SEMESTER)), key=lambda code: Semester.from_code(code).number)
        subjects = [code for code in self.subjects if code in self._sets[SUBJECT]]
        each = {
            REGION: self.regions, SUBJECT: subjects, LEVEL: LEVELS, DELIVERY: [one.value for one in Delivery], SEMESTER: semesters,
            CREDITS: VOLUMES, TAG: [one.value for one in Tag], SEATS: [FREE], AWAY: DAYS_AWAY, DEMAND: DEMANDS,
        }  # fmt: skip
        return {facet: dict.fromkeys(values) for facet, values in each.items()}

    @cached_property
    def current_semesters(self) -> set[str]:
        """The semesters of runs that are not over."""
        return self._runs[False].values(BY_RUN.index(SEMESTER))

    @cached_property
    def next_runs(self) -> list[Given | None]:
        """The run that each study's card tells of where no other is asked for."""
        return [study.next_run(self.on) for study in self.studies]

    @cached_property
    def _orders(self) -> dict[str, Order]:
        numbers = range(len(self.studies))
        title = [study.sort_title for study in self.studies]
        volume = [-(study.credits or Decimal(0)) for study in self.studies]
        return {
            BY_TITLE: Order(sorted(numbers, key=lambda number: title[number])),
            BY_CREDITS: Order(sorted(numbers, key=lambda number: (volume[number], number))),
            DEADLINE: self._by_next_run(lambda run: run.deadline(self.on)),
            DISTANCE: self._by_next_run(lambda run: run.distance),
            BY_DEMAND: self._by_next_run(lambda run: (run.a_seat is None, run.a_seat or 0)),
        }

    def _by_next_run(self, rank: Callable[[Given], tuple[int, float]]) -> Order:
        """By a fact of the run that the card tells of; what has no run stands last."""
        ranks = [(*rank(run), number) if run else (LAST, 0, number) for number, run in enumerate(self.next_runs)]
        return Order(sorted(range(len(ranks)), key=ranks.__getitem__))

    @cached_property
    def _studies_of(self) -> dict[int, int]:
        """The number of each run's study."""
        return {run.id: number for number, study in enumerate(self.studies) for run in study.runs}

    @cached_property
    def last_year(self) -> dict[int, LastYear]:
        """By the key of a run, the demand of a year before, where it is known."""
        return {run.id: run.last_year for study in self.studies for run in study.runs if run.last_year}

    @cached_property
    def module_numbers(self) -> dict[int, int]:
        """By the key of a module, its number here."""
        return {study.id: number for number, study in enumerate(self.studies) if not study.programme}

    def numbers_of_runs(self, runs: Iterable[int]) -> set[int]:
        """The studies that these runs belong to."""
        return {self._studies_of[run] for run in runs if run in self._studies_of}

    def of_subject(self, code: str) -> BitMap:
        return self._sets[SUBJECT].get(code, NOTHING)

    @property
    def everything(self) -> BitMap:
        return self._all

    def with_free_seats(self, seats: Seats, changed: Iterable[int]) -> None:
        """Takes in what is free now: not all taken, nobody waiting, and not past its last day of enrolment. `changed`: the runs to look at again."""
        numbers = self.numbers_of_runs(changed)
        self._free.put({number: {_cell(run) for run in self.studies[number].runs if not run.ended and self.is_free(run, seats)} for number in numbers})

    def is_free(self, run: Given, seats: Seats) -> bool:
        return seats.get(run.id, 0) > 0 and run.takes_enrolments(self.on)

    def fits(self, run: Given, asked: Asked, seats: Seats) -> bool:
        """Whether a run is itself what is asked for: all that must hold for one run, and has not ended unless that is asked for too."""
        return (
            (asked.ended or not run.ended)
            and all(not asked.picked(facet) or value in asked.picked(facet) for facet, value in zip(BY_RUN, _cell(run), strict=True))
            and (FREE not in asked.picked(SEATS) or self.is_free(run, seats))
        )

    def find(self, asked: Asked, within: BitMap | None = None) -> Found:
        """The answer to a question, with live counts that leave out a facet's own choices. `within`: what is for who asks, where they want nothing else."""
        heard = self._text.find(asked.text)
        question = _Question(self, asked, heard, within)
        found = question.result
        total = len(found)
        pages = max(1, -(-total // PAGE))
        page = min(asked.page, pages)
        shown = self._page(found, asked, heard, (page - 1) * PAGE)
        ways = () if total else self._ways(asked, heard, within)
        return Found(total, page, pages, tuple(shown), question.counts(), question.online, heard.corrected, ways)

    def all_of(self, asked: Asked) -> list[int]:
        """Every study of the answer, in its order; the pages of it are not asked for."""
        heard = self._text.find(asked.text)
        found = _Question(self, asked, heard).result
        return list(self._page(found, asked, heard, 0, len(found)))

    def count(self, asked: Asked, within: BitMap | None = None) -> int:
        return len(_Question(self, asked, self._text.find(asked.text), within).result)

    def _page(self, found: BitMap, asked: Asked, heard: Heard, start: int, size: int = PAGE) -> Iterable[int]:
        if asked.order in self._orders:
            return self._orders[asked.order].page(found, start, start + size)
        if asked.order == RELEVANCE and heard.levels:
            return page_of_levels(heard.levels, found, start, start + size)
        return found[start : start + size]

    def _ways(self, asked: Asked, heard: Heard, within: BitMap | None) -> tuple[Way, ...]:
        one = self._counted(_one_left_out(asked, heard), within)
        return one or self._counted(_two_left_out(asked), within)[:MOST_PAIRS]

    def _counted(self, changes: Iterable[tuple[tuple[tuple[str, str], ...], Asked]], within: BitMap | None) -> tuple[Way, ...]:
        """Those that find something, the most first."""
        ways = (Way(left, changed, self.count(changed, within if changed.picked(MINE) else None)) for left, changed in changes)
        return tuple(sorted((way for way in ways if way.count), key=lambda way: -way.count))


def _one_left_out(asked: Asked, heard: Heard) -> Iterable[tuple[tuple[tuple[str, str], ...], Asked]]:
    for word in heard.typed if len(heard.typed) > 1 else ():
        yield (("text", word),), asked.but(text=" ".join(other for other in heard.typed if other != word))
    for part in _parts(asked):
        yield ((part, ""),), _left_out(asked, part)


def _two_left_out(asked: Asked) -> Iterable[tuple[tuple[tuple[str, str], ...], Asked]]:
    for one, other in combinations(_parts(asked), 2):
        yield ((one, ""), (other, "")), _left_out(_left_out(asked, one), other)


def _parts(asked: Asked) -> list[str]:
    """What a question is made of, each of which can be left out."""
    return [facet for facet in (*FACETS, MINE) if asked.picked(facet)] + ["text"] * bool(asked.text) + ["ended"] * (not asked.ended)


def _left_out(asked: Asked, part: str) -> Asked:
    if part in ("text", "ended"):
        return asked.but(text="") if part == "text" else asked.but(ended=True)
    return asked.without(part)


class _Question:
    """One question while it is answered: the set of each choice, and all of them but one."""

    def __init__(self, index: Index, asked: Asked, heard: Heard, within: BitMap | None = None):
        self.index, self.asked = index, asked
        scope = index._all if asked.ended else index._current
        scope = scope if within is None else scope & within
        self.scope = scope & heard.levels[-1] if heard.levels else scope
        self.personal = within is not None or bool(asked.picked(SEATS))  # or of this moment: not to be kept
        self.runs, self.free = index._runs[asked.ended], index._free
        self.sides = tuple(asked.picked(facet) for facet in BY_RUN)
        self.by_run = self._by_run(asked.picked(SEATS))
        self.chosen = {facet: self._set(facet) for facet in BY_STUDY if asked.picked(facet)}

    def _by_run(self, seats: tuple[str, ...]) -> BitMap | None:
        """Those with one run that is all of what is asked of a run; none = nothing of the kind is asked."""
        if not (any(self.sides) or seats):
            return None
        return (self.free if seats else self.runs).studies(*self.sides)

    def _set(self, facet: str) -> BitMap:
        sets = self.index._sets[facet]
        found = [sets.get(value, NOTHING) for value in self.asked.picked(facet)]
        if facet == REGION and self.asked.online:
            found.append(self._from_anywhere)
        return found[0] if len(found) == 1 else BitMap.union(*found)

    @cached_property
    def _from_anywhere(self) -> BitMap:
        return self.runs.studies((Delivery.ONLINE.value,), *[()] * (len(BY_RUN) - 1))

    def _all_but(self, facet: str | None, by_run: BitMap | None) -> BitMap:
        others = [found for other, found in self.chosen.items() if other != facet]
        return reduce(and_, others + ([by_run] if by_run is not None else []), self.scope)

    @cached_property
    def result(self) -> BitMap:
        return self._all_but(None, self.by_run)

    @property
    def online(self) -> int:
        return self._from_anywhere.intersection_cardinality(self._all_but(REGION, self.by_run))

    def counts(self) -> dict[str, dict[str, int]]:
        """Of facet → value, as many as there would be of that value under the same other choices."""
        return self._among_all() | {facet: self._by_value(facet, self._all_but(facet, self.by_run)) for facet in self.chosen} | self._counts_by_run()

    def _among_all(self) -> dict[str, dict[str, int]]:
        if len(self.result) <= FEW:
            return self.index._tally.counts(self.result)
        return {facet: self._by_value(facet, self.result) for facet in BY_STUDY if facet not in self.chosen}

    def _by_value(self, facet: str, among: BitMap) -> dict[str, int]:
        """Of many studies it is kept: there are few questions that find so many, and counting them takes the longest."""
        if len(among) < MANY or self.personal:
            return self._counted(facet, among)
        kept, key = self.index._counts, self._without(facet)
        if key not in kept:
            if len(kept) >= MOST_COUNTED:
                kept.clear()
            kept[key] = self._counted(facet, among)
        return kept[key]

    def _counted(self, facet: str, among: BitMap) -> dict[str, int]:
        return {value: among.intersection_cardinality(studies) for value, studies in self.index._rows[facet]}

    def _without(self, facet: str) -> tuple:
        """All of the question that makes a difference to the counts of a facet: not what is chosen in it, nor order and page."""
        asked = self.asked
        return facet, asked.text, asked.online, asked.ended, *(asked.picked(other) for other in FACETS if other != facet)

    def _counts_by_run(self) -> dict[str, dict[str, int]]:
        among = self._all_but(None, None) if self.by_run is not None else self.result
        cells = self.free if self.asked.picked(SEATS) else self.runs
        counts = {SEATS: {FREE: self.free.studies(*self.sides).intersection_cardinality(among)}}
        for side, facet in enumerate(BY_RUN):
            before, after = self.sides[:side], self.sides[side + 1 :]
            counts[facet] = {one: cells.studies(*before, (one,), *after).intersection_cardinality(among) for one in self.index.values[facet]}
        return counts


def _cell(run: Given) -> Cell:
    """Its value in each facet of a run."""
    return run.delivery or "", run.semester.code if run.semester else "", _days(run.away), _demand(run.a_seat)


def _days(away: int | None) -> str:
    if away is None:
        return NOT_KNOWN
    return next((value for value, most in DAYS.items() if away <= most), OVER_10)


def _demand(a_seat: float | None) -> str:
    if a_seat is None:
        return NOT_KNOWN
    return FOR_ALL if a_seat <= 1 else UP_TO_2 if a_seat <= 2 else OVER_2


def _facts_of(study: Study) -> Iterable[tuple[str, Iterable[str]]]:
    yield REGION, study.regions
    yield SUBJECT, (study.subject.code,) if study.subject else ()
    yield LEVEL, [band.value for band in study.grades.bands] + (["adults"] if ADULTS in study.grades else [])
    yield CREDITS, (_volume(study.credits),)
    yield TAG, [tag.value for tag in study.tags]


def _volume(credits: Decimal | None) -> str:
    if credits is None:
        return OTHER
    return UNDER_15 if credits < 15 else str(int(credits)) if credits in (15, 30) else OTHER
