"""What the owner decides of one of those who apply together is decided of them all, or of none."""

import pytest

from accounts.models import Message
from config.errors import BadInput
from enrolment.applications import groups
from enrolment.applications.lifecycle import Case, Employer
from enrolment.board import queries
from enrolment.board.services import deciding, ranking
from tests import factories
from tests.enrolment.board.scenes import FURTHER, WITH_OWNER, visiting


@pytest.fixture
def three(scene) -> list:
    """Of whom one still waits for the head; and somebody who applies alone."""
    cases = [scene.case("Kari"), scene.case("Ola", employer=Employer.WITH_HEAD), scene.case("Siv")]
    scene.case("Alone")
    scene.together(*cases)
    return cases


def approve(scene, case):
    return deciding.approve(case.uuid, version=case.version, scheme="substitute", actor=scene.bjorn, at=WITH_OWNER)


def messages(db, kind: str) -> int:
    return db.session.query(Message).filter_by(kind=kind).count()


def where(scene) -> dict[str, Employer]:
    return {row.case.person.name: row.case.employer for row in scene.board().rows}


def test_one_approval_is_of_all_with_the_same_scheme_and_each_is_told(scene, three, db):
    decided = approve(scene, three[1])

    assert {one.person.name for one in decided} == {"Kari", "Ola", "Siv"}
    assert decided[0] == three[1]
    assert {(one.employer, one.scheme.code, one.steps[-1].event) for one in three} == {(Employer.APPROVED, "substitute", "approve")}
    assert (messages(db, "case-approved"), where(scene)["Alone"]) == (3, Employer.WITH_OWNER)


def test_one_refusal_is_of_all_for_the_same_reason(scene, three, db):
    deciding.refuse(three[0].uuid, version=three[0].version, reason="no-money", words="Not this year.", actor=scene.bjorn, at=WITH_OWNER)

    assert {(one.employer, one.refusal.code, one.refusal_words) for one in three} == {(Employer.REFUSED, "no-money", "Not this year.")}
    assert messages(db, "case-refused") == 3


def test_a_decision_is_taken_back_of_all_and_those_below_move_up(scene, three):
    approve(scene, three[0])
    alone = next(row.case for row in scene.board().rows if row.case.person.name == "Alone")
    approve(scene, alone)
    ranking.rank("2027", FURTHER, {str(one.uuid): number for number, one in enumerate((*three, alone), 1)}, {}, version=scene.board().list.version, actor=scene.bjorn, at=WITH_OWNER)

    taken = deciding.reconsider(three[2].uuid, version=three[2].version, why="A mistake.", actor=scene.bjorn, at=WITH_OWNER)

    assert {(one.person.name, one.employer, one.rank) for one in taken} == {(name, Employer.WITH_OWNER, None) for name in ("Kari", "Ola", "Siv")}
    assert [(row.case.person.name, row.case.rank) for row in scene.board().ranked] == [("Alone", 1)]


def test_nobody_is_decided_where_one_of_them_cannot_be(scene, three, db):
    three[2].choices[0].scheme_id = scene.stipend.id
    db.session.commit()

    with pytest.raises(BadInput):
        approve(scene, three[0])
    db.session.rollback()
    assert (set(where(scene).values()), messages(db, "case-approved")) == ({Employer.WITH_OWNER, Employer.WITH_HEAD}, 0)


@pytest.mark.parametrize("facts", [{"state": Case.DRAFT, "employer": Employer.NOT_SENT}, {"employer": Employer.REFUSED}])
def test_whoever_has_not_sent_or_is_told_otherwise_already_is_left_as_they_are(scene, facts):
    first, second = scene.case("Kari"), scene.case("Ola", **facts)
    scene.together(first, second)

    assert approve(scene, first) == [first]
    assert (first.employer, second.employer) == (Employer.APPROVED, facts["employer"])


def test_whoever_has_left_the_group_is_decided_alone(scene, three, db):
    group = groups.group_of(three[0])
    group.fellows[2].state = "left"
    db.session.commit()

    assert len(approve(scene, three[0])) == 2
    assert where(scene)["Siv"] is Employer.WITH_OWNER


def test_of_many_a_group_is_done_once_whole_or_left_whole(scene, three, db):
    other, stale = scene.case("Other"), scene.case("Stale")
    scene.together(other, stale)
    ticked = {three[0].uuid: three[0].version, three[2].uuid: three[2].version, other.uuid: other.version, stale.uuid: stale.version + 1}

    outcomes = {one.case.person.name: one.why is None for one in deciding.approve_many(ticked, actor=scene.bjorn, at=WITH_OWNER)}

    assert outcomes == {"Kari": True, "Ola": True, "Siv": True, "Other": False, "Stale": False}
    assert where(scene) == {name: Employer.APPROVED for name in ("Kari", "Ola", "Siv")} | {name: Employer.WITH_OWNER for name in ("Other", "Stale", "Alone")}
    assert messages(db, "case-approved") == 3


def test_the_pages_say_whom_it_holds_for_before_and_after(client, scene, three, db):
    visitor, ticked = visiting(client, scene.bjorn), f"{three[0].uuid}:{three[0].version}"
    case = visitor.get(f"/owner/applications/{three[0].uuid}").text
    board = visitor.get("/owner/rounds/2027/further").text
    preview = visitor.post("/owner/rounds/2027/further/decisions/preview", data={"case": [ticked], "action": "approve"}).text
    done = visitor.post("/owner/rounds/2027/further/decisions", data={"case": [ticked], "action": "approve"}).text

    assert "Applies together with Ola and Siv. What you decide holds for all of them." in case
    assert board.count("Together with 2 colleagues") == 3
    assert (preview.count("Approved with"), "Applies together with Kari and Siv." in preview, "Alone" in preview) == (3, True, False)
    assert ("3 approved" in done, "withdrawn meanwhile" in done) == (True, False)
    alone = next(row.case for row in scene.board().rows if row.case.person.name == "Alone")
    answer = visitor.post(f"/owner/applications/{alone.uuid}/approval", data={"version": alone.version, "scheme": "substitute"}, follow_redirects=True)
    assert "Alone is told that you approve." in answer.text
    taken = visitor.post(f"/owner/applications/{three[0].uuid}/reconsideration", data={"version": three[0].version, "why": "A mistake."}, follow_redirects=True)
    assert "The decision is taken back, and Kari, Ola and Siv are told so." in taken.text


def test_the_board_asks_as_much_for_three_groups_as_for_one(scene, count_queries, db):
    def group() -> None:
        scene.together(scene.case(), scene.case())

    group()
    db.session.expire_all()
    with count_queries() as few:
        scene.board()
    group()
    group()
    db.session.expire_all()
    with count_queries() as many:
        rows = scene.board().rows

    assert [len(row.together) for row in rows] == [1] * 6
    assert len(many) == len(few)


def test_another_owner_decides_nothing_of_the_group(scene, three):
    stranger = factories.acting(factories.member(factories.owner(factories.municipality("4601", "Bergen")).organisation_id, factories.Role.OWNER, "Anne"))

    assert queries.lists_of(stranger, [one.uuid for one in three]) == []
    assert deciding.approve_many({one.uuid: one.version for one in three}, actor=stranger, at=WITH_OWNER) == []
