"""The owner says yes, no, or thinks again: one case or many, on a fresh page or a stale one."""

from datetime import timedelta

import pytest

from accounts.models import Message
from config.errors import BadInput, NotFound, StaleEdit, StepRefused
from enrolment.applications.lifecycle import Employer
from enrolment.applications.models import Application
from enrolment.board import gates, queries
from enrolment.board.services import deciding, ranking
from enrolment.board.values import ExtraKind
from tests import factories
from tests.enrolment.board import scenes
from tests.enrolment.board.scenes import WITH_OWNER, visiting


def yes(scene, case, **known):
    [decided] = deciding.approve(case.uuid, **{"version": case.version, "scheme": "substitute", "actor": scene.bjorn, "at": WITH_OWNER} | known)
    return decided


def no(scene, case, **known):
    said = {"version": case.version, "reason": "no-money", "words": "Not this year.", "actor": scene.bjorn, "at": WITH_OWNER}
    [decided] = deciding.refuse(case.uuid, **said | known)
    return decided


def kinds(db, case) -> list[str]:
    return list(db.session.scalars(db.select(Message.kind).where(Message.person_id == case.person_id)))


def test_a_case_is_approved_with_a_scheme_the_teacher_listed_and_the_teacher_is_told(scene, db):
    case = yes(scene, scene.case())

    assert (case.employer, case.scheme.code, case.steps[-1].event) == (Employer.APPROVED, "substitute", "approve")
    assert kinds(db, case) == ["case-approved"]


def test_a_scheme_the_teacher_has_not_listed_is_refused(scene):
    with pytest.raises(BadInput):
        yes(scene, scene.case(), scheme="stipend")


def test_a_refusal_has_one_of_the_reasons_and_words_the_teacher_reads(scene, db):
    case = no(scene, scene.case())

    assert (case.employer, case.refusal.code, case.refusal_words) == (Employer.REFUSED, "no-money", "Not this year.")
    assert kinds(db, case) == ["case-refused"]
    with pytest.raises(BadInput):
        no(scene, scene.case(), reason="because")


def test_who_decides_on_a_stale_page_is_told_and_changes_nothing(scene):
    case = scene.case()
    seen = case.version
    yes(scene, case)

    with pytest.raises(StaleEdit):
        no(scene, case, version=seen, actor=scene.berit)
    assert case.employer is Employer.APPROVED


def test_what_was_written_on_a_stale_page_is_kept(client, scene, db):
    case = scene.case()
    seen, uuid = case.version, case.uuid
    yes(scene, case)

    answer = visiting(client, scene.berit).post(f"/owner/applications/{uuid}/refusal", data={"version": seen, "reason": "no-money", "words": "We have thought long about it."})

    assert answer.status_code == 409
    assert "Somebody has changed this application" in answer.text and "Approved" in answer.text


def test_who_is_overtaken_in_the_moment_of_writing_is_told_so_and_nothing_is_decided(client, scene, db, monkeypatch):
    case = scene.case()
    version, uuid = case.version, case.uuid

    def overtake(_case, _version) -> None:
        table = Application.__table__
        db.session.execute(table.update().values(version=table.c.version + 1))

    monkeypatch.setattr(gates, "require_fresh", overtake)
    answer = visiting(client, scene.bjorn).post(f"/owner/applications/{uuid}/approval", data={"version": version, "scheme": "substitute"})

    assert (answer.status_code, "somebody may have been faster" in answer.text) == (409, True)
    [stands] = db.session.scalars(db.select(Application))
    assert (stands.employer, kinds(db, stands)) == (Employer.WITH_OWNER, [])


@pytest.mark.parametrize("days", [-9, 7])
def test_outside_the_owners_days_nothing_is_decided(scene, days):
    with pytest.raises(gates.NotNow):
        yes(scene, scene.case(), at=WITH_OWNER + timedelta(days=days))


def test_the_last_day_ends_at_midnight_at_home(scene):
    first, second = scene.case(), scene.case()
    last = WITH_OWNER.replace(day=15, hour=22, minute=59, second=59)

    assert yes(scene, first, at=last).employer is Employer.APPROVED
    with pytest.raises(gates.NotNow):
        yes(scene, second, at=last + timedelta(seconds=1))


def test_what_is_decided_is_not_decided_again_without_being_taken_back(scene):
    case = yes(scene, scene.case())

    with pytest.raises(StepRefused):
        no(scene, case)


