"""The ledger is a function of what has happened: whatever the order in which it is written, it comes to the same, and no more is claimed back than was paid."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from catalog.values import Semester
from enrolment.money import rules
from enrolment.money.values import Booked, Happening, PaidPlace, Reason, Repayment, Source, What
from enrolment.participation import rules as participation
from enrolment.participation.values import Event, Step

AUTUMN, SPRING = Semester.from_code("2026h"), Semester.from_code("2027v")
START = datetime(2026, 8, 3, 9, tzinfo=UTC)
SUBSTITUTE, STIPEND = 1, 2
SHARES = {SUBSTITUTE: 100_001, STIPEND: 60_000, None: 0}
PLACES = (PaidPlace(1, 10, (AUTUMN, SPRING), SHARES, SUBSTITUTE), PaidPlace(2, 10, (SPRING,), SHARES, SUBSTITUTE), PaidPlace(3, 20, (SPRING,), SHARES, SUBSTITUTE))
RULES = {
    Reason.INTERRUPTED: Repayment("interrupted", Reason.INTERRUPTED, 100, (11, 1), (4, 1)),
    Reason.NOT_TAKING_PART: Repayment("not", Reason.NOT_TAKING_PART, 75),
    Reason.SCHEME: Repayment("scheme", Reason.SCHEME, 100, (12, 1), (5, 1)),
    Reason.DOUBLE: Repayment("double", Reason.DOUBLE, 100),
}


def holding(reason, on):
    return RULES[reason]


SAID = [What.CONFIRM, What.COUNTERSIGN, What.RETRACT, What.RESTORE]
whats = st.one_of(
    st.tuples(st.sampled_from(SAID), st.sampled_from([AUTUMN, SPRING]), st.none()),
    st.tuples(st.sampled_from([What.INTERRUPT, What.WITHDRAW, What.DEFER, What.RESUME]), st.none(), st.none()),
    st.tuples(st.just(What.APPROVE), st.none(), st.sampled_from([SUBSTITUTE, STIPEND])),
)


@st.composite
def histories(draw):
    """Events of three places of one person, at moments that may be the same, numbered as they were written."""
    many = draw(st.lists(st.tuples(st.sampled_from([1, 2, 3]), whats, st.integers(0, 300)), max_size=12))
    source = {What.APPROVE: Source.CASE, What.WITHDRAW: Source.SEAT}
    found = []
    for number, (place, (what, semester, scheme), days) in enumerate(many, 1):
        at = START + timedelta(days=days)
        found.append(Happening(at, source.get(what, Source.PART), number, place, what, at.date(), semester, scheme))
    return found


def usual(place=3, semester=SPRING, day=180):
    """Said by both."""
    return [happening(What.CONFIRM, day, place, semester, 1), happening(What.COUNTERSIGN, day + 1, place, semester, 2)]


def happening(what, day, place=3, semester=None, number=9, scheme=None):
    at = START + timedelta(days=day)
    return Happening(at, Source.CASE if what is What.APPROVE else Source.PART, number, place, what, at.date(), semester, scheme)


def sums(lines):
    found = {}
    for line in lines:
        found[line.place, line.semester] = found.get((line.place, line.semester), 0) + line.oere
    return {key: oere for key, oere in found.items() if oere}


def written_in_turns(history, turns):
    """What stands after the clock has come by at some points on the way and once at the end; the events arrive in the order they are given."""
    booked, order = {}, []
    for count in [*sorted(turns), len(history), len(history)]:
        known = history[:count]
        latest = {one.place: one for one in sorted(known, key=lambda one: one.order)}
        for line in rules.to_write(rules.ledger(PLACES, known, holding), booked, latest):
            booked.setdefault((line.place, line.semester), []).append(Booked(line.because.source, line.because.number, line.oere))
            order.append(line)
    return booked, order


def stands(booked):
    return {key: sum(one.oere for one in lines) for key, lines in booked.items() if sum(one.oere for one in lines)}


@given(histories(), st.lists(st.integers(0, 12), max_size=4), st.randoms())
def test_any_order_of_arrival_and_of_turns_comes_to_the_same(history, turns, chance):
    whole = sums(rules.ledger(PLACES, history, holding))
    shuffled = chance.sample(history, len(history))

    assert stands(written_in_turns(history, turns)[0]) == whole
    assert stands(written_in_turns(shuffled, turns)[0]) == whole


@given(histories(), st.lists(st.integers(0, 12), max_size=4))
def test_what_arrives_as_it_happens_is_written_line_by_line_as_the_events_tell_it(history, turns):
    as_it_happens = sorted(history, key=lambda one: one.order)
    expected = rules.ledger(PLACES, history, holding)

    assert sorted(map(repr, written_in_turns(as_it_happens, turns)[1])) == sorted(map(repr, expected))


@given(histories(), st.lists(st.integers(0, 12), max_size=4), st.randoms())
def test_no_more_is_ever_claimed_back_than_was_paid_and_none_is_paid_more_than_the_dearest_scheme(history, turns, chance):
    most = dict(zip(PLACES[0].semesters, participation.parts_of(SHARES[SUBSTITUTE], 2), strict=True))
    for _booked, lines in (written_in_turns(history, turns), written_in_turns(chance.sample(history, len(history)), turns)):
        balance = {}
        for line in lines:
            balance[line.place, line.semester] = balance.get((line.place, line.semester), 0) + line.oere
            assert 0 <= balance[line.place, line.semester] <= (most[line.semester] if line.place == 1 else SHARES[SUBSTITUTE])


@given(histories())
def test_a_second_turn_writes_nothing(history):
    booked, _lines = written_in_turns(history, [])
    latest = {one.place: one for one in sorted(history, key=lambda one: one.order)}

    assert rules.to_write(rules.ledger(PLACES, history, holding), booked, latest) == []


@given(histories())
def test_nothing_is_paid_for_a_semester_that_not_both_have_vouched_for(history):
    def both(place, semester):
        said = [Step(Event(one.what), one.semester, one.at) for one in sorted(history, key=lambda one: one.order) if one.place == place and one.source is Source.PART]
        part = participation.part(said)
        return semester in part.confirmed & part.countersigned

    assert all(both(*key) for key in sums(rules.ledger(PLACES, history, holding)))


@given(histories())
def test_no_rule_of_repayment_claims_nothing_back_but_for_the_amounts_of_schemes(history):
    lines = rules.ledger(PLACES, history, lambda reason, on: None)

    assert [one for one in lines if one.oere < 0] == []


def told(*happenings):
    return [(one.semester.code, one.oere, one.reason) for one in rules.ledger(PLACES, happenings, holding)]


def test_both_have_said_so_and_it_is_paid():
    assert told(*usual()) == [("2027v", 100_001, Reason.CONFIRMED)]


def test_interrupted_before_the_day_it_is_claimed_back_and_on_it_no_more():
    before, on = (date(2027, 3, 31) - START.date()).days, (date(2027, 4, 1) - START.date()).days

    assert told(*usual(), happening(What.INTERRUPT, before))[1:] == [("2027v", -100_001, Reason.INTERRUPTED)]
    assert told(*usual(), happening(What.INTERRUPT, on))[1:] == []


def test_an_interruption_leaves_a_semester_that_is_over():
    autumn = usual(1, AUTUMN, 20)

    assert told(*autumn, happening(What.INTERRUPT, 200, 1)) == [("2026h", 50_000, Reason.CONFIRMED)]


def test_countersigned_after_an_early_interruption_pays_nothing():
    said = usual()

    assert told(said[0], happening(What.INTERRUPT, 180, number=3), happening(What.COUNTERSIGN, 190, semester=SPRING, number=4)) == []


def test_the_owner_takes_its_word_back_and_gives_it_again():
    lines = told(*usual(), happening(What.RETRACT, 220, semester=SPRING, number=3), happening(What.RESTORE, 230, semester=SPRING, number=4))

    assert lines[1:] == [("2027v", -75_000, Reason.NOT_TAKING_PART), ("2027v", 75_000, Reason.RESTORED)]


def test_another_scheme_is_paid_by_the_difference_until_the_day_of_the_rule():
    early, late = (happening(What.APPROVE, day, scheme=STIPEND, number=3) for day in (190, 290))

    assert told(*usual(), early)[1:] == [("2027v", -40_001, Reason.SCHEME)]
    assert told(*usual(), late)[1:] == []


def test_a_second_grant_in_the_same_semester_is_not_paid_until_the_first_is_claimed_back():
    first, second = usual(2, day=180), [happening(What.CONFIRM, 183, 3, SPRING, 3), happening(What.COUNTERSIGN, 184, 3, SPRING, 4)]
    lines = rules.ledger(PLACES, [*first, *second, happening(What.INTERRUPT, 200, 2, number=5)], holding)

    assert [(one.place, one.oere, one.reason) for one in lines] == [
        (2, 100_001, Reason.CONFIRMED), (2, -100_001, Reason.INTERRUPTED), (3, 100_001, Reason.RESTORED),
    ]  # fmt: skip


def test_a_first_grant_that_is_written_down_late_takes_the_second_back():
    first, second = usual(2, day=180), [happening(What.CONFIRM, 183, 3, SPRING, 3), happening(What.COUNTERSIGN, 184, 3, SPRING, 4)]
    booked, lines = written_in_turns([*second, *first], [2])

    assert [(one.place, one.oere) for one in lines] == [(3, 100_001), (2, 100_001), (3, -100_001)]
    assert stands(booked) == {(2, SPRING): 100_001}


def test_two_studies_of_one_case_are_one_grant():
    lines = rules.ledger(PLACES, [*usual(1, SPRING), happening(What.CONFIRM, 183, 2, SPRING, 3), happening(What.COUNTERSIGN, 184, 2, SPRING, 4)], holding)

    assert [one.place for one in lines] == [1, 2]
