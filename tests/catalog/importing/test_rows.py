"""One row: what it says, what it leaves unsaid, and why it is refused."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from catalog.importing.content import StatedTag
from catalog.importing.rows import ImportedRow, RefusedRow
from catalog.importing.understand import LONGEST_CODE, LONGEST_TITLE, understand_row
from catalog.values import Semester, Strand, Tag
from tests.catalog.importing.files import row, vocabulary


def programme(**fields: str) -> ImportedRow | RefusedRow:
    """A row that names no module."""
    return understand_row({"institution": "HVL", "course_title": "Norsk 1", **fields}, 2, vocabulary())


@pytest.mark.parametrize(
    "institution",
    ["HVL", "hvl", "Høgskulen på Vestlandet", "HØGSKULEN PÅ VESTLANDET", "Høgskulen på Vestlandet (HVL)", "0238", "238",
     "Western Norway University of Applied Sciences"],
)  # fmt: skip
def test_an_institution_is_known_by_any_of_its_names(institution):
    assert row(institution=institution).institution == "HVL"


@pytest.mark.parametrize(
    ("code", "name", "subject"),
    [
        ("norsk", "", "norsk"),
        ("", "Norsk", "norsk"),
        ("", "Rådgjeving", "radgivning"),
        ("", "Physical education", "kroppsoving"),
        ("regning", "regneopplæring", "regning"),
        ("", "spansk", "fremmedsprak"),
        ("norsk", "matematikk", None),
        ("", "astrologi", None),
        ("", "", None),
    ],
)
def test_a_subject_is_known_by_code_or_name_and_not_where_the_two_disagree(code, name, subject):
    assert row(subject_code=code, subject=name).subject_code == subject


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"institution": ""}, "The row names no institution."),
        ({"institution": "Hogwarts"}, "The institution “Hogwarts” is not in the register."),
        ({"module_code": "", "module_title": "", "course_title": "-"}, "The row has neither a title nor a code."),
        ({"credits": "7.3"}, "Credits are whole or halves between 0 and 300; “7.3” is not."),
        ({"semester": "Høst 1926"}, "“høst 1926”: the year 1926 is outside 1990–2050."),
        ({"application_deadline": "15.04.1926"}, "“15.04.1926”: the year 1926 is outside 1990–2050."),
        ({"start_date": "31.02.2026"}, "“31.02.2026” is not a day of the calendar."),
        ({"gatherings_places": "2.-4. september 1926"}, "“1926”: the year 1926 is outside 1990–2050."),
        ({"capacity": "-5"}, "A number of seats is whole and between 1 and 100000; “-5” is not."),
        ({"capacity": "15", "minimum": "20"}, "The minimum of 20 is more than the 15 seats."),
        ({"module_title": "x" * (LONGEST_TITLE + 1)}, "A title of 301 characters is too long; 300 is the most."),
        ({"module_title": "#REF!"}, "The cell holds “#REF!”, the error of a spreadsheet formula."),
        ({"module_code": "#N/A"}, "The cell holds “#N/A”, the error of a spreadsheet formula."),
        ({"module_code": "=1+1"}, "“=1+1” is not one course code: letters, figures, hyphen, point or underscore."),
        ({"module_code": "MAT101, MAT102"}, "“MAT101, MAT102” is not one course code: letters, figures, hyphen, point or underscore."),
        ({"module_code": "../../etc"}, "“../../etc” is not one course code: letters, figures, hyphen, point or underscore."),
        ({"module_code": "A" * (LONGEST_CODE + 1)}, f"“{'A' * 41}” is not one course code: letters, figures, hyphen, point or underscore."),
        ({"offering_type": "etterutdanning", "credits": "15"}, "In-service training carries no credits, but the row states 15.0."),
        ({"credits": "15", "content_didactics": "20 sp"}, "“didactics” is said to cover 20.0 of 15.0 credits."),
        ({"content_ict": "7.3 sp"}, "Credits are whole or halves between 0 and 300; “7.3 sp” is not."),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_a_sentence(fields, reason):
    assert row(**fields).reason == reason


def test_a_refused_row_is_called_by_its_line_and_its_names():
    assert row(credits="7.3") == RefusedRow(
        2, "Tal og algebra", "Credits are whole or halves between 0 and 300; “7.3” is not.", institution="HVL", code="MAT101"
    )


@pytest.mark.parametrize("code", ["NORD6020", "RÅD212KFK", "ENG1A-17KFK", "VLE115_1", "IN2010-1", "15NOSPRM", "VID-6332", "MAT 601"])
def test_the_codes_of_the_field_are_codes(code):
    assert row(module_code=code).module_code == code


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+47 55 58 00 00", "-norsk", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_what_looks_like_a_formula_is_text_and_stays_it(text):
    understood = row(module_title=text, note=text, fee=text)

    assert (understood.module_title, understood.note, understood.stated["fee"]) == (text, text, text)


@pytest.mark.parametrize("text", ["-", "TBC", "ikke oppgitt", "ikkje oppgjeve", "?", "n/a"])
def test_a_cell_that_is_filled_only_to_fill_it_says_nothing(text):
    understood = row(module_title=text, module_code=text, course_title="Norsk 1", capacity=text, level=text)

    assert (understood.module_title, understood.module_code, understood.seats, understood.not_understood) == (None, None, None, ())


def test_what_is_not_understood_stays_as_text_and_is_named():
    understood = row(fee="kr 10 000 (kr 5 000 per emne) + semesteravgift", semester="løpande", capacity="ca. 35")

    assert (understood.fee, understood.semester, understood.seats) == (None, None, None)
    assert understood.not_understood == ("semester", "capacity", "fee")
    assert understood.stated["fee"] == "kr 10 000 (kr 5 000 per emne) + semesteravgift"


def test_what_stands_under_unknown_headers_is_kept_as_text():
    understood = understand_row({"institution": "HVL", "module_title": "Tal"}, 2, vocabulary(), others={"Ansvarleg": "Kari"})

    assert understood.stated == {"Ansvarleg": "Kari"}


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "www.hvl.no/norsk", "http://x y", 'http://x/"onclick', "ftp://hvl.no", "https://" + "x" * 2_000]
)
def test_only_an_address_of_the_web_becomes_a_link(text):
    understood = row(url=text)

    assert (understood.url, understood.stated["url"], understood.not_understood) == (None, text, ("url",))


def test_a_level_that_only_the_title_says_is_taken_from_it_and_marked():
    in_title, in_cell = row(module_title="Norsk for 1.-7. trinn"), row(module_title="Norsk for 1.-7. trinn", level="5-10")

    assert (str(in_title.grades), in_title.grades_from_title) == ("1–7", True)
    assert (str(in_cell.grades), in_cell.grades_from_title) == ("5–10", False)


def test_a_level_that_is_not_understood_is_not_replaced_by_the_title():
    understood = row(module_title="Norsk for 1.-7. trinn", level="2026-07-01")

    assert not understood.grades and understood.not_understood == ("level",)


def test_school_leaders_are_of_the_principals_strand_unless_the_type_says_otherwise():
    assert row(level="skoleleder").strand is Strand.PRINCIPAL
    assert row(level="skoleleder", offering_type="videreutdanning").strand is Strand.FURTHER
    assert row().strand is None


def test_a_row_that_names_no_module_is_of_the_whole_programme():
    understood = programme(credits="30")

    assert (understood.whole_programme, understood.module_title, understood.code_stated) == (True, None, False)


@pytest.mark.parametrize("note", ["Programme code; requires MicroBit", "programme code prefix 15", "Programkode", "Gjeld heile studiet"])
def test_a_code_that_the_note_calls_the_programmes_is_no_modules(note):
    understood = programme(module_code="K1MBO", note=note)

    assert (understood.whole_programme, understood.course_code, understood.module_code) == (True, "K1MBO", None)


def test_a_code_without_any_title_is_a_module_without_a_title():
    understood = understand_row({"institution": "HVO", "module_code": "NO1A-17KFK"}, 2, vocabulary())

    assert (understood.whole_programme, understood.module_code, understood.title) == (False, "NO1A-17KFK", "NO1A-17KFK")


def test_a_module_stays_one_when_the_note_names_the_code_of_its_programme():
    understood = programme(module_title="Regning", note="Programme code S849O; emner may be taken independently")

    assert (understood.whole_programme, understood.module_title, understood.code) == (False, "Regning", None)


def test_the_code_of_the_programme_is_not_the_code_of_its_modules():
    first, second = (programme(course_code="S849O", module_title=title) for title in ("Regning 1", "Regning 2"))

    assert (first.course_code, first.code) == ("S849O", None)
    assert first.key != second.key


def test_a_title_whose_type_says_module_is_a_modules_title():
    understood = programme(offering_type="rektorutdanning (tilleggsmodul)", credits="15")

    assert (understood.whole_programme, understood.module_title, understood.course_title) == (False, "Norsk 1", None)


def test_the_start_says_the_semester_where_no_cell_does():
    by_day, by_word, both = row(start_date="20.08.2026"), row(start_date="Høst 2026"), row(start_date="20.08.2026", semester="Vår 2027")

    assert (by_day.semester, by_day.start_date) == (Semester.from_code("2026h"), date(2026, 8, 20))
    assert (by_word.semester, by_word.start_date, by_word.not_understood) == (Semester.from_code("2026h"), None, ())
    assert (both.semester, both.start_date) == (Semester.from_code("2027v"), date(2026, 8, 20))


def test_a_place_of_its_own_column_goes_before_the_one_in_the_text():
    understood = row(gatherings_places="Bergen; tre samlinger", place="Stord", semester="Høst 2026")

    assert (understood.place_text, understood.gatherings_text) == ("Stord", "Bergen; tre samlinger")


def test_gathering_days_a_term_are_counted_from_words():
    assert row(gatherings_places="Hamar; to obligatoriske samlinger per semester à to dager").gathering_days_a_term == 4


def test_the_credits_of_a_tag_stay_empty_unless_stated():
    understood = row(
        credits="15",
        content_didactics="5 sp",
        content_ict="Studentene prøver ut digitale verktøy.",
        content_assessment="ja",
        content_practice="7,5 stp: utprøving i eigen klasse",
        content_skills="nei",
    )

    assert understood.tags == (
        StatedTag(Tag.DIDACTICS, Decimal("5.0")),
        StatedTag(Tag.PRACTICE, Decimal("7.5"), "utprøving i eigen klasse"),
        StatedTag(Tag.ASSESSMENT),
        StatedTag(Tag.ICT, None, "Studentene prøver ut digitale verktøy."),
    )


def test_tags_may_stand_in_one_list():
    assert row(content="fagdidaktikk (5 sp); IKT, hestar").tags == (StatedTag(Tag.DIDACTICS, Decimal("5.0")), StatedTag(Tag.ICT))


def test_a_key_does_not_mind_case_and_spaces():
    assert row(module_code="Mat101").key == row(module_code="MAT101", module_title="Noko anna", credits="15").key == "hvl|code|mat101"
    assert programme(course_title="norsk  1 | 1–7").key == programme(course_title="Norsk 1 | 1-7").key == "hvl|title|norsk 1 ¦ 1-7||"


@pytest.mark.parametrize("other", [{"institution": "HVO"}, {"course_title": "Norsk 2"}, {"module_title": "Del 1"}, {"credits": "15"}])
def test_without_a_code_institution_titles_and_credits_make_the_key(other):
    assert programme(**other).key != programme().key


def test_the_digest_is_the_same_for_the_same_words_wherever_they_stand():
    assert replace(row(credits="15"), line=99).digest == row(credits="15,0 stp").digest


@pytest.mark.parametrize(
    "fields",
    [{"credits": "7,5"}, {"fee": "gratis"}, {"fee": "kr 0", "note": "x"}, {"level": "1-7"}, {"note": "ny"}, {"semester": "Høst 2026"},
     {"gatherings_places": "uke 35"}, {"content_ict": "ja"}, {"credits": "0"}, {"capacity": "35"}],
)  # fmt: skip
def test_the_digest_changes_with_what_is_said(fields):
    assert row(**fields).digest != row().digest


def test_the_digest_is_the_same_in_the_next_run_of_the_program():
    """Were it another, every row of a catalogue would be told as changed once."""
    said = row(credits="15", gatherings_places="2.-4. september 2026", content_ict="ja")

    assert said.digest == "52746ee26fc1a6110ff236fb7a779acd6179488fd43eed3ee1b8314affbfa04c"
