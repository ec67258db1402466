"""What the institution records: by form and by file, its own participants only."""

import io
import re
from datetime import date
from uuid import uuid4

import openpyxl
import pytest
from sqlalchemy import select

from accounts.models import Event, Message
from config.csv_out import harmless
from config.errors import BadInput, NotFound
from enrolment.results import services
from enrolment.results.values import Mark
from enrolment.seats.models import Result
from enrolment.seats import services as seats
from enrolment.seats.lifecycle import Seat
from tests import factories as f
from tests.factories import MONDAY


@pytest.fixture
def run(db):
    return f.offering(f.module(f.course(f.institution(), f.subject()), code="MAT601"), **f.UNDER_WAY)


def participant(run, name: str = "Lars Lærer"):
    return seats.enrol(run.uuid, actor=f.acting(f.teacher(name=name)), at=MONDAY)


def editor_of(run):
    return f.acting(f.editor(run.module.institution))


def path(run, rest: str) -> str:
    return f"/publish/offerings/{run.uuid}/{rest}"


def test_a_pass_completes_the_seat_and_is_told(db, run):
    lars = participant(run)

    recorded = services.record_results(run.uuid, {lars.uuid: Mark.B}, actor=editor_of(run), at=MONDAY)

    assert (recorded, lars.state, lars.result.mark) == (1, Seat.COMPLETED, Mark.B)
    assert db.session.scalars(select(Message.kind).where(Message.person_id == lars.person_id)).all() == ["result-recorded"]


def test_a_correction_keeps_one_result_and_leaves_an_event_with_both_marks(db, run):
    lars, editor = participant(run), editor_of(run)
    services.record_results(run.uuid, {lars.uuid: Mark.F}, actor=editor, at=MONDAY)

    services.record_results(run.uuid, {lars.uuid: Mark.C}, actor=editor, at=MONDAY, why="Feil i sensuren")

    assert db.session.scalars(select(Result.mark)).all() == [Mark.C]
    events = db.session.scalars(select(Event).where(Event.kind == "result").order_by(Event.id)).all()
    assert [(row.event, row.from_state, row.to_state, row.why) for row in events] == [("record", None, "F", None), ("correct", "F", "C", "Feil i sensuren")]
    assert db.session.scalars(select(Message.kind).where(Message.person_id == lars.person_id).order_by(Message.id)).all() == ["result-recorded", "result-corrected"]


def test_a_correction_says_why_and_what_was_chosen_is_kept_where_it_does_not(client, run):
    lars = participant(run)
    services.record_results(run.uuid, {lars.uuid: Mark.F}, actor=editor_of(run), at=MONDAY)
    f.signed_in(client, f.editor(run.module.institution))
    refused = client.post(path(run, "results"), data={f"mark-{lars.uuid}": "C"})
    corrected = client.post(path(run, "results"), data={f"mark-{lars.uuid}": "C", "why": "Feil i sensuren"}, follow_redirects=True)

    assert (refused.status_code, "Say why a mark is corrected." in refused.text, '<option value="C" selected>' in refused.text) == (422, True, True)
    assert "from F to C." in corrected.text
    assert "Feil i sensuren" in corrected.text
    assert "Feil i sensuren" in f.signed_in(client, lars.person).get(f"/me/enrolments/{lars.uuid}").text


def test_the_same_form_twice_saves_once_and_a_grade_for_somebody_not_enrolled_is_refused(client, db, run):
    lars, other = participant(run), seats.enrol(f.offering(run.module, semester=f.AUTUMN).uuid, actor=f.acting(f.teacher(name="Kari")), at=MONDAY)
    f.signed_in(client, f.editor(run.module.institution))
    said = [client.post(path(run, "results"), data={f"mark-{lars.uuid}": "B"}, follow_redirects=True).text for _time in range(2)]
    stranger = client.post(path(run, "results"), data={f"mark-{other.uuid}": "A"})

    assert ("1 result is saved." in said[0], "0 results are saved." in said[1], stranger.status_code) == (True, True, 422)
    assert db.session.scalars(select(Result.mark)).all() == [Mark.B]


