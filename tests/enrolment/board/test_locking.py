"""A locked list changes by no route, no service and no statement; two people open it again; what was locked is kept."""

import inspect
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from config.errors import NotAllowed, NotFound, Refusal
from enrolment.applications import timeline
from enrolment.applications.lifecycle import Case, Employer
from enrolment.applications.models import Application
from enrolment.applications.values import Track
from enrolment.board import gates, rules
from enrolment.board.models import ListLock
from enrolment.board.services import advising, clock, cooperating, deciding, ranking
from enrolment.board.values import ExtraKind
from tests.enrolment.board.scenes import FURTHER, WITH_OWNER, visiting

ROUND = "2027"
COLUMNS = ("rank", "rank_reason", "employer", "scheme_id", "refusal_id", "refusal_words", "decided_at", "version")


def lock(scene, at=WITH_OWNER) -> ListLock:
    return ranking.lock(ROUND, FURTHER, version=scene.board().list.version, actor=scene.bjorn, at=at)


@pytest.fixture
def locked(scene):
    """A list of two approved and one refused, locked."""
    scene.staff(lacking=2, meeting=1)
    scene.approved("First", rank=1), scene.approved("Second", rank=2)
    deciding.refuse(scene.case("No").uuid, version=1, reason="no-money", words="No.", actor=scene.bjorn, at=WITH_OWNER)
    lock(scene)
    return scene


def stands(db) -> list[tuple]:
    db.session.rollback()
    return sorted(map(tuple, db.session.execute(db.select(Application.id, *(getattr(Application, name) for name in COLUMNS)))))


def lists(db, scene) -> tuple:
    known = scene.board().list
    return known.budget_oere, known.work_year_oere, known.state_places, known.sharing, known.lock.digest, known.lock.rows


def test_a_list_is_locked_as_it_stands_with_its_digest(locked):
    kept = locked.board().list.lock

    assert [(row["rank"], row["name"], row["decision"]) for row in kept.rows] == [(1, "First", "approved"), (2, "Second", "approved"), (None, "No", "refused")]
    assert kept.digest == rules.digest(kept.rows)
    assert (kept.rows[0]["state_oere"], kept.rows[0]["owner_oere"]) == (200_000_00, 100_000_00)


def test_nothing_is_locked_while_something_is_undecided_unranked_or_unexplained(scene):
    scene.case("Waits")
    scene.approved("Unranked")
    scene.approved("Odd", rank=1, teaches=False), scene.approved("Needs", rank=2)

    with pytest.raises(Refusal) as refused:
        lock(scene)
    assert str(refused.value) == "1 application is not decided. 1 approved application has no number. 1 deviation from the criteria lacks its reason."


def _cases(scene) -> dict[str, Application]:
    return {row.case.person.name: row.case for row in scene.board().rows}


def _attempts(scene) -> dict:
    """Each use case of the board, tried on the locked list by its owner."""
    cases = _cases(scene)
    first, no = cases["First"], cases["No"]
    known = {"actor": scene.bjorn, "at": WITH_OWNER}
    on_list = {"version": scene.board().list.version} | known
    return {
        deciding.approve: lambda: deciding.approve(no.uuid, version=no.version, scheme="substitute", **known),
        deciding.refuse: lambda: deciding.refuse(first.uuid, version=first.version, reason="no-money", words="No.", **known),
        deciding.reconsider: lambda: deciding.reconsider(first.uuid, version=first.version, why="Why not.", **known),
        deciding.approve_many: lambda: deciding.approve_many({no.uuid: no.version}, **known),
        deciding.refuse_many: lambda: deciding.refuse_many({first.uuid: first.version}, reason="no-money", words="No.", **known),
        deciding.note_extras: lambda: deciding.note_extras(first.uuid, {ExtraKind.TRAVEL: 100}, **known),
        ranking.rank: lambda: ranking.rank(ROUND, FURTHER, {str(first.uuid): 2}, {str(first.uuid): "So."}, **on_list),
        ranking.rank_as_suggested: lambda: ranking.rank_as_suggested(ROUND, FURTHER, whole=True, **on_list),
        ranking.set_budget: lambda: ranking.set_budget(ROUND, FURTHER, budget=1, work_year=1, state_places=1, **known),
        ranking.set_sharing: lambda: ranking.set_sharing(ROUND, FURTHER, words="Share!", how=None, **known),
        ranking.lock: lambda: ranking.lock(ROUND, FURTHER, **on_list),
        ranking.ask_to_unlock: lambda: ranking.ask_to_unlock(ROUND, FURTHER, why="A mistake.", **known),
        ranking.unlock: lambda: ranking.unlock(ROUND, FURTHER, **known),
        advising.recommend: lambda: advising.recommend(first.uuid, version=first.version, yes=False, words="No.", actor=scene.head, at=WITH_OWNER),
        advising.remark: lambda: advising.remark(ROUND, FURTHER, words="Unfair.", case=first.uuid, actor=scene.union, at=WITH_OWNER),
        advising.accept_sharing: lambda: advising.accept_sharing(uuid4(), actor=scene.bjorn, at=WITH_OWNER),
        advising.follow_up: lambda: advising.follow_up(uuid4(), words="Done.", **known),
        cooperating.give_deputy: lambda: cooperating.give_deputy(scene.head.person_uuid, first=WITH_OWNER.date(), last=WITH_OWNER.date(), **known),
        cooperating.end_deputy: lambda: cooperating.end_deputy(uuid4(), **known),
        cooperating.ask_to_cooperate: lambda: cooperating.ask_to_cooperate(uuid4(), **known),
        cooperating.accept_to_cooperate: lambda: cooperating.accept_to_cooperate(uuid4(), **known),
        cooperating.end_cooperation: lambda: cooperating.end_cooperation(uuid4(), **known),
        clock.tend: lambda: clock.tend(WITH_OWNER + timedelta(days=300)),
    }  # fmt: skip


