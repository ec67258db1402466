"""What a form asks for is attempted once it is well formed, and what is refused of a field stands at the field."""

from io import BytesIO

import pytest

from config.errors import BadInput
from config.forms import blank_form, sent_file


def refusing(**errors):
    def act():
        raise BadInput("It cannot be kept.", errors)

    return act


def test_what_is_made_is_given_back():
    form = blank_form(name="A")

    assert (form.attempt(lambda: 7), form.ok) == (7, True)


def test_a_form_that_is_not_well_formed_is_not_attempted():
    form, done = blank_form(name="A"), []
    form.refuse("name", "Too short.")

    assert form.attempt(lambda: done.append(1)) is None
    assert (done, form.errors) == ([], {"name": ["Too short."]})


def test_what_is_refused_of_fields_stands_at_each_of_them():
    form = blank_form(name="A")

    assert form.attempt(refusing(name=["Taken."], day=["Past.", "And a Sunday."])) is None
    assert form.errors == {"name": ["Taken."], "day": ["Past.", "And a Sunday."]}


def test_a_refusal_that_names_no_field_is_never_taken_for_success():
    with pytest.raises(BadInput):
        blank_form(name="A").attempt(refusing())


def test_a_refusal_that_names_no_field_stands_where_the_page_says():
    form = blank_form(name="A")

    assert form.attempt(refusing(), at="file") is None
    assert form.errors == {"file": ["It cannot be kept."]}
    named = blank_form(name="A")
    named.attempt(refusing(name=["Taken."]), at="file")
    assert named.errors == {"name": ["Taken."]}


@pytest.mark.parametrize(("data", "said"), [({}, "Choose a file."), ({"file": (BytesIO(b""), "")}, "Choose a file."), ({"file": (BytesIO(b"x"), "a.csv")}, None)])
def test_a_box_without_a_file_says_so(app, data, said):
    with app.test_request_context(method="POST", data=data, headers={"Accept-Language": "en"}):
        sent, form = sent_file("file")
        read = form.attempt(sent.read)

    assert (form.errors.get("file"), read) == (([said], None) if said else (None, b"x"))
