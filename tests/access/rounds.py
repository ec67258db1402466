"""Rounds that have been let out are everybody's to read; keeping them is the national authority's alone."""

from datetime import timedelta
from itertools import count

from accounts.models import Role
from enrolment.rounds.models import Criterion
from enrolment.rounds.values import Step
from tests import factories
from tests.access.policy import EVERYBODY, Rule
from tests.factories import db

AUTHORITY = {Role.AUTHORITY}


_numbers = count(1)


def _cycle(half, **facts):
    return factories.cycle(f"round-{next(_numbers)}", **facts)


def _code(half, me) -> dict:
    return {"code": _cycle(half).code}


def _hidden(half, me) -> dict:
    return {"code": _cycle(half, released_at=None).code}


def _day(half, me) -> dict:
    return {"day": _some_day(half).uuid}


def _some_day(half):
    return next(one for one in _cycle(half).dates if one.step is Step.APPLY)


def _criterion(half, me) -> dict:
    made = Criterion(code=f"gap-{next(_numbers)}", kind="gap-at-school", weight=40, name_nb="Mangel", source="test")
    db.session.add(made)
    db.session.commit()
    return {"code": made.code}


def _move(half, me) -> dict:
    return {"day": (factories.DATES[Step.APPLY] + timedelta(days=1)).isoformat(), "version": "1"}


def _rate(half, me) -> dict:
    made = factories.scheme(f"scheme-{next(_numbers)}")
    return {
        "scheme": made.code, "strand": "further", "state_percent": "50", "owner_percent": "25", "own_percent": "25", "valid_from": "2028-08-01", "source": "The budget",
    }  # fmt: skip


def _begin(half, me) -> dict:
    _cycle(half)
    return {"study_year": str(2030 + next(_numbers) % 69)}


POLICY = {
    "rounds.rounds": Rule(EVERYBODY),
    "rounds.round_": Rule(EVERYBODY, address=_code),
    "rounds.kept": Rule(AUTHORITY),
    "rounds.begin": Rule(AUTHORITY, form=_begin),
    "rounds.kept_round": Rule(AUTHORITY, address=_code, whose=None),
    "rounds.ask_release": Rule(AUTHORITY, address=_hidden, whose=None),
    "rounds.release": Rule(AUTHORITY, address=_hidden, whose=None),
    "rounds.day": Rule(AUTHORITY, address=_day, whose=None),
    "rounds.preview_day": Rule(AUTHORITY, address=_day, form=_move, whose=None, own=200),
    "rounds.change_day": Rule(AUTHORITY, address=_day, form=_move, whose=None),
    "rounds.yearly": Rule(AUTHORITY),
    "rounds.new_rate": Rule(AUTHORITY),
    "rounds.add_rate": Rule(AUTHORITY, form=_rate),
    "rounds.criterion": Rule(AUTHORITY, address=_criterion, whose=None),
    "rounds.change_criterion": Rule(AUTHORITY, address=_criterion, whose=None, form=lambda half, me: {"weight": "30", "source": "Agreed", "valid_from": "2030-01-01"}),
}
