"""The demonstration: marked as made up, and true to the rules that real rows keep."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from babel.messages.pofile import read_po
from sqlalchemy import func, select

from accounts.models import Membership, Message, Person, Role
from catalog.institutions.models import Institution
from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Course, Module, Offering
from catalog.offers.rules import Stage, stage
from catalog.places.models import Municipality, Region
from catalog.publishing.rules import date_problems
from catalog.publishing.values import Meeting
from catalog.values import EnrolmentMode, Band, Delivery, Semester, Strand, Term
from config import database
from config.clock import day_of, start_of
from config.settings import ROOT
from demo.people import AUTHORITY, LEADS, sign_in_lines
from demo.registers import RegistersMissing
from demo.runs import TOWNS
from demo.seed import counts, seed
from enrolment.progress import account
from enrolment.progress.lifecycle import Claim
from enrolment.progress.models import PriorCredit
from enrolment.schools.models import School, SchoolOwner, Teacher
from enrolment.seats import queries, services
from enrolment.seats.lifecycle import SEAT_LIFE, Seat
from enrolment.seats.models import Enrolment, Result
from tests import factories
from tests.demo.conftest import TODAY, import_real_catalogue

COMING = [Semester(2027, Term.SPRING), Semester(2027, Term.AUTUMN), Semester(2028, Term.SPRING), Semester(2028, Term.AUTUMN)]


DAYS = ("semester", "semesters", "starts_on", "ends_on", "opens_on", "apply_by", "queue_closes_on")


def somebody(key: str) -> Person:
    name = next(lead.name for lead in LEADS if lead.key == key)
    return database.db.session.scalars(select(Person).where(Person.name == name, Person.story.is_not(None))).one()


def run_of(institution: str, code: str, semester: Semester) -> Offering:
    found = select(Offering).join(Offering.module).where(Module.code == code, Offering.semester == semester, Offering.made_up)
    return next(run for run in database.db.session.scalars(found) if run.module.institution.code == institution)


# Made when it can be


def test_it_needs_no_real_modules(registers, db):
    made = seed("s", TODAY)

    assert not made.already
    assert made.counts["modules"] == 100
    assert made.counts["runs"] == 201


def test_without_registers_it_is_refused_and_nothing_is_kept(db):
    with pytest.raises(RegistersMissing, match="flask --app wsgi registers load"):
        seed("s", TODAY)

    db.session.rollback()
    assert counts() == {"people": 0, "courses": 0, "modules": 0, "runs": 0, "enrolments": 0}


@pytest.mark.parametrize("today", [date(2026, 12, 31), date(2027, 1, 1), date(2027, 3, 25), date(2027, 7, 31), date(2027, 8, 1)], ids=str)
def test_the_stories_hold_whatever_day_it_is_made(registers, db, today):
    seed("s", today)

    amina = account.of(somebody("amina").id, today).progress("matematikk")
    seats = {key: db.session.scalars(select(Enrolment).where(Enrolment.person_id == somebody(key).id)).one() for key in ("marit", "henrik")}
    assert [amina.verified, amina.running, amina.planned, amina.missing] == [30, Decimal("7.5"), 15, Decimal("7.5")]
    assert queries.places_in_line([seats["marit"]])[seats["marit"].id] == queries.Line(3, 9)
    assert seats["henrik"].state is Seat.OFFERED
    assert day_of(seats["henrik"].reply_by) > today
    assert services.tend(start_of(today)) == 0
    assert [run.id for run in db.session.scalars(select(Offering).where(Offering.state == Run.PUBLISHED)) if run.gaps not in ([], ["module"])] == []


# Marked as made up


def test_everything_it_makes_is_marked_and_nothing_real_is_touched(registers, db):
    import_real_catalogue()
    real = {model: db.session.scalar(select(func.count()).select_from(model)) for model in (Course, Module, Offering)}
    stamps = real_stamps(db)

    seed("s", TODAY)

    for model, number in real.items():
        assert db.session.scalar(select(func.count()).select_from(model).where(model.made_up.is_(False))) == number
    assert real_stamps(db) == stamps
    assert db.session.scalar(select(func.count()).select_from(Person).where(Person.made_up.is_(False))) == 0
    assert db.session.scalar(select(func.count()).select_from(Enrolment).where(Enrolment.made_up.is_(False))) == 0


def real_stamps(db) -> list:
    """Version and counts of every real row."""
    modules = select(Module.uuid, Module.version, Module.state).where(Module.made_up.is_(False)).order_by(Module.id)
    runs = select(Offering.uuid, Offering.version, Offering.seats_taken, Offering.waiting).where(Offering.made_up.is_(False))
    return [tuple(row) for wanted in (modules, runs.order_by(Offering.id)) for row in db.session.execute(wanted)]


def test_every_run_of_a_made_up_module_is_made_up_too(demonstration, db):
    odd = select(Offering.id).join(Offering.module).where(Module.made_up, Offering.made_up.is_(False))

    assert db.session.scalars(odd).all() == []


# What an editor could have made


def test_what_is_published_lacks_nothing_and_a_draft_lacks_three_things(demonstration, db):
    published = [*made_up(Course, Publication.PUBLISHED), *made_up(Module, Publication.PUBLISHED)]
    runs = db.session.scalars(select(Offering).where(Offering.made_up, Offering.state == Run.PUBLISHED)).all()
    draft = db.session.scalars(select(Module).where(Module.code == "SX-SAF1")).one()

    assert [(thing.code, thing.gaps) for thing in published if thing.gaps] == []
    assert [(run.module.code, run.gaps) for run in runs if run.gaps not in ([], ["module"])] == []
    assert {run.module.code for run in runs if run.gaps == ["module"]} == {"SX-MAT9"}
    assert (draft.readiness, draft.gaps) == ((11, 14), ["competence", "assessment_form", "tags"])


def made_up(model: type, state: Publication) -> list:
    return list(database.db.session.scalars(select(model).where(model.made_up, model.state == state)))


def test_an_editor_could_have_typed_the_dates_of_every_run(demonstration, db):
    for run in db.session.scalars(select(Offering).where(Offering.made_up)):
        meetings = [Meeting(row, None, each.starts_on, each.ends_on) for row, each in enumerate(run.gatherings)]
        assert date_problems(**{name: getattr(run, name) for name in DAYS}, gatherings=meetings) == [], (run.module.code, run.semester)


def test_there_is_every_kind_of_thing_to_see(demonstration, db):
    modules = db.session.scalars(select(Module).where(Module.made_up)).all()
    runs = db.session.scalars(select(Offering).where(Offering.made_up)).all()

    assert {module.state for module in modules} == set(Publication)
    assert {run.state for run in runs} == set(Run)
    assert {run.delivery for run in runs} == set(Delivery)
    assert {module.strand for module in modules} == set(Strand)
    assert all(run.cancelled_reason for run in runs if run.state is Run.CANCELLED)
    assert all(module.credits is None for module in modules if module.strand is Strand.IN_SERVICE)
    assert [module.short_reason is not None for module in modules if module.is_short] == [True, True]
    assert {(run.module.credits, run.semesters) for run in runs if run.module.code == "SX-REK1"} == {(Decimal(30), 3)}
    assert {prerequisite.required for module in modules for prerequisite in module.prerequisites} == {True, False}
    assert any(prerequisite.credits for module in modules for prerequisite in module.prerequisites)
    assert {len(overlap.modules) for module in modules for overlap in module.overlaps} == {2, 3}
    assert {tag.credits is None for module in modules for tag in module.tags} == {True, False}


def test_the_coming_four_semesters_are_open_now_open_soon_planned_or_cancelled(demonstration, db):
    wanted = (Offering.made_up, Offering.semester.in_(COMING), Offering.state != Run.DRAFT, Offering.mode == EnrolmentMode.DIRECT)
    runs = db.session.scalars(select(Offering).where(*wanted)).all()

    stages = {semester: Counter(stage_of(run) for run in runs if run.semester == semester) for semester in COMING}

    assert set(stages[COMING[0]]) == {Stage.OPEN, Stage.LATER}
    assert set(stages[COMING[1]]) == {Stage.OPEN, Stage.LATER, Stage.PLANNED, Stage.CANCELLED}
    assert set(stages[COMING[2]]) == set(stages[COMING[3]]) == {Stage.PLANNED}
    assert all(count > 3 for semester in COMING for stage, count in stages[semester].items() if stage is not Stage.CANCELLED)


def stage_of(run: Offering) -> Stage:
    names = ("state", "semester", "semesters", "opens_on", "apply_by", "starts_on", "ends_on")
    return stage(**{name: getattr(run, name) for name in names}, on=TODAY)


def test_every_real_module_with_stated_credits_has_a_made_up_run_that_looks_like_its_own(demonstration, db):
    seen = run_of("NTNU", "NORD6020", COMING[1])
    others = select(Module).where(Module.made_up.is_(False), Module.state == Publication.PUBLISHED, Module.credits.is_not(None))
    without = [module.slug for module in db.session.scalars(others) if not any(run.made_up for run in module.offerings)]

    assert (seen.delivery, seen.place, seen.module.made_up) == (Delivery.GATHERINGS, "Trondheim", False)
    assert without == ["regning-som-grunnleggende-ferdighet"], "no longer admitting, says its institution"


def test_every_institution_of_today_has_a_town_to_teach_in(registers, db):
    today = set(db.session.scalars(select(Institution.code).where(Institution.historic.is_(False))))
    places = set(db.session.scalars(select(Municipality.code)))

    assert set(TOWNS) == today
    assert set(TOWNS.values()) <= places


def test_runs_are_nearly_full_full_with_a_queue_and_with_few(demonstration, db):
    runs = db.session.scalars(select(Offering).where(Offering.made_up, Offering.semester == COMING[0])).all()

    assert sum(run.waiting > 0 for run in runs) == 3
    assert sum(0 < run.seats - run.seats_taken <= 2 for run in runs) >= 3
    assert sum(0 < run.seats_taken < run.minimum for run in runs) > 10


# True to the rules of seats


@pytest.mark.parametrize("size", ["s", "m"])
def test_every_count_can_be_told_from_the_rows(registers, db, size):
    seed(size, TODAY)

    states = Counter((key, state) for key, state in db.session.execute(select(Enrolment.offering_id, Enrolment.state)))
    tickets = dict(db.session.execute(select(Enrolment.offering_id, func.max(Enrolment.ticket)).group_by(Enrolment.offering_id)).all())
    numbers = dict(db.session.execute(select(Enrolment.offering_id, func.count()).group_by(Enrolment.offering_id)).all())
    for run in db.session.scalars(select(Offering)):
        used = sum(states[run.id, state] for state in (Seat.OFFERED, Seat.PLACED, Seat.COMPLETED, Seat.INTERRUPTED))
        assert (run.seats_taken, run.waiting) == (used, states[run.id, Seat.WAITING])
        assert run.next_ticket == tickets.get(run.id, 0) + 1 == numbers.get(run.id, 0) + 1
        assert not run.waiting or run.seats_taken == run.seats or run.mode is EnrolmentMode.ROUND  # seats kept, and packages that must be had whole


def test_every_step_is_one_of_the_lifecycle_in_the_order_of_time(demonstration, db):
    for enrolment in db.session.scalars(select(Enrolment)):
        first, *others = enrolment.steps
        entered = "allocate" if enrolment.offering.mode is EnrolmentMode.ROUND else "enrol"
        assert (first.event, first.from_state, first.at) == (entered, None, enrolment.entered_at)
        state, at = first.to_state, first.at
        for step in others:
            assert step.from_state is state and step.at > at
            state, at = SEAT_LIFE.after(state, step.event), step.at
        assert state is enrolment.state


def test_whoever_has_completed_has_a_result_and_nobody_else(demonstration, db):
    completed = set(db.session.scalars(select(Enrolment.id).where(Enrolment.state == Seat.COMPLETED)))

    assert completed == set(db.session.scalars(select(Result.enrolment_id)))
    assert len(completed) > 40


def test_nothing_has_happened_later_than_today(demonstration, db):
    now = factories.MONDAY
    moments = [enrolment.entered_at for enrolment in db.session.scalars(select(Enrolment))]
    steps = [step.at for enrolment in db.session.scalars(select(Enrolment)) for step in enrolment.steps]

    assert max(moments + steps) < now


def test_the_tick_finds_nothing_to_do_until_an_answer_is_overdue(demonstration, db):
    henrik = db.session.scalars(select(Enrolment).where(Enrolment.state == Seat.OFFERED, Enrolment.person_id == somebody("henrik").id)).one()

    assert services.tend(factories.MONDAY) == 0
    assert services.tend(henrik.reply_by) == 2, "his offer lapses, and the next in line is offered the seat"


# The people


def test_every_role_has_people_and_every_region_a_teacher(demonstration, db):
    roles = Counter(role for (role,) in db.session.execute(select(Membership.role)))
    schools = db.session.scalars(select(School).join(Teacher, Teacher.school_id == School.organisation_id))
    regions = {region_of(school) for school in schools}
    counties = {db.session.get(Teacher, somebody(key).id).school.municipality.county.name_nb for key in ("ingrid", "marit")}

    assert roles == {Role.TEACHER: 9, Role.HEAD: 1, Role.EDITOR: 3, Role.OWNER: 2, Role.UNION: 1, Role.COORDINATOR: 2, Role.GOVERNOR: 1, Role.KS: 1, Role.AUTHORITY: 1}
    assert regions == {"nord", "midt", "vest", "sorost"}
    assert counties == {"Vestland", "Finnmark"}


def region_of(school: School) -> str:
    county = school.municipality.county_id
    regions = database.db.session.scalars(select(Region)).all()
    return next(region.code for region in regions for member in region.counties if member.county_id == county and member.holds(TODAY))


def test_the_lines_for_the_terminal_name_role_person_and_organisation(demonstration):
    told = sign_in_lines()

    assert len(told) == 21
    assert told[0] == "Teacher:              Ingrid Solheim, Nordnes skole"
    assert told[10:13] == [
        "Editor:               Torunn Hagen, Høgskulen på Vestlandet",
        "Editor:               Mikkel Sara, UiT Norges arktiske universitet",
        "Editor:               Kristin Moen, Norges teknisk-naturvitenskapelige universitet",
    ]
    assert told[-1] == f"National authority:   Eva Strand, {AUTHORITY}"


def test_without_a_demonstration_there_is_nobody_to_name(db):
    assert sign_in_lines() == []


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("lead", LEADS, ids=lambda lead: lead.key)
def test_every_story_is_told_in_norwegian_too(lead, language):
    with (ROOT / "translations" / language / "demo.po").open("rb") as file:
        told = {message.id: message.string for message in read_po(file)}

    assert told.get(lead.story)


def test_the_crowd_is_not_among_those_to_sign_in_as(demonstration, client):
    page = client.get("/sign-in").text

    assert page.count('class="story"') == len(LEADS) == 20
    assert all(lead.name in page for lead in LEADS)


HISTORIES = {
    # who: subject, verified, running, planned, claimed, missing
    "ingrid": ("matematikk", 0, 0, 0, 0, 60),
    "jonas": ("matematikk", 15, 0, 0, 0, 45),
    "amina": ("matematikk", 30, "7.5", 15, 0, "7.5"),
    "lars": ("norsk", 15, 0, 0, 30, 45),
    "marit": ("matematikk", 0, 0, 15, 0, 45),
    "henrik": ("kroppsoving", 0, 0, 15, 0, 45),
    "solveig": ("norsk", 60, 0, 0, 0, 0),
    "thomas": ("engelsk", "37.5", 0, 15, 0, "7.5"),
    "kristin": ("musikk", 15, 0, 0, 0, 45),
}


@pytest.mark.parametrize("key", HISTORIES)
def test_each_teacher_has_the_credits_that_their_story_tells(demonstration, key):
    subject, *amounts = HISTORIES[key]

    found = account.of(somebody(key).id, TODAY).progress(subject)

    assert [found.verified, found.running, found.planned, found.claimed, found.missing] == [Decimal(amount) for amount in amounts]


def test_what_amina_lacks_can_be_filled_by_didactics(demonstration, db):
    offered = [filling.module.code for filling in account.fillings(account.of(somebody("amina").id, TODAY), "matematikk", most=20)]

    didactics = db.session.scalars(select(Module).where(Module.code == "SX-MAT5")).one()
    assert "SX-MAT5" in offered
    assert {tag.tag.value: tag.credits for tag in didactics.tags}["didactics"] == Decimal("7.5")


def test_thomas_teaches_in_two_bands_and_reaches_one(demonstration):
    found = account.of(somebody("thomas").id, TODAY).progress("engelsk")

    assert {threshold.target.band: threshold.reached for threshold in found.thresholds} == {Band.PRIMARY: True, Band.LOWER: False}


def test_marit_is_number_three_of_nine(demonstration, db):
    mine = db.session.scalars(select(Enrolment).where(Enrolment.person_id == somebody("marit").id)).one()

    assert queries.places_in_line([mine])[mine.id] == queries.Line(3, 9)


def test_henrik_has_some_working_days_to_answer(demonstration, db):
    mine = db.session.scalars(select(Enrolment).where(Enrolment.person_id == somebody("henrik").id)).one()

    assert mine.state is Seat.OFFERED
    assert day_of(mine.reply_by - timedelta(seconds=1)) == date(2026, 11, 27)
    assert services.accept(mine.uuid, actor=factories.acting(somebody("henrik")), at=factories.MONDAY).state is Seat.PLACED


def test_a_queue_has_moved_by_an_offer_that_lapsed_and_one_that_was_taken(demonstration, db):
    run = run_of("SH", "SX-SAM1", COMING[0])
    queued = select(Enrolment.state).where(Enrolment.offering_id == run.id, Enrolment.ticket > run.seats).order_by(Enrolment.ticket)

    assert db.session.scalars(queued).all() == [Seat.LAPSED, Seat.PLACED, Seat.WAITING, Seat.WAITING]


def test_solveig_was_told_that_her_run_is_cancelled(demonstration, db):
    mine = select(Message).where(Message.person_id == somebody("solveig").id, Message.kind == "offering-cancelled")
    told = db.session.scalars(mine).one()

    assert told.facts["module"] == "Arkitektur og omgivelser"
    assert told.facts["why"].startswith("Avlyst: ")


def test_the_owners_have_claims_to_decide_and_those_they_decided(demonstration, db):
    for key in ("municipality:1103", "municipality:5501"):
        owner = db.session.scalars(select(SchoolOwner).where(SchoolOwner.key == key)).one()
        states = Counter(db.session.scalars(select(PriorCredit.state).where(PriorCredit.owner_id == owner.organisation_id)))
        assert states[Claim.CLAIMED] >= 2 and states[Claim.VERIFIED] + states[Claim.REFUSED] >= 2
    mine = db.session.scalars(select(PriorCredit.state).where(PriorCredit.person_id == somebody("lars").id))
    assert Counter(mine) == {Claim.VERIFIED: 1, Claim.REFUSED: 1, Claim.CLAIMED: 1}
