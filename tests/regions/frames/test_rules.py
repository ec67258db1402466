"""What of a frame is used: sums that add up, whatever the frames."""

from hypothesis import given
from hypothesis import strategies as st

from catalog.values import Strand
from enrolment.money.values import Award
from regions.frames.rules import Room, Use, exceeded, used

GROUPS = {1: 10, 2: 20}  # subject 3 stands in none
awards = st.lists(
    st.builds(Award, st.sampled_from(Strand), st.sampled_from([1, 2, 3, None]), st.sampled_from([1, 2, None]), st.integers(0, 10**9) | st.none()), max_size=8
)
rooms = st.lists(
    st.builds(Room, st.integers(1, 9), st.sampled_from(Strand), st.sampled_from([10, 20, None]), st.sampled_from([1, 2, None]), st.integers(0, 10**9)),
    max_size=5, unique_by=lambda one: one.key,
)  # fmt: skip


def together(many) -> Use:
    return Use(sum(one.bound or 0 for one in many), unknown=sum(one.bound is None for one in many))


@given(awards)
def test_a_frame_for_a_whole_strand_and_what_no_frame_holds_make_everything(many):
    found = used([Room(1, Strand.FURTHER, None, None, 0)], many, GROUPS)

    assert found.get(1, Use()) + found.get(None, Use()) == together(many)


@given(awards, rooms)
def test_a_frame_that_names_more_never_holds_more(many, known):
    found = used(known, many, GROUPS)

    for whole in known:
        for part in known:
            if part.strand is whole.strand and whole.group in (None, part.group) and whole.scheme in (None, part.scheme):
                assert found.get(part.key, Use()).bound <= found.get(whole.key, Use()).bound


@given(awards, awards, rooms)
def test_a_frame_is_exceeded_when_both_together_are_more_than_it_and_the_new_ones_want_something_of_it(bound, wanted, known):
    before, more = used(known, bound, GROUPS), used(known, wanted, GROUPS)
    found = {one.room.key: one.over for one in exceeded(known, bound, wanted, GROUPS)}

    sums = {room.key: before.get(room.key, Use()).bound + more.get(room.key, Use()).bound - room.oere for room in known if more.get(room.key, Use()).bound}
    assert found == {key: over for key, over in sums.items() if over > 0}


def test_an_award_in_a_subject_of_no_group_is_held_by_the_frame_of_the_strand_alone():
    known = [Room(1, Strand.FURTHER, None, None, 100), Room(2, Strand.FURTHER, 10, None, 50)]

    assert used(known, [Award(Strand.FURTHER, 3, 1, 30, 10), Award(Strand.FURTHER, 1, 1, 20)], GROUPS) == {1: Use(50, 10), 2: Use(20, 0)}
