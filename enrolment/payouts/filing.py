"""The file of a batch: its lines, frozen when it is closed, and the bytes that are always made of them the same way.

A line is what one owner is paid, or gives back, for one semester, strand and scheme: no person is named in the accounts.
"""

import csv
import hashlib
import io
from collections.abc import Iterable
from typing import Any

from config.csv_out import harmless
from config.workbook_out import workbook_bytes
from enrolment.money.models import MoneyEntry
from enrolment.money.values import kr
from enrolment.payouts.models import AccountCoding, ExportColumn, MoneyBatch
from enrolment.payouts.values import Column


def lines(batch: MoneyBatch, entries: Iterable[MoneyEntry], codings: list[AccountCoding]) -> list[dict[str, Any]]:
    """By owner in the order of their names, each with a voucher of its own. Amounts in øre."""
    sums: dict[tuple, int] = {}
    first: dict[tuple, MoneyEntry] = {}
    for entry in entries:
        key = (entry.owner.organisation.name, entry.owner_id, entry.semester.number, entry.strand, entry.scheme.code if entry.scheme else "", entry.oere < 0)
        sums[key] = sums.get(key, 0) + entry.oere
        first.setdefault(key, entry)
    vouchers = {owner: f"SEKSTI-{batch.number:04}-{number:04}" for number, owner in enumerate(dict.fromkeys(key[1] for key in sorted(sums)), 1)}
    return [_line(batch, first[key], vouchers[key[1]], oere, codings) for key, oere in sorted(sums.items())]


def _line(batch: MoneyBatch, entry: MoneyEntry, voucher: str, oere: int, codings: list[AccountCoding]) -> dict[str, Any]:
    coding = coding_of(entry, codings)
    owner = entry.owner.organisation
    return {
        Column.VOUCHER: voucher, Column.BATCH: str(batch.number), Column.DATE: batch.voucher_on.isoformat(), Column.PERIOD: batch.voucher_on.strftime("%Y%m"),
        Column.ACCOUNT: coding.account, Column.COUNTER_ACCOUNT: coding.counter_account, Column.COST_CENTRE: coding.cost_centre or "", Column.PROJECT: coding.project or "",
        Column.VAT_CODE: coding.vat_code or "", Column.ORGANISATION_NUMBER: owner.number or "", Column.OWNER: owner.name, Column.AMOUNT: oere,
        Column.SEMESTER: entry.semester.code, Column.SCHEME: entry.scheme.code if entry.scheme else "",
        Column.TEXT: f"{'Tilbakekrav' if oere < 0 else 'Tilskudd'} {entry.scheme.name_nb if entry.scheme else ''} {entry.semester.code}".replace("  ", " "),
    }  # fmt: skip


def coding_of(entry: MoneyEntry, codings: list[AccountCoding]) -> AccountCoding | None:
    """Of those that fit, the one that names most, then the one that began last; none where nothing fits."""
    fitting = [one for one in codings if one.strand in (None, entry.strand) and one.scheme_id in (None, entry.scheme_id)]
    return max(fitting, key=lambda one: ((one.strand is not None) + (one.scheme_id is not None), str(one.valid_from or "")), default=None)


def columns(known: Iterable[ExportColumn]) -> list[list[str]]:
    return [[one.heading, str(one.what), one.fixed or ""] for one in known]


def rows(batch: MoneyBatch) -> list[list[Any]]:
    """The headings, then the lines; amounts as kroner with two decimals."""
    told = [[_cell(line, what, fixed) for _heading, what, fixed in batch.columns] for line in batch.lines]
    return [[heading for heading, _what, _fixed in batch.columns], *told]


def _cell(line: dict[str, Any], what: str, fixed: str) -> Any:
    if what == Column.FIXED:
        return fixed
    return kr(line[what]) if what == Column.AMOUNT else line[what]


def as_csv(batch: MoneyBatch) -> bytes:
    """UTF-8 with its mark, semicolons, a heading row, a full stop in decimals: the same bytes for ever, whoever asks and in whatever language."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in rows(batch))
    return ("\ufeff" + written.getvalue()).encode()


def as_workbook(batch: MoneyBatch) -> bytes:
    """The same rows, and the same bytes for ever."""
    headings, *told = rows(batch)
    return workbook_bytes((f"Bunt {batch.number}", headings, told), at=batch.closed_at)


def digest(batch: MoneyBatch) -> str:
    return hashlib.sha256(as_csv(batch)).hexdigest()
