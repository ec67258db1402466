"""The pages of many at once: from a file to what teachers see, and what is said of a file that cannot be used."""

import io
from html import unescape

import pytest
from sqlalchemy import func, select

from catalog.bulk import reading
from catalog.bulk.models import BulkUpload
from catalog.offers.models import Module
from config.database import db as database
from tests.catalog.bulk.conftest import mark_of, rows_of, table
from tests.catalog.bulk.test_upload import WHOLE, module


@pytest.fixture
def send(desk):
    """Sends a file and follows to what it would do."""

    def sending(content: bytes, name: str = "modules.csv"):
        return desk.browser.post("/publish/bulk", data={"file": (io.BytesIO(content), name)}, follow_redirects=True)

    return sending


def test_from_a_file_to_published_and_back(desk, send):
    seen = send(table(WHOLE | {"undervisningsform": "nettbasert"}))
    address = seen.request.path
    assert (seen.status_code, "Nothing is saved yet." in seen.text, "Save 1 row" in seen.text) == (200, True, True)

    saved = desk.browser.post(f"{address}/confirmation", data={"mark": mark_of(seen.text)}, follow_redirects=True)
    assert "1 row is saved." in saved.text
    assert "Publish 3 drafts" in saved.text
    made = module("MAT1A-17")
    things = [f"course:{made.course.uuid}", f"module:{made.uuid}", f"offering:{made.offerings[0].uuid}"]

    published = desk.browser.post("/publish/bulk/publication", data={"thing": things}, follow_redirects=True)
    assert ("3 are published." in published.text, "Take back" in published.text) == (True, True)
    assert made.visible

    taken = desk.browser.post(f"{published.request.path}/undoing", follow_redirects=True)
    assert ("3 publications are taken back." in taken.text, taken.text.count("Draft again")) == (True, 3)


def test_the_work_list_leads_to_many_at_once(desk):
    assert 'href="/publish/bulk"' in desk.browser.get("/publish").text


def test_a_stale_confirmation_shows_the_preview_anew(desk, send):
    desk.module("MAT601", title="Tall")
    seen = send(table({"code": "MAT601", "title": "Tall og algebra"}))
    module("MAT601").title = "Noe annet"
    database.session.commit()

    answer = desk.browser.post(f"{seen.request.path}/confirmation", data={"mark": mark_of(seen.text)})

    assert answer.status_code == 409
    assert "Something has changed since you saw this." in answer.text
    assert ("Noe annet" in answer.text, module("MAT601").title) == (True, "Noe annet")
    again = desk.browser.post(f"{seen.request.path}/confirmation", data={"mark": mark_of(answer.text)}, follow_redirects=True)
    assert ("1 row is saved." in again.text, module("MAT601").title) == (True, "Tall og algebra")


def test_the_refused_rows_come_as_a_file_with_title_and_reason_before_and_after(desk, send):
    seen = send(table({"code": "MAT1", "title": "=Tall", "credits": "7,3"}, {"code": "MAT2", "title": "+Form", "credits": "16,2"}, {"code": "MAT3", "title": "Sjanse"}))

    def refused():
        return desk.browser.get(f"{seen.request.path}/refused.csv").data

    before = refused()
    desk.browser.post(f"{seen.request.path}/confirmation", data={"mark": mark_of(seen.text)})

    assert before == refused()
    assert before.startswith("\ufeffLine;Title;Field;Reason\r\n".encode())
    assert [(row["Line"], row["Title"], row["Field"]) for row in rows_of(before)] == [("2", "'=Tall", "Credits"), ("3", "'+Form", "Credits")]
    assert rows_of(before)[1]["Reason"] == "Credits are whole or halves between 0 and 300; “16,2” is not."
    assert database.session.scalars(select(Module.code)).all() == ["MAT3"]


@pytest.mark.parametrize(("content", "name", "sentence"), [
    (b"", "modules.csv", "“modules.csv” is empty."),
    (b"\x89PNG\r\n\x1a\n", "modules.csv", "“modules.csv” is not a table, but a PNG picture."),
    (b"title;credits\r\nTall;15\r\n", "modules.csv", "“modules.csv” has no column for the code of the module. It has: “title”, “credits”."),
    (b"code;title\r\n", "modules.csv", "“modules.csv” has headers, but no rows."),
    (b"code;kode;title\r\n1;2;3\r\n", "modules.csv", "In “modules.csv” the headers “code” and “kode” mean the same."),
    (b"code;title\r\nMAT1;T\xc3\xa5l\r\nMAT2;T\xe5l\r\n", "modules.csv", "“modules.csv” is UTF-8, but not in line 3. Save it again as UTF-8."),
    (b"code;title\r\nMAT1;Tall\r\n", "modules.xlsx", "“modules.xlsx” is not what its name says, but text or something else."),
    (b"PK\x03\x04", "modules.xlsx", "“modules.xlsx”"),
])  # fmt: skip
def test_a_file_that_cannot_be_used_is_refused_with_its_name_and_nothing_is_kept(send, db, content, name, sentence):
    answer = send(content, name)

    assert (answer.status_code, sentence in unescape(answer.text)) == (422, True)
    assert db.session.scalar(select(func.count(BulkUpload.id))) == 0


def test_what_a_file_has_stands_in_the_marks_of_the_readers_language(send, desk):
    desk.browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = "nb"

    assert "Den har: «title», «credits»." in unescape(send(b"title;credits\r\nTall;15\r\n", "modules.csv").text)


def test_too_many_rows_and_too_much_are_refused(send, monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    assert "has more than 2 rows. Divide it." in send(table(*({"code": f"M{number}"} for number in range(3)))).text
    monkeypatch.setattr(reading, "MOST_BYTES", 4)
    assert "Divide it." in send(table({"code": "M1"})).text


def test_no_file_is_asked_for(desk):
    answer = desk.browser.post("/publish/bulk", data={})

    assert (answer.status_code, "Choose a file." in answer.text) == (422, True)


def test_a_formula_of_a_workbook_is_never_worked_out(send, desk):
    import openpyxl

    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["code", "title", "credits"])
    book.active.append(["MAT1", "Tall", "=10+5"])
    book.save(file)

    seen = send(file.getvalue(), "modules.xlsx")
    desk.browser.post(f"{seen.request.path}/confirmation", data={"mark": mark_of(seen.text)})

    assert (module("MAT1").title, module("MAT1").credits) == ("Tall", None)


def test_columns_that_are_not_read_are_named_and_letters_of_windows_are_understood(send):
    seen = send("kode;tittel;romnummer\r\nMAT1;Måling;7\r\n".encode("cp1252"))

    assert ("These columns are not read: romnummer." in seen.text, "Måling" in seen.text) == (True, True)


def test_the_drafts_that_are_ready_and_what_the_others_lack(desk):
    desk.run(desk.module("MAT1", title="Tall"))
    desk.module("MAT2", title="Form", knowledge=None)

    page = desk.browser.get("/publish/bulk/publication").text

    assert ("4 ready · 1 not ready" in page, "the knowledge it gives" in page) == (True, True)


def test_nothing_ticked_is_said(desk):
    assert "Tick what is to be published." in desk.browser.post("/publish/bulk/publication", data={}, follow_redirects=True).text
