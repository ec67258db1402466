"""Importing into the database: new, changed, same, refused; again and again; all or nothing; interrupted half-way."""

import io

import pytest
from sqlalchemy import func, select

from catalog.importing.services import import_catalogue
from catalog.institutions.models import Institution
from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Course, Gathering, Module, Offering
from catalog.values import Delivery, Semester
from config.errors import BadInput
from tests import factories as f
from tests.catalog.importing.files import MODULES
from tests.factories import MONDAY

HEAD = "institution,course_title,module_code,module_title,credits,semester,study_year,gatherings_places,capacity,note\n"
ALGEBRA = 'HVL,Matematikk 1,MAT101,Algebra,"7,5",Høst,2027/2028,"Bergen: 2.-4. september, 14.-16. oktober 2027",35,\n'
GEOMETRY = "HVL,Matematikk 1,MAT102,Geometri,15,Vår,2027/2028,,,\n"


def imported(text: str, **options):
    return import_catalogue(io.BytesIO(text.encode()), "catalogue.csv", at=MONDAY, **options)


def counts(report) -> dict[str, int]:
    return dict(report.counts)


def number_of(db, table) -> int:
    return db.session.scalar(select(func.count()).select_from(table))


def test_the_real_catalogue_is_imported_whole_and_a_second_run_says_same(registers, db):
    with MODULES.open("rb") as file:
        first = import_catalogue(file, MODULES.name, at=MONDAY)
    with MODULES.open("rb") as file:
        second = import_catalogue(file, MODULES.name, at=MONDAY)

    assert (counts(first), counts(second)) == ({"new": 144}, {"same": 144})


def test_a_row_becomes_a_course_a_module_and_a_run_with_its_gatherings(registers, db):
    imported(HEAD + ALGEBRA)

    module = db.session.scalars(select(Module)).one()
    run = db.session.scalars(select(Offering)).one()
    assert (module.code, module.title, str(module.credits), module.course.title) == ("MAT101", "Algebra", "7.5", "Matematikk 1")
    assert (run.semester, run.seats, run.state) == (Semester.from_code("2027h"), 35, Run.PUBLISHED)
    assert [(one.days, one.municipality.name) for one in run.gatherings] == [(3, "Bergen"), (3, "Bergen")]


def test_what_changed_is_changed_and_what_a_row_does_not_say_is_left_as_it_is(registers, db):
    imported(HEAD + ALGEBRA)
    module = db.session.scalars(select(Module)).one()
    module.knowledge = "What an editor wrote"
    db.session.commit()

    report = imported(HEAD + ALGEBRA.replace("Algebra", "Algebra og funksjoner").replace(",35,", ",,"))

    assert counts(report) == {"changed": 1}
    module = db.session.scalars(select(Module)).one()
    run = db.session.scalars(select(Offering)).one()
    assert (module.title, module.knowledge, run.seats) == ("Algebra og funksjoner", "What an editor wrote", 35)


def test_good_rows_are_kept_when_others_are_refused_with_line_title_and_reason(registers, db):
    report = imported(HEAD + ALGEBRA + 'HVL,Matematikk 1,MAT103,Statistikk,"7,3",Vår,2027/2028,,,\n' + "Hogwarts,Trolldom,HP1,Trylling,15,,,,,\n" + GEOMETRY)

    assert counts(report) == {"new": 2, "refused": 2}
    assert [(row.line, row.title) for row in report.refused] == [(3, "Statistikk"), (4, "Trylling")]
    assert "7,3" in report.refused[0].reason
    assert "Hogwarts" in report.refused[1].reason


def test_all_or_nothing_keeps_nothing_when_a_row_is_refused(registers, db):
    report = imported(HEAD + ALGEBRA + "Hogwarts,Trolldom,HP1,Trylling,15,,,,,\n", all_or_nothing=True)

    assert (counts(report), report.saved) == ({"new": 1, "refused": 1}, False)
    assert number_of(db, Module) == 0


def test_a_dry_run_says_the_same_and_keeps_nothing(registers, db):
    report = imported(HEAD + ALGEBRA + GEOMETRY, dry_run=True)

    assert counts(report) == {"new": 2}
    assert [number_of(db, table) for table in (Course, Module, Offering, Gathering)] == [0, 0, 0, 0]


