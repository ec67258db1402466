"""One step for many things of the work list."""

from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.bulk.services import publications
from catalog.offers.lifecycle import Publication, Run
from catalog.publishing import services as publishing
from catalog.publishing.content import kind_of
from catalog.publishing.ticked import queries, rules, services
from catalog.publishing.ticked.values import Facts, Skipped, Step, Why, by_kind, key_of
from config.errors import NotFound
from enrolment.seats import services as seats
from tests import factories as f
from tests.catalog.publishing.test_courses import events
from tests.factories import AUTUMN, MONDAY


def key(thing) -> str:
    return key_of(kind_of(thing), thing.uuid)


def take(desk, step: Step, *things):
    return services.take(step, by_kind(key(thing) for thing in things), actor=desk.editor, at=MONDAY)


def skipped(desk, step: Step, *things) -> dict:
    lines = services.asked_of(step, by_kind(key(thing) for thing in things), desk.institution.organisation_id)
    return {line.thing: line.skipped for line in lines}


def test_a_course_its_modules_and_their_runs_are_published_together_whatever_the_order_they_are_ticked_in(db, desk):
    first, second = desk.module("MAT1"), desk.module("MAT2")
    f.requires(second, first)
    run = desk.run(second)

    take(desk, Step.PUBLISH, run, second, first, second.course)

    assert [thing.state for thing in (second.course, first, second)] == [Publication.PUBLISHED] * 3
    assert run.state is Run.PUBLISHED
    assert events(db, run) == [("offering", "publish", "draft", "published")]


def test_what_lacks_something_is_skipped_with_what_it_lacks_and_so_is_what_waits_for_it(desk):
    module = desk.module("MAT1", knowledge=None)
    run = desk.run(module)
    ready = desk.run()

    take(desk, Step.PUBLISH, module, run, ready)

    assert skipped(desk, Step.PUBLISH, module, run) == {
        module: Skipped(Why.LACKS, ("knowledge",)),
        run: Skipped(Why.LACKS, ("module",)),
    }
    assert [module.state, run.state, ready.state] == [Publication.DRAFT, Run.DRAFT, Run.PUBLISHED]


def test_a_run_whose_module_is_not_ticked_with_it_is_skipped(desk):
    run = desk.run(desk.module())

    assert skipped(desk, Step.PUBLISH, run) == {run: Skipped(Why.LACKS, ("module",))}
    assert skipped(desk, Step.PUBLISH, run, run.module) == {run: None, run.module: None}


def test_what_is_so_already_and_what_cannot_be_any_more_is_skipped(desk):
    published, cancelled = desk.published_run(), desk.run(state=Run.CANCELLED, published_at=MONDAY)

    assert skipped(desk, Step.PUBLISH, published, cancelled) == {published: Skipped(Why.DONE), cancelled: Skipped(Why.NOT_FROM_HERE)}


def test_only_draft_runs_are_announced_as_planned_and_their_semester_is_enough(db, desk):
    run = desk.run(semester=AUTUMN, seats=None, starts_on=None, ends_on=None)
    module = desk.module()

    take(desk, Step.PLAN, run, module, module.course)

    assert (run.state, module.state) == (Run.PLANNED, Publication.DRAFT)
    assert skipped(desk, Step.PLAN, module)[module] == Skipped(Why.NOT_FROM_HERE)


def test_a_withdrawn_module_is_published_again(desk):
    module = desk.module(state=Publication.WITHDRAWN, published_at=MONDAY)

    take(desk, Step.PUBLISH, module)

    assert module.state is Publication.PUBLISHED


def test_the_neighbours_things_are_not_there(db, desk, neighbour):
    theirs, mine = neighbour.run(), desk.run()

    taken = take(desk, Step.PUBLISH, theirs, mine)

    assert (theirs.state, mine.state) == (Run.DRAFT, Run.PUBLISHED)
    page = desk.browser.get(f"/publish/steps/{taken}").text
    assert "1 done, 0 skipped." in page
    assert "1 is not there any more." in page
    with pytest.raises(NotFound):
        queries.steps(neighbour.institution.organisation_id, taken)


def test_the_page_shows_what_would_be_done_and_why_the_rest_is_skipped_and_then_does_it(db, desk):
    ready = desk.run(desk.published_module("MAT1", title="Algebra"))
    lacking = desk.run(desk.published_module("MAT2", title="Geometry"), fee_oere=None)

    asked = unescape(desk.browser.get("/publish/steps", query_string={"step": "publish", "ticked": [key(ready), key(lacking)]}).text)

    assert "Publish: 1 of 2" in asked
    assert ">the fee</a>" in asked
    assert ready.state is Run.DRAFT

    answer = desk.browser.post("/publish/steps", data={"step": "publish", "ticked": [key(ready), key(lacking)]})
    page = unescape(desk.browser.get(answer.location).text)

    assert answer.status_code == 303
    assert "1 done, 1 skipped." in page
    assert "Geometry, spring 2027</a>: something is missing" in page
    db.session.refresh(ready)
    assert ready.state is Run.PUBLISHED


def test_everything_the_list_shows_can_be_taken_at_once(desk):
    for number in range(30):
        desk.run(desk.published_module(f"M{number:02}"))
    desk.module("DRAFT")

    page = unescape(desk.browser.get("/publish/steps?step=publish&all=yes&kind=offering").text)

    assert "Publish: 30 of 30" in page
    assert page.count('name="ticked"') == 30


