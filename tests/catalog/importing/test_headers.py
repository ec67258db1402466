"""What columns are called."""

import pytest

from catalog.importing import headers
from config.errors import BadInput

REAL = (
    "institution course_title module_code module_title credits semester study_year delivery_mode level subject subject_code"
    " gatherings_places language capacity fee offering_type url note evidence"
).split()


def test_the_names_of_the_shipped_catalogue_are_the_fields():
    assert [headers.field_of(name) for name in REAL] == REAL


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ("Lærested", "institution"),
        ("LÆRESTAD", "institution"),
        ("Provider", "institution"),
        ("Studium", "course_title"),
        ("Navn på studium", "course_title"),
        ("Namn på studium", "course_title"),
        ("Emnekode", "module_code"),
        ("Emne_kode", "module_code"),
        ("Course code", "module_code"),
        ("Programkode", "course_code"),
        ("Emnenavn", "module_title"),
        ("Modulnamn", "module_title"),
        ("Studiepoeng", "credits"),
        ("Studiepoeng (ECTS)", "credits"),
        ("Stp.", "credits"),
        ("Antall studiepoeng:", "credits"),
        ("Termin", "semester"),
        ("Studieår", "study_year"),
        ("Academic year", "study_year"),
        ("Undervisningsform", "delivery_mode"),
        ("Heltid/deltid", "pace"),
        ("Årssteg", "level"),
        ("Målgruppe", "level"),
        ("Fagområde", "subject"),
        ("Samlingar", "gatherings_places"),
        ("Datoer for samlinger", "gatherings_places"),
        ("Studiestad", "place"),
        ("Målform", "language"),
        ("Antall plasser", "capacity"),
        ("Tal på plassar", "capacity"),
        ("Minste antall", "minimum"),
        ("Studieavgift", "fee"),
        ("Søknadsfrist", "application_deadline"),
        ("Oppstart", "start_date"),
        ("Lenkje", "url"),
        ("Merknad *", "note"),
        ("Fagdidaktikk (sp)", "content:didactics"),
        ("IKT", "content:ict"),
        ("Tilpassa opplæring", "content:adapted-education"),
        ("Rektors favoritt", None),
        ("", None),
    ],
)
def test_headers_are_known_in_bokmål_nynorsk_and_english(written, field):
    assert headers.field_of(written) == field


def test_unknown_headers_are_told_of_and_their_cells_kept():
    columns = headers.recognise("x.csv", ["Lærested", "Studium", "Ansvarleg", "Rom"])
    cells = {"Lærested": "HVL", "Studium": "Norsk 1", "Ansvarleg": "Kari", "Rom": ""}

    assert columns.unknown == ("Ansvarleg", "Rom")
    assert columns.fields(cells) == {"institution": "HVL", "course_title": "Norsk 1"}
    assert columns.others(cells) == {"Ansvarleg": "Kari"}


@pytest.mark.parametrize("written", [["Lærested", "Studiepoeng"], ["Studium", "Emnekode"], ["a", "b"]])
def test_a_file_without_institution_or_title_is_refused_and_told_what_it_has(written):
    with pytest.raises(BadInput) as refusal:
        headers.recognise("x.csv", written)

    assert refusal.value.sentence == (
        "“x.csv” must have a column for the institution, and one for the title of the course or the module."
        f" It has: “{written[0]}”, “{written[1]}”."
    )


def test_an_institution_that_the_caller_gives_needs_no_column():
    assert headers.recognise("x.csv", ["Studium"], given={"institution": "HVL"}).field_of == {"Studium": "course_title"}


def test_two_headers_for_the_same_decisive_field_are_refused():
    with pytest.raises(BadInput, match="In “x.csv” the headers “Emnekode” and “Kode” mean the same."):
        headers.recognise("x.csv", ["Lærested", "Studium", "Emnekode", "Kode"])


def test_of_two_headers_for_another_field_the_second_is_kept_as_text():
    columns = headers.recognise("x.csv", ["Lærested", "Studium", "Merknad", "Kommentar"])

    assert (columns.field_of["Merknad"], columns.unknown) == ("note", ("Kommentar",))
