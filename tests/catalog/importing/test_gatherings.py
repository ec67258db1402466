"""Gatherings: dates, weeks and places as institutions write them, and the dates that must not be made up."""

from datetime import date

import pytest

from catalog.importing.gathering_counts import Count
from catalog.importing.gatherings import LONGEST_READ, GatheringPlan, StatedGathering, understand_gatherings
from catalog.importing.semesters import understand_timing
from config.errors import BadInput


def plan(text: str, semester: str = "", year: str = "") -> GatheringPlan:
    return understand_gatherings(text, understand_timing(semester, year))


def days(text: str, semester: str = "", year: str = "") -> list[tuple[str, str]]:
    """The first and last day of each, in the order of the text."""
    return [(f"{each.starts}", f"{each.ends}") for each in plan(text, semester, year).gatherings]


def where(text: str, semester: str = "", year: str = "") -> list[tuple[str | None, bool | None]]:
    return [(each.place, each.online) for each in plan(text, semester, year).gatherings]


SCREEN = (None, True)
SEPTEMBER_AND_OCTOBER = [("2026-09-02", "2026-09-04"), ("2026-10-14", "2026-10-16")]


@pytest.mark.parametrize(
    "text",
    [
        "2.-4. september, 14.-16. oktober 2026",
        "2.–4. september og 14.–16. oktober 2026",
        "2. - 4. sept., 14. - 16. okt. 2026",
        "2. september 2026 - 4. september 2026; 14.-16. oktober 2026",
        "fra 2. september til 4. september 2026, og 14.-16. oktober 2026",
        "onsdag 2. - fredag 4. september 2026, onsdag 14. - fredag 16. oktober 2026",
        "02.09.2026-04.09.2026, 14.10.2026-16.10.2026",
        "02.09.26-04.09.26, 14.10.26-16.10.26",
        "2.-4.9.2026, 14.-16.10.2026",
        "2/9-2026 - 4/9-2026; 14/10-2026 - 16/10-2026",
        "2026-09-02/2026-09-04, 2026-10-14/2026-10-16",
        "2026-09-02 - 2026-09-04, 2026-10-14 - 2026-10-16",
        "September 2-4, 2026 and October 14-16, 2026",
        "2-4 September, 14-16 October 2026",
        "2nd-4th September 2026, 14th-16th October 2026",
        "Tre samlingar: 2.-4. september, 14.-16. oktober 2026",
        "Samling 1: 2.-4. september 2026. Samling 2: 14.-16. oktober 2026",
        "Uke 36: 2.-4. september 2026, uke 42: 14.-16. oktober 2026",
        "2.-4. september (uke 36), 14.-16. oktober (uke 42) 2026",
        "Kl. 9.15-15: 2.-4. september, 14.-16. oktober 2026",
        "2.-4. september 2026, 14.-16. oktober 2026. Eksamen: 3. desember 2026",
        "2.-4. september, 14.-16. oktober 2026, 31. november 2026",
    ],
)
def test_days_are_understood_however_they_are_written(text):
    assert days(text) == SEPTEMBER_AND_OCTOBER


@pytest.mark.parametrize(
    ("semester", "year"), [("Høst", "2026"), ("Høst", "2026/2027"), ("", "2026/2027"), ("", "2026"), ("Høst-vår", "2026/27")]
)
def test_the_year_is_that_of_the_run(semester, year):
    assert days("2.-4. september, 14.-16. oktober", semester, year) == SEPTEMBER_AND_OCTOBER


def test_a_run_over_two_terms_has_its_autumn_in_the_one_year_and_its_spring_in_the_other():
    text = "14.-15. september, 20.-21. januar, 2. mars"

    assert days(text, "Høst-vår", "2009/2010") == [("2009-09-14", "2009-09-15"), ("2010-01-20", "2010-01-21"), ("2010-03-02", "2010-03-02")]


