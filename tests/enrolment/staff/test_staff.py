"""An owner keeps who teaches what with which credits: by form, by spreadsheet, by OneRoster; never anybody of another owner."""

import io
import zipfile
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from accounts.models import Event, Role
from catalog.values import Band
from config.errors import BadInput, NotFound
from enrolment.staff import queries, reckoning, services
from enrolment.staff.known import Known
from enrolment.staff.models import StaffMember, StaffTeaching, StaffUpload
from enrolment.staff.oneroster import read_archive
from enrolment.staff.values import Gap
from enrolment.uploads.queries import own_upload
from enrolment.uploads.services import forget_uploads
from tests import factories as f
from tests.factories import MONDAY

HEADERS = "reference;name;school;subject;level;credits\n"


@pytest.fixture
def bergen(db):
    """A municipality with two schools, its owner, and a school of another owner."""
    maths = f.subject(requires={Band.PRIMARY: 30, Band.LOWER: 60})
    maths.grep_code = "MAT01-05"
    town, other = f.municipality("4601", "Bergen"), f.municipality("4627", "Askøy", db.session.scalar(select(f.County)))
    mine, theirs = f.owner(town), f.owner(other)
    kampen, haugen, foreign = f.school(mine, town, "Kampen skole"), f.school(mine, town, "Haugen skole"), f.school(theirs, other, "Kleppe skole")
    for school, number in ((kampen, "975283046"), (haugen, "974589648"), (foreign, "974000000")):
        school.organisation.number = number
    db.session.commit()
    return f.acting(f.member(mine.organisation_id, Role.OWNER)), kampen, haugen, foreign


def read(bergen, content, oneroster=False):
    return services.read_file(content if isinstance(content, bytes) else content.encode(), "staff.csv", oneroster=oneroster, actor=bergen[0], at=MONDAY)


def saved(bergen, content, end_absent=False, oneroster=False):
    return services.accept(read(bergen, content, oneroster).uuid, end_absent=end_absent, actor=bergen[0], at=MONDAY)


def kept(db):
    rows = db.session.execute(select(StaffMember.name, StaffTeaching.band, StaffTeaching.credits).outerjoin(StaffTeaching).order_by(StaffMember.name, StaffTeaching.band))
    return [tuple(row) for row in rows]


def test_a_spreadsheet_becomes_a_register_and_its_gaps(bergen, db):
    saved(bergen, HEADERS + "1;Kari;975283046;Matematikk;1-7;15\n2;Ola;kampen skole;MAT01;8.–10. trinn;60\n3;Per;Haugen skole;matematikk;1–7;\n")

    gaps = reckoning.of_owner(bergen[0].organisation_id, MONDAY.date())
    assert (gaps.whole, gaps.schools[bergen[2].organisation_id]) == (Gap(3, 1, 1), Gap(1, 0, 1))
    assert kept(db) == [("Kari", "1-7", 15), ("Ola", "8-10", 60), ("Per", "1-7", None)]


def test_nothing_is_saved_before_it_is_seen(bergen, db):
    upload = read(bergen, HEADERS + "1;Kari;975283046;Matematikk;1-7;15\n")

    _told, changes = services.compared(upload)
    assert (changes.new, kept(db)) == (("1",), [])


