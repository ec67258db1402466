"""Clashes, weeks and cover, from facts alone."""

from datetime import date
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from config.working_days import is_working_day
from enrolment.calendar import rules
from enrolment.calendar.values import Absence, Meeting

RUNS = [uuid4() for _number in range(3)]


def meeting(starts: date, ends: date | None = None, run=RUNS[0], **facts) -> Meeting:
    return Meeting(uuid4(), run, "Algebra", starts, ends or starts, "Bergen", False, 0, None, **facts)


def absent(starts: date, ends: date | None = None, person: str = "Lars", school=RUNS[2]) -> Absence:
    return Absence(meeting(starts, ends), person, school, "Kampen skole")


def test_two_runs_on_one_day_clash_both_ways_and_share_that_day():
    one, other = meeting(date(2027, 3, 1), date(2027, 3, 3)), meeting(date(2027, 3, 3), date(2027, 3, 4), RUNS[1])

    assert rules.clashes([one, other]) == {one.uuid: [other], other.uuid: [one]}
    assert rules.shared_days(one, other) == (date(2027, 3, 3), date(2027, 3, 3))


def test_the_gatherings_of_one_run_and_what_is_cancelled_are_in_nobodys_way():
    day = date(2027, 3, 1)

    assert rules.clashes([meeting(day), meeting(day), meeting(day, run=RUNS[1], held=False)]) == {}


@given(st.lists(st.tuples(st.dates(date(2027, 1, 1), date(2027, 1, 20)), st.integers(0, 5), st.sampled_from(RUNS)), max_size=12))
def test_whatever_clashes_shares_a_day_and_whatever_shares_a_day_clashes(drawn):
    meetings = [meeting(starts, date.fromordinal(starts.toordinal() + more), run) for starts, more, run in drawn]
    found = {(one, other.uuid) for one, others in rules.clashes(meetings).items() for other in others}
    shared = {
        (one.uuid, other.uuid)
        for one in meetings
        for other in meetings
        if one.run != other.run and set(rules.days_of(one.starts_on, one.ends_on)) & set(rules.days_of(other.starts_on, other.ends_on))
    }

    assert found == shared


def test_a_week_belongs_to_its_own_year_round_new_year():
    late, early = meeting(date(2027, 1, 1)), meeting(date(2026, 12, 31))

    assert rules.by_week([late, early], lambda one: one.starts_on) == [((2026, 53), [early, late])]


def test_a_weekend_and_a_holiday_need_no_cover_and_a_friday_does():
    def needed(*days):
        return rules.needs_cover(absent(*days), is_working_day)

    assert [needed(date(2027, 3, 6), date(2027, 3, 7)), needed(date(2027, 5, 17)), needed(date(2027, 3, 5), date(2027, 3, 6))] == [False, False, True]


def test_several_away_from_one_school_are_counted_by_day_and_one_person_once():
    day = date(2027, 3, 1)
    together = [absent(day), absent(day), absent(day, date(2027, 3, 2), "Kari"), absent(day, person="Per", school=RUNS[1])]

    assert rules.many_away(together) == {(RUNS[2], day): 2}
