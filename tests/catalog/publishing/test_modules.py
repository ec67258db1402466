"""What an editor does with a module."""

from decimal import Decimal

import pytest

from catalog.offers.lifecycle import Publication
from catalog.offers.models import ContentTag, Module, OverlapSet, Prerequisite
from catalog.offers.readiness import NotReadyToPublish
from catalog.publishing import services
from catalog.publishing.services.editing import ConfirmFirst
from catalog.publishing.services.modules import RunsInTheWay
from catalog.publishing.values import Before, Contained, Shared
from catalog.values import Grades, Tag
from config.errors import BadInput, NotFound
from enrolment.seats import services as seats
from tests import factories as f
from tests.catalog.publishing.conftest import edit
from tests.catalog.publishing.test_courses import events
from tests.factories import MONDAY

BASICS = {
    "code": "MAT1",
    "title": "Algebra",
    "credits": Decimal(15),
    "short_reason": None,
    "course": None,
    "position": 1,
    "subject": None,
    "grades": Grades(),
    "language": None,
}
D, S = Tag.DIDACTICS, Tag.SUBJECT


def create(desk, **said) -> Module:
    return services.create_module(BASICS | said, actor=desk.editor, at=MONDAY)


def save(desk, module, section, **said) -> Module:
    return services.edit_module(module.uuid, edit(module, section, **said), actor=desk.editor, at=MONDAY)


def refused(attempt) -> dict:
    with pytest.raises(BadInput) as refusal:
        attempt()
    return refusal.value.errors


def test_a_module_of_a_course_begins_as_a_draft_with_its_code_for_an_address(db, desk):
    course = desk.course()

    module = create(desk, code="RÅD212KFK/1", course=course.uuid)

    assert (module.state, module.slug, module.course, module.strand) == (Publication.DRAFT, "RÅD212KFK-1", course, course.strand)
    assert events(db, module) == [("module", "create", None, None)]


def test_a_module_without_code_has_its_title_for_an_address(desk):
    assert create(desk, code=None, title="Tall på nytt").slug == "tall-pa-nytt"


def test_a_module_needs_a_title_or_a_code_to_be_found_again(desk):
    assert list(refused(lambda: create(desk, code=None, title=None))) == ["title"]
    assert create(desk, code="MAT9", title=None).name == "MAT9"


@pytest.mark.parametrize("code", ["RÅD1", "råd1", "Råd1"])
def test_a_second_module_with_the_same_code_is_refused_and_the_first_is_named(desk, code):
    create(desk, code="RÅD1", title="Rådgiving")

    errors = refused(lambda: create(desk, code=code))

    assert errors == {"code": ["The module “Rådgiving” has the code RÅD1 already."]}


def test_a_module_keeps_its_own_code_and_two_institutions_may_share_one(desk, neighbour):
    mine, theirs = create(desk), create(neighbour)

    save(desk, mine, "basics", title="Algebra 1")

    assert (mine.title, mine.code, theirs.code) == ("Algebra 1", "MAT1", "MAT1")


def test_a_module_cannot_be_put_into_the_neighbours_course(desk, neighbour):
    theirs = neighbour.course()

    assert list(refused(lambda: create(desk, course=theirs.uuid))) == ["course"]


def test_a_module_has_at_least_the_credits_of_its_parts(desk):
    module = desk.module("MAT1")
    save(desk, module, "content", tags=(Contained(D, "Didactics.", None, Decimal(10)),))

    assert list(refused(lambda: save(desk, module, "basics", credits=Decimal("7.5")))) == ["credits"]


def test_a_module_that_lacks_nothing_is_published(db, desk):
    module = desk.module()

    services.publish_module(module.uuid, actor=desk.editor, at=MONDAY)

    assert (module.state, module.published_at) == (Publication.PUBLISHED, MONDAY)
    assert events(db, module) == [("module", "publish", "draft", "published")]


def test_a_short_module_is_published_only_with_its_reason(desk):
    module = desk.module(credits="7.5")

    with pytest.raises(NotReadyToPublish) as refusal:
        services.publish_module(module.uuid, actor=desk.editor, at=MONDAY)
    assert refusal.value.gaps == ["short_reason"]

    save(desk, module, "basics", short_reason="Part of two.")
    assert services.publish_module(module.uuid, actor=desk.editor, at=MONDAY).visible


def test_a_module_is_not_published_before_the_one_it_requires(desk):
    first, second = desk.module("MAT1"), desk.module("MAT2")
    f.requires(second, first)

    with pytest.raises(NotReadyToPublish) as refusal:
        services.publish_module(second.uuid, actor=desk.editor, at=MONDAY)

    assert refusal.value.gaps == ["prerequisites"]


