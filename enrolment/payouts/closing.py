"""What closing a batch leaves: its file, what is in it, and what each owner is paid."""

from collections.abc import Sequence
from datetime import datetime

from config.database import db
from enrolment.money.models import MoneyEntry
from enrolment.payouts import filing, queries, rules
from enrolment.payouts.models import AccountCoding, BatchEntry, BatchOwner, ExportColumn, MoneyBatch


def close(batch: MoneyBatch, entries: Sequence[MoneyEntry], codings: list[AccountCoding], columns: list[ExportColumn], *, by: int, at: datetime) -> None:
    """Adds to the caller's transaction. Each entry has an account in `codings`. Raises StepRefused."""
    batch.take("close")
    batch.lines, batch.columns = filing.lines(batch, entries, codings), filing.columns(columns)
    batch.closed_at, batch.closed_by_id, batch.digest = at, by, filing.digest(batch)
    batch.made_up = all(one.made_up for one in entries)
    db.session.add_all(BatchEntry(batch_id=batch.id, entry_id=entry.id) for entry in entries)
    for owner, due in rules.dues(queries.carried(), ((one.owner_id, one.oere) for one in entries)).items():
        kept = {"brought_oere": due.brought, "entries_oere": due.entries, "paid_oere": due.paid, "carried_oere": due.carried}
        db.session.add(BatchOwner(batch_id=batch.id, owner_id=owner, **kept))
