"""The teacher's pages of an application, from a phone at the kitchen table to the printed timeline."""

import re
from datetime import date

import pytest

from accounts.models import OrganisationKind, Role
from catalog.values import EnrolmentMode
from enrolment.applications import told
from enrolment.applications.lifecycle import CASE_LIFE, EMPLOYER_LIFE, MONEY_LIFE, Case, Employer, Money
from enrolment.applications.models import Application
from enrolment.applications.services import cases
from enrolment.applications.timeline import note, take
from enrolment.applications.values import Party, Reason, Track
from enrolment.applications.words import EVENTS
from enrolment.byhand.models import StudyPlan
from enrolment.rounds.models import RefusalReason
from enrolment.schools.models import Teacher
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment
from tests import factories as f
from tests.enrolment.applications.conftest import package_of

TODAY = f.MONDAY.date()


@pytest.fixture
def teacher(client, world):
    return f.signed_in(client, world.teacher)


def address(case, part: str = "") -> str:
    return f"/me/applications/{case.uuid}{part}"


def fresh(db, case) -> Application:
    db.session.expire_all()
    return db.session.get(Application, case.id)


def test_from_the_page_of_a_run_to_the_receipt(teacher, world, db):
    autumn, spring = world.packages[0]
    assert "Applied for in Søknadsrunde 2027, until 1 December 2026 at 23:59." in teacher.get(f"/offerings/{autumn.uuid}").text

    begun = teacher.post("/me/applications", data={"offering": str(autumn.uuid)})
    [case] = db.session.query(Application)
    chosen = case.choices[0]
    assert begun.location == address(case, "/choices")
    assert "Choice 1 in your application" in teacher.get(f"/offerings/{autumn.uuid}").text
    teacher.post(address(case, f"/choices/{chosen.uuid}"), data={"offering": [str(autumn.uuid), str(spring.uuid)], "scheme": "substitute", "also_part": "yes"})
    teacher.post(address(case, "/funding"), data={"employed": "yes", "supported": "no"})
    teacher.post(address(case, "/head"), data={"talked": "yes", "talked_on": "2026-11-20"})
    check = teacher.get(address(case, "/sending")).text
    assert ("the state pays 50 per cent, your employer 25, and 25 is your own time" in check, "Send the application" in check) == (True, True)

    sent = teacher.post(address(case, "/sending"))
    receipt = teacher.get(sent.location).text
    again = teacher.post(address(case, "/sending"))

    steps = re.findall(r"<li>([^<]+ by [^<]+)</li>", receipt)
    assert sent.location == again.location == address(case, "/receipt")
    assert steps == [
        "The head of Kampen skole says by 8 December 2026 whether the study is recommended.", "Stavanger kommune answers by 15 December 2026.",
        "You will hear by 11 January 2027 whether you get money and a seat.", "If you are offered a seat, you answer by 18 January 2027.",
    ]  # fmt: skip
    assert (fresh(db, case).state, case.choices[0].also_part, len(case.choices[0].runs)) == (Case.SENT, True, 2)


def test_the_page_of_a_course_offers_its_runs_as_one_package(teacher, world, db):
    page = teacher.get(f"/courses/HVL/{world.course.slug}").text
    assert "Apply for all of it" in page

    teacher.post("/me/applications", data={"offering": [str(run.uuid) for run in world.packages[0]]})

    assert [len(one.runs) for one in db.session.query(Application).one().choices] == [2]
    assert "Choice 1 in your application" in teacher.get(f"/courses/HVL/{world.course.slug}").text


def test_a_stranger_is_asked_to_sign_in_and_told_the_dates(client, world):
    page = client.get(f"/offerings/{world.packages[0][0].uuid}").text

    assert ("Sign in to apply" in page, "until 1 December 2026 at 23:59" in page) == (True, True)


