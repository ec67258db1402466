"""The frames of a study year: written in versions, hidden until released, and what awards bind of them."""

import csv
import io
from datetime import UTC, date, datetime

import pytest

from accounts.models import Role
from catalog.subjects.models import PriorityGroup, SubjectPriority
from catalog.values import EnrolmentMode, Strand, VolumeRule
from config.errors import BadInput, NotFound, StepRefused
from enrolment.applications.lifecycle import Employer, Money
from enrolment.awarding.services import publishing, running
from enrolment.money import awards
from enrolment.participation import services as participation
from enrolment.participation.values import Cause
from enrolment.seats.lifecycle import Seat
from regions.frames import queries, services, using
from regions.versions.lifecycle import Version
from regions.versions.services import VersionStands
from tests import factories as f
from tests.enrolment.money import scene
from tests.enrolment.money.scene import HALF, IN_SPRING, SPRING

RELEASE = date(2027, 1, 15)
THAT_DAY = datetime(2027, 1, 15, 6, tzinfo=UTC)
FACTS = {"name": "Frames", "source": "The state budget", "release_on": RELEASE, "study_year": 2026}


@pytest.fixture
def eva(db):
    return f.acting(f.member(f.organisation(f.OrganisationKind.AUTHORITY, "The directorate").id, Role.AUTHORITY, "Eva"))


@pytest.fixture
def group(db):
    made = PriorityGroup(number=1, name_nb="Gruppe 1", volume_rule=VolumeRule.KEEP, quotation="", source="strategy")
    db.session.add(made)
    db.session.commit()
    return made


def frame(kroner, group=None, scheme=None, strand=Strand.FURTHER):
    return {"strand": strand, "group": group, "scheme": scheme, "kroner": kroner}


def released(eva, *frames, facts=FACTS):
    made = services.begin(facts, actor=eva, at=f.MONDAY)
    for one in frames:
        services.set_frame(made.number, one, actor=eva, at=f.MONDAY)
    services.approve(made.number, actor=eva, at=f.MONDAY)
    services.release_due(THAT_DAY)
    return queries.version(made.number, hidden_too=False)


def lines(version):
    return [(one.frame.oere, one.use.bound, one.use.confirmed, one.left) for one in using.shown(version).lines]


def test_a_version_is_hidden_until_its_day_and_then_stands(eva):
    made = services.begin(FACTS, actor=eva, at=f.MONDAY)
    services.set_frame(made.number, frame(1_000_000), actor=eva, at=f.MONDAY)
    services.approve(made.number, actor=eva, at=f.MONDAY)
    early = services.release_due(datetime(2027, 1, 14, 22, 59, tzinfo=UTC))
    with pytest.raises(NotFound):
        queries.version(made.number, hidden_too=False)

    assert (early, services.release_due(THAT_DAY), services.release_due(THAT_DAY)) == (0, 1, 0)
    assert queries.in_force(2026).number == made.number
    with pytest.raises(VersionStands):
        services.set_frame(made.number, frame(2), actor=eva, at=THAT_DAY)
    with pytest.raises(StepRefused):
        services.take_back(made.number, actor=eva, at=THAT_DAY)


def test_the_next_version_begins_with_what_holds_and_takes_over_on_its_day(eva):
    before = released(eva, frame(1_000_000))
    after = services.begin(FACTS | {"release_on": date(2027, 3, 1)}, actor=eva, at=THAT_DAY)
    services.set_frame(after.number, frame(700_000), actor=eva, at=THAT_DAY)
    services.approve(after.number, actor=eva, at=THAT_DAY)
    held = queries.in_force(2026).number
    services.release_due(datetime(2027, 3, 1, 6, tzinfo=UTC))

    assert (held, queries.in_force(2026).number) == (before.number, after.number)
    assert [[one.oere for one in queries.version(number, hidden_too=False).frames] for number in (before.number, after.number)] == [[1_000_000_00], [700_000_00]]


def test_the_same_frame_set_again_has_the_other_amount(eva):
    made = services.begin(FACTS, actor=eva, at=f.MONDAY)
    for kroner in (5, 9):
        services.set_frame(made.number, frame(kroner), actor=eva, at=f.MONDAY)

    assert [one.oere for one in queries.version(made.number, hidden_too=True).frames] == [900]


