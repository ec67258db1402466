"""The whole history of a thing: what each change said, and putting it back."""

import re
from datetime import date, timedelta
from html import unescape

from sqlalchemy import select

from accounts.models import Event, Message
from catalog.offers.models import Gathering
from catalog.publishing import content, services
from catalog.publishing.history import queries
from catalog.values import Tag
from enrolment.changes.models import RunChange
from enrolment.seats import services as seats
from tests import factories as f
from tests.catalog.publishing.conftest import edit

LATER = f.MONDAY + timedelta(hours=1)


def address(thing) -> str:
    return f"/publish/{content.kind_of(thing)}s/{thing.uuid}/history"


def last_edit(db, thing) -> Event:
    return db.session.scalars(select(Event).where(Event.subject_uuid == thing.uuid, Event.event == "edit").order_by(Event.id.desc())).first()


def put_back(desk, thing, event: Event):
    version = content.version_of(content.content(thing, event.facts["section"]))
    return desk.browser.post(f"{address(thing)}/{event.id}/restoration", data={"version": version})


def test_each_change_tells_what_it_said_before_after_and_what_stands_there_now(db, desk):
    module = desk.module("MAT1", title="Tall")
    services.edit_module(module.uuid, edit(module, "basics", title="Algebra"), actor=desk.editor, at=f.MONDAY)
    services.edit_module(module.uuid, edit(module, "basics", title="Geometri"), actor=desk.editor, at=LATER)

    page = unescape(desk.browser.get(address(module)).text)

    first_told = page.index("Geometri")
    assert first_told < page.index("Tall", first_told)
    assert page.count("Put back what it said before") == 2
    assert "Edda Redaktør" in page


def test_what_a_change_said_before_is_put_back_and_that_is_a_change_of_its_own(db, desk):
    module = desk.module("MAT1", title="Tall")
    services.edit_module(module.uuid, edit(module, "basics", title="Algebra"), actor=desk.editor, at=f.MONDAY)
    services.edit_module(module.uuid, edit(module, "basics", credits=30), actor=desk.editor, at=f.MONDAY)
    retitled = db.session.scalars(select(Event).where(Event.subject_uuid == module.uuid, Event.event == "edit").order_by(Event.id)).first()

    answer = put_back(desk, module, retitled)

    db.session.refresh(module)
    assert answer.status_code == 303
    assert (module.title, module.credits) == ("Tall", 30)
    assert last_edit(db, module).facts["changes"] == {"title": ["Algebra", "Tall"]}


def test_where_it_is_so_already_there_is_nothing_to_put_back(desk):
    module = desk.module("MAT1", title="Tall")
    services.edit_module(module.uuid, edit(module, "basics", title="Algebra"), actor=desk.editor, at=f.MONDAY)
    services.edit_module(module.uuid, edit(module, "basics", title="Tall"), actor=desk.editor, at=LATER)

    assert desk.browser.get(address(module)).text.count("Put back what it said before") == 1  # of the second only


def test_lines_that_were_taken_away_come_back_with_all_they_said(db, desk):
    run = desk.run()
    f.gathering(run, date(2027, 3, 1), date(2027, 3, 2), place="Bergen")
    run.gatherings[0].online = False
    module = run.module
    before = content.content(module, "content")["tags"]
    services.edit_offering(run.uuid, edit(run, "dates", gatherings=()), actor=desk.editor, at=f.MONDAY)
    services.edit_module(module.uuid, edit(module, "content", confirmed=True, tags=(*before, type(before[0])(Tag.ICT, "With ICT.", "https://example.no/a", 5))), actor=desk.editor, at=f.MONDAY)

    put_back(desk, run, last_edit(db, run))

    db.session.expire_all()
    [back] = db.session.scalars(select(Gathering).where(Gathering.offering_id == run.id))
    assert (back.starts_on, back.ends_on, back.place, back.online) == (date(2027, 3, 1), date(2027, 3, 2), "Bergen", False)