def test_a_row_with_a_teacher_of_another_owner_is_refused_by_name_and_the_good_rows_can_be_saved(bergen, db):
    upload = read(bergen, HEADERS + "1;Kari;975283046;Matematikk;1-7;15\n2;Frida Fremmed;974000000;Matematikk;1-7;15\n")
    services.accept(upload.uuid, end_absent=False, actor=bergen[0], at=MONDAY)

    assert upload.refused == [["Line 3", "Frida Fremmed", "The school “974000000” belongs to Askøy kommune, not to you."]]
    assert kept(db) == [("Kari", "1-7", 15)]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("1;Kari;Nowhere;Matematikk;1-7;15", "You have no school called “Nowhere”."),
        ("1;Kari;975283046;Alkymi;1-7;15", "“Alkymi” is not a subject"),
        ("1;Kari;975283046;Matematikk;1-10;15", "“1-10” is not one level."),
        ("1;Kari;975283046;Matematikk;1-7;7.3", "“7.3” is not a number of credits."),
        (";Kari;975283046;Matematikk;1-7;15", "The row does not say who it is."),
        ("1;;975283046;Matematikk;1-7;15", "The row has no name."),
        ("01010750160;Kari;975283046;Matematikk;1-7;15", "The reference is a national identity number"),
    ],
)
def test_a_row_that_cannot_be_used_says_why(bergen, row, why):
    refused = read(bergen, HEADERS + row).refused

    assert [(where, said.startswith(why)) for where, _name, said in refused] == [("Line 2", True)]


@pytest.mark.parametrize("content", [b"", b"a;b\n1;2\n", HEADERS.encode(), b"\x89PNG\r\n\x1a\n"])
def test_a_file_that_cannot_be_used_is_refused_by_name(bergen, content):
    with pytest.raises(BadInput, match="staff.csv"):
        read(bergen, content)


def test_who_is_not_in_a_file_is_left_unless_asked_to_end(bergen, db):
    saved(bergen, HEADERS + "1;Kari;975283046;Matematikk;1-7;15\n2;Ola;975283046;Matematikk;1-7;15\n")
    saved(bergen, HEADERS + "1;Kari;975283046;Matematikk;1-7;30\n")
    left = kept(db)
    saved(bergen, HEADERS + "1;Kari;975283046;Matematikk;1-7;30\n", end_absent=True)

    assert left == [("Kari", "1-7", 30), ("Ola", "1-7", 15)]
    assert kept(db) == [("Kari", "1-7", 30)]


ORGS = "sourcedId,status,name,type,identifier\nd,active,Bergen,district,\ns1,active,Kampen,school,975283046\ns9,active,Kleppe,school,974000000\n"
USERS = (
    "identifier,password,sourcedId,status,enabledUser,orgSourcedIds,role,userIds,givenName,familyName\n"
    "01010750160,hemmelig,u1,active,true,\"d,s1\",teacher,{Feide:kari@bergen.kommune.no},Kari,Nordmann\n"
    "01010750160,hemmelig,u2,active,true,s1,student,,Elin,Elev\n"
    "01010750160,hemmelig,u3,active,true,s9,teacher,,Frida,Fremmed\n"
    "01010750160,hemmelig,u4,tobedeleted,true,s1,teacher,,Siri,Sluttet\n"
)
CLASSES = "sourcedId,status,title,grades,courseSourcedId,schoolSourcedId,subjects,subjectCodes\nc1,active,7B matte,\"06,07\",,s1,Mattetimer,MAT1015\nc2,active,7B alkymi,07,,s1,Alkymi,\n"
ENROLMENTS = "sourcedId,status,classSourcedId,schoolSourcedId,userSourcedId,role\ne1,active,c1,s1,u1,teacher\ne2,active,c1,s1,u2,student\n"


def archive(**parts):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        for name, text in parts.items():
            made.writestr(f"{name}.csv", "\ufeff" + text)
    return packed.getvalue()


def test_oneroster_tells_who_teaches_what_where_classes_say_so(bergen, db):
    content = archive(orgs=ORGS, users=USERS, classes=CLASSES, enrollments=ENROLMENTS)
    upload = read(bergen, content, oneroster=True)
    services.accept(upload.uuid, end_absent=False, actor=bergen[0], at=MONDAY)

    assert kept(db) == [("Kari Nordmann", "1-7", None)]
    assert db.session.scalar(select(StaffMember.reference)) == "kari@bergen.kommune.no"
    assert upload.refused == [["users.csv, line 4", "Frida Fremmed", "The school “974000000” belongs to Askøy kommune, not to you."]]
    assert ["Alkymi" in sentence for sentence in upload.remarks] == [True]