def test_a_module_is_withdrawn_with_its_empty_runs(db, desk):
    module = desk.published_module()
    desk.published_run(module)

    services.withdraw_module(module.uuid, actor=desk.editor, at=MONDAY)

    assert events(db, module) == [("module", "withdraw", "published", "withdrawn")]


@pytest.mark.parametrize("people", [{"seats_taken": 1}, {"waiting": 1}])
def test_a_module_is_not_withdrawn_under_those_who_have_a_seat_or_wait(desk, people):
    module = desk.published_module()
    desk.published_run(module, **people)

    with pytest.raises(RunsInTheWay, match="1 person"):
        services.withdraw_module(module.uuid, actor=desk.editor, at=MONDAY)

    assert module.visible


def test_what_is_over_does_not_hold_a_module_back(desk):
    module = desk.published_module()
    desk.published_run(module, seats_taken=9, starts_on=MONDAY.date().replace(month=1), ends_on=MONDAY.date().replace(month=6))

    assert services.withdraw_module(module.uuid, actor=desk.editor, at=MONDAY).state is Publication.WITHDRAWN


def test_what_a_module_contains_is_replaced_and_a_kind_that_stays_keeps_its_row(db, desk):
    module = desk.module()
    row = module.tags[0].id

    save(
        desk,
        module,
        "content",
        tags=(Contained(S, "Algebra."), Contained(D, "How it is taught.", "https://example.org/plan", Decimal("7.5"))),
    )

    kept = db.session.query(ContentTag).order_by(ContentTag.id).all()
    assert [(one.id, one.tag, one.sentence, one.credits) for one in kept] == [
        (row, S, "Algebra.", None),
        (row + 1, D, "How it is taught.", Decimal("7.5")),
    ]

    save(desk, module, "content", tags=(Contained(D, "How it is taught."),))
    assert [(one.tag, one.address, one.credits) for one in db.session.query(ContentTag)] == [(D, None, None)]


def test_a_part_cannot_have_more_credits_than_the_module(desk):
    module = desk.module()

    assert list(refused(lambda: save(desk, module, "content", tags=(Contained(S, "All.", None, Decimal("15.5")),)))) == [f"credits-{S}"]


def test_prerequisites_are_modules_by_code_and_credits_in_a_subject(db, desk):
    desk.module("MAT1")
    module = desk.module("MAT2")

    save(desk, module, "prerequisites", prerequisites=(Before(True, "mat1", row=1), Before(False, None, "matematikk", Decimal(30), row=2)))

    asked = db.session.query(Prerequisite).order_by(Prerequisite.id).all()
    assert [
        (one.required, one.required_module and one.required_module.code, one.subject and one.subject.code, one.credits) for one in asked
    ] == [
        (True, "MAT1", None, None),
        (False, None, "matematikk", Decimal(30)),
    ]


def test_saving_the_same_prerequisites_again_changes_nothing(db, desk):
    module = desk.module("MAT2")
    f.requires(module, desk.module("MAT1"))

    save(desk, module, "prerequisites")

    assert events(db, module) == []


def test_a_circle_of_prerequisites_is_refused_and_told_from_end_to_end(desk):
    one, two, three = desk.module("MAT1"), desk.module("MAT2"), desk.module("MAT3")
    f.requires(two, one)
    f.requires(three, two)

    errors = refused(lambda: save(desk, one, "prerequisites", prerequisites=(Before(True, "MAT3", row=4),)))

    assert errors == {"module-4": ["This goes in a circle: MAT1 → MAT3 → MAT2 → MAT1."]}


def test_a_module_does_not_ask_for_itself(desk):
    module = desk.module("MAT1")

    assert refused(lambda: save(desk, module, "prerequisites", prerequisites=(Before(True, "MAT1", row=1),))) == {
        "module-1": ["A module cannot ask for itself."]
    }


def test_a_prerequisite_that_nobody_knows_or_that_is_named_twice_is_refused(desk):
    desk.module("MAT1")
    module = desk.module("MAT2")

    unknown = refused(lambda: save(desk, module, "prerequisites", prerequisites=(Before(True, "NOR1", row=1),)))
    twice = refused(lambda: save(desk, module, "prerequisites", prerequisites=(Before(True, "MAT1", row=1), Before(False, "mat1", row=2))))

    assert unknown == {"module-1": ["No module has the code NOR1."]}
    assert twice == {"module-2": ["This is named twice."]}