def test_what_cannot_be_is_said_of_its_field(eva):
    made = services.begin(FACTS, actor=eva, at=f.MONDAY)
    for values, field in ((frame(1, group=7), "group"), (frame(1, scheme="none such"), "scheme")):
        with pytest.raises(BadInput) as refusal:
            services.set_frame(made.number, values, actor=eva, at=f.MONDAY)
        assert list(refusal.value.errors) == [field]
    with pytest.raises(BadInput, match="at least one frame"):
        services.approve(made.number, actor=eva, at=f.MONDAY)
    with pytest.raises(BadInput):
        services.begin(FACTS | {"release_on": date(2026, 11, 1)}, actor=eva, at=f.MONDAY)


def test_beside_each_frame_stands_what_is_bound_confirmed_and_left(eva, group):
    scene.work_year()
    maths, music = f.subject(), f.subject("musikk", "Musikk")
    f.db.session.add(SubjectPriority(subject_id=maths.id, group_id=group.id, valid_from=date(2016, 1, 1), source="strategy"))
    f.db.session.commit()
    course = f.course(f.institution(), maths)
    one = scene.taking_part("Anna", f.module(course))
    scene.taking_part("Bo", f.module(course), like=one)
    scene.taking_part("Cecilie", f.module(course, subject_id=music.id), like=one)
    scene.both_confirm(one)
    scheme = one.choices[0].scheme.code
    version = released(eva, frame(1_000_000), frame(150_000, group=1), frame(400_000, scheme=scheme), frame(50, strand=Strand.PRINCIPAL))

    assert lines(version) == [
        (1_000_000_00, 3 * HALF, HALF, 1_000_000_00 - 3 * HALF), (400_000_00, 3 * HALF, HALF, 100_000_00), (150_000_00, 2 * HALF, HALF, -50_000_00), (5000, 0, 0, 5000),
    ]  # fmt: skip


