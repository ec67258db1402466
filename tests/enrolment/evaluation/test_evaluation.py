"""What participants think is kept as sums, shown from five on and five at a time, and leads to nobody."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import select

from accounts.models import Event, Role
from config.database import db as database
from config.errors import BadInput, NotFound
from enrolment.evaluation import queries, rules, services
from enrolment.evaluation.models import Answered, Question, Tally, Turnout
from enrolment.evaluation.values import Shown
from enrolment.results import services as results
from enrolment.results.values import Mark
from enrolment.seats import services as seats
from tests import factories as f
from tests.factories import MONDAY


@pytest.fixture
def run(db):
    for place, code in enumerate(("useful", "recommend")):
        db.session.add(Question(code=code, position=place, name_nb=f"Spørsmål {code}", valid_from=date(2026, 1, 1), source="test", confirmed=False))
    return f.offering(f.module(f.course(f.institution(), f.subject()), "MAT601", title="Tall"), seats=100, **f.UNDER_WAY)


@pytest.fixture
def completed(run):
    """Somebody new who has completed the run: gives the seat."""
    editor = f.acting(f.editor(run.module.institution))

    def made(name: str = "Lars Lærer"):
        seat = seats.enrol(run.uuid, actor=f.acting(f.teacher(name=name)), at=MONDAY)
        results.record_results(run.uuid, {seat.uuid: Mark.B}, actor=editor, at=MONDAY)
        return seat

    return made


def answer(seat, useful: int = 4, recommend: int = 5) -> None:
    services.answer(seat.uuid, {"useful": useful, "recommend": recommend}, actor=f.acting(seat.person), at=MONDAY)


def shown(run) -> list[tuple]:
    return [(question.code, said.counts) for question, said in queries.shown(run.id)]


def test_nothing_is_shown_of_four_answers_and_all_of_five(completed, run):
    for _time in range(4):
        answer(completed())
    before = shown(run)
    answer(completed(), useful=1)

    assert before == [("useful", (0, 0, 0, 0, 0)), ("recommend", (0, 0, 0, 0, 0))]
    assert shown(run) == [("useful", (1, 0, 0, 4, 0)), ("recommend", (0, 0, 0, 0, 5))]


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.lists(some.integers(1, 5), min_size=0, max_size=12))
def test_two_looks_never_differ_by_fewer_than_five_answers(values):
    seen, number, counts = [0], 0, 0
    for _value in values:
        number += 1
        counts = number if rules.is_step(number) else counts
        seen.append(counts)

    assert {after - before for before, after in zip(seen, seen[1:], strict=False)} <= {0, 5}


def test_six_answers_show_no_more_than_five(completed, run):
    for _time in range(6):
        answer(completed())

    assert (queries.turnout(run.id).answers, queries.turnout(run.id).shown, shown(run)[0][1]) == (6, 5, (0, 0, 0, 5, 0))


def test_no_row_anywhere_holds_both_who_and_what(completed, run):
    """Of two who answer differently, every row that is written is the same but for the sums and the mark that they have answered."""
    lars, kari = completed(), completed("Kari")
    names = {table.name for table in database.metadata.sorted_tables if _rows(table)}

    def written(seat, value: int) -> dict[str, set]:
        before = {table.name: set(map(repr, _rows(table))) for table in database.metadata.sorted_tables}
        answer(seat, value, value)
        return {table.name: new for table in database.metadata.sorted_tables if (new := set(map(repr, _rows(table))) - before[table.name])}

    first, second = written(lars, 1), written(kari, 5)

    assert names
    assert first.keys() == second.keys() == {"evaluation_tallies", "evaluation_turnouts", "evaluations_answered"}
    assert (first["evaluations_answered"], second["evaluations_answered"]) == ({repr((lars.id,))}, {repr((kari.id,))})
    assert not {column.name for model in (Tally, Turnout) for column in model.__table__.columns} & {"person_id", "enrolment_id", "at", "id", "uuid"}
    assert not [event for event in Event.query if event.kind == "evaluation"]


def _rows(table) -> list:
    return database.session.execute(select(table)).all()


def test_one_answers_once_and_only_for_what_one_has_completed(completed, run):
    lars = completed()
    answer(lars)
    with pytest.raises(services.AnsweredAlready):
        answer(lars, 1, 1)
    placed = seats.enrol(run.uuid, actor=f.acting(f.teacher(name="Kari")), at=MONDAY)
    with pytest.raises(NotFound):
        answer(placed)

    assert queries.turnout(run.id).answers == 1


@pytest.mark.parametrize("values", [{}, {"useful": 4}, {"useful": 4, "recommend": 6}, {"useful": 4, "recommend": 5, "other": 1}])
def test_an_answer_that_is_not_whole_changes_no_sum(completed, values):
    lars = completed()
    with pytest.raises(BadInput):
        services.answer(lars.uuid, values, actor=f.acting(lars.person), at=MONDAY)

    assert (Answered.query.count(), Tally.query.count()) == (0, 0)


def test_from_the_page_to_the_sums_that_the_institution_and_the_region_see(client, app, completed, run):
    region = f.region("vest", [f.county("46", "Vestland")], [run.module.institution])
    for _time in range(4):
        answer(completed())
    lars = completed()
    f.signed_in(client, lars.person)
    page = f"/me/enrolments/{lars.uuid}/evaluation"
    assert page in client.get("/me/enrolments").text
    missing = client.post(page, data={"useful": "3"})
    done = client.post(page, data={"useful": "3", "recommend": "1"}, follow_redirects=True)
    institution = f.signed_in(app.test_client(), f.editor(run.module.institution))
    coordinator = f.signed_in(app.test_client(), f.member(region.organisation_id, Role.COORDINATOR))

    assert (missing.status_code, "Choose an answer." in missing.text, 'value="3" checked' in missing.text) == (422, True, True)
    assert ("nobody can find it again" in done.text, page in client.get("/me/enrolments").text) == (True, False)
    for reader, start in ((institution, "/publish"), (coordinator, "/region")):
        assert f"/{run.uuid}" in reader.get(f"{start}/evaluations").text
    for text in (institution.get(f"/publish/offerings/{run.uuid}/evaluation").text, coordinator.get(f"/region/evaluations/{run.uuid}").text):
        assert ("5 answers are shown, of 5 who have completed it." in text, "<span>3.8</span>" in text, "<span>4.2</span>" in text, "Lars" in text) == (True, True, True, False)


def test_of_a_run_with_few_answers_it_says_so_and_it_stands_in_no_list(client, completed, run):
    answer(completed())
    f.signed_in(client, f.editor(run.module.institution))

    assert "A run is shown once 5 participants have answered." in client.get(f"/publish/offerings/{run.uuid}/evaluation").text
    assert str(run.uuid) not in client.get("/publish/evaluations").text


def test_a_region_sees_no_run_of_institutions_outside_it(client, completed, run):
    for _time in range(5):
        answer(completed())
    other = f.region("nord", [f.county("18", "Nordland")], [])
    f.signed_in(client, f.member(other.organisation_id, Role.COORDINATOR))

    assert str(run.uuid) not in client.get("/region/evaluations").text
    assert client.get(f"/region/evaluations/{run.uuid}").status_code == 404


@pytest.mark.parametrize(("counts", "mean"), [((0, 0, 0, 4, 1), Decimal("4.2")), ((5, 0, 0, 0, 0), Decimal("1.0")), ((0, 0, 0, 4, 0), None), ((0,) * 5, None)])
def test_the_mean_has_one_decimal_and_is_not_told_of_fewer_than_five(counts, mean):
    assert Shown("useful", counts).mean == mean


def test_the_list_asks_the_database_as_often_however_many_runs(client, run, count_queries):
    editor = f.editor(run.module.institution)
    f.signed_in(client, editor)
    counts = []
    for number in (1, 2):
        for _time in range(number):
            other = f.offering(run.module, **f.UNDER_WAY)
            database.session.add(Turnout(offering_id=other.id, answers=5, shown=5))
            for question in Question.query:
                database.session.add(Tally(offering_id=other.id, question_id=question.id, value=4, number=5, shown=5))
            database.session.commit()
        client.get("/publish/evaluations")
        with count_queries() as seen:
            client.get("/publish/evaluations")
        counts.append(len(seen))

    assert counts[0] == counts[1]
