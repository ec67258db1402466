"""Who lacks credits, and what a file changes: pure rules."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.values import Band
from enrolment.staff.rules import as_staff, difference, gaps, is_national_identity_number, standing
from enrolment.staff.values import Gap, Row, Staff, Standing

LOWER, PRIMARY = Band.LOWER, Band.PRIMARY


@pytest.mark.parametrize(
    ("credits", "required", "stands"),
    [(None, 30, "unknown"), (0, 30, "lacks"), ("29.5", 30, "lacks"), (30, 30, "meets"), (0, 0, "free"), (None, None, "free")],
)
def test_credits_that_are_not_stated_are_never_taken_for_none(credits, required, stands):
    def number(value):
        return None if value is None else Decimal(value)

    assert standing(number(credits), number(required)) == stands


def test_only_those_for_whom_something_is_required_are_counted():
    lines = [("a", Standing.LACKS), ("a", Standing.MEETS), ("a", Standing.UNKNOWN), ("a", Standing.FREE), ("b", Standing.FREE)]

    assert gaps(lines) == {"a": Gap(3, 1, 1)}


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(Standing))))
def test_the_parts_of_a_gap_are_never_more_than_the_whole(lines):
    assert all(gap.without + gap.unknown <= gap.teachers for gap in gaps(lines).values())


@pytest.mark.parametrize(("reference", "is_one"), [("01010750160", True), ("010107 50160", True), ("01010750161", False), ("4711", False), ("kari@bergen.kommune.no", False)])
def test_a_national_identity_number_is_known_by_its_check_digits(reference, is_one):
    assert is_national_identity_number(reference) is is_one


def test_what_a_file_leaves_out_is_kept():
    known = {"1": Staff("Kari", 7, {(7, 1, PRIMARY): Decimal(15), (7, 2, PRIMARY): Decimal(60)})}

    assert as_staff([Row("1", "Kari", 7)], known)["1"].teaches == known["1"].teaches
    assert as_staff([Row("1", "Kari", 7, 1, PRIMARY)], known)["1"].teaches == {(7, 1, PRIMARY): Decimal(15)}
    assert as_staff([Row("1", "Kari", 7, 1, PRIMARY, Decimal(0))], known)["1"].teaches == {(7, 1, PRIMARY): Decimal(0)}


ROWS = st.lists(
    st.builds(
        Row, st.sampled_from("123"), st.sampled_from(["Kari", "Ola"]), st.sampled_from([7, 8]), st.sampled_from([1, 2]),
        st.sampled_from([PRIMARY, LOWER]), st.sampled_from([None, Decimal(0), Decimal(30)]),
    )
)  # fmt: skip


@given(ROWS, ROWS)
def test_the_same_file_twice_changes_nothing_the_second_time(before, rows):
    known = as_staff(before, {})
    after = known | as_staff(rows, known)

    again = difference(after, as_staff(rows, after))

    assert (again.new, again.changed) == ((), ())