def test_the_list_comes_as_a_workbook_too_and_can_be_read_in_again(client, run):
    lars = participant(run, "=Lars")
    f.signed_in(client, f.editor(run.module.institution))
    content = client.get(path(run, "participants.xlsx")).data
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert [(cell.value, cell.data_type) for cell in sheet[2]][:2] == [(str(lars.uuid), "s"), ("'=Lars", "s")]
    sheet["D2"] = "B"
    filled = io.BytesIO()
    sheet.parent.save(filled)

    answer = client.post(path(run, "results/file"), data={"file": (io.BytesIO(filled.getvalue()), "marks.xlsx")})
    assert (answer.status_code, '<option value="B" selected>' in answer.text) == (200, True)


def test_the_same_mark_again_changes_nothing(db, run):
    lars, editor = participant(run), editor_of(run)
    services.record_results(run.uuid, {lars.uuid: Mark.PASS}, actor=editor, at=MONDAY)

    assert services.record_results(run.uuid, {lars.uuid: Mark.PASS}, actor=editor, at=MONDAY) == 0


def test_before_the_run_has_begun_no_result_is_recorded_and_the_page_says_from_when(client, db, run):
    ahead = f.offering(run.module, semester=f.AUTUMN, starts_on=date(2027, 8, 20), ends_on=None)
    lars = participant(ahead)
    with pytest.raises(services.NotBegun, match="begins on 20 August 2027"):
        services.record_results(ahead.uuid, {lars.uuid: Mark.A}, actor=editor_of(ahead), at=MONDAY)
    f.signed_in(client, f.editor(run.module.institution))

    page = client.get(path(ahead, "participants"))
    sent = client.post(path(ahead, "results"), data={f"mark-{lars.uuid}": "A"})
    file = client.post(path(ahead, "results/file"), data={"file": (io.BytesIO(b"x"), "marks.csv")})

    assert ("Results can be recorded from then on." in page.text, "Save results" in page.text, f"mark-{lars.uuid}" in page.text) == (True, False, False)
    assert [(one.status_code, "The run begins on 20 August 2027." in one.text) for one in (sent, file)] == [(422, True), (409, True)]
    assert db.session.query(Result).count() == 0


@pytest.mark.parametrize(("starts_on", "semester", "begun"), [(date(2026, 11, 24), f.SPRING, False), (date(2026, 11, 23), f.SPRING, True), (None, f.SPRING, False), (None, None, True)])
def test_a_run_has_begun_from_its_first_day_at_home_that_of_its_semester_where_it_states_none(db, run, starts_on, semester, begun):
    one = f.offering(run.module, starts_on=starts_on, semester=semester, ends_on=None)
    lars = participant(one)

    if begun:
        assert services.record_results(one.uuid, {lars.uuid: Mark.A}, actor=editor_of(one), at=MONDAY) == 1
    else:
        with pytest.raises(services.NotBegun):
            services.record_results(one.uuid, {lars.uuid: Mark.A}, actor=editor_of(one), at=MONDAY)


def test_another_institutions_run_does_not_exist(db, run):
    lars, stranger = participant(run), f.acting(f.editor(f.institution("UiB", "Universitetet i Bergen")))

    with pytest.raises(NotFound):
        services.record_results(run.uuid, {lars.uuid: Mark.A}, actor=stranger, at=MONDAY)


def test_a_result_for_somebody_who_does_not_take_part_saves_none_of_them(db, run):
    lars = participant(run)

    with pytest.raises(BadInput):
        services.record_results(run.uuid, {lars.uuid: Mark.A, uuid4(): Mark.B}, actor=editor_of(run), at=MONDAY)

    assert db.session.scalars(select(Result)).all() == []


def test_marks_are_saved_from_the_page(client, run):
    lars, kari = participant(run), participant(run, "Kari Lærer")
    f.signed_in(client, f.editor(run.module.institution))

    answer = client.post(path(run, "results"), data={f"mark-{lars.uuid}": "A", f"mark-{kari.uuid}": ""}, follow_redirects=True)

    assert answer.status_code == 200
    assert "1 result is saved." in answer.text
    assert (lars.state, kari.state) == (Seat.COMPLETED, Seat.PLACED)


def test_a_mark_that_does_not_exist_is_refused_and_nothing_is_saved(client, db, run):
    lars = participant(run)
    f.signed_in(client, f.editor(run.module.institution))

    answer = client.post(path(run, "results"), data={f"mark-{lars.uuid}": "G"})

    assert answer.status_code == 422
    assert db.session.scalars(select(Result)).all() == []


