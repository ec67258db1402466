"""The pages of a course, a module, a run, an institution and a region."""

import re
from datetime import date
from decimal import Decimal

import icalendar
import pytest

from catalog.equivalence.models import EquivalenceSet
from catalog.joint.lifecycle import Part
from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import BonusPoint, ContentTag, EnrolmentMode, Partner, Prerequisite, TermClash
from catalog.plans.models import PlannedSemester
from catalog.values import Delivery, Grades, Strand, Tag
from config.database import db as database
from tests import factories
from tests.factories import AUTUMN, MONDAY, SPRING


@pytest.fixture
def hvl(db, app):
    app.config["CLOCK"] = lambda: MONDAY
    return factories.institution()


@pytest.fixture
def course(hvl):
    return factories.course(hvl, factories.subject(), "Matematikk 1", slug="matematikk-1")


def words_of(page) -> str:
    """What the page says, without its tags."""
    main = re.search(r"<main.*</main>", page.text, re.DOTALL)[0]
    return re.sub(r"\s+([.,])", r"\1", " ".join(re.sub(r"<[^>]+>", " ", main).split()))


def main_heading(page) -> str:
    return re.search(r"<h1>([^<]*)</h1>", page.text)[1]


def lead(page) -> str:
    return re.search(r'<p class="lead">([^<]*)</p>', page.text)[1]


def test_a_course_tells_how_far_its_modules_reach(client, course):
    for number, credits in enumerate(("15", "15", "22.5")):
        factories.module(course, f"MAT{number}", credits=credits, title=f"Del {number}")
    page = client.get("/courses/HVL/matematikk-1")
    assert lead(page) == "3 modules that together give 52.5 credits, 7.5 short of 60."
    assert 'aria-label="52.5 of 60 credits in 3 modules"' in page.text


def test_a_principals_course_reaches_its_goal_at_thirty(client, hvl):
    principal = factories.course(hvl, None, "Rektorutdanning", slug="rektor", strand=Strand.PRINCIPAL)
    factories.module(principal, credits="30")
    assert lead(client.get("/courses/HVL/rektor")) == "1 module of 30 credits."


def test_a_module_without_credits_is_counted_as_such(client, course):
    factories.module(course, "A", credits="15")
    factories.module(course, "B", credits=None)
    assert lead(client.get("/courses/HVL/matematikk-1")) == "2 modules that together give 15 credits, 1 of them with credits not stated."


def test_a_course_says_when_its_modules_run_and_what_they_require(client, course):
    first, second = factories.module(course, "A", title="Tall"), factories.module(course, "B", title="Geometri")
    factories.requires(second, first)
    factories.offering(first, semester=AUTUMN, starts_on=None, ends_on=None)
    factories.offering(first, semester=SPRING)
    factories.offering(second, state=Run.CANCELLED)
    said = words_of(client.get("/courses/HVL/matematikk-1"))
    assert "Runs in spring 2027 and autumn 2027." in said
    assert "No coming run is announced. Requires Tall" in said


def test_a_whole_programme_says_that_its_modules_are_not_stated(client, hvl):
    factories.course(hvl, None, "Musikk", slug="musikk", credits=Decimal(30), stated={"study_year": "2019/2020"})
    page = client.get("/courses/HVL/musikk")
    assert lead(page) == "30 credits for grades 1–7. A whole programme; the institution has not stated its modules."
    assert re.search(r'<span class="tag plain">Ended</span>', page.text)


def test_a_module_says_what_it_is_and_when_it_runs_next(client, course):
    module = factories.module(course, "MAT1A-17", title="Tall og algebra")
    factories.module(course, "MAT1B-17")
    factories.offering(module, semester=AUTUMN, starts_on=date(2027, 9, 1), ends_on=None)
    factories.offering(module, delivery=Delivery.BLENDED)
    page = client.get("/modules/HVL/MAT1A-17")
    assert main_heading(page) == "Tall og algebra"
    assert lead(page) == "15 credits in matematikk for grades 1–7. Next run: spring 2027, online and gatherings."
    assert "Høgskulen på Vestlandet · MAT1A-17 · module 1 of 2" in words_of(page)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "15 credits in matematikk for grades 1–7. No coming run is announced."),
        ("nb", "15 studiepoeng i matematikk for trinn 1–7. Ingen kommende gjennomføring er kunngjort."),
        ("nn", "15 studiepoeng i matematikk for trinn 1–7. Inga komande gjennomføring er kunngjord."),
    ],
)
def test_a_module_is_told_in_three_languages(client, course, language, said):
    factories.module(course, "MAT1")
    assert lead(client.get("/modules/HVL/MAT1", headers={"Accept-Language": language})) == said


