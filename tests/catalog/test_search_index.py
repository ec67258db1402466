"""The index against the plainest way to answer the same question: look at each study and each run."""

from datetime import date
from decimal import Decimal
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from catalog.offers.models import Gathering
from catalog.offers.rules import LastYear, days_there, has_ended
from catalog.search import asked as asking
from catalog.search.asked import AWAY, CREDITS, DELIVERY, DEMAND, FACETS, FREE, LEVEL, REGION, SEATS, SEMESTER, SUBJECT, TAG, Asked
from catalog.search.index import DAYS_AWAY, DEMANDS, PAGE, VOLUMES, Index
from catalog.search.order import BLOCK, Order
from catalog.search.studies import BODY, Given, Known, Name, Study
from catalog.values import ADULTS, Band, Delivery, EnrolmentMode, Grades, Semester, Tag, Term

ON = date(2026, 11, 23)
REGIONS = (Name("vest", "Region Vest"), Name("nord", "Region Nord"))
SUBJECTS = (Name("matematikk", "Matematikk"), Name("norsk", "Norsk"), Name("krle", "KRLE"))
HVL = Name("HVL", "Høgskulen på Vestlandet")
SEMESTERS = [Semester(2025, Term.AUTUMN), Semester(2026, Term.AUTUMN), Semester(2027, Term.SPRING), Semester(2027, Term.AUTUMN)]


def given_run(number: int, **facts) -> Given:
    known = {
        "semester": Semester(2027, Term.SPRING), "semesters": 1, "cancelled": False, "planned": False, "mode": EnrolmentMode.DIRECT,
        "delivery": Delivery.ONLINE, "meetings": (), "gathering_days": None, "away": None, "last_year": None, "opens_on": None, "apply_by": None, "starts_on": None, "ends_on": None,
        "made_up": False, "places": (), "counties": frozenset(),
    } | facts  # fmt: skip
    over = has_ended(semester=known["semester"], semesters=1, ends_on=None, on=ON)
    return Given(id=number, ended=over, **known)


def study(title: str = "Tall og algebra", runs=(), **facts) -> Study:
    known = {
        "id": 1, "programme": False, "institution": HVL, "slug": title, "title": title, "code": None, "course_title": None, "course_code": None, "subject": SUBJECTS[0],
        "grades": Grades.of(range(1, 8)), "credits": Decimal(15), "made_up": False, "tags": frozenset(), "told_over": False,
        "regions": frozenset({"vest"}),
    } | facts  # fmt: skip
    return Study(runs=tuple(runs), **known)


def index_of(*studies: Study) -> Index:
    placed = sorted(studies, key=lambda one: one.place_in_line(ON))
    return Index(Known(ON, tuple(placed), REGIONS, SUBJECTS))


def titles(index: Index, asked: Asked) -> list[str]:
    return [index.studies[number].title for number in index.find(asked).shown]


runs = st.builds(
    lambda semester, delivery, mode, cancelled, away, before: dict(
        semester=semester, delivery=delivery, mode=mode, cancelled=cancelled, away=away, last_year=before
    ),
    st.sampled_from([None, *SEMESTERS]), st.sampled_from([None, *Delivery]), st.sampled_from(list(EnrolmentMode)), st.booleans(), st.sampled_from([None, 0, 3, 4, 11]),
    st.sampled_from([None, *(LastYear(applied, 30) for applied in (None, 30, 31, 60, 61))]),
)  # fmt: skip
worlds = st.lists(
    st.tuples(
        st.sampled_from(["Tall og algebra", "Lesing", "Algebra for lærere", "Dans"]), st.lists(runs, max_size=3), st.sets(st.sampled_from(["vest", "nord"])),
        st.sampled_from([None, *SUBJECTS]), st.sets(st.integers(1, ADULTS), max_size=4), st.sampled_from([None, "2.5", "15", "30", "60"]),
        st.sets(st.sampled_from(list(Tag)), max_size=2), st.booleans(),
    ),
    max_size=12,
)  # fmt: skip
chosen = st.fixed_dictionaries({
    REGION: st.sets(st.sampled_from(["vest", "nord"])), SUBJECT: st.sets(st.sampled_from(["matematikk", "norsk", "krle"]), max_size=2),
    LEVEL: st.sets(st.sampled_from([*(band.value for band in Band), "adults"]), max_size=2),
    DELIVERY: st.sets(st.sampled_from([one.value for one in Delivery]), max_size=2),
    SEMESTER: st.sets(st.sampled_from([one.code for one in SEMESTERS]), max_size=2), CREDITS: st.sets(st.sampled_from(VOLUMES), max_size=2),
    TAG: st.sets(st.sampled_from([one.value for one in Tag]), max_size=2), SEATS: st.sets(st.just(FREE)),
    AWAY: st.sets(st.sampled_from(DAYS_AWAY), max_size=2), DEMAND: st.sets(st.sampled_from(DEMANDS), max_size=2),
})  # fmt: skip
questions = st.builds(
    lambda text, picked, online, ended, sort: Asked(text, {facet: tuple(sorted(values)) for facet, values in picked.items()}, online, ended, sort),
    st.sampled_from(["", "algebra", "lærer algebra", "dans"]), chosen, st.booleans(), st.booleans(), st.sampled_from(["", *asking.SORTS]),
)  # fmt: skip