def test_a_file_fills_in_the_page_and_saves_nothing_before_it_has_been_seen(client, db, run):
    lars = participant(run)
    f.signed_in(client, f.editor(run.module.institution))
    listed = client.get(path(run, "participants.csv"))
    filled = listed.data.decode("utf-8-sig").replace("Kampen skole;", "Kampen skole;bestått")

    answer = client.post(path(run, "results/file"), data={"file": (io.BytesIO(filled.encode("cp1252")), "marks.csv")})

    assert answer.status_code == 200
    assert "Not saved yet" in answer.text
    assert re.search(r'<option value="pass" selected>', answer.text)
    assert db.session.scalars(select(Result)).all() == []
    assert lars.state is Seat.PLACED


def test_rows_of_a_file_that_cannot_be_used_are_named_with_line_and_reason(client, run):
    lars = participant(run)
    f.signed_in(client, f.editor(run.module.institution))
    text = f"reference,name,mark\n{lars.uuid},Lars,A\n{lars.uuid},Lars,B\n{uuid4()},Nobody,C\n{lars.uuid},Lars,Z\n"

    answer = client.post(path(run, "results/file"), data={"file": (io.BytesIO(text.encode()), "marks.csv")})

    assert answer.status_code == 422
    assert "The same participant stands on line 2." in answer.text
    assert "Nobody in this run has the reference" in answer.text
    assert "Not saved yet" in answer.text


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "marks.csv", "is empty"),
        (b"\x89PNG\r\n\x1a\n", "marks.csv", "not a table"),
        (b"who,what\nLars,A\n", "marks.csv", "must have the columns"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused_by_a_sentence(client, run, content, name, sentence):
    participant(run)
    f.signed_in(client, f.editor(run.module.institution))

    answer = client.post(path(run, "results/file"), data={"file": (io.BytesIO(content), name)})

    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_workbook_is_read_too(client, run):
    lars = participant(run)
    f.signed_in(client, f.editor(run.module.institution))
    book = openpyxl.Workbook()
    book.active.append(["Referanse", "Karakter"])
    book.active.append([str(lars.uuid), "C"])
    file = io.BytesIO()
    book.save(file)
    file.seek(0)

    answer = client.post(path(run, "results/file"), data={"file": (file, "karakterer.xlsx")})

    assert answer.status_code == 200
    assert re.search(r'<option value="C" selected>', answer.text)


@pytest.mark.parametrize("cell", ["=1+1", "+47 99 99 99 99", "-2", "@SUM(A1)", "\tx", "\rx"])
def test_a_cell_that_a_spreadsheet_would_run_is_sent_as_text(cell):
    assert harmless(cell) == f"'{cell}"


def test_another_institutions_participants_are_404(client, run):
    f.signed_in(client, f.editor(f.institution("UiB", "Universitetet i Bergen")))

    assert [client.get(path(run, page)).status_code for page in ("participants", "participants.csv")] == [404, 404]
    assert client.post(path(run, "results"), data={}).status_code == 404


def test_the_list_of_participants_costs_the_same_queries_for_one_and_for_three(client, run, count_queries):
    f.signed_in(client, f.editor(run.module.institution))
    participant(run)
    with count_queries() as one:
        client.get(path(run, "participants"))
    participant(run)
    participant(run)
    with count_queries() as three:
        client.get(path(run, "participants"))

    assert len(one) == len(three)


def test_a_run_that_is_over_stands_on_the_work_list_until_everybody_has_a_result(client, db, run):
    lars = participant(run)
    run.ends_on = date(2026, 6, 15)
    db.session.commit()
    editor = f.editor(run.module.institution)
    f.signed_in(client, editor)

    before = client.get("/publish").text
    services.record_results(run.uuid, {lars.uuid: Mark.B}, actor=f.acting(editor), at=MONDAY)

    assert "1 participant without a result" in before
    assert "without a result" not in client.get("/publish").text


def test_a_completed_study_that_a_round_gave_stands_on_the_timeline_of_its_case(run, db):
    lars = participant(run)
    case = f.application(lars.person, f.cycle(), [run], scheme=f.scheme())
    case.choices[0].runs[0].enrolment_id = lars.id
    db.session.commit()

    services.record_results(run.uuid, {lars.uuid: Mark.B}, actor=editor_of(run), at=MONDAY)

    assert [(one.track, one.event) for one in case.steps] == [("seat", "complete")]