def _use_cases() -> set:
    """Every public function of the services of the board."""
    found = [one for module in (deciding, ranking, advising, cooperating, clock) for one in vars(module).values()]
    own = {one for one in found if inspect.isfunction(one) and not one.__name__.startswith("_") and ".board.services." in one.__module__}
    return own - {deciding.outcomes_of}


def test_a_locked_list_changes_by_no_use_case(locked, db):
    attempts = _attempts(locked)
    assert _use_cases() == set(attempts)
    before, kept = stands(db), lists(db, locked)
    for act in _attempts(locked).values():
        try:
            act()
        except Refusal:
            db.session.rollback()
        assert stands(db) == before
    assert lists(db, locked) == kept


def test_a_locked_list_changes_by_no_route(app, client, locked, db):
    cases = _cases(locked)
    first, version = cases["First"], locked.board().list.version
    before, kept, tried = stands(db), lists(db, locked), 0
    sent = {
        "version": version, "scheme": "substitute", "reason": "no-money", "words": "So.", "why": "So.", "travel": "5", "budget": "1", "whole": "yes", "action": "refuse",
        "case": [f"{one.uuid}:{one.version}" for one in cases.values()], f"rank-{first.uuid}": "2", f"reason-{first.uuid}": "So.", "answer": "no", "up": str(cases["Second"].uuid),
    }  # fmt: skip
    for actor in (locked.bjorn, locked.berit, locked.head, locked.union):
        visitor = visiting(client, actor)
        for rule in app.url_map.iter_rules():
            if "POST" in rule.methods and rule.rule.startswith(("/owner/rounds", "/owner/applications", "/union", "/school")):
                for case in cases.values():
                    whole = sent | ({"version": case.version} if "case" in rule.arguments else {})
                    schema = {name: whole[name] for name in _asked(rule.endpoint, first)}
                    path = rule.rule.replace("<code>", ROUND).replace("<strand>", "further").replace("<uuid:case>", str(case.uuid)).replace("<uuid:lock>", str(uuid4()))
                    if rule.endpoint != "ranking.unlock":
                        visitor.post(path, data=schema)
                        tried += 1
                    assert stands(db) == before, rule.rule
    assert lists(db, locked) == kept
    assert tried > 100


def _asked(endpoint: str, first) -> tuple[str, ...]:
    """What the form of an endpoint holds, so that it is the lock that refuses and not the form."""
    return {
        "board.approve": ("version", "scheme"), "board.refuse": ("version", "reason", "words"), "board.reconsider": ("version", "why"), "board.note_extras": ("travel",),
        "board.preview": ("case", "action"), "board.decide_many": ("case", "action", "reason", "words"), "ranking.suggest": ("version", "whole"),
        "ranking.rank": ("version", f"rank-{first.uuid}", f"reason-{first.uuid}"), "ranking.budget": ("budget",), "ranking.set_sharing": ("words",), "ranking.lock": ("version",),
        "ranking.ask_to_unlock": ("why",), "union.remark": ("words",), "school.recommend": ("version", "answer", "words"),
    }.get(endpoint, ())  # fmt: skip