def test_the_page_of_a_module_reads_the_rounds_once_for_all_its_runs(client, world, count_queries):
    run = world.packages[0][0]
    seen = []
    for more in (0, 2):
        for number in range(more):
            f.offering(run.module, semester=run.semester, mode=EnrolmentMode.ROUND, group_name=f"Gruppe {number}")
        with count_queries() as asked:
            page = client.get(f"/modules/HVL/{run.module.slug}").text
        assert page.count("Sign in to apply") == 1 + more
        seen.append(len(asked))
    assert seen[0] == seen[1]


def test_one_box_finds_a_school_by_name_municipality_and_number(teacher, world, db):
    case = world.begin()
    place = f.municipality("1108", "Sandnes", world.school.municipality.county)
    other = f.school(f.owner(place), place, "Ålgård skole")
    other.organisation.number = "974611562"
    db.session.commit()

    for typed in ("algard", "ålg sand", "SANDNES skole", "974611562"):
        assert "Ålgård skole" in teacher.get(address(case, "/school"), query_string={"q": typed}).text, typed
    assert "Sandnes kommune, at a school that is not listed" in teacher.get(address(case, "/school"), query_string={"q": "sandnes"}).text
    assert "No school has all of that" in teacher.get(address(case, "/school"), query_string={"q": "Atlantis"}).text
    assert teacher.post(address(case, "/school?q=sandnes"), data={}).status_code == 422
    teacher.post(address(case, "/school"), data={"workplace": str(other.organisation.uuid)})
    assert (fresh(db, case).school_id, case.owner_id) == (other.organisation_id, other.owner_id)
    teacher.post(address(case, "/school"), data={"workplace": str(world.school.owner.organisation.uuid)})
    assert (fresh(db, case).school_id, case.owner_id) == (None, world.school.owner_id)


def test_what_is_known_is_shown_and_not_asked(teacher, world):
    page = teacher.get(address(world.begin(), "/teaching")).text

    assert ("Matematikk, Grades 1–7" in page, 'name="why"' in page, page.count("<select")) == (True, True, 0)


def test_the_funding_check_answers_at_once_with_its_reason(teacher, world, db):
    case = world.begin()
    world.choose(case, 0)

    teacher.post(address(case, "/funding"), data={"employed": "yes", "supported": "yes"})

    assert "A teacher may have state money for one study in a study year." in teacher.get(address(case, "/funding")).text
    world.school.private = True
    db.session.commit()
    assert "Is the school approved under friskoleloven?" in teacher.get(address(case, "/funding")).text


def test_numbers_that_are_refused_come_back_as_they_were_typed(teacher, world, db):
    case = world.begin()
    first, second = world.choose(case, 0), world.choose(case, 1)
    sent = {"choice": [str(first.uuid), str(second.uuid)], "position": ["2", "2"]}

    refused = teacher.post(address(case, "/choices/order"), data=sent)

    assert refused.status_code == 422
    assert "Two choices have number 2. Give each a number of its own." in refused.text
    assert re.findall(r'id="position-[^"]+" name="position".*? value="(\d+)"', refused.text) == ["2", "2"]
    assert teacher.post(address(case, "/choices/order"), data=sent | {"position": ["first", "2"]}).status_code == 422
    assert teacher.post(address(case, "/choices/order"), data=sent | {"position": ["2", "1"]}).status_code == 302
    assert [one.id for one in fresh(db, case).ranked_choices] == [second.id, first.id]


def test_up_sent_twice_moves_one_step(teacher, world, db):
    world.packages.append(package_of(f.course(world.course.institution, world.course.subject, "Matematikk 3")))
    case = world.complete((0, 1, 2))
    last = case.ranked_choices[2]
    page = teacher.get(address(case, "/choices")).text
    assert '<input type="hidden" name="position" value="2">' in page

    for _time in range(2):
        teacher.post(address(case, f"/choices/{last.uuid}/position"), data={"position": "2"})

    assert fresh(db, case).ranked_choices[1].id == last.id