def test_without_a_tick_one_is_led_back_to_the_list(desk):
    answer = desk.browser.get("/publish/steps?step=publish&kind=module")

    assert answer.location == "/publish?kind=module"


@pytest.mark.parametrize("sent", [{"step": "cancel", "ticked": "x"}, {"ticked": "x"}, {"step": "publish", "ticked": "x"}, {"step": "publish", "ticked": "course-1"}])
def test_what_is_no_tick_is_refused_with_a_sentence(desk, sent):
    for answer in (desk.browser.get("/publish/steps", query_string=sent), desk.browser.post("/publish/steps", data=sent)):
        assert answer.status_code == 422


def test_more_than_may_be_ticked_is_refused(desk):
    sent = {"step": "publish", "ticked": [f"offering-{uuid4()}" for _number in range(301)]}

    assert desk.browser.post("/publish/steps", data=sent).status_code == 422


def test_many_take_no_more_statements_to_look_at_than_few(desk, count_queries):
    runs = [desk.run() for _number in range(6)]
    keys = [key(run) for run in runs]

    def counted(ticked) -> int:
        with count_queries() as seen:
            assert desk.browser.get("/publish/steps", query_string={"step": "publish", "ticked": ticked}).status_code == 200
        return len(seen)

    assert counted(keys) == counted(keys[:2])


@st.composite
def lots(draw) -> list[Facts]:
    """Things that wait for others of the lot, in any way, circles too."""
    count = draw(st.integers(0, 7))
    keys = [str(number) for number in range(count)]

    def fact(key: str) -> Facts:
        waits = frozenset(draw(st.lists(st.sampled_from([*keys, "elsewhere"]), max_size=2)))
        own = draw(st.sampled_from([(), ("fee",)]))
        gaps = own + (("module",) if waits else ())
        return Facts(key, draw(st.booleans()), draw(st.booleans()), gaps, waits)

    return [fact(key) for key in keys]


@given(lots())
def test_each_thing_is_taken_once_after_what_it_waits_for_or_skipped(things):
    order, left = rules.decided(things)
    facts = {one.key: one for one in things}

    assert sorted([*order, *left]) == sorted(facts)
    for place, taken in enumerate(order):
        assert facts[taken].waits_for <= set(order[:place])
        assert facts[taken].possible and not facts[taken].done and "fee" not in facts[taken].gaps


@given(lots())
def test_nothing_is_skipped_that_could_be_taken(things):
    order, left = rules.decided(things)

    for one in things:
        if one.key in left:
            assert one.done or not one.possible or "fee" in one.gaps or not one.waits_for <= set(order)


def undo(desk, taken, at=MONDAY):
    return publications.take_back(taken, actor=desk.editor, at=at)


def test_a_step_is_taken_back_within_a_quarter_of_an_hour_and_everything_is_where_it_was(db, desk):
    draft, withdrawn = desk.module("MAT1"), desk.module("MAT2", state=Publication.WITHDRAWN, published_at=MONDAY - timedelta(days=9))
    run = desk.run(draft)
    published = take(desk, Step.PUBLISH, draft, withdrawn, run)

    undo(desk, published, MONDAY + timedelta(minutes=15))

    assert [draft.state, run.state, withdrawn.state] == [Publication.DRAFT, Run.DRAFT, Publication.WITHDRAWN]
    assert events(db, run)[-1] == ("offering", "take-back", "published", "draft")
    with pytest.raises(publications.TooLateToTakeBack):
        undo(desk, take(desk, Step.PUBLISH, draft), MONDAY + timedelta(minutes=15, seconds=1))


def test_what_was_announced_together_is_taken_back_but_for_what_was_published_since(db, desk):
    announced, published = desk.run(semester=AUTUMN), desk.run()
    taken = take(desk, Step.PLAN, announced, published)
    publishing.publish_offering(published.uuid, actor=desk.editor, at=MONDAY + timedelta(minutes=1))

    batch = undo(desk, taken, MONDAY + timedelta(minutes=2))

    assert (announced.state, published.state) == (Run.DRAFT, Run.PUBLISHED)
    assert batch.stayed == [["offering", str(published.uuid), "changed"]]


def test_a_run_that_somebody_entered_meanwhile_stays_and_so_does_its_module(db, desk):
    module = desk.module("MAT1")
    run = desk.run(module)
    taken = take(desk, Step.PUBLISH, module, run)
    seats.enrol(run.uuid, actor=f.acting(f.teacher()), at=MONDAY)

    batch = undo(desk, taken)

    assert (module.state, run.state) == (Publication.PUBLISHED, Run.PUBLISHED)
    assert sorted(reason for _kind, _uuid, reason in batch.stayed) == ["people", "people"]


def test_the_page_of_a_step_offers_to_take_it_back_and_afterwards_tells_that_it_was(desk):
    run = desk.run()
    answer = desk.browser.post("/publish/steps", data={"step": "publish", "ticked": [key(run)]})
    page = desk.browser.get(answer.location).text

    assert "You can take this back until" in page
    undone = desk.browser.post(f"/publish/bulk/publication/{answer.location.rpartition('/')[2]}/undoing", follow_redirects=True)
    assert "1 publication is taken back." in undone.text
    after = desk.browser.get(answer.location).text
    assert ("You can take this back" in after, "This was taken back." in after) == (False, True)
