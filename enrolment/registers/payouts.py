"""Loads how payments are coded and which columns the file for accounting has."""

from collections import Counter
from pathlib import Path

from catalog.values import Strand
from config.database import db
from config.registers import Keeper, rows, validity
from enrolment.payouts.models import AccountCoding, ExportColumn
from enrolment.payouts.values import Column
from enrolment.rounds.models import Scheme

FOLDER = Path(__file__).parent


def load() -> dict[str, Counter]:
    """Adds to the caller's transaction, after the schemes. Returns what was new, changed and the same, by table."""
    db.session.flush()
    return {"accounts": _codings(), "columns of the export": _columns()}


def _codings() -> Counter:
    schemes, keeper = Keeper(Scheme, "code"), Keeper(AccountCoding, "code")
    for row in rows(FOLDER / "accounts.csv"):
        whose = {"strand": Strand(row["strand"]) if row["strand"] else None, "scheme_id": schemes[row["scheme"]].id if row["scheme"] else None}
        known = {name: row[name] for name in ("account", "counter_account", "cost_centre", "project", "vat_code")}
        keeper.keep(code=row["code"], **whose, **known, **validity(row))
    return keeper.counts


def _columns() -> Counter:
    keeper = Keeper(ExportColumn, "code")
    for row in rows(FOLDER / "export_columns.csv"):
        keeper.keep(code=row["code"], position=int(row["position"]), heading=row["heading"], what=Column(row["what"]), fixed=row["fixed"], **validity(row))
    return keeper.counts
