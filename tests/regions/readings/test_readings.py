"""A region reads what its institutions plan: remarks in line, duplicates and gaps beside it, and nothing blocked."""

from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from accounts.models import Role
from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import ContentTag
from catalog.publishing import services as publishing
from catalog.subjects.models import PriorityGroup, SubjectPriority
from catalog.values import Band, Tag, VolumeRule
from config.database import db as database
from config.errors import NotFound
from regions.readings import beside, queries, services
from regions.readings.models import Reading
from regions.readings.rules import FEWEST, Likeness, Traits, duplicates, likenesses
from regions.readings.services import NobodyToRead
from tests import factories as f
from tests.catalog.publishing.conftest import desk, neighbour  # noqa: F401
from tests.factories import MONDAY

TODAY = MONDAY.date()


@pytest.fixture
def vest(desk):  # noqa: F811
    return f.region("vest", [f.county()], [desk.institution])


@pytest.fixture
def randi(app, vest):
    """The region's coordinator with a browser."""
    person = f.member(vest.organisation_id, Role.COORDINATOR, "Randi Vik")
    return f.acting(person), f.signed_in(app.test_client(), person)


@pytest.fixture
def opened(desk, vest):  # noqa: F811
    """A draft that is open to the region."""
    module = desk.module("MAT1", title="Tall og algebra")
    return services.open_to_regions(module.uuid, "The place?", actor=desk.editor, at=MONDAY)


def test_a_region_reads_a_draft_only_once_its_institution_has_opened_it(desk, vest, randi):  # noqa: F811
    module = desk.module("MAT1", title="Tall og algebra")
    assert list(queries.open_to(vest.organisation_id, TODAY)) == []

    reading = services.open_to_regions(module.uuid, None, actor=desk.editor, at=MONDAY)
    assert "Tall og algebra" in randi[1].get("/region/readings").text
    assert randi[1].get(f"/region/readings/{reading.uuid}").status_code == 200
    assert "1 module to read before it is published" in randi[1].get("/region").text

    services.close(module.uuid, actor=desk.editor, at=MONDAY)
    assert randi[1].get(f"/region/readings/{reading.uuid}").status_code == 404
    assert "before it is published</a>" not in randi[1].get("/region").text.split("<table")[0]


def test_another_region_and_one_that_the_institution_has_left_read_nothing(app, desk, vest, opened):  # noqa: F811
    other = f.region("nord")
    with pytest.raises(NotFound):
        queries.to_read(other.organisation_id, opened.uuid, TODAY)

    vest.institutions[0].valid_to = date(2026, 11, 22)
    database.session.commit()
    with pytest.raises(NotFound):
        queries.to_read(vest.organisation_id, opened.uuid, TODAY)


def test_where_an_institution_belongs_to_no_region_nobody_can_read(neighbour):  # noqa: F811
    module = neighbour.module("NOR1")

    with pytest.raises(NobodyToRead):
        services.open_to_regions(module.uuid, None, actor=neighbour.editor, at=MONDAY)
    assert "nobody to read it" in neighbour.browser.get(f"/publish/modules/{module.uuid}/reading").text


def test_a_remark_stands_beside_its_section_on_both_sides_and_so_does_the_answer(desk, randi, opened):  # noqa: F811
    actor, browser = randi
    sent = browser.post(f"/region/readings/{opened.uuid}/remarks", data={"section": "content", "text": "More ICT, please."})
    assert sent.location.endswith("#content")

    page = unescape(desk.browser.get(f"/publish/modules/{opened.module.uuid}").text)
    assert page.index("More ICT, please.") > page.index('id="content"')
    assert page.index("More ICT, please.") < page.index('id="prerequisites"')
    assert "1 remark, 1 not answered" in page
    assert "A region has remarks on Tall og algebra" in desk.browser.get("/publish").text

    [made] = opened.remarks
    desk.browser.post(f"/publish/remarks/{made.uuid}", data={"answer": "We add it."})
    theirs = unescape(browser.get(f"/region/readings/{opened.uuid}").text)
    assert theirs.index("We add it.") > theirs.index('id="content"')
    assert "A region has remarks on" not in desk.browser.get("/publish").text


def test_a_remark_blocks_nothing(desk, randi, opened):  # noqa: F811
    services.remark(opened.uuid, "whole", "Do not.", actor=randi[0], at=MONDAY)

    publishing.publish_module(opened.module.uuid, actor=desk.editor, at=MONDAY)

    assert opened.module.state is Publication.PUBLISHED