def test_where_teachers_see_it_one_is_asked_first_and_those_it_concerns_are_told(db, desk):
    run = desk.published_run(place="Bergen")
    learner = f.acting(f.teacher())
    services.edit_offering(run.uuid, edit(run, "delivery", confirmed=True, place="Oslo"), actor=desk.editor, at=f.MONDAY)
    seats.enrol(run.uuid, actor=learner, at=f.MONDAY + timedelta(minutes=1))

    asked = put_back(desk, run, last_edit(db, run))

    db.session.refresh(run)
    assert (asked.status_code, run.place) == (200, "Oslo")
    assert "1 applicant sees this" in asked.text
    sent = {name: value for name, value in hidden(asked.text)} | {"confirmed": "yes"}
    saved = desk.browser.post(f"/publish/offerings/{run.uuid}/delivery", data=sent)
    db.session.refresh(run)
    assert (saved.status_code, run.place) == (303, "Bergen")
    assert db.session.scalars(select(RunChange)).one().changes == {"place": ["Oslo", "Bergen"]}
    assert [message.kind for message in db.session.scalars(select(Message).where(Message.person_id == learner.person_id))] == ["offering-changed"]


def hidden(page: str) -> list[tuple[str, str]]:
    form = page[page.index('<form class="confirm"') :]
    return [(unescape(name), unescape(value)) for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)]


def test_what_cannot_be_put_back_any_more_is_shown_in_its_boxes_with_the_reason(db, desk):
    module = desk.module("MAT1")
    services.edit_module(module.uuid, edit(module, "basics", code="MAT2"), actor=desk.editor, at=f.MONDAY)
    desk.module("MAT1", title="Another one")

    answer = put_back(desk, module, last_edit(db, module))

    db.session.refresh(module)
    assert (answer.status_code, module.code) == (422, "MAT2")
    assert "has the code MAT1 already" in answer.text
    assert 'value="MAT1"' in answer.text


def test_where_somebody_else_has_changed_the_section_since_the_page_was_read_both_are_shown(db, desk):
    module = desk.module("MAT1", title="Tall")
    services.edit_module(module.uuid, edit(module, "basics", title="Algebra"), actor=desk.editor, at=f.MONDAY)
    event, seen = last_edit(db, module), content.version_of(content.content(module, "basics"))
    services.edit_module(module.uuid, edit(module, "basics", title="Geometri"), actor=desk.editor, at=LATER)

    answer = desk.browser.post(f"{address(module)}/{event.id}/restoration", data={"version": seen})

    db.session.refresh(module)
    assert (answer.status_code, module.title) == (409, "Geometri")
    assert "Geometri" in answer.text
    assert 'value="Tall"' in answer.text


def test_another_things_change_is_not_there(db, desk, neighbour):
    theirs, mine = neighbour.module("NOR1"), desk.module("MAT1")
    services.edit_module(theirs.uuid, edit(theirs, "basics", title="Tekst"), actor=neighbour.editor, at=f.MONDAY)
    event = last_edit(db, theirs)

    assert desk.browser.get(address(theirs)).status_code == 404
    assert put_back(desk, theirs, event).status_code == 404
    assert desk.browser.post(f"{address(mine)}/{event.id}/restoration").status_code == 404
    assert desk.browser.post(f"{address(mine)}/{10**20}/restoration").status_code == 404  # a number that no row can have


def test_a_long_history_has_pages_and_asks_the_database_no_more_for_many_steps(desk, count_queries):
    module = desk.module("MAT1", title="0")
    few = _asked_after(desk, module, ["1", "2"], count_queries)
    many = _asked_after(desk, module, [str(number) for number in range(3, 24)], count_queries)

    assert many == few
    happened, number, pages = queries.page_of(module.uuid, 9)
    assert (len(happened), number, pages) == (3, 2, 2)


def _asked_after(desk, module, titles: list[str], count_queries) -> int:
    for title in titles:
        services.edit_module(module.uuid, edit(module, "basics", title=title), actor=desk.editor, at=f.MONDAY)
    with count_queries() as asked:
        desk.browser.get(address(module))
    return len(asked)