def test_what_the_institution_has_not_said_is_not_stated(client, hvl):
    module = factories.module(factories.course(hvl, None, "Dans", grades=Grades()), credits=None, title="Dans")
    module.code, module.slug = None, "dans"
    database.session.commit()
    page = client.get("/modules/HVL/dans")
    said = words_of(page)
    assert lead(page) == "Credits not stated. No coming run is announced."
    assert "Høgskulen på Vestlandet · code not stated" in said
    assert "Credits not stated Level not stated Subject not stated" in said
    assert "Learning outcomes: not stated" in said
    assert "Didactics, ICT, assessment and the rest: not stated" in said


def test_each_content_tag_stands_with_its_sentence_and_its_credits(client, course):
    module = factories.module(course, "MAT1")
    module.tags = [
        ContentTag(tag=Tag.DIDACTICS, sentence="Fagdidaktikk inngår i hele emnet.", address="https://hvl.no/plan", credits=Decimal("7.5")),
        ContentTag(tag=Tag.ICT, sentence="Digitale verktøy tas i bruk."),
    ]
    database.session.commit()
    page = client.get("/modules/HVL/MAT1")
    said = words_of(page)
    assert "Subject didactics 7.5 credits Fagdidaktikk inngår i hele emnet. From the study plan" in said
    assert "ICT in the subject amount not stated Digitale verktøy tas i bruk." in said
    assert '<a href="https://hvl.no/plan" rel="noopener">' in page.text


def test_learning_outcomes_stand_in_three_parts_with_their_lists(client, course):
    factories.module(course, "MAT1", knowledge="Studenten har\n- kunnskap om tall\n- kunnskap om mål", skills="Kan undervise.")
    page = client.get("/modules/HVL/MAT1")
    assert "<p>Studenten har</p><ul><li>kunnskap om tall</li><li>kunnskap om mål</li></ul>" in page.text
    assert "Skills Kan undervise. General competence not stated" in words_of(page)


def test_prerequisites_overlaps_and_what_follows_are_told_in_words(client, course):
    first, module, later = (factories.module(course, code, title=title) for code, title in (("A", "Tall"), ("B", "Algebra"), ("C", "Analyse")))
    factories.requires(module, first)
    factories.requires(later, module)
    module.prerequisites.append(Prerequisite(required=False, subject=course.subject, credits=Decimal(30)))
    factories.overlap("7.5", module, first)
    said = words_of(client.get("/modules/HVL/B"))
    assert "You must have Tall HVL · A You should have 30 credits in matematikk What this opens the way to Analyse HVL · C · required" in said
    assert "7.5 credits are counted once only if you also hold Tall (HVL)." in said


def test_a_required_module_that_is_not_published_is_named_but_not_linked(client, course):
    hidden = factories.module(course, "A", title="Tall", state=Publication.WITHDRAWN)
    factories.requires(factories.module(course, "B"), hidden)
    page = client.get("/modules/HVL/B")
    assert "You must have Tall" in words_of(page)
    assert "/modules/HVL/A" not in page.text


