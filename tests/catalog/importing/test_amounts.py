"""Credits, seats, fees and days out of their cells."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.importing.amounts import understand_credits, understand_fee, understand_seats
from catalog.importing.dates import understand_date
from config.errors import BadInput


@pytest.mark.parametrize(
    ("text", "credits"),
    [
        ("15", "15.0"),
        ("7,5", "7.5"),
        ("7.5", "7.5"),
        ("7½ sp", "7.5"),
        ("15 stp", "15.0"),
        ("15 sp", "15.0"),
        ("15 stp.", "15.0"),
        ("30 studiepoeng", "30.0"),
        ("15 ECTS", "15.0"),
        ("15 ECTS credits", "15.0"),
        ("15,0", "15.0"),
        ("2.5", "2.5"),
        ("0", "0.0"),
    ],
)
def test_credits_are_understood_in_halves(text, credits):
    assert understand_credits(text) == Decimal(credits)


@pytest.mark.parametrize("text", ["", "15-30", "15 + 15", "ca. 15", "varierer", "10 vekttall", "15 timer"])
def test_what_is_not_one_number_of_credits_says_none(text):
    assert understand_credits(text) is None


@pytest.mark.parametrize("text", ["7.3", "7,25 stp", "-5", "301", "1000"])
def test_credits_that_cannot_be_are_refused(text):
    with pytest.raises(BadInput) as refusal:
        understand_credits(text)

    assert refusal.value.sentence == f"Credits are whole or halves between 0 and 300; “{text}” is not."


@given(st.integers(0, 600), st.sampled_from([".", ","]), st.sampled_from(["", " sp", " stp", " studiepoeng", " ECTS"]))
def test_every_half_up_to_300_survives_being_written(halves, point, unit):
    credits = (Decimal(halves) / 2).quantize(Decimal("0.1"))

    assert understand_credits(str(credits).replace(".", point) + unit) == credits


@pytest.mark.parametrize(
    ("text", "seats"), [("35", 35), ("35 plasser", 35), ("maks 35 deltakarar", 35), ("ca. 35", None), ("0", None), ("", None)]
)
def test_seats(text, seats):
    assert understand_seats(text) == seats


@pytest.mark.parametrize("text", ["-5", "3.5", "999999"])
def test_seats_that_cannot_be_are_refused(text):
    with pytest.raises(BadInput, match="A number of seats is whole"):
        understand_seats(text)


@pytest.mark.parametrize(
    ("text", "oere"),
    [
        ("Ingen studieavgift", 0),
        ("gratis", 0),
        ("kr 0", 0),
        ("kun semesteravgift kr 650", 65_000),
        ("400 NOK", 40_000),
        ("kr 12 500,-", 1_250_000),
        ("12.500 kr", 1_250_000),
        ("12500,50", 1_250_050),
        ("kr 10\u00a0000", 1_000_000),
        ("kr 10 000 (kr 5 000 per emne) + semesteravgift", None),
        ("kr 5000 per emne", None),
        ("gratis (unntatt studieavgift)", None),
        ("semesteravgift", None),
        ("Studieavgift dekkes av Udir", None),
        ("fra kr 5000", None),
        ("€ 500", None),
        ("500 SEK", None),
        ("3.2", None),
        ("", None),
    ],
)
def test_a_fee_is_one_price_in_kroner_or_text(text, oere):
    assert understand_fee(text) == oere


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-04-15", date(2026, 4, 15)),
        ("15.04.2026", date(2026, 4, 15)),
        ("15/4/2026", date(2026, 4, 15)),
        ("15. april 2026", date(2026, 4, 15)),
        ("onsdag 15. april 2026", date(2026, 4, 15)),
        ("15 April 2026", date(2026, 4, 15)),
        ("April 15, 2026", date(2026, 4, 15)),
        ("1. juni", None),
        ("løpende opptak", None),
        ("2026", None),
        ("", None),
    ],
)
def test_a_day_is_understood_when_it_is_written_in_full(text, day):
    assert understand_date(text) == day


@pytest.mark.parametrize(
    ("text", "said"),
    [("15.04.1926", "“15.04.1926”: the year 1926 is outside 1990–2050."), ("31.02.2026", "“31.02.2026” is not a day of the calendar.")],
)
def test_a_day_that_cannot_be_is_refused(text, said):
    with pytest.raises(BadInput) as refusal:
        understand_date(text)

    assert refusal.value.sentence == said