def test_another_institutions_module_is_named_with_that_one_and_only_once_it_is_published(desk, neighbour):
    neighbour.published_module("NOR1")
    neighbour.module("NOR2")
    module = desk.module("MAT2")

    save(desk, module, "prerequisites", prerequisites=(Before(True, "UIB NOR1", row=1),))
    draft = refused(lambda: save(desk, module, "prerequisites", prerequisites=(Before(True, "UIB NOR2", row=1),)))

    assert [one.required_module.code for one in module.prerequisites] == ["NOR1"]
    assert list(draft) == ["module-1"]


def test_an_overlap_is_a_set_of_modules_and_its_credits(db, desk):
    one, two, three = desk.module("MGL2122"), desk.module("MGL2220"), desk.module("MGL2322")

    save(desk, one, "overlaps", overlaps=(Shared(("mgl2220", "MGL2322"), Decimal(15), "The study plan", row=1),))

    kept = db.session.query(OverlapSet).one()
    assert (set(kept.modules), kept.credits, kept.source) == ({one, two, three}, Decimal(15), "The study plan")
    assert two.overlaps == three.overlaps == [kept]


def test_an_overlap_keeps_its_identity_when_changed_and_is_gone_when_taken_away(db, desk):
    one, two = desk.module("MAT1"), desk.module("MAT2")
    kept = f.overlap("7.5", one, two)

    save(desk, one, "overlaps", overlaps=(Shared(("MAT2",), Decimal(10), uuid=kept.uuid, row=1),))
    assert [(row.uuid, row.credits) for row in db.session.query(OverlapSet)] == [(kept.uuid, Decimal(10))]

    save(desk, one, "overlaps", overlaps=())
    assert db.session.query(OverlapSet).all() == []


def test_a_module_named_twice_in_a_set_is_in_it_once_and_a_set_sent_twice_is_two(db, desk):
    one, two = desk.module("MAT1"), desk.module("MAT2")
    three = desk.module("MAT3")
    kept = f.overlap("5", one, two)

    lines = (Shared(("MAT2", "mat2"), Decimal(5), uuid=kept.uuid, row=1), Shared(("MAT3",), Decimal(5), uuid=kept.uuid, row=2))
    save(desk, one, "overlaps", overlaps=lines)

    rows = db.session.query(OverlapSet).order_by(OverlapSet.id).all()
    assert [set(row.modules) for row in rows] == [{one, two}, {one, three}]
    assert rows[0].uuid == kept.uuid


def test_an_overlap_is_never_larger_than_the_smallest_of_its_modules(desk):
    one = desk.module("MAT1")
    desk.module("MAT2", credits="7.5")

    errors = refused(lambda: save(desk, one, "overlaps", overlaps=(Shared(("MAT2",), Decimal(8), row=1),)))

    assert errors == {"credits-1": ["They cannot share more than the smallest of them has: MAT2 has 7.5 credits."]}


def test_an_overlap_names_known_other_modules_and_each_set_once(desk):
    one = desk.module("MAT1")
    desk.module("MAT2")

    def said(*names) -> dict:
        return refused(
            lambda: save(desk, one, "overlaps", overlaps=tuple(Shared(codes, Decimal(5), row=row) for row, codes in enumerate(names, 1)))
        )

    assert said(("NOR1",)) == {"modules-1": ["No module has the code NOR1."]}
    assert list(said(("MAT1",))) == ["modules-1"]
    assert said(("MAT2",), ("mat2",)) == {"modules-2": ["This is named twice."]}


def test_a_change_of_the_parts_alone_raises_the_version_of_the_module(desk):
    module = desk.module()
    before = module.version

    save(desk, module, "content", tags=(Contained(S, "Another sentence."),))

    assert module.version == before + 1


def test_a_change_of_what_a_published_module_contains_is_confirmed_first(db, desk):
    module = desk.published_module()

    with pytest.raises(ConfirmFirst):
        save(desk, module, "content", tags=(Contained(S, "Another sentence."),))

    assert [tag.sentence for tag in db.session.get(Module, module.id).tags] == ["Numbers are taught."]


def test_the_neighbours_module_is_not_there(desk, neighbour):
    theirs = neighbour.module()

    for attempt in (
        lambda: save(desk, theirs, "basics", title="Mine"),
        lambda: services.publish_module(theirs.uuid, actor=desk.editor, at=MONDAY),
        lambda: services.withdraw_module(theirs.uuid, actor=desk.editor, at=MONDAY),
        lambda: services.create_offering(theirs.uuid, {"semester": None, "semesters": 1}, actor=desk.editor, at=MONDAY),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_nobody_enrols_in_a_run_of_a_module_that_is_withdrawn(desk):
    module = desk.published_module()
    run = desk.published_run(module)
    services.withdraw_module(module.uuid, actor=desk.editor, at=MONDAY)

    with pytest.raises(NotFound):
        seats.enrol(run.uuid, actor=f.acting(f.teacher()), at=MONDAY)