def make(world) -> tuple[Index, dict[int, tuple[int, int, int]]]:
    number, made, seats = 0, [], {}
    for place, (title, given_runs, regions, subject, grades, credits, tags, over) in enumerate(world):
        its = []
        for facts in given_runs:
            number += 1
            its.append(given_run(number, **facts))
            if number % 3:
                seats[number] = 0 if number % 2 else 13
        made.append(
            study(
                title, its, slug=str(place), regions=frozenset(regions), subject=subject, grades=Grades.of(grades),
                credits=Decimal(credits) if credits else None, tags=frozenset(tags), told_over=over,
            )  # fmt: skip
        )
    index = index_of(*made)
    index.with_free_seats(seats, seats)
    return index, seats


def plainly(index: Index, seats: dict, asked: Asked) -> set[int]:
    return {number for number, one in enumerate(index.studies) if fits(one, seats, asked)}


def fits(one: Study, seats: dict, asked: Asked) -> bool:
    if not asked.ended and (all(run.ended for run in one.runs) if one.runs else one.told_over):
        return False
    if any(not any(word.startswith(asked_word) for word in one.title.lower().split()) for asked_word in asked.text.lower().split()):
        return False
    held = {
        SUBJECT: {one.subject.code} if one.subject else set(), TAG: {tag.value for tag in one.tags},
        LEVEL: {band.value for band in one.grades.bands} | ({"adults"} if ADULTS in one.grades else set()), CREDITS: {volume(one.credits)},
    }  # fmt: skip
    if any(asked.picked(facet) and not held[facet] & set(asked.picked(facet)) for facet in held):
        return False
    return in_region(one, asked) and has_run(one, seats, asked)


def volume(credits: Decimal | None) -> str:
    return {None: "other", Decimal("2.5"): "under-15", Decimal(15): "15", Decimal(30): "30", Decimal(60): "other"}[credits]


def demand(last_year: LastYear | None) -> str:
    return {None: "not-known", 30: "seats-for-all", 31: "up-to-2", 60: "up-to-2", 61: "over-2"}[last_year.applied if last_year else None]


def days(away: int | None) -> str:
    return {None: "not-known", 0: "0", 3: "1-3", 4: "4-6", 11: "over-10"}[away]


def in_region(one: Study, asked: Asked) -> bool:
    wanted = set(asked.picked(REGION))
    online = asked.online and any(run.delivery is Delivery.ONLINE and (asked.ended or not run.ended) for run in one.runs)
    return not wanted or online or bool(wanted & one.regions)


def has_run(one: Study, seats: dict, asked: Asked) -> bool:
    """One and the same run is given so, in that semester, with so many days away and applicants a year before, and a seat free."""
    deliveries, semesters, free, away, demands = (asked.picked(facet) for facet in (DELIVERY, SEMESTER, SEATS, AWAY, DEMAND))
    if not (deliveries or semesters or free or away or demands):
        return True
    return any(
        (asked.ended or not run.ended)
        and (not deliveries or run.delivery in deliveries)
        and (not semesters or (run.semester is not None and run.semester.code in semesters))
        and (not away or days(run.away) in away)
        and (not demands or demand(run.last_year) in demands)
        and (not free or has_free(run, seats))
        for run in one.runs
    )


def has_free(run: Given, seats: dict) -> bool:
    return run.mode is not EnrolmentMode.ELSEWHERE and not run.ended and not run.cancelled and seats.get(run.id, 0) > 0