def test_a_run_tells_its_gatherings_its_seats_and_how_to_get_one(client, course, hvl):
    bergen = factories.municipality("4601", "Bergen")
    run = factories.offering(factories.module(course, "MAT1"), 20, delivery=Delivery.BLENDED, seats_taken=13, minimum=8, municipality_id=bergen.id, fee_oere=0)
    factories.gathering(run, date(2027, 2, 3), date(2027, 2, 5), municipality_id=bergen.id)
    factories.gathering(run, date(2027, 3, 1), online=True)
    run.gatherings.append(factories.Gathering(iso_year=2027, iso_week=15, place="Stord"))
    database.session.commit()
    said = words_of(client.get(f"/offerings/{run.uuid}"))
    assert "7 seats free" in said
    assert "Seats 7 of 20 free" in said
    assert "1 3–5 February 2027 3 Bergen 2 1 March 2027 1 Online 3 Week 15, 2027 not stated Stord" in said
    assert "Apply by 15 January 2027" in said
    assert "No fee" in said
    assert "Starts with at least 8 participants" in said


def test_a_cancelled_run_stands_after_those_that_can_be_taken(client, course):
    module = factories.module(course, "MAT1")
    factories.offering(module, state=Run.CANCELLED, cancelled_reason="For få søkere")
    factories.offering(module, semester=AUTUMN, starts_on=date(2027, 8, 20), ends_on=None)
    page = client.get("/modules/HVL/MAT1").text

    assert 0 < page.index("Autumn 2027") < page.index("For få søkere")


def test_a_cancelled_run_says_why_and_the_module_lives_on(client, course):
    module = factories.module(course, "MAT1")
    factories.offering(module, state=Run.CANCELLED, cancelled_reason="For få søkere")
    said = words_of(client.get("/modules/HVL/MAT1"))
    assert "Cancelled. The module lives on. Reason: For få søkere" in said
    assert "No coming run is announced." in said


def test_seats_that_are_given_elsewhere_are_only_a_number(client, course):
    factories.offering(factories.module(course, "MAT1"), 35, mode=EnrolmentMode.ELSEWHERE)
    said = words_of(client.get("/modules/HVL/MAT1"))
    assert ("Seats 35 " in said, "seats free" in said) == (True, False)


def test_an_ended_run_stands_under_the_coming_ones(client, course, app):
    factories.offering(factories.module(course, "MAT1"), semester=SPRING, starts_on=date(2026, 1, 5), ends_on=date(2026, 6, 1))
    said = words_of(client.get("/modules/HVL/MAT1"))
    assert "The institution has announced no coming run. 1 run that has ended Spring 2027" in said


def test_what_is_made_up_is_marked_wherever_it_stands(client, course):
    module = factories.module(course, "MAT1")
    run = factories.offering(module, made_up=True)
    for address in ("/search", "/courses/HVL/matematikk-1", "/modules/HVL/MAT1", f"/offerings/{run.uuid}"):
        assert "made up for demonstration" in client.get(address).text


def test_what_was_not_understood_stands_as_it_was_written(client, course):
    stated = {"gatherings_places": "Volda; to samlingar", "Kursholder": "=1+1 <b>"}
    factories.module(course, "MAT1", stated=stated, source_url="https://hvl.no/mat1", evidence="page")
    page = client.get("/modules/HVL/MAT1")
    assert "As the institution writes it Gatherings Volda; to samlingar Kursholder =1+1 &lt;b&gt;" in words_of(page)
    assert '<a href="https://hvl.no/mat1" rel="noopener">' in page.text


@pytest.mark.parametrize("state", [Publication.DRAFT, Publication.WITHDRAWN])
def test_what_is_not_published_is_not_there(client, hvl, state):
    course = factories.course(hvl, None, "Dans", slug="dans", state=state)
    module = factories.module(course, "DANS", state=state)
    run = factories.offering(module)
    addresses = ["/courses/HVL/dans", "/modules/HVL/DANS", f"/offerings/{run.uuid}", f"/offerings/{run.uuid}.ics"]
    assert [client.get(address).status_code for address in addresses] == [404] * 4


def test_a_draft_of_a_run_is_not_there_and_its_module_does_not_name_it(client, course):
    module = factories.module(course, "MAT1")
    run = factories.offering(module, state=Run.DRAFT)
    assert client.get(f"/offerings/{run.uuid}").status_code == 404
    assert "announced no coming run" in client.get("/modules/HVL/MAT1").text


