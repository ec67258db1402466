"""Files of results that are almost right: no row is passed over in silence, and none is used that could not be read."""

import io
from html import unescape

import openpyxl
import pytest

from accounts.models import Person
from catalog.offers.models import Offering
from config.csv_out import FORMULA
from config.database import db as database
from enrolment.results import reading
from enrolment.seats import services as seats
from enrolment.seats.models import Enrolment
from tests import factories as f


@pytest.fixture
def run(db) -> Offering:
    return f.offering(f.module(f.course(f.institution(), f.subject()), "MAT601"), **f.UNDER_WAY)


@pytest.fixture
def lars(run) -> Enrolment:
    return seats.enrol(run.uuid, actor=f.acting(f.teacher()), at=f.MONDAY)


@pytest.fixture
def send(client, run, lars):
    """Sends a file as the institution's editor; gives the answer."""
    f.signed_in(client, f.editor(run.module.institution))

    def sending(content: bytes, name: str = "marks.csv"):
        return client.post(f"/publish/offerings/{run.uuid}/results/file", data={"file": (io.BytesIO(content), name)})

    return sending


def test_a_row_with_a_cell_too_many_is_not_used(send, lars):
    answer = send(f"reference,name,mark\n{lars.uuid},Lærer, Lars,A\n".encode())

    assert answer.status_code == 422
    assert "The row has 4 cells, but there are 3 headers." in answer.text
    assert 'value="A" selected' not in answer.text


def test_a_row_that_cannot_be_read_is_named_though_it_holds_no_mark(send, lars):
    answer = send(f'reference,mark\n{lars.uuid},B\n"{"a" * 300_000}'.encode())

    assert answer.status_code == 422
    assert "A cell is too long to be read, or a quotation mark is not closed." in answer.text
    assert 'value="B" selected' in answer.text


def test_a_file_without_any_mark_says_so(send, lars):
    answer = send(f"reference,mark\n{lars.uuid},\n".encode())

    assert (answer.status_code, "“marks.csv” holds no marks. Fill in the column “mark”." in unescape(answer.text)) == (422, True)


def test_a_file_longer_than_any_list_of_participants_is_refused(send, monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 3)

    answer = send(b"reference,mark\n" + b"x,A\n" * 4)

    assert (answer.status_code, "has more than 3 rows" in answer.text) == (422, True)


def test_a_formula_where_a_mark_is_expected_is_no_mark(send, lars):
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["reference", "mark"])
    book.active.append([str(lars.uuid), "=cmd|' /C calc'!A0"])
    book.save(file)

    answer = send(file.getvalue(), "marks.xlsx")

    assert (answer.status_code, "“marks.xlsx” holds no marks." in unescape(answer.text)) == (422, True)


@pytest.mark.parametrize("name", [*(f"{sign}cmd|' /C calc'!A0" for sign in FORMULA), "=HYPERLINK(\"https://evil.example\")"])
def test_a_name_that_a_spreadsheet_would_run_is_sent_as_text_to_the_institution(client, run, lars, name):
    database.session.get(Person, lars.person_id).name = name
    database.session.commit()
    f.signed_in(client, f.editor(run.module.institution))

    sent = client.get(f"/publish/offerings/{run.uuid}/participants.csv")
    row = sent.get_data().decode("utf-8-sig").split("\r\n", 1)[1]

    assert sent.headers["Content-Disposition"].startswith("attachment")
    assert row.split(";")[1].lstrip('"').startswith(f"'{name[0]}")