@given(worlds, questions)
def test_it_finds_what_looking_at_each_study_finds(world, asked):
    index, seats = make(world)
    found = index.find(asked)
    assert set(found.shown) == plainly(index, seats, asked)
    assert found.total == len(found.shown)


@given(worlds, questions)
def test_a_count_is_what_choosing_that_value_alone_would_find(world, asked):
    index, seats = make(world)
    counts = index.find(asked).counts
    for facet in FACETS:
        for value, count in counts[facet].items():
            alone = Asked(asked.text, {**asked.chosen, facet: (value,)}, asked.online, asked.ended)
            assert (facet, value, count) == (facet, value, len(plainly(index, seats, alone) - from_anywhere(index, seats, alone, facet)))


@given(worlds, st.lists(questions, min_size=2, max_size=5))
def test_counts_that_are_kept_are_what_would_be_counted_anew(world, several):
    """As where much is found: asked twice, so that those kept of another question or of the same would be told."""
    index, _seats = make(world)
    with pytest.MonkeyPatch.context() as large:
        large.setattr("catalog.search.index.FEW", -1)
        large.setattr("catalog.search.index.MANY", 0)
        kept = [index.find(asked).counts for asked in (*several, *several)]
        large.setattr("catalog.search.index.MANY", 10_000)
        assert kept == [index.find(asked).counts for asked in (*several, *several)]


def test_counts_are_not_kept_where_they_are_of_who_asks_or_of_this_moment_nor_taken_for_those_with_what_is_online(monkeypatch):
    monkeypatch.setattr("catalog.search.index.FEW", -1)
    monkeypatch.setattr("catalog.search.index.MANY", 0)
    index = index_of(*(study(f"Nr. {number}", [given_run(number)], id=number) for number in (1, 2, 3)))
    assert [index.find(Asked(), within).counts[REGION]["vest"] for within in (BitMap([0]), None, BitMap([0, 1]))] == [1, 3, 2]
    levels = [index.find(Asked(chosen={REGION: ("nord",)}, online=online)).counts[LEVEL]["1-7"] for online in (False, True, False)]
    assert levels == [0, 3, 0]
    free = Asked(chosen={SEATS: (FREE,)})
    for taken in ((1, 1, 1), (0, 1, 1), (0, 0, 1)):
        index.with_free_seats({number: 1 - one for number, one in enumerate(taken, 1)}, (1, 2, 3))
        assert index.find(free).counts[REGION]["vest"] == taken.count(0)


def from_anywhere(index: Index, seats: dict, asked: Asked, facet: str) -> set[int]:
    """A region's own count is of what is in the region; what is online from anywhere is counted beside it."""
    if facet != REGION:
        return set()
    return {number for number in plainly(index, seats, asked) if not set(asked.picked(REGION)) & index.studies[number].regions}


@given(worlds, questions)
def test_an_empty_answer_says_how_many_there_are_without_each_choice(world, asked):
    index, seats = make(world)
    found = index.find(asked)
    if found.total:
        assert found.ways == ()
    for way in found.ways:
        assert way.count == index.find(way.asked).total > 0
    assert len({len(way.left) for way in found.ways}) <= 1, "two things are left out only where one is not enough"


@given(questions, st.integers(1, 50))
def test_the_address_holds_the_whole_question(asked, page):
    known = {facet: dict.fromkeys(["vest", "nord", "matematikk", "norsk", "krle", FREE, "adults", *VOLUMES, *Band, *Delivery, *Tag, *DAYS_AWAY, *DEMANDS]) for facet in FACETS}
    known[SEMESTER] = {one.code: None for one in SEMESTERS}
    read = asking.read(parse_qsl(asked.query(page).removeprefix("?")), known)
    assert (read.pairs(), read.page) == (asked.pairs(), page)


@given(st.permutations(range(60)), st.sets(st.integers(0, 59)), st.integers(0, 40))
def test_a_page_of_an_order_is_a_piece_of_the_sorted_set(order, members, start):
    expected = [number for number in order if number in members][start : start + PAGE]
    assert Order(order).page(BitMap(members), start, start + PAGE) == expected


