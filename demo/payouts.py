"""Batches, made up: one closed in the summer with what was entered of the year before, and one open."""

from datetime import date, timedelta

from sqlalchemy import select

from accounts.models import Person
from config.clock import start_of
from config.database import db
from demo.dice import Seed
from enrolment.money.models import MoneyEntry
from enrolment.payouts import closing, queries
from enrolment.payouts.models import MoneyBatch


def add(seed: Seed, eva: Person, past: int, today: date) -> None:
    """`past`: the study year of which everything is paid out."""
    closed = _batch(seed, 1, f"Studieåret {past}/{past + 1} (demo)", today - timedelta(days=1))
    entries = [one for one in queries.waiting() if one.study_year == past]
    coded, columns = queries.codings(closed.voucher_on), queries.columns(closed.voucher_on)
    closing.close(closed, entries, coded, columns, by=eva.id, at=start_of(today) - timedelta(hours=10))
    db.session.flush()
    if db.session.scalar(select(MoneyEntry.id).where(MoneyEntry.study_year != past).limit(1)):
        _batch(seed, 2, f"Høst {past + 1} (demo)", today + timedelta(days=14))


def _batch(seed: Seed, number: int, name: str, voucher_on: date) -> MoneyBatch:
    made = MoneyBatch(uuid=seed.uuid("batch", number), number=number, name=name, voucher_on=voucher_on, opened_at=start_of(voucher_on) - timedelta(days=20), made_up=True)
    db.session.add(made)
    db.session.flush()
    return made