def test_what_is_declined_binds_nothing_and_what_is_interrupted_no_more_than_was_confirmed(eva):
    scene.work_year()
    module = scene.module()
    going = scene.taking_part("Anna", module, semesters=2)
    scene.taking_part("Bo", f.module(module.course), like=going, state=Seat.DECLINED)
    scene.taking_part("Cecilie", f.module(module.course), like=going, money=Money.UNFUNDED)
    version = released(eva, frame(1_000_000))
    before = lines(version)
    scene.both_confirm(going, scene.AUTUMN, scene.IN_AUTUMN)
    participation.interrupt(scene.seat_of(going).uuid, Cause.ILLNESS, None, actor=scene.teacher(going), at=IN_SPRING)

    assert [one[1:3] for one in (*before, *lines(version))] == [(HALF, 0), (HALF // 2, HALF // 2)]


def test_what_no_frame_holds_and_what_cannot_be_worked_out_are_told(eva):
    one = scene.taking_part("Anna", scene.module())
    version = released(eva, frame(1, strand=Strand.PRINCIPAL))
    unknown = using.shown(version).outside
    scene.work_year()

    assert (unknown.bound, unknown.unknown) == (0, 1)
    assert (using.shown(version).outside.bound, one.money) == (HALF, Money.FUNDED)


@pytest.fixture
def dry(eva):
    """A dry run that gives two teachers money, for a seat here and for a study elsewhere."""
    scene.work_year()
    scheme, cycle = f.scheme(), f.cycle()
    run = f.offering(scene.module(), mode=EnrolmentMode.ROUND)
    approved = {"employer": Employer.APPROVED, "money": Money.ELIGIBLE}
    f.application(f.teacher(name="Anna"), cycle, [run], scheme=scheme, rank=1, **approved)
    away = f.application(f.teacher(name="Bo"), cycle, [], scheme=scheme, rank=2, **approved)
    about = f.db.session.query(f.Subject).first()
    away.choices[0].subject_id, away.choices[0].institution, away.choices[0].title, away.choices[0].credits = about.id, "NTNU", "Statistikk", f.Decimal("7.5")
    f.db.session.commit()
    return running.try_out(cycle.code, Strand.FURTHER, rule_set="owner-bands", seed="1", grants=None, actor=eva, at=f.MONDAY)


def test_a_run_is_held_against_the_frames_before_it_is_approved(eva, dry):
    released(eva, frame(120_000))
    found = using.foreseen(dry)

    assert (found.oere, found.unknown, [(one.bound, one.wanted, one.over) for one in found.over]) == (HALF + HALF // 2, 0, [(0, HALF + HALF // 2, 30_000_00)])


def test_the_page_and_the_file_of_a_run_tell_what_each_owner_is_given(app, eva, dry):
    """Anna gets a seat and a grant, Bo a grant for a study elsewhere; both work for the same owner."""
    browser = f.signed_in(app.test_client(), f.db.session.get(f.Person, eva.person_id))
    address = f"/national/rounds/2027/allocation/{dry.uuid}"
    page, rows = browser.get(address).text, list(csv.reader(io.StringIO(browser.get(f"{address}/owners.csv").text.lstrip("\ufeff")), delimiter=";"))
    shares = awards.by_owner(dry)

    assert [row[1:] for row in rows[1:]] == [["2", "2", "1", "2", "150000.00", "0"]]
    assert sum(one.bound for one in shares.values()) == using.foreseen(dry).oere
    assert "Seats and state money by school owner" in page and f"{address}/owners.csv" in page


def test_what_a_run_would_bind_is_what_it_binds_once_it_is_made_known(eva, dry):
    version = released(eva, frame(500_000))
    foreseen = using.foreseen(dry)
    jon = f.acting(f.member(eva.organisation_id, Role.AUTHORITY, "Jon"))
    for who in (eva, jon):
        running.approve(dry.uuid, actor=who, at=THAT_DAY)
    running.set_time(dry.uuid, THAT_DAY, actor=eva, at=THAT_DAY)
    publishing.make_known(THAT_DAY)

    assert (foreseen.over, using.shown(version).lines[0].use.bound, using.foreseen(dry)) == ([], foreseen.oere, None)


def test_the_authority_reads_the_use_and_everybody_else_the_frames(app, eva):
    scene.work_year()
    scene.taking_part("Anna", scene.module())
    number = released(eva, frame(250_000)).number
    authority = f.signed_in(app.test_client(), f.db.session.get(f.Person, eva.person_id))
    pages = [browser.get(f"/frames/{number}").text for browser in (authority, app.test_client())]

    assert ["kr 250,000" in page for page in pages] == [True, True]
    assert ["kr 150,000" in page for page in pages] == [True, False]


def test_the_warning_stands_on_the_page_of_the_run(app, eva, dry):
    released(eva, frame(120_000))
    page = f.signed_in(app.test_client(), f.db.session.get(f.Person, eva.person_id)).get(f"/national/rounds/2027/allocation/{dry.uuid}").text

    assert "More than there is" in page
    assert "kr 30,000" in page


def test_what_is_typed_wrong_comes_back(app, eva):
    browser = f.signed_in(app.test_client(), f.db.session.get(f.Person, eva.person_id))
    number = services.begin(FACTS, actor=eva, at=f.MONDAY).number
    page = browser.post(f"/frames/{number}/frames", data={"strand": "further", "kroner": "many"})

    assert (page.status_code, 'value="many"' in page.text) == (422, True)


def test_the_page_asks_as_often_for_three_awards_as_for_one(eva, count_queries):
    def asked() -> int:
        f.db.session.expire_all()
        version = queries.version(1, hidden_too=True)
        with count_queries() as seen:
            using.shown(version)
        return len(seen)

    scene.work_year()
    module = scene.module()
    one = scene.taking_part("Anna", module)
    scene.both_confirm(one)
    released(eva, frame(1), frame(2, strand=Strand.PRINCIPAL))
    few = asked()
    for name in ("Bo", "Cecilie"):
        scene.both_confirm(scene.taking_part(name, f.module(module.course), like=one))

    assert asked() == few
    assert queries.version(1, hidden_too=True).state is Version.RELEASED
    assert SPRING.study_year == 2026