@pytest.mark.parametrize("apart", [1, 3, 8, 100])
def test_an_order_of_many_blocks_pages_across_their_borders(apart):
    """Whether a block holds many members or few."""
    backwards, members = range(3 * BLOCK - 1, -1, -1), BitMap(range(0, 3 * BLOCK, apart))
    order = Order(backwards)
    paged = [number for start in range(0, len(members), PAGE) for number in order.page(members, start, start + PAGE)]
    assert paged == [number for number in backwards if number in members]


def test_what_begins_next_stands_first_and_what_has_ended_last():
    index = index_of(
        study("Ended", [given_run(1, semester=Semester(2025, Term.AUTUMN))]),
        study("Under way", [given_run(2, semester=Semester(2026, Term.AUTUMN))]),
        study("In a year", [given_run(3, semester=Semester(2027, Term.AUTUMN))]),
        study("Next", [given_run(4)]),
        study("Cancelled", [given_run(5, cancelled=True)]),
        study("No run"),
    )
    assert titles(index, Asked(ended=True)) == ["Next", "In a year", "Under way", "No run", "Cancelled", "Ended"]
    assert titles(index, Asked()) == ["Next", "In a year", "Under way", "No run", "Cancelled"]


def test_credits_are_sorted_most_first_and_titles_by_their_letters():
    index = index_of(study("Åpen"), study("Algebra", credits=Decimal(30)), study("Tall", credits=None))
    assert titles(index, Asked(sort="credits")) == ["Algebra", "Åpen", "Tall"]
    assert titles(index, Asked(sort="title")) == ["Algebra", "Åpen", "Tall"]


def test_the_last_day_to_apply_that_is_soonest_stands_first_and_what_is_past_last():
    index = index_of(
        study("Past", [given_run(1, apply_by=date(2026, 11, 22))]),
        study("Soon", [given_run(2, apply_by=ON)]),
        study("Later", [given_run(3, apply_by=date(2027, 1, 15))]),
        study("Not stated", [given_run(4)]),
        study("Cancelled", [given_run(5, apply_by=ON, cancelled=True)]),
        study("No run"),
    )
    assert titles(index, Asked(sort="deadline")) == ["Soon", "Later", "Not stated", "Past", "Cancelled", "No run"]


def test_what_is_most_at_a_distance_stands_first():
    index = index_of(
        study("Campus", [given_run(1, delivery=Delivery.CAMPUS)]),
        study("Four days", [given_run(2, delivery=Delivery.GATHERINGS, away=4)]),
        study("Three days", [given_run(3, delivery=Delivery.BLENDED, away=3)]),
        study("Online", [given_run(5, away=0)]),
        study("Days not stated", [given_run(6, delivery=Delivery.BLENDED)]),
        study("Two years of three days", [given_run(7, delivery=Delivery.BLENDED, away=12)]),
        study("No run"),
    )
    assert titles(index, Asked(sort="distance")) == ["Online", "Three days", "Four days", "Two years of three days", "Days not stated", "Campus", "No run"]


@pytest.mark.parametrize(
    ("delivery", "stated", "meetings", "days"),
    [
        (Delivery.GATHERINGS, None, [(1, 2), (9, 10)], 4),
        (Delivery.GATHERINGS, 3, [(1, 2), (2, 3)], 3),  # each day once, and the dates before what is stated
        (Delivery.BLENDED, 3, [], 12),  # a semester, in four
        (Delivery.BLENDED, None, [(1, 2), None], None),
        (Delivery.BLENDED, 3, [(1, 2), None], 12),
        (Delivery.BLENDED, None, ["online"], 0),
        (Delivery.BLENDED, None, ["online", (5, 5)], 1),
        (Delivery.BLENDED, None, [], None),
        (Delivery.ONLINE, None, [], 0),
        (Delivery.ONLINE, None, [(5, 6)], 2),
        (Delivery.CAMPUS, 3, [(5, 6)], None),
        (None, None, [(5, 6)], 2),
        (None, None, [], None),
    ],
)
def test_the_days_one_has_to_be_there_are_those_of_the_dates_else_as_stated(delivery, stated, meetings, days):
    gatherings = [Gathering(online=one == "online", starts_on=_day(one, 0), ends_on=_day(one, 1)) for one in meetings]
    assert days_there(delivery, stated, 4, gatherings) == days


def _day(days: tuple[int, int] | str | None, which: int) -> date | None:
    return date(2027, 2, days[which]) if isinstance(days, tuple) else None