def test_a_year_at_the_end_of_a_list_is_of_its_last_month_and_the_autumn_before_it():
    text = "14.-15. september, 20.-21. januar 2010"

    assert days(text, "Høst-vår", "2009/2010") == [("2009-09-14", "2009-09-15"), ("2010-01-20", "2010-01-21")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("30. september–2. oktober 2026", ("2026-09-30", "2026-10-02")),
        ("30. sept. - 2. okt. 2026", ("2026-09-30", "2026-10-02")),
        ("30. desember - 2. januar 2027", ("2026-12-30", "2027-01-02")),
        ("30.12.2026-02.01.2027", ("2026-12-30", "2027-01-02")),
    ],
)
def test_a_gathering_may_cross_the_end_of_a_month_or_year(text, found):
    assert days(text) == [found]


def test_days_that_share_a_month_are_each_a_gathering():
    assert days("9.-10. og 21.-22. oktober 2026") == [("2026-10-09", "2026-10-10"), ("2026-10-21", "2026-10-22")]
    assert days("torsdag 10. og fredag 11. september 2026") == [("2026-09-10", "2026-09-10"), ("2026-09-11", "2026-09-11")]


def test_times_of_day_are_no_days():
    found = plan("Zoom kl. 9.15-12: 22.8, 29.8, 12.9, 26.9, 17.10, 31.10 2024", "Høst", "2024").gatherings

    assert [each.starts for each in found] == [date(2024, *day) for day in [(8, 22), (8, 29), (9, 12), (9, 26), (10, 17), (10, 31)]]
    assert {(each.place, each.online) for each in found} == {(None, True)}


@pytest.mark.parametrize(
    ("text", "semester", "year"),
    [
        ("2.-4. september", "", ""),
        ("2.-4. september, 14.-16. oktober", "tre semestre", "høst 2021"),
        ("2.-4. september 2020", "Høst", "2021"),
        ("haust 2022: 21.-22. september, 9.-10. november", "Haust start, 2 semester", "kull 2023"),
        ("5.-6. februar", "Høst", "2026"),
        ("31. september 2026", "", ""),
        ("30. februar 2026", "", ""),
        ("4.-2. september 2026", "", ""),
        ("2.-28. september 2026", "", ""),
        ("2.9", "Høst", "2026"),
        ("2,5 dager, 3.2 timer", "Vår", "2026"),
        ("1.-7. trinn", "Høst", "2026"),
        ("juli 2026", "", ""),
        ("10/9 og 11/9", "Høst", "2026"),
        ("uke 36/37", "Høst", "2026"),
        ("uke 36-37", "Høst", "2026"),
        ("uke 53", "Høst", "2025"),
        ("uke 35 og 44", "", ""),
        ("uke 10", "Høst", "2026"),
        ("Søknadsfrist: 15. april 2026", "", ""),
        ("Avlyst 2. september 2026", "", ""),
        ("onsdager kl. 9-12 synkront på nett", "Høst", "2024"),
        ("2.-4. september", "", "exam results 2015-2022"),
    ],
)
def test_a_day_that_is_not_possible_or_not_certain_stays_text(text, semester, year):
    assert days(text, semester, year) == []


def test_a_day_with_its_year_written_out_may_come_in_the_spring_after():
    assert days("5.-6. februar 2027", "Høst", "2026") == [("2027-02-05", "2027-02-06")]


@pytest.mark.parametrize("text", ["2.-4. september 1926", "02.09.1926 og 03.09.1926", "2126-09-02", "uke 35 1926"])
def test_a_day_in_1926_is_refused(text):
    with pytest.raises(BadInput, match="is outside 1990–2050"):
        plan(text)


def test_weeks_are_understood_with_the_place_before_them():
    found = plan("Storslett uke 35 og 44, Lyngen uke 39 og 48", "Høst", "2011").gatherings

    assert found == tuple(
        StatedGathering(week=(2011, week), place=place, online=False)
        for week, place in [(35, "Storslett"), (44, "Storslett"), (39, "Lyngen"), (48, "Lyngen")]
    )


def test_weeks_of_a_spring_are_weeks_of_its_year():
    found = plan("Manndalen i Kåfjord; uke 7, 9, 11, 15, 18 og 22; ca. 150 timer undervisning", "Vår", "2018")

    assert [each.week for each in found.gatherings] == [(2018, week) for week in (7, 9, 11, 15, 18, 22)]
    assert {each.place for each in found.gatherings} == {"Manndalen i Kåfjord"}