def test_a_decision_taken_back_gives_up_its_rank_and_those_below_move_up(scene, db):
    first, second, third = (yes(scene, scene.case()) for _number in range(3))
    ranking.rank_as_suggested("2027", scenes.FURTHER, whole=True, version=1, actor=scene.bjorn, at=WITH_OWNER)
    second = next(one for one in (first, second, third) if one.rank == 2)

    deciding.reconsider(second.uuid, version=second.version, why="A mistake.", actor=scene.bjorn, at=WITH_OWNER)

    assert (second.employer, second.rank, second.scheme_id) == (Employer.WITH_OWNER, None, None)
    assert sorted(row.case.rank for row in scene.board().ranked) == [1, 2]
    assert kinds(db, second) == ["case-approved", "case-reconsidered"]


def test_another_owners_case_is_not_there(scene):
    elsewhere = factories.owner(factories.municipality("4601", "Bergen"))
    case = scene.case(owner_id=elsewhere.organisation_id)

    with pytest.raises(NotFound):
        yes(scene, case)


def test_of_many_each_is_done_or_told_why_not(scene, db):
    fresh, stale, decided, bare = scene.case("Fresh"), scene.case("Stale"), scene.approved("Decided"), scene.case("Bare")
    bare.choices[0].scheme_id = None
    db.session.commit()
    ticked = {case.uuid: case.version for case in (fresh, stale, decided, bare)} | {stale.uuid: stale.version + 1}

    outcomes = {one.case.person.name: one.why for one in deciding.approve_many(ticked, actor=scene.bjorn, at=WITH_OWNER)}

    assert outcomes == {
        "Fresh": None, "Decided": "It is decided already.", "Bare": "The teacher has listed no scheme.",
        "Stale": "Somebody has changed this application since you opened the page. It is shown as it stands now; what you had written is kept below.",
    }  # fmt: skip
    assert [case.employer for case in (fresh, stale, decided, bare)] == [Employer.APPROVED, Employer.WITH_OWNER, Employer.APPROVED, Employer.WITH_OWNER]


def test_many_are_previewed_done_and_the_result_told(client, scene, db):
    cases = [scene.case("Kari"), scene.case("Ola")]
    ticked = [f"{case.uuid}:{case.version}" for case in cases]
    visitor = visiting(client, scene.bjorn)

    preview = visitor.post("/owner/rounds/2027/further/decisions/preview", data={"case": ticked, "action": "refuse"})
    lacking = visitor.post("/owner/rounds/2027/further/decisions", data={"case": ticked, "action": "refuse", "words": "No money at all"})
    done = visitor.post("/owner/rounds/2027/further/decisions", data={"case": ticked, "action": "refuse", "reason": "no-money", "words": "No money"})

    assert "Nothing has happened yet." in preview.text and preview.text.count("Refused</") == 2
    assert (lacking.status_code, "No money at all" in lacking.text) == (422, True)
    assert "2 refused" in done.text
    assert {case.employer for case in db.session.scalars(db.select(Application))} == {Employer.REFUSED}


def test_nothing_ticked_is_said(client, scene, db):
    scene.case()
    answer = visiting(client, scene.bjorn).post("/owner/rounds/2027/further/decisions/preview", data={"action": "approve"})

    assert (answer.status_code, "Tick at least one application." in answer.text) == (422, True)


def test_costs_beside_the_release_are_noted_with_their_day_changed_and_taken_away(scene):
    case = scene.case()
    deciding.note_extras(case.uuid, {ExtraKind.TRAVEL: 4_000_00, ExtraKind.LODGING: 6_000_00}, actor=scene.bjorn, at=WITH_OWNER)
    [row] = scene.board().rows
    assert (row.money.extra, row.money.ours) == (10_000_00, 110_000_00)

    deciding.note_extras(case.uuid, {ExtraKind.TRAVEL: 5_000_00, ExtraKind.LODGING: None}, actor=scene.bjorn, at=WITH_OWNER + timedelta(days=1))
    [kept] = queries.extras([case.id])[case.id]
    assert (kept.kind, kept.oere, kept.noted_on) == (ExtraKind.TRAVEL, 5_000_00, (WITH_OWNER + timedelta(days=1)).date())


def test_a_figure_that_is_none_comes_back_beside_its_field(client, scene, db):
    case = scene.case()
    answer = visiting(client, scene.bjorn).post(f"/owner/applications/{case.uuid}/costs", data={"travel": "some", "lodging": "kr 6 000"})

    assert answer.status_code == 422
    assert "Write whole kroner" in answer.text and 'value="kr 6 000"' in answer.text
