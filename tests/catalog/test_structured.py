"""What the pages tell machines: schema.org JSON-LD, one address, one address for each language, a card."""

import json
import re
from datetime import date
from decimal import Decimal

import pytest

from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Prerequisite
from catalog.values import Delivery
from config.database import db as database
from config.languages import LANGUAGES
from tests import factories
from tests.factories import MONDAY

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
REQUIRED = {"@context", "@type", "name", "description", "provider"}  # Google, structured data of a course


@pytest.fixture
def module(db, app):
    app.config["CLOCK"] = lambda: MONDAY
    course = factories.course(factories.institution(), factories.subject(), "Matematikk 1", slug="matematikk-1", language="nb")
    return factories.module(course, "MAT1", credits="7.5", title="Tall", summary="Om tall.", language="nb")


def told(page) -> dict:
    (block,) = BLOCK.findall(page.text)
    return json.loads(block)


def test_a_module_tells_what_it_is_and_who_offers_it(client, module):
    found = told(client.get("/modules/HVL/MAT1"))

    assert REQUIRED <= found.keys()
    assert (found["@type"], found["name"], found["description"], found["courseCode"]) == ("Course", "Tall", "Om tall.", "MAT1")
    assert (found["url"], found["@id"]) == ("http://localhost/modules/HVL/MAT1", "http://localhost/modules/HVL/MAT1#course")
    assert found["provider"] == {"@type": "CollegeOrUniversity", "name": "Høgskulen på Vestlandet", "url": "http://localhost/institutions/HVL"}
    assert found["numberOfCredits"] == {"@type": "StructuredValue", "value": 7.5, "unitText": "ECTS"}
    assert found["isPartOf"] == {"@type": "Course", "name": "Matematikk 1", "url": "http://localhost/courses/HVL/matematikk-1"}
    assert (found["inLanguage"], found["about"]) == ("nb", "Matematikk")


def test_what_is_not_stated_is_not_told(client, module):
    module.credits, module.language, module.summary, module.course.state = None, None, None, Publication.WITHDRAWN
    database.session.commit()
    factories.offering(module, seats=None, delivery=None, starts_on=None, ends_on=None, apply_by=None)
    found = told(client.get("/modules/HVL/MAT1"))

    assert found.keys() == {"@context", "@type", "@id", "name", "description", "url", "courseCode", "provider", "about", "hasCourseInstance"}
    assert found["description"] == "Matematikk for grades 1–7, credits not stated"
    assert found["hasCourseInstance"][0].keys() == {"@type", "@id", "name", "url", "eventStatus"}


def test_a_run_tells_how_and_when_it_is_given(client, module):
    run = factories.offering(module, seats=20, delivery=Delivery.BLENDED, part_time=True, fee_oere=125000, place="Bergen", language="nts")
    factories.gathering(run, date(2027, 2, 1), date(2027, 2, 2), place="Stord")
    factories.gathering(run, date(2027, 3, 1), online=True)
    found = told(client.get(f"/offerings/{run.uuid}"))
    instance = found["hasCourseInstance"][0]

    assert REQUIRED <= found.keys()
    assert (instance["@type"], instance["courseMode"]) == ("CourseInstance", ["Blended", "part-time"])
    assert (instance["startDate"], instance["endDate"], instance["inLanguage"]) == ("2027-02-01", "2027-06-15", "nsl")
    assert instance["courseSchedule"] == {"@type": "Schedule", "startDate": "2027-02-01", "endDate": "2027-06-15", "scheduleTimezone": "Europe/Oslo"}
    assert instance["offers"] == {"@type": "Offer", "category": "Paid", "price": "1250.00", "priceCurrency": "NOK", "availabilityEnds": "2027-01-15"}
    assert (instance["location"]["name"], instance["maximumAttendeeCapacity"]) == ("Bergen", 20)
    assert [(event["startDate"], event["endDate"], "location" in event) for event in instance["subEvent"]] == [
        ("2027-02-01", "2027-02-02", True),
        ("2027-03-01", "2027-03-01", False),
    ]


def test_a_cancelled_run_is_told_as_cancelled_and_one_without_fee_as_free(client, module):
    run = factories.offering(module, state=Run.CANCELLED, fee_oere=0)
    instance = told(client.get(f"/offerings/{run.uuid}"))["hasCourseInstance"][0]

    assert (instance["eventStatus"], instance["offers"]["category"]) == ("https://schema.org/EventCancelled", "Free")


def test_a_module_tells_its_coming_runs_and_what_one_must_have_before(client, module):
    before = factories.module(module.course, "MAT0", title="Før")
    factories.requires(module, before)
    database.session.add(Prerequisite(module_id=module.id, subject_id=module.subject_id, credits=Decimal(30)))
    database.session.commit()
    coming = factories.offering(module)
    factories.offering(module, starts_on=date(2025, 1, 1), ends_on=date(2025, 6, 1))
    found = told(client.get("/modules/HVL/MAT1"))

    assert [one["url"] for one in found["hasCourseInstance"]] == [f"http://localhost/offerings/{coming.uuid}"]
    assert found["coursePrerequisites"] == [
        {"@type": "Course", "name": "Før", "url": "http://localhost/modules/HVL/MAT0"},
        "30 credits in matematikk",
    ]