def test_who_is_placed_at_the_municipality_teaches_where_the_classes_are_and_nobody_is_lost(bergen, db):
    users = "sourcedId,status,enabledUser,orgSourcedIds,role,userIds,givenName,familyName\nu1,active,true,d,teacher,,Kari,Nordmann\nu5,active,true,d,teacher,,Olav,Omreisende\nu6,active,true,,teacher,,Nina,Ny\n"
    upload = read(bergen, archive(orgs=ORGS, users=users, classes=CLASSES, enrollments=ENROLMENTS), oneroster=True)
    services.accept(upload.uuid, end_absent=False, actor=bergen[0], at=MONDAY)
    why = "The file says of no school that this teacher works there."

    assert kept(db) == [("Kari Nordmann", "1-7", None)]
    assert upload.refused == [["users.csv, line 3", "Olav Omreisende", why], ["users.csv, line 4", "Nina Ny", why]]


def test_no_identity_number_or_password_of_an_archive_is_kept_anywhere(bergen, db):
    upload = read(bergen, archive(orgs=ORGS, users=USERS), oneroster=True)
    services.accept(upload.uuid, end_absent=False, actor=bergen[0], at=MONDAY)

    everything = str([upload.rows, upload.refused, [vars(one) for model in (StaffMember, Event) for one in db.session.scalars(select(model))]])
    assert "0101075" not in everything and "hemmelig" not in everything


def test_roles_of_version_1_2_say_who_teaches(bergen, db):
    users = "sourcedId,status,enabledUser,userIds,givenName,familyName\nu1,active,true,,Kari,Nordmann\nu2,active,true,,Elin,Elev\n"
    roles = "sourcedId,status,userSourcedId,roleType,role,orgSourcedId\nr1,active,u1,primary,teacher,s1\nr2,active,u2,primary,student,s1\n"

    saved(bergen, archive(orgs=ORGS, users=users, roles=roles), oneroster=True)

    assert kept(db) == [("Kari Nordmann", None, None)]


@pytest.mark.parametrize("content", [b"not a zip", b"", archive(orgs=ORGS), archive(orgs=ORGS, users="name\nKari\n"), archive(orgs=ORGS, users="sourcedId\n\"u"), archive(orgs=ORGS, users=USERS)[:-30]])
def test_an_archive_that_cannot_be_used_is_refused_by_name(bergen, content):
    with pytest.raises(BadInput, match="staff.csv"):
        read(bergen, content, oneroster=True)


def test_an_archive_that_unpacks_to_far_more_than_it_is_is_never_unpacked(bergen, monkeypatch):
    monkeypatch.setattr("enrolment.staff.oneroster.MOST_UNPACKED", 100)
    with pytest.raises(BadInput, match="unpacks to more"):
        read(bergen, archive(orgs=ORGS, users=USERS), oneroster=True)


def test_an_archive_of_more_parts_than_the_standard_knows_is_not_gone_through(bergen):
    with pytest.raises(BadInput, match="unpacks to more"):
        read(bergen, archive(orgs=ORGS, users=USERS, **{f"part{number}": "" for number in range(80)}), oneroster=True)


@given(st.data())
def test_an_archive_damaged_anywhere_is_read_or_refused_by_name(app, data):
    """A byte that is another one, or an end that is missing, wherever it falls."""
    whole = bytearray(archive(orgs=ORGS, users=USERS, classes=CLASSES, enrollments=ENROLMENTS))
    for _time in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    with app.test_request_context():
        for content in (bytes(whole), bytes(whole[:cut])):
            try:
                read_archive(io.BytesIO(content), "staff.zip", Known({}, {}, {}))
            except BadInput as refusal:
                assert "staff.zip" in str(refusal.sentence)