def test_the_studies_of_the_round_are_searched_whatever_the_letters(teacher, world):
    case = world.begin()
    f.offering(f.module(f.course(world.course.institution, world.course.subject, "Not of the round")))

    everything = teacher.get(address(case, "/choices/new")).text
    assert ("Matematikk 1" in everything, "Not of the round" in everything) == (True, False)
    assert "2 courses" in teacher.get(address(case, "/choices/new"), query_string={"q": "hogskulen MATEMATIKK"}).text
    assert "No study holds all of those words" in teacher.get(address(case, "/choices/new"), query_string={"q": "zzz"}).text
    assert teacher.post(address(case, "/choices"), data={}).status_code == 422


def test_a_study_elsewhere_keeps_what_was_typed_when_something_is_missing(teacher, world, db):
    case = world.begin()
    typed = {"institution": "NTNU", "title": "Fagdidaktikk", "credits": "7,3", "subject": "matematikk", "scheme": "stipend", "link": "javascript:alert(1)", "semester": "2026h", "semesters": "2"}

    refused = teacher.post(address(case, "/choices/elsewhere"), data=typed)
    assert (refused.status_code, 'value="Fagdidaktikk"' in refused.text, "Begin with https://" in refused.text) == (422, True, True)
    teacher.post(address(case, "/choices/elsewhere"), data=typed | {"credits": "7,5", "link": "https://ntnu.no/fag"})
    assert "NTNU, Autumn 2026 to spring 2027" in teacher.get(address(case, "/choices")).text


def test_the_effect_of_a_change_of_what_is_sent_is_shown_before_it_is_made(teacher, world, db):
    case = world.sent()
    second = case.ranked_choices[1]
    move = address(case, f"/choices/{second.uuid}/position")

    asked = teacher.post(move, data={"position": "1"})
    assert asked.status_code == 200
    assert "The head is asked about the changed application, by 8 December 2026 as before." in asked.text
    assert 'name="position" value="1"' in asked.text and 'name="confirmed" value="yes"' in asked.text
    assert fresh(db, case).ranked_choices[1].id == second.id
    teacher.post(move, data={"position": "1", "confirmed": "yes"})
    assert fresh(db, case).ranked_choices[0].id == second.id


def test_moving_to_another_employer_says_from_whom_to_whom(teacher, world, db):
    case = world.sent()
    place = f.municipality("1108", "Sandnes", world.school.municipality.county)
    other = f.school(f.owner(place), place, "Ganddal skole")

    asked = teacher.post(address(case, "/school"), data={"workplace": str(other.organisation.uuid)}).text

    assert "It moves from Stavanger kommune to Sandnes kommune, and Stavanger kommune can no longer decide on it." in asked


def test_a_teacher_who_has_said_another_school_since_is_told_where_the_application_lies(teacher, world, db):
    case = world.sent()
    place = f.municipality("1108", "Sandnes", world.school.municipality.county)
    other = f.school(f.owner(place), place, "Ganddal skole")
    db.session.get(Teacher, world.teacher.id).school_id = other.organisation_id
    db.session.commit()

    page = teacher.get(address(case)).text

    assert ("You have said that you work at Ganddal skole" in page, "This application still lies with Stavanger kommune." in page) == (True, True)


def test_a_choice_that_is_cancelled_is_told_and_removed_with_one_press(teacher, world, db):
    case = world.sent()
    gone = case.ranked_choices[0]
    world.packages[0][0].cancel("Too few")
    db.session.commit()

    page = teacher.get(address(case)).text
    assert "Choice 1 is no longer given: Matematikk 1" in page
    assert f"/choices/{gone.uuid}/removal" in page
    teacher.post(address(case, f"/choices/{gone.uuid}/removal"), data={"confirmed": "yes"})

    assert [(one.position, one.id != gone.id) for one in fresh(db, case).ranked_choices] == [(1, True)]
    assert "no longer given" not in teacher.get(address(case)).text


