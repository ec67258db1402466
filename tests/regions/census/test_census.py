"""A census: schools answer with numbers, owners and heads are reminded, and the results compare between periods."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from accounts.models import Message, Role
from catalog.values import Band
from config.errors import BadInput, NotFound
from enrolment.staff import services as staff
from regions.census import queries, services, telling
from regions.census.lifecycle import Answer
from regions.census.models import CensusAnswer
from regions.census.rules import Figures, Level
from regions.census.services import CensusClosed
from regions.census.telling import Place
from tests import factories as f

OPENS, LAST = date(2027, 2, 1), date(2027, 3, 15)
PRIMARY = Band.PRIMARY


def on(month, day, hour=9):
    return datetime(2027, month, day, hour, tzinfo=UTC)


@pytest.fixture
def vest(db):
    """A region of one county with an owner of two schools, the owner, a head, and the authority."""
    maths = f.subject(requires={PRIMARY: 30})
    county = f.county("11", "Rogaland")
    region = f.region("vest", [county])
    town = f.municipality("1103", "Stavanger", county)
    owner = f.owner(town)
    schools = [f.school(owner, town, "Kampen skole"), f.school(owner, town, "Haugen skole")]
    nation = f.organisation(f.OrganisationKind.AUTHORITY, "The directorate")
    people = {
        "owner": f.acting(f.member(owner.organisation_id, Role.OWNER)), "head": f.acting(f.member(schools[0].organisation_id, Role.HEAD)),
        "authority": f.acting(f.member(nation.id, Role.AUTHORITY)), "coordinator": f.acting(f.member(region.organisation_id, Role.COORDINATOR)),
    }  # fmt: skip
    return {"maths": maths, "region": region, "county": county, "owner": owner, "schools": schools, **{f"as_{who}": actor for who, actor in people.items()}}


def taken(vest, opens=OPENS, last=LAST, name="Spring 2027", at=None):
    values = {"name": name, "period": 2026, "opens_on": opens, "answer_by": last, "reminders": [14, 3]}
    return services.take_census(values, [2026], actor=vest["as_authority"], at=at or datetime(2026, 11, 23, 9, tzinfo=UTC))


def answered(vest, census, school=0, figures=(12, 6, 0), send=True, at=None, who="as_owner"):
    told = {(vest["maths"].id, PRIMARY): Figures(*figures)}
    return services.answer(census.uuid, vest["schools"][school].organisation.uuid, told, send=send, actor=vest[who], at=at or on(2, 10))


def column(vest):
    return vest["maths"].id, PRIMARY


def test_only_what_is_sent_is_counted(vest):
    census = taken(vest)
    answered(vest, census, 0, (12, 6, 0))
    answered(vest, census, 1, (20, 10, 0), send=False)

    assert telling.of_place(census.id, Place(), LAST)[column(vest)].counts == Figures(12, 6, 0)
    assert queries.how_many_sent(census.id, LAST) == (1, 2)


def test_an_answer_is_corrected_until_the_last_day_and_not_after(vest):
    census = taken(vest)
    answered(vest, census, figures=(12, 6, 0))
    answered(vest, census, figures=(12, 5, 0), at=datetime(2027, 3, 15, 22, 59, tzinfo=UTC))

    with pytest.raises(CensusClosed):
        answered(vest, census, figures=(12, 4, 0), at=datetime(2027, 3, 15, 23, 0, tzinfo=UTC))  # 16 March at home
    assert telling.of_place(census.id, Place(), LAST)[column(vest)].counts.without == 5


def test_a_head_answers_for_the_own_school_alone(vest):
    census = taken(vest)

    assert answered(vest, census, 0, who="as_head").state is Answer.SENT
    with pytest.raises(NotFound):
        answered(vest, census, 1, who="as_head")


def test_an_owner_begins_all_from_the_staff_register_and_sends_them(vest, db):
    census = taken(vest)
    for school, reference, credits in ((0, "1", 0), (0, "2", 30), (0, "3", None), (1, "4", 0)):
        known = {"reference": reference, "name": "Kari", "subject": "matematikk", "level": PRIMARY, "credits": credits}
        staff.add(vest["schools"][school].organisation.uuid, known, actor=vest["as_owner"], at=on(2, 1))
    answered(vest, census, 1, (9, 9, 0), send=False)

    assert services.fill_in(census.uuid, actor=vest["as_owner"], at=on(2, 2)) == 1
    lines = {answer.school_id: [(line.teachers, line.without, line.unknown) for line in answer.lines] for answer in db.session.scalars(select(CensusAnswer))}
    assert lines == {vest["schools"][0].organisation_id: [(3, 1, 1)], vest["schools"][1].organisation_id: [(9, 9, 0)]}
    assert services.send_all(census.uuid, actor=vest["as_owner"], at=on(2, 3)) == 2
    assert services.send_all(census.uuid, actor=vest["as_owner"], at=on(2, 3)) == 0


def test_owners_and_heads_are_told_once_at_each_date_until_all_is_sent(vest, db):
    census = taken(vest)

    def told(month, day):
        return [services.remind(on(month, day)), services.remind(on(month, day, 12))]

    assert (told(1, 31), told(2, 1), told(2, 20), told(3, 1)) == ([0, 0], [2, 0], [0, 0], [2, 0])
    answered(vest, census, 0)  # the head's school
    assert told(3, 12) == [1, 0]
    answered(vest, census, 1)
    assert told(3, 15) == [0, 0]
    assert {message.facts["schools"] for message in db.session.scalars(select(Message))} == {"1", "2"}


def test_a_tick_that_was_away_tells_once_and_not_for_each_date(vest):
    taken(vest)

    assert [services.remind(on(3, 14)), services.remind(on(3, 15))] == [2, 0]


def test_two_censuses_compare_though_a_school_has_changed_owner(vest, db):
    first = taken(vest, date(2026, 12, 1), date(2026, 12, 20), "First")
    answered(vest, first, 0, (20, 10, 0), at=datetime(2026, 12, 2, tzinfo=UTC))
    school = vest["schools"][0]
    other = f.owner(f.municipality("1108", "Sandnes", vest["county"]))
    school.owner_id = other.organisation_id
    db.session.commit()
    second = taken(vest)
    services.answer(second.uuid, school.organisation.uuid, {column(vest): Figures(20, 5, 0)}, send=True, actor=f.acting(f.member(other.organisation_id, Role.OWNER)), at=on(2, 10))

    county = Place(Level.COUNTY, vest["county"].id, queries.chain_of(Level.COUNTY, vest["county"].id, LAST))
    shares = [telling.of_place(one.id, county, LAST)[column(vest)].counts.least_share for one in (first, second)]
    assert (shares, queries.before(second).name) == ([50, 25], "First")


def test_the_results_say_how_many_schools_the_comparison_rests_on(vest, client, db, app):
    first = taken(vest, date(2026, 12, 1), date(2026, 12, 20), "First")
    for school in (0, 1):
        answered(vest, first, school, (20, 10, 0), at=datetime(2026, 12, 2, tzinfo=UTC))
    second = taken(vest)
    answered(vest, second, 0, (20, 5, 0))
    shown = page(client, db, vest["as_coordinator"], f"/census/{second.uuid}/results", on(2, 10), app).text

    assert "1 of 2 schools have sent their answer." in shown
    assert "In “First” it was 2 of 2, so compare with care where they differ." in shown


def test_a_region_whose_county_belongs_to_two_counts_nobody_twice(vest):
    f.region("nord", [vest["county"]])
    census = taken(vest)
    answered(vest, census, figures=(12, 6, 0))

    units = queries.figures(census.id, Level.REGION, LAST)[column(vest)]
    assert units == {vest["region"].organisation_id: Figures(12, 6, 0)}


@pytest.mark.parametrize(("field", "value"), [("answer_by", date(2027, 1, 1)), ("period", 1999)])
def test_a_census_that_cannot_be_is_refused_at_its_field(vest, field, value):
    values = {"name": "X", "period": 2026, "opens_on": OPENS, "answer_by": LAST, "reminders": []} | {field: value}
    with pytest.raises(BadInput) as refused:
        services.take_census(values, [2026], actor=vest["as_authority"], at=on(1, 1))

    assert list(refused.value.errors) == [field]


def page(client, db, actor, address, at, app):
    app.config["CLOCK"] = lambda: at
    f.signed_in(client, db.session.get(f.Person, actor.person_id), at)
    return client.get(address)


def test_the_form_refuses_more_lacking_than_teaching_and_keeps_what_was_typed(vest, client, db, app):
    census = taken(vest)
    address = f"/census/{census.uuid}/schools/{vest['schools'][0].organisation.uuid}"
    shown = page(client, db, vest["as_owner"], address, on(2, 10), app).text
    sent = {"matematikk-1-7-teachers": "3", "matematikk-1-7-without": "4", "then": "send"}
    refused = client.post(f"{address}/answer", data=sent)
    taken_in = client.post(f"{address}/answer", data=sent | {"matematikk-1-7-without": "2"}, follow_redirects=True)

    assert 'name="matematikk-1-7-teachers"' in shown
    assert (refused.status_code, 'value="4"' in refused.text) == (422, True)
    assert "1 of 2 schools have sent their answer." in taken_in.text


def test_small_numbers_are_hidden_from_the_region_on_page_and_in_file(vest, client, db, app):
    census = taken(vest)
    answered(vest, census, 0, (12, 6, 0))
    answered(vest, census, 1, (3, 3, 0))
    owner = vest["owner"].organisation.uuid
    address = f"/census/{census.uuid}/results?subject=matematikk&level=1-7&of=owner:{owner}"
    shown = page(client, db, vest["as_coordinator"], address, on(2, 10), app).text
    file = client.get(address.replace("results?", "results.csv?")).get_data(as_text=True)

    whole = client.get(f"/census/{census.uuid}/results").text
    assert "of=region:vest&amp;subject=matematikk&amp;level=1-7" in whole
    assert "fewer than 5, or hidden" in shown and "fewer than 5, or hidden" in file
    assert "Kampen skole;12" not in file and "Haugen skole;3" not in file


def test_what_lies_outside_ones_own_is_not_there(vest, client, db, app):
    census = taken(vest)
    f.region("nord", [f.county("18", "Nordland")])

    assert [page(client, db, vest["as_coordinator"], f"/census/{census.uuid}/results?of={of}", on(2, 10), app).status_code for of in ("region:vest", "county:11", "region:nord", "county:18", "owner:x", "x")] == [200, 200, 404, 404, 404, 404]


def test_the_list_keeps_its_query_count_however_many_censuses_there_are(vest, client, db, app, count_queries):
    def asked():
        page(client, db, vest["as_owner"], "/census", on(2, 10), app)
        with count_queries() as seen:
            assert page(client, db, vest["as_owner"], "/census", on(2, 10), app).status_code == 200
        return len(seen)

    answered(vest, taken(vest))
    few = asked()
    for _two_more in range(2):
        answered(vest, taken(vest))
    assert asked() == few


def test_the_pages_keep_their_query_count(vest, client, db, app, count_queries):
    census = taken(vest)
    town = vest["schools"][0].municipality

    def asked():
        for address in ("/census", f"/census/{census.uuid}/schools"):
            assert page(client, db, vest["as_owner"], address, on(2, 10), app).status_code == 200
        with count_queries() as seen:
            page(client, db, vest["as_owner"], f"/census/{census.uuid}/schools", on(2, 10), app)
            page(client, db, vest["as_coordinator"], f"/census/{census.uuid}/results?subject=matematikk&level=1-7", on(2, 10), app)
        return len(seen)

    answered(vest, census, 0, (12, 6, 0))
    few = asked()
    for number in range(3):
        vest["schools"].append(f.school(vest["owner"], town, f"School {number}"))
        answered(vest, census, number + 2, (12, 6, 0))
    assert asked() == few
