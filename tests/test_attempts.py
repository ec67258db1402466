"""What a form asks for is attempted once it is well formed, and what is refused of a field stands at the field."""

import pytest

from config.errors import BadInput
from config.forms import blank_form


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