def test_withdrawing_says_what_it_means_and_keeps_everything(teacher, world, db):
    case = world.sent()
    assert "You can send it again until 1 December 2026 at 23:59." in teacher.get(address(case, "/withdrawal")).text

    teacher.post(address(case, "/withdrawal"))

    page = teacher.get(address(case)).text
    assert "You have withdrawn. You can send it again until 1 December 2026 at 23:59." in page
    assert (len(fresh(db, case).ranked_choices), "Check and send" in page) == (2, True)


def test_after_the_date_the_pages_can_be_read_and_a_form_says_that_it_is_too_late(teacher, world, app, db):
    case = world.complete()
    later = f.MONDAY.replace(month=12, day=2)
    app.config["CLOCK"] = lambda: later
    f.signed_in(teacher, world.teacher, later)

    page = teacher.get(address(case)).text
    late = teacher.post(address(case, "/sending"))

    assert "Not sent. The round closed for applications on 1 December 2026." in page
    assert (late.status_code, "could be changed until 1 December 2026 at 23:59" in late.text) == (409, True)


# What is told


def case_in(world, **states) -> Application:
    return f.application(world.teacher, world.cycle, world.packages[0], scheme=world.schemes[0], **states)


@pytest.mark.parametrize(
    ("states", "headline"),
    [
        ({"state": Case.DRAFT, "employer": Employer.NOT_SENT}, "Waiting for you: send it by 1 December 2026 at 23:59."),
        ({"employer": Employer.WITH_HEAD}, "Waiting for the head of Kampen skole, recommendation by 8 December 2026."),
        ({"employer": Employer.WITH_OWNER}, "Waiting for Stavanger kommune, answer by 15 December 2026."),
        ({"employer": Employer.APPROVED}, "Waiting for the national authority, answer by 11 January 2027."),
        ({"employer": Employer.APPROVED, "money": Money.FUNDED}, "Waiting for the national authority, answer by 11 January 2027."),
        ({"employer": Employer.APPROVED, "money": Money.UNFUNDED}, "No money is granted this year."),
        ({"employer": Employer.REFUSED, "refusal_words": "Next year."}, "Stavanger kommune has not approved it. The reason: Next year."),
        ({"employer": Employer.UNANSWERED}, "Not approved, because Stavanger kommune did not answer in time."),
    ],
    ids=str,
)
def test_the_headline_names_who_must_act_and_by_when(app, world, states, headline):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert told.headline(case_in(world, **states), TODAY) == headline


def test_a_date_that_has_passed_is_told_as_passed(app, world):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert told.headline(case_in(world), date(2026, 12, 16)) == "Waiting for Stavanger kommune, whose answer was due 15 December 2026."


def test_when_the_answer_is_given_and_no_seat_has_come_yet_the_institution_is_waited_for(app, world):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        said = told.headline(case_in(world, employer=Employer.APPROVED, money=Money.FUNDED), date(2027, 1, 12))

    assert said == "Money is granted. Waiting for the institution, admission by 25 January 2027."


@pytest.mark.parametrize(
    ("state", "tag", "says"),
    [
        (Seat.WAITING, "Waiting list", "You are number 1 of 1 on the waiting list."),
        (Seat.PLACED, "Seat confirmed", "You have a seat."),
        (Seat.OFFERED, "Seat offered", "A seat is yours if you answer by 17 January 2027 at 23:59."),
    ],
)
def test_the_seat_is_told_by_the_enrolment_of_the_choice_and_waiting_list_is_never_said_of_an_approval(teacher, world, db, state, tag, says):
    case = case_in(world, employer=Employer.APPROVED, money=Money.FUNDED)
    assert "Waiting list" not in teacher.get(address(case)).text
    run = world.packages[0][0]
    seat = Enrolment(
        person_id=world.teacher.id, offering_id=run.id, module_id=run.module_id, state=state, ticket=1, entered_at=f.MONDAY, reply_by=f.MONDAY.replace(year=2027, month=1, day=17, hour=23, minute=0)
    )
    db.session.add(seat)
    case.choices[0].runs[0].enrolment = seat
    db.session.commit()

    page = teacher.get(address(case)).text

    assert (tag in page, page.count(says) >= 2) == (True, True), "in the headline, and on the track"


