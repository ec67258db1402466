"""The table of dates: what each day opens and ends, at home."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from catalog.values import Strand
from config.clock import day_of
from config.errors import NotFound
from enrolment.registers import rounds as register
from enrolment.rounds import queries, rules
from enrolment.rounds.models import CycleDate
from enrolment.rounds.values import GATES, Dates, Gate, Split, Step
from tests import factories
from tests.factories import MONDAY

WORK_YEAR = 850_000_00


def dates(**days: date) -> Dates:
    return Dates({Step[name]: day for name, day in days.items()}, {})


def test_one_may_apply_from_the_first_day_to_the_last_both_included():
    table = dates(OPENS=date(2027, 2, 1), APPLY=date(2027, 3, 1))

    open_on = [table.is_open(Gate.APPLY, date(2027, *day)) for day in ((1, 31), (2, 1), (3, 1), (3, 2))]

    assert open_on == [False, True, True, False]


def test_the_last_second_of_a_deadline_is_at_midnight_in_oslo():
    table = dates(OPENS=date(2027, 2, 1), APPLY=date(2027, 3, 1))
    last, late = datetime(2027, 3, 1, 22, 59, 59, tzinfo=UTC), datetime(2027, 3, 1, 23, 0, 0, tzinfo=UTC)

    assert (table.is_open(Gate.APPLY, day_of(last)), table.is_open(Gate.APPLY, day_of(late))) == (True, False)


def test_owners_decide_from_the_day_after_the_teachers_deadline():
    table = dates(APPLY=date(2027, 3, 1), OWNER=date(2027, 3, 15))

    assert [table.is_open(Gate.DECIDE, date(2027, 3, day)) for day in (1, 2, 15, 16)] == [False, True, True, False]


def test_a_scheme_may_have_a_day_of_its_own_and_the_others_keep_the_common_one():
    table = Dates({Step.OPENS: date(2027, 2, 1), Step.APPLY: date(2027, 3, 1)}, {(Step.APPLY, "stipend"): date(2027, 4, 1)})

    assert (table.on(Step.APPLY), table.on(Step.APPLY, "stipend"), table.on(Step.APPLY, "substitute")) == (
        date(2027, 3, 1), date(2027, 4, 1), date(2027, 3, 1),
    )  # fmt: skip
    assert table.is_open(Gate.APPLY, date(2027, 3, 20), "stipend")


@pytest.mark.parametrize("gate", Gate)
def test_a_gate_without_its_dates_is_shut(gate):
    assert not dates().is_open(gate, date(2027, 3, 1))


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 400), st.integers(-30, 500))
def test_every_gate_is_open_on_a_run_of_days_that_ends_with_its_last(first, length, offset):
    for gate, (opens, _with, ends) in GATES.items():
        table = Dates({opens: first, ends: first + timedelta(days=length)}, {})
        day = first + timedelta(days=offset)
        if table.is_open(gate, day):
            assert first <= day <= first + timedelta(days=length)
            assert not table.is_past(ends, day)


def test_thirty_credits_at_the_strategys_rates_are_release_from_three_eighths_of_a_post():
    assert rules.release(Decimal(30), Split(50, 25, 25)) == Decimal("0.375")
    assert rules.release(Decimal(15), Split(50, 25, 25)) == Decimal("0.1875")


@given(st.integers(1, 600), st.integers(0, 100), st.integers(0, 100), st.integers(1, 2_000_000_00))
def test_what_the_three_bear_makes_the_whole_to_the_oere(halves, state, owner, work_year):
    owner = min(owner, 100 - state)
    shares = rules.cost(Decimal(halves) / 2, Split(state, owner, 100 - state - owner), work_year)

    assert sum(shares) == int(Decimal(halves) / 2 * work_year / 60)
    assert min(shares) >= 0


def test_a_stipend_is_the_states_and_costs_the_owner_nothing():
    assert rules.cost(Decimal(15), Split(0, 0, 100, 116_000_00), WORK_YEAR) == (58_000_00, 0, 212_500_00)


def test_the_register_is_loaded_once_and_changes_nothing_that_the_authority_has_changed(registers, db):
    opens = db.session.query(CycleDate).filter_by(step=Step.OPENS, strand=Strand.FURTHER).order_by(CycleDate.day.desc()).first()
    opens.day = date(2027, 2, 3)
    db.session.commit()

    counts = register.load()
    db.session.commit()

    assert {table: count["new"] + count["changed"] for table, count in counts.items()} == dict.fromkeys(counts, 0)
    assert queries.cycle("2027").dates_of(Strand.FURTHER).on(Step.OPENS) == date(2027, 2, 3)


def test_a_round_is_hidden_until_it_is_let_out(registers, db):
    assert [one.code for one in queries.released(MONDAY)] == ["2026", "2025"]
    assert "2027" in {one.code for one in queries.every()}
    with pytest.raises(NotFound):
        queries.cycle("2027", MONDAY)


def test_the_rate_that_names_the_subject_goes_before_the_one_for_the_rest(registers, db):
    substitute = next(one for one in queries.schemes() if one.code == "substitute")

    def shares(subject: str, year: int) -> tuple[int, int, int]:
        rate = substitute.rate(Strand.FURTHER, subject, date(year, 8, 1))
        return rate.state_percent, rate.owner_percent, rate.own_percent

    assert [shares("matematikk", 2014), shares("matematikk", 2024), shares("norsk", 2024)] == [(50, 25, 25), (75, 0, 25), (60, 15, 25)]
    assert substitute.rate(Strand.PRINCIPAL, "rektor", date(2024, 8, 1)) is None


def test_a_day_stands_once_in_the_table_also_where_it_is_common_to_all_schemes(db):
    made = factories.cycle()
    db.session.add(CycleDate(cycle_id=made.id, strand=Strand.FURTHER, step=Step.OPENS, day=date(2026, 11, 2), source="test"))

    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()
