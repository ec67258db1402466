"""Places in a line that some leave and others join, against putting the line together anew."""

from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from catalog.search.line import Moved

lengths = st.integers(0, 12)
moves = lengths.flatmap(
    lambda length: st.tuples(
        st.just(length),
        st.sets(st.sampled_from(range(length))) if length else st.just(set()),
        st.lists(st.integers(0, length), max_size=4).map(sorted),
        st.sets(st.sampled_from(range(length))) if length else st.just(set()),
    )
)


@given(moves)
def test_each_thing_stands_where_a_new_line_has_it(move):
    length, gone, come, members = move
    newcomers = [f"newcomer {number}" for number in range(len(come))]
    line = put_together(length, gone, come, newcomers)
    moved = Moved(length, sorted(gone), come)
    assert moved.line(range(length), newcomers) == tuple(line)
    assert [line[place] for place in moved.newcomers] == newcomers
    assert [line[place] for place in moved.set(BitMap(members))] == [thing for thing in line if thing in members]


def put_together(length: int, gone: set[int], come: list[int], newcomers: list[str]) -> list:
    line = []
    for place in range(length + 1):
        line += [newcomer for newcomer, before in zip(newcomers, come, strict=True) if before == place]
        line += [place] if place < length and place not in gone else []
    return line