def test_the_reason_of_a_refusal_is_read_with_the_way_on(teacher, world, db):
    reason = RefusalReason(code="no-money", position=1, name_nb="Ikke penger", name_en="No money this year", source="test")
    db.session.add(reason)
    db.session.commit()
    case = case_in(world, employer=Employer.REFUSED, refusal_id=reason.id, refusal_words="Try again.")

    page = teacher.get(address(case)).text

    assert ("No money this year: Try again." in page, "Find a study without the round" in page, "Not approved" in page) == (True, True, True)


def test_every_step_of_the_three_lives_has_words(app):
    lives = {Track.CASE: CASE_LIFE, Track.EMPLOYER: EMPLOYER_LIFE, Track.MONEY: MONEY_LIFE}

    assert {(track, event) for track, life in lives.items() for _state, event in life.steps} <= EVENTS.keys()


def test_each_party_reads_its_own_lines_of_the_one_timeline_and_institutions_no_names(app, world, db):
    case = case_in(world)
    take(case, Track.EMPLOYER, "approve", by=f.acting(f.member(world.school.owner_id, Role.OWNER, "Odd Eier")), at=f.MONDAY)
    note(case, Track.EMPLOYER, "rank", by=None, at=f.MONDAY, why="Number 2", read_by=(Party.OWNER, Party.UNION))
    db.session.commit()

    with app.test_request_context(headers={"Accept-Language": "en"}):
        read = {party: [(line.title, line.who) for line in told.timeline(case, party)] for party in (Party.TEACHER, Party.OWNER, Party.INSTITUTION)}

    approved = "Approved by the employer"
    assert read[Party.TEACHER] == [(approved, "Odd Eier, Stavanger kommune")]
    assert read[Party.OWNER] == [("rank", "Seksti"), (approved, "Odd Eier, Stavanger kommune")]
    assert read[Party.INSTITUTION] == [(approved, "Stavanger kommune")]


def test_what_was_said_in_confidence_is_read_by_those_it_concerns_alone(app, world, db):
    case = case_in(world)
    take(case, Track.EMPLOYER, "refuse", by=None, at=f.MONDAY, why="She is often ill.", reason="no-money")
    take(case, Track.MONEY, "find not eligible", by=None, at=f.MONDAY, why="Paid already.", reason=Reason.SUPPORTED)
    note(case, Track.SEAT, "interrupt", by=None, at=f.MONDAY, why="Expecting a child.")
    note(case, Track.EMPLOYER, "remark", by=None, at=f.MONDAY, why="Should stand higher.", read_by=(Party.OWNER, Party.UNION))
    db.session.commit()

    with app.test_request_context(headers={"Accept-Language": "en"}):
        texts = {party: "\n".join(line.text for line in told.timeline(case, party)) for party in Party}
    said = {party: tuple(word in text for word in ("often ill", "Paid already", "one study in a study year", "child", "higher")) for party, text in texts.items()}

    assert said == {
        Party.TEACHER: (True, True, True, True, False), Party.HEAD: (True, True, True, True, False), Party.OWNER: (True, True, True, True, True),
        Party.UNION: (False, False, False, False, True), Party.INSTITUTION: (False,) * 5, Party.AUTHORITY: (False, True, True, False, False),
    }  # fmt: skip


