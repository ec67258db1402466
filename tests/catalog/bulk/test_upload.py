"""A file sent in: what is new, changed, the same and refused; and what is saved of it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from accounts.models import Event, Message
from catalog import version
from catalog.bulk import services, upserting
from catalog.bulk.services.uploads import PreviewPassed
from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Course, Module, Offering
from catalog.publishing import signals
from catalog.values import Delivery, EnrolmentMode, Grades, Semester, Strand, Tag, Term
from config.database import db as database
from config.errors import NotFound
from enrolment.seats import services as seats
from tests import factories as f
from tests.catalog.bulk.conftest import differences, told, why
from tests.catalog.publishing.conftest import edit
from catalog.publishing import services as publishing

WHOLE = {
    "studiekode": "KFK-MAT", "course_title": "Matematikk 1, 1–7", "course_credits": "30", "course_summary": "Tall og form.", "for_whom": "Lærere på 1–7.",
    "emnekode": "MAT1A-17", "tittel": "Tall og algebra", "studiepoeng": "15", "fag": "Matematikk", "trinn": "1.-7. trinn", "språk": "bokmål",
    "omtale": "Om tall.", "kunnskap": "Kjenner tall.", "ferdigheter": "Kan undervise.", "generell kompetanse": "Tar ansvar.",
    "opptakskrav": "Lærerutdanning.", "vurderingsform": "Mappe.", "fagdidaktikk": "5 sp: Emnet tek opp fagdidaktikk – og meir.",
    "semester": "Høst 2027", "undervisningsform": "nettbasert med samlinger", "progresjon": "deltid", "sted": "Bergen", "pris": "0", "opptak": "direkte",
    "kapasitet": "35", "minste antall": "12", "åpner": "01.03.2027", "søknadsfrist": "15.04.2027", "venteliste stenger": "01.08.2027",
    "oppstart": "20.08.2027", "sluttdato": "2027-12-15",
}  # fmt: skip


def module(code: str) -> Module:
    return database.session.scalars(select(Module).where(Module.code == code)).one()


def runs() -> list[Offering]:
    return list(database.session.scalars(select(Offering).order_by(Offering.semester, Offering.id)))


def test_a_row_begins_a_course_a_module_and_a_run_as_drafts_with_all_that_it_says(desk, saved):
    report = saved(WHOLE)

    assert [(row.outcome.value, row.begun) for row in report.rows] == [("new", ("course", "module", "offering"))]
    made, (run,) = module("MAT1A-17"), runs()
    assert (made.course.title, made.course.code, made.course.credits, made.course.for_whom) == ("Matematikk 1, 1–7", "KFK-MAT", 30, "Lærere på 1–7.")
    assert (made.course.subject, made.course.language, made.course.strand) == (desk.subject, "nb", Strand.FURTHER)
    assert (made.title, made.credits, made.subject, made.grades, made.admission) == ("Tall og algebra", 15, desk.subject, Grades.of(range(1, 8)), "Lærerutdanning.")
    assert [(row.tag, row.sentence, row.credits) for row in made.tags] == [(Tag.DIDACTICS, "Emnet tek opp fagdidaktikk – og meir.", Decimal(5))]
    assert (run.semester, run.delivery, run.part_time, run.place, run.fee_oere) == (Semester(2027, Term.AUTUMN), Delivery.BLENDED, True, "Bergen", 0)
    assert (run.mode, run.seats, run.minimum) == (EnrolmentMode.DIRECT, 35, 12)
    assert (run.opens_on, run.apply_by, run.starts_on, run.ends_on) == (date(2027, 3, 1), date(2027, 4, 15), date(2027, 8, 20), date(2027, 12, 15))
    assert (made.course.state, made.state, run.state) == (Publication.DRAFT, Publication.DRAFT, Run.DRAFT)
    assert (made.gaps, made.course.gaps) == ([], [])


def test_the_same_file_again_is_the_same(saved, desk):
    saved(WHOLE)

    assert told(saved(WHOLE)) == ["same"]
    assert database.session.scalar(select(func.count(Module.id))) == 1


def test_a_preview_saves_nothing(db, desk, sent):
    _upload, report = sent(WHOLE)

    assert told(report) == ["new"]
    assert [db.session.scalar(select(func.count()).select_from(table)) for table in (Course, Module, Offering)] == [0, 0, 0]
    assert db.session.scalar(select(func.count(Event.id)).where(Event.kind == "module")) == 0


def test_a_change_is_told_field_by_field_with_what_it_was_and_what_it_becomes(desk, sent):
    run = desk.run(desk.module("MAT601", title="Tall"))

    _upload, report = sent({"kode": "MAT601", "tittel": "Tall og algebra", "studiepoeng": "7,5", "semester": "vår 2027", "plasser": "30"})

    assert told(report) == ["changed"]
    assert differences(report) == [
        ("module", "title", "Tall", "Tall og algebra"),
        ("module", "credits", "15 credits", "7.5 credits"),
        ("offering", "seats", "20", "30"),
    ]
    assert (run.seats, run.module.title) == (20, "Tall")


def test_an_empty_cell_leaves_what_is_there(desk, saved):
    run = desk.run(desk.module("MAT601"))

    report = saved({"kode": "MAT601", "tittel": "", "studiepoeng": "-", "semester": "vår 2027", "plasser": "", "omtale": "Ny omtale."})

    assert [name for _thing, name, _before, _after in differences(report)] == ["summary"]
    assert (run.seats, run.module.credits, run.module.summary) == (20, 15, "Ny omtale.")


def test_the_good_rows_are_saved_and_nothing_of_the_refused_ones(desk, saved):
    report = saved(
        {"code": "MAT1", "course": "Matematikk 1", "title": "Tall", "credits": "15", "semester": "høst 2027"},
        {"code": "MAT2", "course": "Matematikk 2", "title": "Form", "credits": "7,3", "semester": "høst 2027"},
        {"code": "MAT3", "course": "Matematikk 3", "title": "Sjanse", "credits": "15", "semester": "høst 2027", "seats": "5", "minimum": "9"},
    )

    assert told(report) == ["new", "refused", "refused"]
    assert why(report) == [
        (3, "credits", "Credits are whole or halves between 0 and 300; “7,3” is not."),
        (4, "minimum", "At least 9 must take part, but there are only 5 seats."),
    ]
    assert database.session.scalars(select(Course.title)).all() == ["Matematikk 1"]
    assert database.session.scalars(select(Module.code)).all() == ["MAT1"]


def test_every_field_that_is_wrong_in_a_row_is_told(desk, sent):
    _upload, report = sent({"code": "MAT1", "title": "a" * 201, "credits": "15-30", "semester": "høst 2027", "apply by": "31.02.2027"})

    assert [(line, field) for line, field, _sentence in why(report)] == [(2, "title"), (2, "credits")]


def test_what_teachers_see_is_changed_as_by_hand_with_its_event_version_and_news(desk, saved):
    run = desk.published_run()
    news, before = [], run.version
    with signals.offering_changed.connected_to(lambda offering, changes, **_: news.append((offering.uuid, dict(changes)))):
        saved({"code": run.module.code, "semester": "vår 2027", "last day": "2027-06-20"})

    assert news == [(run.uuid, {"ends_on": (date(2027, 6, 15), date(2027, 6, 20))})]
    assert run.version > before
    event = database.session.scalars(select(Event).where(Event.subject_uuid == run.uuid).order_by(Event.id.desc())).first()
    assert (event.event, event.facts) == ("edit", {"section": "dates", "changes": {"ends_on": ["2027-06-15", "2027-06-20"]}})


def test_whoever_has_a_seat_is_told_of_a_change_of_dates(desk, saved):
    run = desk.published_run()
    lars = f.teacher()
    seats.enrol(run.uuid, actor=f.acting(lars), at=f.MONDAY)

    report = saved({"code": run.module.code, "semester": "vår 2027", "starts": "2027-02-08"})

    assert (report.seats, report.waiting) == (1, 0)
    told_by_hand = database.session.scalars(select(Message.kind).where(Message.person_id == lars.id)).all()
    assert told_by_hand != []


def test_seats_are_not_lowered_under_those_who_have_them(desk, sent):
    run = desk.published_run(seats=2, minimum=0)
    for name in ("Lars", "Kari"):
        seats.enrol(run.uuid, actor=f.acting(f.teacher(name=name)), at=f.MONDAY)

    _upload, report = sent({"code": run.module.code, "semester": "vår 2027", "seats": "1"})

    assert why(report) == [(2, "seats", "2 seats are taken, so there cannot be only 1.")]


def test_a_change_in_sight_may_not_open_a_gap(desk, sent):
    made = desk.published_module("MAT601")

    _upload, report = sent({"code": "MAT601", "credits": "10"})

    assert why(report) == [(2, "short_reason", "Why fewer than 15 credits: teachers can see this, so it cannot be left out.")]
    assert made.credits == 15


def test_two_rows_of_one_module_are_two_runs(desk, saved):
    report = saved({"code": "MAT1", "title": "Tall", "semester": "høst 2027"}, {"code": "mat1", "title": "Tall", "semester": "vår 2028"})

    assert [row.begun for row in report.rows] == [("module", "offering"), ("offering",)]
    assert [run.semester.code for run in runs()] == ["2027h", "2028v"]


def test_runs_of_one_semester_are_told_apart_by_place(desk, saved):
    rows = [{"code": "MAT1", "title": "Tall", "semester": "høst 2027", "place": place} for place in ("Bergen", "Førde")]

    assert told(saved(*rows)) == ["new", "new"]
    assert told(saved(*rows)) == ["same", "same"]
    assert [run.place for run in runs()] == ["Bergen", "Førde"]


def test_a_row_that_fits_several_runs_is_refused(desk, saved, sent):
    saved(*({"code": "MAT1", "title": "Tall", "semester": "høst 2027", "place": place} for place in ("Bergen", "Førde")))

    _upload, report = sent({"code": "MAT1", "semester": "høst 2027", "seats": "20"})

    assert why(report) == [(2, "semester", "The module has several runs in this semester. Give the place, or the id that the download gives.")]


def test_a_run_that_stands_twice_is_refused_with_the_line_of_the_first(desk, saved):
    report = saved({"code": "MAT1", "title": "Tall", "semester": "høst 2027"}, {"code": "MAT1", "title": "Tall", "semester": "H2027"})

    assert (told(report), why(report)) == (["new", "refused"], [(3, "", "The same as line 2.")])


def test_a_code_that_stands_twice_with_another_title_is_refused(desk, saved):
    report = saved({"code": "MAT1", "title": "Tall", "semester": "høst 2027"}, {"code": "MAT1", "title": "Form", "semester": "vår 2028"})

    assert (told(report), why(report)) == (["new", "refused"], [(3, "title", "Line 2 says something else of the same.")])
    assert [run.semester.code for run in runs()] == ["2027h"]


def test_a_code_that_stands_twice_with_another_title_is_refused_where_the_module_is_there_already(desk, saved):
    desk.module("MAT1", title="Tall")

    report = saved({"code": "MAT1", "title": "Tall", "semester": "høst 2027"}, {"code": "MAT1", "title": "Form", "semester": "vår 2028"})

    assert why(report) == [(3, "title", "Line 2 says something else of the same.")]


def test_another_institutions_code_id_and_name_are_refused(desk, neighbour, sent):
    theirs = neighbour.published_run(neighbour.published_module("NOR1"))

    _upload, report = sent(
        {"code": "UIB NOR1", "title": "Norsk"},
        {"id": str(theirs.uuid), "code": "NOR1", "title": "Norsk"},
        {"code": "NOR2", "title": "Norsk", "institution": "UIB"},
    )

    assert why(report) == [
        (2, "module_code", "UIB NOR1 is another institution’s module."),
        (3, "id", "Your institution has nothing with this id. Leave it empty for something new."),
        (4, "institution", "The row is of “UIB”. You can only change what is HVL’s own."),
    ]


def test_the_same_code_at_another_institution_is_a_module_of_ones_own(desk, neighbour, saved):
    theirs = neighbour.published_module("NOR1", title="Norsk hos naboen")

    assert told(saved({"code": "NOR1", "title": "Norsk hos oss"})) == ["new"]
    assert theirs.title == "Norsk hos naboen"


def test_a_formula_is_never_worked_out(desk, sent):
    _upload, report = sent(content=b"code;title;credits\r\nMAT1;=HYPERLINK(1);=10+5\r\n")

    assert why(report) == [(2, field, "The cell holds a formula. Write what it comes to.") for field in ("title", "credits")]


def test_an_id_and_a_code_of_different_modules_are_refused(desk, sent):
    run = desk.run(desk.module("MAT1"))

    _upload, report = sent({"id": str(run.uuid), "code": "MAT2"})

    assert why(report) == [(2, "module_code", "The id is of MAT1, but the code is MAT2.")]


def test_by_its_id_a_run_is_moved_to_another_place_and_semester(desk, saved):
    run = desk.run(desk.module("MAT1"), place="Bergen", starts_on=None, ends_on=None, apply_by=None, opens_on=None, queue_closes_on=None)

    report = saved({"id": str(run.uuid), "code": "MAT1", "place": "Førde", "semester": "høst 2027"})

    assert told(report) == ["changed"]
    assert (run.place, run.semester.code, len(runs())) == ("Førde", "2027h", 1)


def test_a_run_without_semester_and_a_row_without_code_say_so(desk, sent):
    _upload, report = sent({"code": "MAT1", "title": "Tall", "seats": "20"}, {"code": "", "title": "Form", "seats": "20"})

    assert why(report) == [(2, "semester", "Say in which semester the run begins."), (3, "module_code", "The row has no code for the module.")]


def test_a_cancelled_run_is_not_changed(desk, sent):
    run = desk.published_run()
    publishing.cancel_offering(run.uuid, "For få", actor=desk.editor, at=f.MONDAY)

    _upload, report = sent({"id": str(run.uuid), "code": run.module.code, "seats": "30"})

    assert why(report) == [(2, "", "This run is cancelled and can no longer be changed.")]


def test_a_course_that_several_have_the_title_of_is_asked_about(desk, sent):
    for _time in range(2):
        desk.course(title="Matematikk 1")

    _upload, report = sent({"code": "MAT1", "title": "Tall", "course": "Matematikk 1"})

    assert why(report) == [(2, "course_title", "You have several courses called “Matematikk 1”. Give the code of the one you mean.")]


def test_a_course_is_found_by_its_code_and_called_something_else(desk, saved):
    course = desk.course(title="Matematikk 1", code="KFK1")

    report = saved({"studiekode": "kfk1", "course": "Matematikk for småtrinnet", "code": "MAT1", "title": "Tall"})

    assert [row.begun for row in report.rows] == [("module",)]
    assert (course.title, [module.code for module in course.modules]) == ("Matematikk for småtrinnet", ["MAT1"])


def test_a_confirmation_of_something_that_has_changed_since_shows_it_anew_and_saves_nothing(desk, sent):
    run = desk.run(desk.module("MAT601"))
    upload, seen = sent({"code": "MAT601", "semester": "vår 2027", "seats": "30"})
    publishing.edit_offering(run.uuid, edit(run, "seats", seats=25), actor=desk.editor, at=f.MONDAY)

    with pytest.raises(PreviewPassed):
        services.carry_out_upload(upload.uuid, seen.mark, actor=desk.editor, at=f.MONDAY)

    assert run.seats == 25
    assert differences(services.preview_upload(upload.uuid, actor=desk.editor, at=f.MONDAY)) == [("offering", "seats", "25", "30")]


def test_confirming_twice_saves_once(desk, sent):
    upload, seen = sent({"code": "MAT1", "title": "Tall", "semester": "høst 2027"})

    first, second = (services.carry_out_upload(upload.uuid, seen.mark, actor=desk.editor, at=f.MONDAY) for _time in range(2))

    assert (first.counts, first.drafts) == (second.counts, second.drafts)
    assert (len(runs()), upload.content) == (1, None)


def test_an_import_interrupted_half_way_is_completed_by_running_it_again(desk, sent, monkeypatch):
    rows = [{"code": f"MAT{number}", "title": "Tall", "semester": "høst 2027"} for number in range(1, 6)]
    upload, seen = sent(*rows)
    calls = []

    def stop_at_the_third(*arguments, **known):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return begin(*arguments, **known)

    begin = upserting.begin_module
    monkeypatch.setattr(upserting, "begin_module", stop_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        services.carry_out_upload(upload.uuid, seen.mark, actor=desk.editor, at=f.MONDAY)
    database.session.rollback()
    monkeypatch.setattr(upserting, "begin_module", begin)

    assert told(services.carry_out_upload(upload.uuid, seen.mark, actor=desk.editor, at=f.MONDAY)) == ["new"] * 5
    _upload, again = sent(*rows)
    assert told(again) == ["same"] * 5


def test_another_institutions_upload_does_not_exist(desk, neighbour, sent):
    upload, seen = sent({"code": "MAT1", "title": "Tall"})

    for use in (lambda: services.preview_upload(upload.uuid, actor=neighbour.editor, at=f.MONDAY),
                lambda: services.carry_out_upload(upload.uuid, seen.mark, actor=neighbour.editor, at=f.MONDAY)):  # fmt: skip
        with pytest.raises(NotFound):
            use()


def test_the_catalogue_is_told_of_a_change_though_a_refused_row_came_first(desk, saved):
    desk.module("MAT1")
    before = version.current()

    saved({"code": "MAT1", "course": "Nytt studium", "credits": "7,3"}, {"code": "MAT1", "summary": "Ny."})

    assert version.current() > before


def test_a_file_is_forgotten_after_a_week(desk, sent, db):
    sent({"code": "MAT1", "title": "Tall"})

    assert [services.forget_old(f.MONDAY + timedelta(days=days)) for days in (6, 8)] == [0, 1]
