"""What the database knows already of the rows of a batch, read in a handful of queries."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select, tuple_
from sqlalchemy.orm import selectinload

from catalog.importing.rows import ImportedRow
from catalog.importing.vocabulary import Vocabulary
from catalog.importing.writing import plain
from catalog.institutions.models import Institution
from catalog.offers.models import Course, Module, Offering
from catalog.places.models import Municipality
from catalog.subjects.models import Subject
from config.database import db


class Registers:
    """The keys of institutions, subjects and towns, read once for a whole import."""

    def __init__(self):
        institutions = list(db.session.scalars(select(Institution)))
        subjects = list(db.session.scalars(select(Subject)))
        self.institutions = {row.short_name: row.organisation_id for row in institutions}
        self.subjects = {row.code: row.id for row in subjects}
        self.vocabulary = Vocabulary.of(
            [(row.short_name, (row.code, row.dbh_code, *_names(row))) for row in institutions], [(row.code, _names(row)) for row in subjects]
        )
        self._towns = _towns()

    def town(self, place: str | None) -> int | None:
        """The municipality of a place, where exactly one has that very name: Bergen, but not Herøy, of which there are two."""
        return self._towns.get(plain(place)) if place else None


def _names(row) -> tuple[str | None, ...]:
    return row.name_nb, row.name_nn, row.name_en, row.name_se


def _towns() -> dict[str, int]:
    towns: dict[str, int | None] = {}
    for key, name in db.session.execute(select(Municipality.id, Municipality.name)):
        towns[plain(name)] = None if plain(name) in towns else key
    return {name: key for name, key in towns.items() if key is not None}


def course_key(row: ImportedRow) -> str | None:
    """A course is known by its institution and title; the same for its modules' rows and for the row of the whole."""
    return f"{plain(row.institution)}|course|{plain(row.course_title)}" if row.course_title else None


class Known:
    """The courses, modules and runs that these rows speak of, by their keys; what is made on the way is added."""

    def __init__(self, rows: Sequence[ImportedRow], registers: Registers):
        self.courses = _by_key(Course, {key for row in rows if (key := course_key(row))})
        self.modules = _by_key(Module, {row.key for row in rows if not row.whole_programme}, selectinload(Module.tags))
        self.runs = _by_key(Offering, {row.run_key for row in rows if not row.whole_programme}, selectinload(Offering.gatherings))
        self._add_written_by_hand(rows, registers)

    def _add_written_by_hand(self, rows: Iterable[ImportedRow], registers: Registers) -> None:
        """A module that an editor wrote here is the one with the same code, though it was never imported."""
        wanted = {(registers.institutions[row.institution], row.module_code): row.key for row in rows if row.module_code and row.key not in self.modules}
        if wanted:
            written = select(Module).options(selectinload(Module.tags)).where(tuple_(Module.institution_id, Module.code).in_(wanted))
            for module in db.session.scalars(written):
                self.modules[wanted[(module.institution_id, module.code)]] = module


def _by_key(table: type, keys: set[str], *options) -> dict:
    found = db.session.scalars(select(table).options(*options).where(table.row_key.in_(keys))) if keys else ()
    return {row.row_key: row for row in found}
