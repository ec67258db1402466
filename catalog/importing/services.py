"""Importing a catalogue: the good rows are kept, the others come back with their line, their title and the reason."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from types import MappingProxyType
from typing import BinaryIO

from catalog.importing.catalogue import Catalogue
from catalog.importing.known import Known, Registers
from catalog.importing.readers import open_table
from catalog.importing.rows import ImportedRow, RefusedRow
from catalog.importing.storing import Storing
from config.database import db

ROWS_AT_A_TIME = 500
REMEMBERED = 1000  # refused rows kept for the report; all of them go to `on_refused`


@dataclass
class Report:
    """What an import did: rows new, changed and same, and the first of those refused."""

    counts: Counter[str] = field(default_factory=Counter)
    refused: list[RefusedRow] = field(default_factory=list)
    unknown_headers: tuple[str, ...] = ()
    saved: bool = True

    def refuse(self, row: RefusedRow) -> None:
        self.counts["refused"] += 1
        if len(self.refused) < REMEMBERED:
            self.refused.append(row)


def import_catalogue(
    file: BinaryIO,
    name: str,
    *,
    at: datetime,
    dry_run: bool = False,
    all_or_nothing: bool = False,
    given: Mapping[str, str] = MappingProxyType({}),
    on_rows: Callable[[float], None] = lambda _share: None,
    on_refused: Callable[[RefusedRow], None] = lambda _row: None,
) -> Report:
    """Reads a CSV or XLSX file into the catalogue, a few hundred rows at a time, so that memory is bounded.

    Each batch is committed as it is done, unless it is a dry run (nothing is kept) or all or nothing (kept only where no row was
    refused). Interrupted, it is completed by running it again. `on_rows` is told how much of the file has been read, from 0 to 1.
    Raises BadInput where the file as a whole cannot be used.
    """
    registers = Registers()
    report, storing = Report(), Storing(registers, at)
    with open_table(file, name) as table:
        catalogue = Catalogue(table, registers.vocabulary, given=given)
        report.unknown_headers = tuple(catalogue.columns.unknown)
        for batch in _batches(iter(catalogue)):
            _store(batch, storing, report, on_refused)
            _keep(commit=not dry_run and not all_or_nothing)
            on_rows(table.share_read())
    report.saved = not dry_run and not (all_or_nothing and report.refused)
    if report.saved:
        db.session.commit()
    else:
        db.session.rollback()
    return report


def _batches(rows: Iterator) -> Iterator[list[ImportedRow | RefusedRow]]:
    while batch := list(islice(rows, ROWS_AT_A_TIME)):
        yield batch


def _store(batch: list, storing: Storing, report: Report, on_refused: Callable) -> None:
    understood = [row for row in batch if isinstance(row, ImportedRow)]
    known = Known(understood, storing.registers)
    for row in batch:
        if isinstance(row, RefusedRow):
            report.refuse(row)
            on_refused(row)
        else:
            report.counts[storing.store(row, known)] += 1


def _keep(*, commit: bool) -> None:
    """Ends a batch and lets go of its rows."""
    if commit:
        db.session.commit()
    else:
        db.session.flush()
    db.session.expunge_all()