def test_an_empty_remark_is_refused_where_it_was_typed_and_one_that_is_too_long_is_kept(randi, opened):
    browser = randi[1]
    empty = browser.post(f"/region/readings/{opened.uuid}/remarks", data={"section": "runs", "text": " "})
    assert (empty.status_code, "Write what you want to say." in empty.text) == (422, True)

    long = browser.post(f"/region/readings/{opened.uuid}/remarks", data={"section": "runs", "text": "æ" * 2001})
    assert (long.status_code, "æ" * 2001 in long.text) == (422, True)
    elsewhere = browser.post(f"/region/readings/{opened.uuid}/remarks", data={"section": "nowhere", "text": "Hi."})
    assert elsewhere.status_code == 422
    assert opened.remarks == []


def test_a_region_takes_back_its_own_remark_and_no_other(app, desk, randi, opened):  # noqa: F811
    made = services.remark(opened.uuid, "whole", "A slip.", actor=randi[0], at=MONDAY)
    other = f.region("sor", institutions=[desk.institution])
    coordinator = f.acting(f.member(other.organisation_id, Role.COORDINATOR))

    with pytest.raises(NotFound):
        services.take_back(made.uuid, actor=coordinator, at=MONDAY)
    services.take_back(made.uuid, actor=randi[0], at=MONDAY)
    assert database.session.scalars(select(Reading)).one().remarks == []


def test_a_module_of_the_region_that_is_alike_in_two_respects_is_told_with_them(desk, vest, opened):  # noqa: F811
    module = opened.module
    f.offering(module, state=Run.DRAFT, published_at=None, semester=f.AUTUMN, starts_on=None, ends_on=None)
    twin = f.module(f.course(desk.institution, desk.subject), "MAT9", title="Algebra i praksis", credits="15")
    f.offering(twin, semester=f.AUTUMN, starts_on=None, ends_on=None)
    other = f.module(f.course(desk.institution, desk.subject), "MAT8", title="Statistikk", credits="15")
    f.module(f.course(desk.institution, desk.subject), "MAT7", title="Algebra", credits="15", grades=Band.UPPER.grades)
    database.session.expire_all()

    found = beside.alike(module, vest, TODAY)

    assert found == [(twin, [Likeness.TITLE, Likeness.CREDITS, Likeness.SEMESTER])]
    twin.state = Publication.DRAFT
    other.tags = [ContentTag(tag=Tag.SUBJECT, sentence="Numbers.")]
    database.session.commit()
    assert beside.alike(module, vest, TODAY) == [(other, [Likeness.CREDITS, Likeness.CONTENTS])]


def test_what_the_region_lacks_is_told_now_and_with_the_draft(desk, vest, opened):  # noqa: F811
    group = PriorityGroup(number=1, name_nb="Gruppe 1", volume_rule=VolumeRule.KEEP, quotation="…", source="test")
    database.session.add(SubjectPriority(subject=desk.subject, group=group, source="test"))
    database.session.commit()
    module = opened.module
    f.offering(module, state=Run.DRAFT, published_at=None, semester=f.AUTUMN, starts_on=None, ends_on=None)
    database.session.expire_all()

    [gap] = beside.gaps(module, vest, TODAY)

    assert (gap.band, gap.now.halves, gap.then.halves, gap.completes) == (Band.PRIMARY, 0, 30, False)


def test_the_list_asks_the_database_as_often_for_three_as_for_one(desk, randi, opened, count_queries):  # noqa: F811
    with count_queries() as one:
        randi[1].get("/region/readings")
    for number in (2, 3):
        services.open_to_regions(desk.module(f"MAT{number}").uuid, None, actor=desk.editor, at=MONDAY)
    with count_queries() as three:
        randi[1].get("/region/readings")

    assert len(three) == len(one)


def _traits(key: int, title: str, credits: str | None, *contents: str) -> Traits:
    return Traits(key, Decimal(credits) if credits else None, frozenset(title.split()), frozenset(contents), frozenset())


def test_what_neither_states_makes_no_two_alike():
    assert likenesses(_traits(1, "", None), _traits(2, "", None)) == []
    assert likenesses(_traits(1, "tall", "15", "ict"), _traits(2, "tall form", "15", "ict")) == [Likeness.TITLE, Likeness.CREDITS, Likeness.CONTENTS]


traits = st.builds(
    Traits, st.integers(), st.sampled_from([None, Decimal(15), Decimal(30)]), *[st.frozensets(st.sampled_from("abc"))] * 3
)  # fmt: skip


@given(traits, st.lists(traits))
def test_alike_is_the_same_from_both_sides_and_the_most_alike_come_first(one, others):
    assert all(likenesses(one, other) == likenesses(other, one) for other in others)
    counts = [len(respects) for _key, respects in duplicates(one, others)]
    assert counts == sorted(counts, reverse=True)
    assert all(count >= FEWEST for count in counts)
