"""What owners are paid: never less than nought, and what they owe is carried until it is settled."""

from hypothesis import given
from hypothesis import strategies as st

from enrolment.payouts.rules import dues

entries = st.lists(st.tuples(st.integers(1, 3), st.integers(-(10**9), 10**9).filter(bool)), max_size=8)


@given(st.lists(entries, max_size=6))
def test_what_is_paid_and_what_is_still_owed_make_the_sum_of_all_entries_whatever_the_batches(batches):
    carried, paid = {}, {}
    for batch in batches:
        found = dues(carried, batch)
        carried |= {owner: due.carried for owner, due in found.items()}
        for owner, due in found.items():
            assert due.paid >= 0 >= due.carried
            assert not (due.paid and due.carried)
            paid[owner] = paid.get(owner, 0) + due.paid

    whole = {owner: sum(oere for batch in batches for one, oere in batch if one == owner) for owner in (1, 2, 3)}
    assert {owner: paid.get(owner, 0) + carried.get(owner, 0) for owner in (1, 2, 3)} == whole


def test_an_owner_that_owes_is_in_the_batch_also_without_new_entries():
    found = dues({7: -500, 8: 0}, [(9, 200)])

    assert {owner: (due.brought, due.entries, due.paid, due.carried) for owner, due in found.items()} == {7: (-500, 0, 0, -500), 9: (0, 200, 200, 0)}


def test_what_is_owed_is_taken_from_the_next_payment():
    [due] = dues({7: -500}, [(7, 800)]).values()

    assert (due.paid, due.carried) == (300, 0)