def test_what_fewest_applied_for_a_year_before_stands_first_and_what_may_not_be_told_last():
    index = index_of(
        study("Hidden", [given_run(1, last_year=LastYear(None, 30))]), study("Two a seat", [given_run(2, last_year=LastYear(60, 30))]),
        study("Not known", [given_run(3)]), study("One in two seats", [given_run(4, last_year=LastYear(15, 30))]),
    )  # fmt: skip
    assert titles(index, Asked(sort="demand")) == ["One in two seats", "Two a seat", "Hidden", "Not known"]


def test_seats_that_are_given_anew_move_only_what_has_changed():
    index = index_of(study("A", [given_run(1, away=3)]), study("B", [given_run(2, away=8)]))
    index.with_free_seats({1: 7, 2: 7}, [1, 2])
    index.with_free_seats({1: 0, 2: 7}, [1])
    free = {SEATS: (FREE,)}
    assert titles(index, Asked(chosen=free)) == ["B"]
    assert index.find(Asked(chosen=free)).counts[AWAY] == dict.fromkeys(DAYS_AWAY, 0) | {"7-10": 1}


def test_by_relevance_a_title_comes_before_a_text():
    index = Index(Known(ON, (study("Dans"), study("Algebra")), REGIONS, SUBJECTS), [(0, BODY, "algebra og tall")])
    assert titles(index, Asked("algebra")) == ["Algebra", "Dans"]


def test_delivery_and_semester_must_hold_for_the_same_run():
    index = index_of(study(runs=[given_run(1, delivery=Delivery.CAMPUS), given_run(2, semester=Semester(2027, Term.AUTUMN))]))
    here = {DELIVERY: ("campus",), SEMESTER: ("2027v",)}
    assert titles(index, Asked(chosen=here)) == ["Tall og algebra"]
    assert titles(index, Asked(chosen={**here, SEMESTER: ("2027h",)})) == []


@given(worlds, st.lists(st.tuples(st.integers(1, 12), st.integers(-2, 20)), max_size=12))
def test_seats_that_change_one_by_one_are_counted_as_if_all_were_read_anew(world, changes):
    index, seats = make(world)
    for run, left in changes:
        if run in seats:
            seats[run] = left
            index.with_free_seats(seats, [run])
    anew, _ = make(world)
    anew.with_free_seats(seats, seats)

    asked = Asked(chosen={SEATS: (FREE,)}, ended=True)
    assert (index.find(asked).shown, index.find(asked).counts) == (anew.find(asked).shown, anew.find(asked).counts)


@pytest.mark.parametrize(
    ("facts", "left", "free"),
    [
        ({}, 1, 1), ({}, 0, 0), ({}, -1, 0), ({"mode": EnrolmentMode.ELSEWHERE}, 20, 0),
        ({"cancelled": True}, 20, 0), ({"planned": True}, 20, 0), ({"apply_by": date(2026, 11, 22)}, 20, 0),
        ({"apply_by": ON}, 20, 1), ({"semester": Semester(2025, Term.AUTUMN)}, 20, 0),
    ],
)  # fmt: skip
def test_a_seat_is_free_when_somebody_may_still_get_it(facts, left, free):
    index = index_of(study(runs=[given_run(1, **facts)]))
    index.with_free_seats({1: left}, [1])
    assert index.find(Asked(ended=True)).counts[SEATS] == {FREE: free}


@pytest.mark.parametrize("address", ["page=1e3", "page=0", "page=-1", "page=", "page=٣", "page=99999999999999", "page=1.5", "page=x"])
def test_a_page_that_is_no_number_is_the_first(address):
    pairs = [tuple(pair.split("=", 1)) for pair in address.split("&")]
    assert asking.read(pairs, {}).page == 1


def test_what_the_address_says_that_nobody_knows_is_passed_over():
    known = {REGION: {"vest": None}}
    read = asking.read([("region", "atlantis"), ("region", "vest"), ("region", "vest"), ("colour", "blue"), ("sort", "price"), ("ended", "yes")], known)
    assert read == Asked(chosen={REGION: ("vest",)})


def test_of_two_pages_the_last_counts_and_a_long_text_is_cut():
    read = asking.read([("page", "2"), ("page", "3"), ("q", "a" * 500), ("q", "  matte   i  skolen ")], {})
    assert (read.page, read.text) == (3, "matte i skolen")
    assert len(asking.read([("q", "a" * 500)], {}).text) == asking.LONGEST_TEXT
