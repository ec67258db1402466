"""Signs in a catalogue's cells that nobody sees, but that change what is read."""

import pytest

from catalog.importing.writing import tidy


@pytest.mark.parametrize("sign", ["\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\x00", "\x1b"])
def test_a_sign_that_turns_the_text_round_or_cannot_be_shown_is_left_out(sign):
    assert tidy(f"Algebra{sign}").encode() == b"Algebra"