def test_a_published_module_of_a_draft_course_does_not_give_the_course_away(client, hvl):
    course = factories.course(hvl, None, "Hemmelig studium", state=Publication.DRAFT)
    factories.module(course, "MAT1")
    factories.module(course, "MAT2", title="Modul 2")
    for address in ("/modules/HVL/MAT1", "/modules/HVL/MAT2", "/search", "/institutions/HVL"):
        assert "Hemmelig" not in client.get(address).text


@pytest.mark.parametrize(
    "address", ["/courses/HVL/nothing", "/modules/HVL/nothing", "/modules/X/Y", "/institutions/X", "/regions/x", "/offerings/x", "/modules/HVL/%00"]
)
def test_what_does_not_exist_is_said_not_to(client, hvl, address):
    page = client.get(address)
    assert page.status_code in (404, 422)
    assert page.text.count("<h1") == 1


def test_a_calendar_has_one_whole_day_event_for_each_dated_gathering(client, course):
    run = factories.offering(factories.module(course, "MAT1", title="Tall, algebra; mål"))
    first = factories.gathering(run, date(2027, 3, 26), date(2027, 3, 28), place="Bergen")
    second = factories.gathering(run, date(2027, 4, 12), online=True)
    run.gatherings.append(factories.Gathering(iso_year=2027, iso_week=20))
    database.session.commit()
    answer = client.get(f"/offerings/{run.uuid}.ics")
    calendar = icalendar.Calendar.from_ical(answer.data)
    events = calendar.walk("VEVENT")
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert [(event["UID"], event["DTSTART"].dt, event["DTEND"].dt, event["LOCATION"]) for event in events] == [
        (f"{first.uuid}@localhost", date(2027, 3, 26), date(2027, 3, 29), "Bergen"),
        (f"{second.uuid}@localhost", date(2027, 4, 12), date(2027, 4, 13), "Online"),
    ]
    assert events[0]["SUMMARY"] == "Tall, algebra; mål · Spring 2027"
    assert "METHOD" not in calendar


def test_a_position_that_the_institution_writes_after_a_place_is_told_apart(client, course):
    run = factories.offering(factories.module(course))
    factories.gathering(run, date(2027, 3, 26), place="Campus Kronstad (60.3692, 5.3515)")
    factories.gathering(run, date(2027, 4, 12), place="Campus Kronstad (60.3692, 5.3515)", online=True)
    factories.gathering(run, date(2027, 5, 12), place="Rom 2.14, 3.10")
    events = icalendar.Calendar.from_ical(client.get(f"/offerings/{run.uuid}.ics").data).walk("VEVENT")

    assert [(event["LOCATION"], event["GEO"].to_ical() if "GEO" in event else None) for event in events] == [
        ("Campus Kronstad", "60.3692;5.3515"), ("Online", None), ("Rom 2.14, 3.10", None),
    ]  # fmt: skip
    assert "60.3692" not in client.get(f"/offerings/{run.uuid}").text


