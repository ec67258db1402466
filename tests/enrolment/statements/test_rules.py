"""Whether a line still stands."""

from decimal import Decimal

import pytest

from enrolment.results.values import Mark
from enrolment.statements.rules import standing
from enrolment.statements.values import Known, Said, Standing

TEN = Decimal(10)


@pytest.mark.parametrize(
    ("said", "known", "expected"),
    [
        (Said(TEN, Mark.B), Known(TEN, Mark.B), Standing.STANDS),
        (Said(TEN, Mark.B), Known(TEN, Mark.A), Standing.CORRECTED),
        (Said(TEN), Known(TEN, Mark.A), Standing.STANDS),
        (Said(TEN), Known(Decimal(15), Mark.A), Standing.CORRECTED),
        (Said(TEN), Known(TEN, Mark.F), Standing.GONE),
        (Said(TEN, Mark.PASS), Known(TEN, Mark.FAIL), Standing.GONE),
        (Said(TEN, Mark.PASS), None, Standing.GONE),
        (Said(TEN), Known(TEN), Standing.STANDS),
        (Said(TEN), Known(TEN, vouched_for=False), Standing.GONE),
    ],
)
def test_a_line_stands_as_long_as_what_it_tells_is_recorded(said, known, expected):
    assert standing(said, known) is expected