def test_the_last_week_of_a_long_year_is_a_week():
    assert [each.week for each in plan("uke 53", "Høst", "2026").gatherings] == [(2026, 53)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Bergen: 2.-4. september, 14.-16. oktober 2020", [("Bergen", False), ("Bergen", False)]),
        ("Bergen: 2.-4. september 2020; Oslo: 14.-16. oktober 2020", [("Bergen", False), ("Oslo", False)]),
        ("2.-4. september i Bergen, 14.-16. oktober i Oslo 2020", [("Bergen", False), ("Oslo", False)]),
        ("1.-2. sept. (Bergen), 14. okt. (digitalt), 3. nov. (Campus Stord) 2020", [("Bergen", False), SCREEN, ("Campus Stord", False)]),
        ("24.-26. august (digital), 21.-22. september (campus), 9.-10. november (digital) 2020", [SCREEN, (None, False), SCREEN]),
        ("Første samling i Bergen 2.-4. september 2020, deretter digitalt 3. oktober 2020", [("Bergen", False), (None, True)]),
        ("Samlinger i Bergen: 2. september 2020; digitalt: 3. november 2020", [("Bergen", False), (None, True)]),
        ("Notodden; to todagers samlinger: 14.-15. september 2009, 20.-21. januar 2010", [("Notodden", False)] * 2),
        ("2.-4. september 2020", [(None, None)]),
        ("nettbasert med samlinger 2.-4. september 2020", [(None, None)]),
    ],
)
def test_the_place_and_the_screen_are_told_as_they_are_written(text, places):
    assert where(text) == places


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Bergen", "Bergen"),
        ("Campus Vestfold; tre samlinger à to dager", "Campus Vestfold"),
        ("Bergen og Oslo; to samlinger per semester", "Bergen og Oslo"),
        ("HVL Stord / USN Drammen", "HVL Stord / USN Drammen"),
        ("Bergen: 2.-4. september 2020", "Bergen"),
        ("Bergen: 2. september 2020; Oslo: 3. september 2020", None),
        ("Bergen eller Oslo", None),
        ("Tre fysiske samlinger per emne (obligatorisk)", None),
        ("HVL Stord (1. og siste semester), USN Drammen (2. og 3. semester)", None),
        ("To opphold i Valencia; samlinger på OsloMet", None),
        ("Zoom", None),
        ("på nett", None),
        ("Eksamen", None),
        ("Høst", None),
    ],
)
def test_the_place_of_the_whole_is_a_name_and_nothing_else(text, place):
    assert plan(text).place == place


@pytest.mark.parametrize(
    ("text", "count", "days_a_term"),
    [
        ("to obligatoriske samlinger per semester à to dager", Count(2, "term", 2), 4),
        ("Tre fysiske samlinger per emne (obligatorisk)", Count(3, "module"), None),
        ("tre samlinger à to dager", Count(3, None, 2), 6),
        ("to todagers samlinger", Count(2, None, 2), 4),
        ("two gatherings per semester", Count(2, "term"), None),
        ("25 dager fordelt på ni samlinger, ca. 150 undervisningstimer", Count(9, None, None, 25), 25),
        ("fire samlinger, i alt 11 dager", Count(4, None, None, 11), 11),
        ("sju obligatoriske samlinger over tre semestre", Count(7), None),
        ("tre fysiske samlinger à 2-3 dager per semester", Count(3, "term"), None),
        ("tre samlinger à to dager (siste med én dag hos NOFIMA på Ås); to grupper", Count(3), None),
        ("Fire samlingar om hausten og fem om våren, à to dagar", Count(days_each=2), None),
        ("2 timar obligatorisk nettundervisning kvar veke (Zoom, Canvas)", Count(), None),
        ("ingen samlinger", Count(), None),
    ],
)
def test_how_many_and_how_long_is_understood_without_dates(text, count, days_a_term):
    assert plan(text).count == count
    assert count.days_a_term(None) == days_a_term


def test_days_in_all_say_nothing_of_one_of_three_terms():
    assert Count(9, None, None, 25).days_a_term(3) is None


def test_prose_is_left_as_prose():
    assert plan("2.-4. september 2026. " + "x" * LONGEST_READ) == GatheringPlan()