def test_the_calendar_tells_the_zone_by_rules_that_every_calendar_reads(client, course):
    run = factories.offering(factories.module(course))
    factories.gathering(run, date(2027, 3, 26))
    calendar = icalendar.Calendar.from_ical(client.get(f"/offerings/{run.uuid}.ics").data)
    (zone,) = calendar.walk("VTIMEZONE")
    rules = {part.name: part["RRULE"].to_ical().decode() for part in zone.subcomponents}
    assert zone["TZID"] == "Europe/Oslo"
    assert rules == {"DAYLIGHT": "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "STANDARD": "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"}
    assert not any("RDATE" in part or "COMMENT" in part for part in zone.subcomponents)


def test_a_calendar_is_the_same_until_something_changes(client, course):
    run = factories.offering(factories.module(course))
    gathering = factories.gathering(run, date(2027, 3, 26))
    first = client.get(f"/offerings/{run.uuid}.ics")
    assert client.get(f"/offerings/{run.uuid}.ics", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    run.state, run.cancelled_reason = Run.CANCELLED, "For få søkere"
    database.session.commit()
    after = client.get(f"/offerings/{run.uuid}.ics").text
    assert f"UID:{gathering.uuid}@localhost" in after
    assert ("STATUS:CANCELLED" in after, "SUMMARY:CANCELLED: " in after, "SEQUENCE:1" in after) == (True, True, True)


def test_an_institution_tells_its_numbers_and_what_it_publishes(client, course, hvl):
    hvl.dbh_code, hvl.organisation.number, hvl.domain = "0238", "917641404", "hvl.no"
    database.session.commit()
    factories.module(course, "MAT1", title="Tall")
    factories.module(course, "MAT2", credits=None, title="Uten poeng")
    factories.region("vest", [], [hvl])
    said = words_of(client.get("/institutions/HVL"))
    assert "It publishes 1 course and 2 modules here." in said
    assert "Matematikk 1 15 credits in matematikk for grades 1–7 Tall 15 Credits not stated: Uten poeng" in said
    assert "Organisation number 917641404 Code in DBH 0238 Website hvl.no" in said
    assert "Region vest from 1 January 2022" in said


def test_what_was_not_found_of_an_institution_is_not_stated(client, hvl):
    said = words_of(client.get("/institutions/HVL"))
    assert "Organisation number not stated Code in DBH not stated Website not stated" in said
    assert "It publishes no studies here now." in said


def test_a_former_institution_leads_to_the_one_that_took_over(client, hvl):
    factories.institution("HiB", "Høgskolen i Bergen").historic = True
    database.session.commit()
    database.session.query(type(hvl)).filter_by(code="HiB").one().successor_code = "HVL"
    database.session.commit()
    assert "It became part of Høgskulen på Vestlandet" in words_of(client.get("/institutions/HiB"))
    assert "1 institution that has become part of another" in words_of(client.get("/institutions"))


def test_a_region_tells_of_today_and_folds_what_was(client, hvl):
    region = factories.region("vest", [factories.county("46", "Vestland"), factories.county("14", "Sogn og Fjordane")], [hvl])
    region.counties[1].valid_to = date(2019, 12, 31)
    region.counties[0].confirmed = False
    database.session.commit()
    said = words_of(client.get("/regions/vest"))
    assert "1 county and 1 institution today, with 0 studies." in said
    assert "Vestland from 1 January 2022 not confirmed test Earlier and later" in said
    assert "Sogn og Fjordane 1 January 2022 – 31 December 2019" in said


def test_the_real_regions_are_shown_with_what_is_confirmed(client, registers, app):
    app.config["CLOCK"] = lambda: MONDAY
    vest = words_of(client.get("/regions/vest"))
    assert "4 counties and 6 institutions today" in vest
    assert "not confirmed" in words_of(client.get("/regions"))
    assert "not confirmed" in vest, "what holds after 2025 is carried on without a source"


def test_pages_keep_their_number_of_statements(client, hvl, count_queries):
    """A module with three of everything costs what one with one of everything does; so do its course and institution."""
    asked: dict[str, list[int]] = {}
    course = factories.course(hvl, factories.subject(), slug="c")
    module = factories.module(course, "MAT1")
    for more in range(2):
        for number in range(1 + 2 * more):
            add_one_of_everything(course, module, f"{more}{number}")
        for address in ("/modules/HVL/MAT1", "/courses/HVL/c", "/institutions/HVL", "/institutions", "/regions"):
            client.get("/search")  # the index is made anew here, not on the page that is counted
            with count_queries() as seen:
                assert client.get(address).status_code == 200
            asked.setdefault(address, []).append(len(seen))
    assert {address: one for address, (one, three) in asked.items() if one != three} == {}


WALKED = re.compile(r"SCAN (modules|courses|offerings|gatherings|term_clashes|equivalence_sets|enrolments|applications|choices|choice_runs)\b")


def test_the_page_of_a_module_walks_through_no_whole_table(client, db, hvl, count_queries):
    """A run that follows one a year before is among those asked for, and so is what the module cannot be taken together with."""
    course = factories.course(hvl, factories.subject(), slug="c")
    module = factories.module(course, "MAT1")
    add_one_of_everything(course, module, "1")
    factories.offering(module, semester=SPRING.plus(-2), starts_on=date(2026, 2, 1), ends_on=date(2026, 6, 1))
    with count_queries() as seen:
        assert client.get("/modules/HVL/MAT1").status_code == 200

    assert [asked for asked in seen if "enrolments" in asked] and [asked for asked in seen if "term_clashes" in asked]
    if db.engine.dialect.name == "sqlite":
        plans = {asked: _plan(db, asked) for asked in seen if asked.startswith(("SELECT", "WITH"))}
        assert {asked: plan for asked, plan in plans.items() if WALKED.search(plan)} == {}


def _plan(db, asked: str) -> str:
    rows = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", (None,) * asked.count("?"))
    return "; ".join(row[-1] for row in rows)


def test_what_there_is_none_of_about_a_module_is_not_read(client, hvl, count_queries):
    course = factories.course(hvl, factories.subject(), slug="c")
    bare, full = factories.module(course, "MAT1"), factories.module(course, "MAT2")
    add_one_of_everything(course, full, "1")
    full.bonus_points.append(BonusPoint(reason="Underviser i faget", points=3))
    full.partners.append(Partner(institution_id=hvl.organisation_id, state=Part.ACCEPTED))
    other = factories.module(course, "MAT3", title="Tall og form")
    database.session.add_all([
        TermClash(module_id=other.id, other_id=full.id), PlannedSemester(module_id=full.id, semester=SPRING.plus(4)), EquivalenceSet(source="HVL", modules=[full, other]),
    ])  # fmt: skip
    database.session.commit()
    about = {"content_tags", "bonus_points", "module_partners", "overlap_sets", "gatherings", "term_clashes", "planned_semesters", "equivalence_sets"}
    read, said = _read(client, "MAT2", count_queries)
    assert _read(client, "MAT1", count_queries)[0] & about == set()
    assert read & about == about
    assert "Not in the same semester Tall og form" in said and "The same content as: Tall og form" in said and "That is no promise." in said


def _read(client, code: str, count_queries) -> tuple[set[str], str]:
    """The tables that the page of a module reads, beside asking whether there is anything in them; and what it says."""
    with count_queries() as seen:
        page = client.get(f"/modules/HVL/{code}")
    read = {table for asked in seen if "EXISTS" not in asked for table in re.findall(r"(?:FROM|JOIN) (\w+)", asked)}
    return read, words_of(page)


def test_each_run_of_a_module_shows_its_own_meetings_in_order(client, course):
    module = factories.module(course, "MAT1")
    late, early, _without = (factories.offering(module, semester=SPRING.plus(further)) for further in (1, 0, 2))
    for run, day in ((late, date(2027, 11, 4)), (early, date(2027, 4, 8)), (early, date(2027, 2, 4)), (late, date(2027, 9, 2))):
        factories.gathering(run, day)
    cards = client.get("/modules/HVL/MAT1").text.split('<article class="card run">')[1:]
    shown = [re.findall(r"<td[^>]*>(?:<[^>]+>)*[^<]*?(\d+ \w+ 2027)", card) for card in cards]
    assert shown == [["4 February 2027", "8 April 2027"], ["2 September 2027", "4 November 2027"], []]


def add_one_of_everything(course, module, key: str) -> None:
    other = factories.module(course, f"X{key}")
    factories.requires(module, other)
    factories.requires(other, factories.module(course, f"Y{key}"))
    factories.requires(factories.module(course, f"Z{key}"), module)
    factories.overlap("5", module, other)
    town = factories.municipality(f"46{key}", f"Town {key}", factories.county(f"9{key}", f"County {key}"))
    for owner in (module, other):
        run = factories.offering(owner, municipality_id=town.id)
        factories.gathering(run, date(2027, 2, 3), municipality_id=town.id)
    missing = [tag for tag in Tag if tag not in {one.tag for one in module.tags}]
    module.tags.append(ContentTag(tag=missing[0], sentence="En setning."))
    factories.region(f"r{key}", [town.county], [factories.institution(f"I{key}", f"Institution {key}"), course.institution])