def test_another_owners_things_are_not_there(bergen):
    actor, kampen, _haugen, foreign = bergen
    stranger = f.acting(f.member(foreign.owner_id, Role.OWNER))
    upload = read(bergen, HEADERS + "1;Kari;975283046;Matematikk;1-7;15\n")
    for ask in (
        lambda: queries.own_school(actor, foreign.organisation.uuid),
        lambda: own_upload(StaffUpload, stranger, upload.uuid),
        lambda: services.accept(upload.uuid, end_absent=True, actor=stranger, at=MONDAY),
    ):
        with pytest.raises(NotFound):
            ask()


def test_whoever_takes_over_a_school_is_not_shown_the_staff_that_the_owner_before_had_there(bergen, client, db):
    actor, kampen, _haugen, foreign = bergen
    saved(bergen, HEADERS + "1;Kari;975283046;Matematikk;1-7;15\n")
    row = db.session.scalars(select(StaffTeaching)).one()
    kampen.owner_id = foreign.owner_id
    db.session.commit()
    new = f.member(foreign.owner_id, Role.OWNER, "Olav Eier")
    page = f.signed_in(client, new).get(f"/owner/staff/schools/{kampen.organisation.uuid}")

    assert (page.status_code, "Kari" in page.text) == (200, False)
    assert services.set_credits(kampen.organisation.uuid, {row.uuid: 30}, actor=f.acting(new), at=MONDAY) == 0
    assert kept(db) == [("Kari", "1-7", 15)]


def test_the_register_is_read_once_when_a_file_is_saved(bergen, count_queries):
    upload = read(bergen, HEADERS + "1;Kari;975283046;Matematikk;1-7;15\n").uuid
    with count_queries() as seen:
        services.accept(upload, end_absent=False, actor=bergen[0], at=MONDAY)

    assert sum("FROM staff \n" in one for one in seen) == 1


def test_a_file_that_nobody_saves_is_let_go_of_after_a_day(bergen, db):
    read(bergen, HEADERS + "1;Kari;975283046;Matematikk;1-7;15\n")

    assert [forget_uploads(StaffUpload, MONDAY + timedelta(hours=hours)) for hours in (23, 25)] == [0, 1]
    assert db.session.scalars(select(StaffUpload)).all() == []


def test_the_form_adds_sets_and_removes(bergen, client, db):
    place = f"/owner/staff/schools/{bergen[1].organisation.uuid}"
    f.signed_in(client, db.session.get(f.Person, bergen[0].person_id))
    sent = {"name": "Kari Nordmann", "reference": "7", "subject": "matematikk", "level": "1-7", "credits": "15"}
    client.post(f"{place}/staff", data=sent)
    again = client.post(f"{place}/staff", data=sent)
    row = db.session.scalars(select(StaffTeaching)).one()
    wrong = client.post(f"{place}/credits", data={f"credits-{row.uuid}": "7.3"})
    client.post(f"{place}/credits", data={f"credits-{row.uuid}": "30"})
    shown = client.get(place).text

    assert (again.status_code, "stands here with this subject" in again.text, 'value="Kari Nordmann"' in again.text) == (422, True, True)
    assert (wrong.status_code, 'value="7.3"' in wrong.text) == (422, True)
    assert ("Enough credits" in shown, row.credits) == (True, 30)
    client.post(f"/owner/staff/rows/{row.uuid}/removal")
    assert kept(db) == []


def test_the_pages_keep_their_query_count(bergen, client, db, count_queries):
    f.signed_in(client, db.session.get(f.Person, bergen[0].person_id))
    addresses = ("/owner/staff", f"/owner/staff/schools/{bergen[1].organisation.uuid}")

    def asked(many):
        saved(bergen, HEADERS + "".join(f"{number};Kari {number};975283046;Matematikk;1-7;15\n" for number in range(many)))
        db.session.remove()
        with count_queries() as seen:
            assert [client.get(address).status_code for address in addresses] == [200, 200]
        return len(seen)

    assert asked(1) == asked(3)
