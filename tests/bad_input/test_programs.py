"""What programs send that is JSON to the letter, and still nothing that can be meant."""

import json

import pytest

from config.http import MOST_FIELDS
from tests import factories as f

CLAIM = {"title": "Mathematics 1", "institution": "HiB", "subject": "matematikk", "credits": 15}


@pytest.fixture
def send(client, db):
    """Sends a body as a teacher lays a claim; gives the status and the problem."""
    f.subject()
    f.signed_in(client, f.teacher())

    def sending(body: bytes | dict):
        written = body if isinstance(body, bytes) else json.dumps(body).encode()
        answer = client.post("/api/v1/me/claims", data=written, content_type="application/json")
        return answer.status_code, answer.get_json()

    return sending


def test_what_is_well_formed_is_taken(send):
    assert send(CLAIM)[0] == 201


@pytest.mark.parametrize("number", ["1e99999999999999999999", "1e-99999999999999999999", "-1e99999999999999999999", "9" * 5000])
def test_a_number_too_large_to_be_kept_is_not_understood(send, number):
    status, problem = send(b'{"credits": %s}' % number.encode())

    assert (status, problem["title"]) == (400, "The request could not be understood.")


@pytest.mark.parametrize("credits", ["7.3", "1e999", "301", "-15", "0"])
def test_credits_that_do_not_exist_are_refused_at_their_place(send, credits):
    status, problem = send(json.dumps(CLAIM).replace("15", credits).encode())

    assert (status, [error["pointer"] for error in problem["errors"]]) == (422, ["#/credits"])


@pytest.mark.parametrize("name", ["title", "\ud800"])
def test_half_a_sign_is_refused_in_a_value_and_in_a_name(send, name):
    assert send(CLAIM | {name: "\ud800"})[0] == 422


def test_more_names_than_a_form_may_have_boxes_are_refused_at_once(send):
    assert send({f"name{number}": 0 for number in range(MOST_FIELDS + 1)})[0] == 413
    assert send({f"name{number}": 0 for number in range(MOST_FIELDS)})[0] == 422


def test_a_name_given_twice_is_named_once(send):
    status, problem = send(b'{"title": "a", "title": "b", "credits": 15}')

    assert (status, problem["errors"]) == (422, [{"detail": "Give this once.", "pointer": "#/title"}])