def test_a_study_tells_its_modules(client, module):
    found = told(client.get("/courses/HVL/matematikk-1"))

    assert REQUIRED <= found.keys()
    assert [(part["name"], part["description"]) for part in found["hasPart"]] == [("Tall", "7.5 credits in matematikk for grades 1–7")]
    assert REQUIRED - {"@context"} <= found["hasPart"][0].keys()


def test_what_is_made_up_is_told_to_no_machine(client, module):
    real, made_up = factories.offering(module), factories.offering(module, made_up=True)

    assert [one["@id"] for one in told(client.get("/modules/HVL/MAT1"))["hasCourseInstance"]] == [f"http://localhost/offerings/{real.uuid}#run"]
    assert BLOCK.findall(client.get(f"/offerings/{made_up.uuid}").text) == []
    module.made_up = module.course.made_up = True
    database.session.commit()
    assert [BLOCK.findall(client.get(page).text) for page in ("/modules/HVL/MAT1", "/courses/HVL/matematikk-1", f"/offerings/{real.uuid}")] == [[], [], []]


def test_nothing_that_is_written_ends_the_block_or_begins_another(client, module):
    module.summary = "</script><script>alert(1)</script> <!-- & ' \" \u2028"
    database.session.commit()
    page = client.get("/modules/HVL/MAT1")

    assert told(page)["description"] == module.summary
    assert not set("<>&") & set(BLOCK.findall(page.text)[0])


def test_each_page_has_one_address_in_each_language_and_one_for_the_rest(client, module):
    run = factories.offering(module)
    factories.region()
    for path in ("/", "/courses/HVL/matematikk-1", "/modules/HVL/MAT1", f"/offerings/{run.uuid}", "/institutions", "/institutions/HVL", "/regions", "/regions/vest"):
        alternates = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', client.get(path).text)
        plain = f"http://localhost{path}"
        assert alternates == [("nb", f"{plain}?lang=nb"), ("nn", f"{plain}?lang=nn"), ("en", f"{plain}?lang=en"), ("x-default", plain)]


@pytest.mark.parametrize(
    ("query", "spoken", "canonical"),
    [("", "en", ""), ("?lang=nn", "nn", "?lang=nn"), ("?lang=nb&utm=x", "nb", "?lang=nb"), ("?lang=klingon", "en", "")],
)
def test_the_language_in_the_address_is_spoken_and_the_page_says_its_own_address(client, module, query, spoken, canonical):
    page = client.get(f"/modules/HVL/MAT1{query}").text

    assert re.search(r'<html lang="(\w+)">', page)[1] == spoken
    assert re.search(r'<link rel="canonical" href="([^"]+)">', page)[1] == f"http://localhost/modules/HVL/MAT1{canonical}"


def test_choosing_a_language_leaves_the_one_in_the_address(client, module):
    answer = client.get("/language/nn?next=/modules/HVL/MAT1%3Flang%3Dnb%26from%3Dx")

    assert answer.location == "/modules/HVL/MAT1?from=x"


def test_a_page_without_an_address_for_each_language_takes_none(client, module):
    assert '<html lang="en">' in client.get("/search?lang=nn").text


def test_a_page_that_is_shared_shows_its_title_and_what_it_is(client, module):
    card = of_card(client.get("/modules/HVL/MAT1").text)

    assert card == {
        "site_name": "Seksti", "type": "website", "title": "Tall", "url": "http://localhost/modules/HVL/MAT1", "locale": "en_GB",
        "description": "7.5 credits in matematikk for grades 1–7. No coming run is announced.",
        "image": "http://localhost/static/card/en.png", "image:type": "image/png", "image:width": "1200", "image:height": "630",
        "image:alt": "Seksti: sixty credits, one module at a time",
    }  # fmt: skip


def of_card(page: str) -> dict[str, str]:
    return dict(re.findall(r'<meta property="og:([\w:]+)" content="([^"]*)">', page))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_has_a_picture_in_the_language_of_the_page_of_the_size_it_says(client, module, language):
    page = client.get(f"/institutions/HVL?lang={language}").text
    card = of_card(page)
    with client.get(card["image"]) as picture:
        kind, begins = picture.content_type, picture.data[:24]
    with client.get(card["image"], headers={"If-None-Match": picture.headers["ETag"]}) as again:
        assert again.status_code == 304

    assert '<meta name="twitter:card" content="summary_large_image">' in page
    assert (card["image"], kind) == (f"http://localhost/static/card/{language}.png", "image/png")
    assert begins[:8] + begins[16:] == b"\x89PNG\r\n\x1a\n" + int(card["image:width"]).to_bytes(4) + int(card["image:height"]).to_bytes(4)
