"""An owner reads in earlier education from a register of its own: seen before it is saved, and no row is passed over in silence."""

import io
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pytest

from accounts.models import Message, Role
from enrolment.ownersfile.models import ClaimsUpload
from enrolment.progress.models import PriorCredit
from enrolment.uploads.services import forget_uploads
from tests import factories as f
from tests.factories import MONDAY

PAGE = "/owner/claims/files"
HEAD = "reference;name;title;institution;subject;amount;unit;finished\n"


@pytest.fixture
def lars(registers):
    return f.teacher()


@pytest.fixture
def owner(client, lars):
    place = f.School.query.filter_by(organisation_id=lars.memberships[0].organisation_id).one()
    f.signed_in(client, f.member(place.owner_id, Role.OWNER, "Oda Eier"))
    return client


def send(owner, *rows: str, name: str = "utdanning.csv"):
    return owner.post(PAGE, data={"file": (io.BytesIO((HEAD + "\n".join(rows)).encode()), name)})


def row(who, title: str = "Matematikk 1", subject: str = "Matematikk", amount: str = "15", unit: str = "", finished: str = "2012-06-20") -> str:
    return f"{who.uuid};x;{title};HiB;{subject};{amount};{unit};{finished}"


def test_a_file_is_seen_then_saved_as_verified_and_the_teacher_is_told(owner, lars):
    answer = send(owner, row(lars), row(lars, "Norsk grunnfag", "norsk", "10", "vekttall"))
    page = owner.get(answer.location).text
    assert ("Nothing is saved yet." in page, "Norsk grunnfag" in page, PriorCredit.query.count()) == (True, True, 0)
    owner.post(f"{answer.location}/acceptance")

    assert [(one.title, one.credits, one.unit, one.state, one.decided_by_id is not None) for one in PriorCredit.query.order_by(PriorCredit.id)] == [
        ("Matematikk 1", Decimal(15), None, "verified", True), ("Norsk grunnfag", Decimal(30), "vekttall", "verified", True)
    ]  # fmt: skip
    assert [one.kind for one in Message.query.filter_by(person_id=lars.id)] == ["claim-from-register"] * 2
    assert owner.post(f"{answer.location}/acceptance").status_code == 404


def test_the_list_of_teachers_can_be_filled_in_and_read_in_as_csv_or_workbook(owner, lars):
    listed = owner.get(f"{PAGE}/teachers.csv").get_data().decode("utf-8-sig")
    assert listed.splitlines()[1].startswith(str(lars.uuid))
    empty = owner.post(PAGE, data={"file": (io.BytesIO(listed.encode()), "list.csv")})
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.append(HEAD.strip().split(";"))
    book.active.append(row(lars).split(";"))
    book.save(file)
    full = owner.post(PAGE, data={"file": (io.BytesIO(file.getvalue()), "list.xlsx")})

    assert (empty.status_code, "holds no rows" in empty.text, full.status_code) == (422, True, 302)
    assert [one["title"] for one in ClaimsUpload.query.one().rows] == ["Matematikk 1"]


def test_each_row_that_cannot_be_used_is_named_with_the_reason(owner, lars):
    own = lars.memberships[0].organisation
    stranger = f.teacher(f.School.query.filter(f.School.owner_id != f.School.query.filter_by(organisation_id=own.id).one().owner_id).first(), name="Kari")
    answer = send(
        owner, row(stranger), row(lars, subject="Alkymi"), row(lars, amount="7.3"), row(lars, amount="101", unit="vekttall"), row(lars, unit="annen enhet"),
        row(lars, finished="i fjor"), row(lars, title=""), row(lars), row(lars), row(lars) + ";too;many",
    )  # fmt: skip
    page = owner.get(answer.location).text

    said = [
        "No teacher at your schools has the reference", "“Alkymi” is not a subject that Seksti knows.", "“7.3” is not an amount.", "“101” is not an amount.",
        "“annen enhet” is not a unit", "“i fjor” is not a day.", "The column “title” is empty", "The same education stands on line 9.", "there are 8 headers",
    ]  # fmt: skip
    assert [sentence for sentence in said if sentence not in page] == []
    assert len(ClaimsUpload.query.one().rows) == 1


def test_what_the_teacher_has_already_is_not_saved_twice(owner, lars):
    first = send(owner, row(lars))
    owner.post(f"{first.location}/acceptance")
    again = send(owner, row(lars))

    assert "No row of the file would change anything." in owner.get(again.location).text
    owner.post(f"{again.location}/acceptance")
    assert PriorCredit.query.count() == 1


@pytest.mark.parametrize(("content", "said"), [(b"", "is empty"), (b"a;b\n1;2", "lacks the columns"), (b"%PDF-1.7", "is not a table")])
def test_a_file_that_cannot_be_used_is_refused_by_name(owner, content, said):
    answer = owner.post(PAGE, data={"file": (io.BytesIO(content), "utdanning.csv")})

    assert (answer.status_code, said in answer.text, "utdanning.csv" in answer.text) == (422, True, True)


def test_a_file_that_nobody_saves_is_let_go_of_after_a_day(owner, lars):
    send(owner, row(lars))

    assert [forget_uploads(ClaimsUpload, MONDAY + timedelta(hours=hours)) for hours in (23, 25)] == [0, 1]
