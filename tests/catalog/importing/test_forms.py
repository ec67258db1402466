"""Levels, delivery, strand and language out of their cells."""

import pytest

from catalog.importing.delivery import Way, understand_delivery
from catalog.importing.grades import level_in_title, understand_level
from catalog.importing.kinds import understand_language, understand_strand
from catalog.values import ADULTS, Delivery, Strand


def grades(first: int, last: int) -> list[int]:
    return list(range(first, last + 1))


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("1-7", grades(1, 7)),
        ("1–7", grades(1, 7)),
        ("5-10", grades(5, 10)),
        ("8 - 13", grades(8, 13)),
        ("1.-7. trinn", grades(1, 7)),
        ("1. til 7. trinn", grades(1, 7)),
        ("trinn 5-10", grades(5, 10)),
        ("5.-10. årssteg", grades(5, 10)),
        ("grades 1-7", grades(1, 7)),
        ("4. trinn", [4]),
        ("1-4, 8-10", [*grades(1, 4), *grades(8, 10)]),
        ("vgs", grades(11, 13)),
        ("11-13", grades(11, 13)),
        ("vgs (yrkesfag)", grades(11, 13)),
        ("videregående", grades(11, 13)),
        ("vidaregåande opplæring", grades(11, 13)),
        ("Vg1", [11]),
        ("Vg1-Vg3", grades(11, 13)),
        ("ungdomstrinn, Vg1", grades(8, 11)),
        ("barnetrinnet", grades(1, 7)),
        ("barne- og ungdomstrinn", grades(1, 10)),
        ("mellomsteget", grades(5, 7)),
        ("grunnskolen", grades(1, 10)),
        ("lower secondary", grades(8, 10)),
        ("voksenopplæring", [ADULTS]),
        ("vaksenopplæring", [ADULTS]),
        ("1-7 og voksenopplæring", [*grades(1, 7), ADULTS]),
        ("", []),
        ("alle", []),
        ("2026-07-01", []),
        ("15-30", []),
        ("7-1", []),
        ("master", []),
    ],
)
def test_a_level_is_the_set_of_its_grades(text, of):
    assert list(understand_level(text).grades) == of


@pytest.mark.parametrize("text", ["skoleleder", "Skuleleiarar", "rektor", "school leaders"])
def test_school_leaders_are_no_grade(text):
    level = understand_level(text)

    assert level.school_leaders and not level.grades


@pytest.mark.parametrize(
    ("title", "of"),
    [
        ("Norsk 1 (8.-13. trinn)", grades(8, 13)),
        ("Engelsk 1 (5-10)", grades(5, 10)),
        ("Matematikk 2MU, trinn 5-10", grades(5, 10)),
        ("Begynneropplæring 1, 1-7 (Kompetanse for kvalitet)", grades(1, 7)),
        ("Engelsk 1 for 5.-10. årssteg", grades(5, 10)),
        ("Norsk 1 | 1.-7. trinn | nettbasert", grades(1, 7)),
        ("Programmering for trinn 5–10", grades(5, 10)),
        ("Norsk som andrespråk for voksenopplæringen", [ADULTS]),
        ("Videregående programmering", []),
        ("Modul 1-2", []),
        ("Norsk 1", []),
        ("Historie 1814-1905", []),
        ("Emne (2-3)", []),
    ],
)
def test_a_title_says_the_level_only_where_it_says_so_plainly(title, of):
    assert list(level_in_title(title).grades) == of


@pytest.mark.parametrize(
    ("text", "delivery", "part_time"),
    [
        ("nettbasert med samlinger, deltid", Delivery.BLENDED, True),
        ("nett- og samlingsbasert", Delivery.BLENDED, None),
        ("samlings- og nettbasert, deltid", Delivery.BLENDED, True),
        ("deltid; nettmøter og samlinger", Delivery.BLENDED, True),
        ("delvis nett- og samlingsbasert", Delivery.BLENDED, None),
        ("samlinger på OsloMet og i Valencia + digital undervisning", Delivery.BLENDED, None),
        ("samlingsbasert, deltid; delvis digital", Delivery.BLENDED, True),
        ("web-based with workshops", Delivery.BLENDED, None),
        ("reint nettstudium", Delivery.ONLINE, None),
        ("100 % nettbasert (MOOC)", Delivery.ONLINE, None),
        ("nettstudier, deltid", Delivery.ONLINE, True),
        ("nettbasert uten samlinger", Delivery.ONLINE, None),
        ("nettbasert med digitale samlinger", Delivery.ONLINE, None),
        ("samlinger på Zoom", Delivery.ONLINE, None),
        ("samlingsbasert", Delivery.GATHERINGS, None),
        ("samlingsbasert; Fronter", Delivery.GATHERINGS, None),
        ("samlinger på campus", Delivery.GATHERINGS, None),
        ("campus", Delivery.CAMPUS, None),
        ("stedbasert, heltid", Delivery.CAMPUS, False),
        ("campus eller nett", None, None),
        ("deltid", None, True),
        ("heltid eller deltid", None, None),
        ("nettstøttet", None, None),
        ("fleksibelt", None, None),
        ("", None, None),
    ],
)
def test_delivery_and_pace_are_read_out_of_free_text(text, delivery, part_time):
    assert understand_delivery(text) == Way(delivery, part_time)


@pytest.mark.parametrize(
    ("text", "strand"),
    [
        ("videreutdanning (Kompetanse for kvalitet)", Strand.FURTHER),
        ("Vidareutdanning", Strand.FURTHER),
        ("emne (beginner's course, not teacher-specific)", Strand.FURTHER),
        ("emne (master)", Strand.FURTHER),
        ("rektorutdanning (tilleggsmodul)", Strand.PRINCIPAL),
        ("etterutdanning", Strand.IN_SERVICE),
        ("kurs uten studiepoeng", Strand.IN_SERVICE),
        ("etter- og videreutdanning", None),
        ("EVU", None),
        ("", None),
    ],
)
def test_the_strand_is_named_by_the_type_or_left_open(text, strand):
    assert understand_strand(text) == strand


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nb", "nb"),
        ("Nynorsk", "nn"),
        ("nts (undervisning på norsk tegnspråk)", "nts"),
        ("se", "se"),
        ("English", "en"),
        ("norsk", "no"),
        ("sørsamisk", "sma"),
        ("samisk", None),
        ("nb/nn", None),
    ],
)
def test_a_language_is_one_code_or_text(text, code):
    assert understand_language(text) == code