@pytest.mark.parametrize("values", [{"rank": 9}, {"rank": None}, {"rank_reason": "So."}, {"employer": Employer.REFUSED}, {"scheme_id": None}, {"refusal_words": "So."}])
def test_the_database_itself_refuses_a_statement_that_changes_a_locked_list(locked, db, values):
    first = _cases(locked)["First"]

    with pytest.raises(DBAPIError, match="the list is locked"):
        db.session.execute(update(Application).where(Application.id == first.id).values(**values))
    db.session.rollback()


def test_the_database_itself_keeps_a_snapshot(locked, db):
    with pytest.raises(DBAPIError, match="a snapshot never changes"):
        db.session.execute(update(ListLock).values(digest="0"))
    db.session.rollback()
    with pytest.raises(DBAPIError, match="a snapshot never changes"):
        db.session.execute(update(ListLock).values(rows=[]))
    db.session.rollback()


def test_a_teacher_may_withdraw_from_a_locked_list_and_the_snapshot_stands(locked, db):
    case, digest = _cases(locked)["First"], locked.board().list.lock.digest
    timeline.take(case, Track.EMPLOYER, "withdraw", by=None, at=WITH_OWNER)
    timeline.take(case, Track.CASE, "withdraw", by=None, at=WITH_OWNER)
    case.rank = None
    db.session.commit()

    assert case.state is Case.WITHDRAWN
    assert (locked.board().list.lock.digest, len(locked.board().list.lock.rows)) == (digest, 3)


def test_it_takes_two_to_open_a_list_before_the_authoritys_last_day(locked):
    known = {"at": WITH_OWNER + timedelta(days=8)}  # after the owner's own last day
    with pytest.raises(Refusal):
        ranking.unlock(ROUND, FURTHER, actor=locked.berit, **known)
    ranking.ask_to_unlock(ROUND, FURTHER, why="Two were swapped.", actor=locked.bjorn, **known)
    with pytest.raises(NotAllowed):
        ranking.unlock(ROUND, FURTHER, actor=locked.bjorn, **known)
    opened = ranking.unlock(ROUND, FURTHER, actor=locked.berit, **known)

    assert (opened.unlock_why, opened.unlocked_by_id, locked.board().list.lock) == ("Two were swapped.", locked.berit.person_id, None)
    second = _cases(locked)["Second"]
    ranking.rank(ROUND, FURTHER, {str(second.uuid): 1}, {}, version=locked.board().list.version, actor=locked.bjorn, **known)
    assert locked.board().ranked[0].case.person.name == "Second"


def test_after_the_authoritys_last_day_a_list_stays_locked(locked):
    with pytest.raises(gates.NotNow):
        ranking.ask_to_unlock(ROUND, FURTHER, why="Too late.", actor=locked.bjorn, at=WITH_OWNER + timedelta(days=10))


def test_a_list_that_was_opened_can_be_locked_again_and_both_are_kept(locked, client):
    ranking.ask_to_unlock(ROUND, FURTHER, why="Why.", actor=locked.bjorn, at=WITH_OWNER)
    ranking.unlock(ROUND, FURTHER, actor=locked.berit, at=WITH_OWNER)
    second = lock(locked, at=WITH_OWNER + timedelta(hours=1))

    page = visiting(client, locked.bjorn).get("/owner/rounds/2027/further/ranking").text
    assert page.count("/owner/locks/") == 3  # both, and the one that holds once more in the notice
    assert second.digest == locked.board().list.lock.digest


def test_the_snapshot_is_shown_and_sent_as_csv_and_pdf_to_owner_and_union_alone(locked, client):
    kept = locked.board().list.lock
    base, digest = f"/owner/locks/{kept.uuid}", kept.digest
    for actor in (locked.bjorn, locked.union):
        visitor = visiting(client, actor)
        page, csv, pdf = visitor.get(base), visitor.get(f"{base}.csv"), visitor.get(f"{base}.pdf")
        assert digest in page.text and "Second" in page.text
        assert csv.text.splitlines()[1].startswith("1;First;Kampen skole;Matematikk;")
        assert len(csv.text.splitlines()) == 4
        head, first = (csv.text.splitlines()[line].split(";") for line in (0, 1))
        told = dict(zip([one.strip("\ufeff\"") for one in head], first, strict=True))
        assert (told["Teaches it without the credits"], told["Uncovered at the school"], told["Credits now → after"]) == ("Yes", "2 of 3", "0 → 30")
        assert "«No.»" in csv.text.splitlines()[3]
        assert pdf.data.startswith(b"%PDF-") and b"First" not in pdf.data[:20]
    assert visiting(client, locked.head).get(base).status_code == 403


def test_another_owners_snapshot_is_not_there(locked):
    from enrolment.board import queries

    with pytest.raises(NotFound):
        queries.own_lock(locked.bjorn, uuid4())
