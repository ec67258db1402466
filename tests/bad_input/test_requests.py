"""Requests that no browser sends."""

import io

import pytest

from accounts.models import Person
from config.http import MOST_FORM_BYTES
from tests import factories as f

SENTENCE = "The request could not be understood."


@pytest.mark.parametrize("host", ["x" * 5000, f"{'x' * 64}.example", "a..b"])
def test_a_host_that_has_no_name_is_refused_in_a_line(client, host):
    answer = client.get("/sign-in", headers={"Host": host})

    assert (answer.status_code, answer.mimetype, answer.text) == (400, "text/plain", f"{SENTENCE}\n")


def test_a_stretch_of_a_file_that_it_has_not_is_refused_without_taking_the_blame(client):
    answer = client.get("/static/seksti.css", headers={"Range": "bytes=99999999-"})

    assert (answer.status_code, SENTENCE in answer.text, "logged" in answer.text) == (416, True, False)


@pytest.mark.parametrize("head", ['form-data', 'form-data; filename="marks.csv"'])
def test_a_part_of_a_form_without_a_name_is_refused(client, head):
    body = f"--x\r\nContent-Disposition: {head}\r\n\r\nAlgebra\r\n--x--\r\n"

    answer = client.post("/sign-out", data=body, content_type="multipart/form-data; boundary=x")

    assert (answer.status_code, SENTENCE in answer.text) == (400, True)


@pytest.mark.parametrize(("body", "status"), [(b"language=nn", 302), (b"language=" + b"x" * MOST_FORM_BYTES, 413)])
def test_a_form_sent_in_pieces_is_a_form_like_any_other(client, db, body, status):
    kari = f.person("Kari")
    f.signed_in(client, kari)

    pieces = {"wsgi.input": io.BytesIO(body), "wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    answer = client.post("/me/language", content_type="application/x-www-form-urlencoded", environ_overrides=pieces)

    assert (answer.status_code, db.session.get(Person, kari.id).language) == (status, "nn" if status == 302 else None)