def shared(world) -> dict:
    """Everybody who shares a case, those with a role in it and those with the same role elsewhere; a seat has come of it."""
    case, run = world.sent(), world.packages[0][0]
    seat = Enrolment(person_id=case.person_id, offering_id=run.id, module_id=run.module_id, state=Seat.PLACED, ticket=1, entered_at=f.MONDAY)
    case.ranked_choices[0].runs[0].enrolment = seat
    f.db.session.commit()
    place = f.municipality("4601", "Bergen")
    other = f.owner(place)
    bodies = {Role.HEAD: (case.school_id, f.school(other, place).organisation_id)} | dict.fromkeys((Role.OWNER, Role.UNION), (case.owner_id, other.organisation_id))
    mine = {role: f.member(body, role, f"Own {role}") for role, (body, _other) in bodies.items()} | {Role.EDITOR: f.editor(run.module.institution)}
    mine[Role.AUTHORITY] = f.member(f.organisation(OrganisationKind.AUTHORITY, "The directorate").id, Role.AUTHORITY, "Eva")
    others = [f.member(body, role, f"Other {role}") for role, (_own, body) in bodies.items()] + [f.editor(f.institution("UiB", "Universitetet i Bergen")), world.teacher]
    return {"case": case, "mine": mine, "others": others}


def test_every_party_prints_the_one_timeline_and_nobody_elses(client, world):
    there = shared(world)
    path = f"/applications/{there['case'].uuid}/timeline"

    pages = {role: f.signed_in(client, person).get(path) for role, person in there["mine"].items()}
    assert {role: (page.status_code, "Application: Application sent" in page.text) for role, page in pages.items()} == dict.fromkeys(there["mine"], (200, True))
    assert [f.signed_in(client, person).get(path).status_code for person in there["others"]] == [404, 404, 404, 404, 403]


def test_each_party_finds_the_way_to_it(client, world):
    there = shared(world)
    case, run, path = there["case"], world.packages[0][0], f"/applications/{there['case'].uuid}/timeline"
    ways = {
        Role.HEAD: f"/school/applications/{case.uuid}", Role.OWNER: f"/owner/applications/{case.uuid}", Role.UNION: f"/union/rounds/{world.cycle.code}/further",
        Role.EDITOR: f"/publish/offerings/{run.uuid}/participation",
    }  # fmt: skip

    assert {role: path in f.signed_in(client, there["mine"][role]).get(way).text for role, way in ways.items()} == dict.fromkeys(ways, True)


def test_the_timeline_is_printed_on_a_page_of_its_own(teacher, world):
    page = teacher.get(address(world.sent(), "/timeline")).text

    assert ("Application: Application sent" in page, "Money: The state may pay" in page, "Employer: Sent to the head" in page) == (True, True, True)


def test_a_line_stands_on_the_teachers_own_page(teacher, world):
    world.sent()

    assert "Waiting for the head of Kampen skole, recommendation by 8 December 2026." in teacher.get("/me/progress").text


def test_the_list_asks_the_same_number_of_questions_for_one_case_and_for_three(teacher, world, count_queries):
    world.sent()
    with count_queries() as one:
        assert teacher.get("/me/applications").status_code == 200
    for number in range(2):
        cycle = f.cycle(f"another-{number}", study_year=2026)
        f.application(world.teacher, cycle, *world.packages, scheme=world.schemes[0])
    with count_queries() as three:
        page = teacher.get("/me/applications")

    assert page.text.count("<article") == 3
    assert len(three) == len(one)


def test_a_plan_by_hand_is_applied_for_term_by_term(teacher, world, db):
    run = world.packages[0][1]
    teacher.post("/me/plans", data={"subject": "matematikk", "goal": "30", "offering": str(run.uuid)})
    plan = db.session.query(StudyPlan).one()
    assert "Put the one study of a round in an application" in teacher.get(f"/me/plans/{plan.uuid}/columns/2027v/application").text

    teacher.post("/me/applications", data={"offering": str(run.uuid)})

    assert [one.runs[0].offering_id for one in db.session.query(Application).one().choices] == [run.id]