def test_an_import_that_was_interrupted_is_completed_by_running_it_again(registers, db, monkeypatch):
    monkeypatch.setattr("catalog.importing.services.ROWS_AT_A_TIME", 1)

    class Interrupted(Exception):
        pass

    def stop(_share: float) -> None:
        raise Interrupted

    with pytest.raises(Interrupted):
        imported(HEAD + ALGEBRA + GEOMETRY, on_rows=stop)
    db.session.rollback()

    assert counts(imported(HEAD + ALGEBRA + GEOMETRY)) == {"same": 1, "new": 1}


def test_a_module_that_an_editor_wrote_is_the_one_with_the_same_code(registers, db):
    hvl = db.session.scalars(select(Institution).where(Institution.code == "HVL")).one()
    f.module(f.course(hvl, title="Matematikk 1"), code="MAT101", title="Written here", credits=None)

    imported(HEAD + ALGEBRA)

    module = db.session.scalars(select(Module)).one()
    assert (module.title, str(module.credits)) == ("Algebra", "7.5")


def test_a_whole_programme_is_a_course_without_modules(registers, db):
    row = "HVO,Programmering,,,30,Haust,2027/2028,,50,Programme-level row\n"

    first, second = imported(HEAD + row), imported(HEAD + row)

    course = db.session.scalars(select(Course)).one()
    assert (course.title, course.credits, course.modules, course.state) == ("Programmering", 30, [], Publication.PUBLISHED)
    assert (counts(first), counts(second)) == ({"new": 1}, {"same": 1})


def test_a_row_without_any_title_is_kept_but_not_shown(registers, db):
    imported(HEAD + "NTNU,,LVUT9999,,15,,,,,\n")

    module = db.session.scalars(select(Module)).one()
    assert (module.title, module.state) == (None, Publication.DRAFT)


def test_two_modules_of_one_title_get_addresses_of_their_own(registers, db):
    imported(HEAD + "HVL,Norsk 1,,Modul 1,15,Høst,2027/2028,,,\nHVL,Norsk 2,,Modul 1,15,Høst,2027/2028,,,\n")

    assert sorted(db.session.scalars(select(Module.slug))) == ["modul-1", "modul-1-2"]


def test_a_run_of_past_years_is_over(registers, db):
    imported(HEAD + "HVL,Norsk 1,,Modul 1,15,,2019/2020,,,\nHVL,Norsk 1,,Modul 2,15,,2027/2028,,,\n")

    assert sorted(db.session.execute(select(Offering.told_over)).scalars()) == [False, True]


def test_a_file_that_is_not_what_it_says_is_refused_by_name(registers, db):
    with pytest.raises(BadInput, match="catalogue.csv"):
        import_catalogue(io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"\x00" * 100), "catalogue.csv", at=MONDAY)


def test_a_cell_that_looks_like_a_formula_is_kept_as_the_text_it_is(registers, db):
    imported(HEAD + 'HVL,Norsk 1,NO1,"=HYPERLINK(""http://x"")",15,Høst,2027/2028,,,\n')

    assert db.session.scalars(select(Module.title)).all() == ['=HYPERLINK("http://x")']


def test_the_command_prints_a_report_and_writes_the_refused_rows(registers, app, tmp_path):
    file, refused = tmp_path / "katalog.csv", tmp_path / "refused.csv"
    file.write_text(HEAD + ALGEBRA + "Hogwarts,=Trolldom,HP1,=Trylling,15,,,,,\n", encoding="cp1252")

    result = app.test_cli_runner().invoke(args=["catalog", "import", str(file), "--refused-to", str(refused)])

    assert result.exit_code == 0, result.output
    assert "1 new, 0 changed, 0 same, 1 refused" in result.output
    assert "line 3: =Trylling" in result.output
    assert "'=Trylling" in refused.read_text(encoding="utf-8-sig")


def test_delivery_in_free_text_is_understood(registers, db):
    header = "lærested;emnekode;emnetittel;studiepoeng;semester;gjennomføring\n"

    imported(header + "UiB;MAT601;Tall;15 stp;H2027;nettbasert med samlinger, deltid\n")

    run = db.session.scalars(select(Offering)).one()
    assert (run.delivery, run.part_time) == (Delivery.BLENDED, True)
