"""Slips of the pen that look like something else: each is told at its box, and the box keeps it."""

import re
from html import unescape

import pytest

from catalog.institutions.models import Institution
from catalog.offers.models import Module, Offering
from config.database import db as database
from tests import factories as f
from tests.bad_input.forms import forms_of


@pytest.fixture
def editors(client, db):
    """The browser of an institution's editor."""
    f.subject()
    return f.signed_in(client, f.editor(f.institution()))


@pytest.fixture
def run(editors) -> Offering:
    """A draft of a run, by the editor's institution."""
    institution = database.session.query(Institution).one()
    return f.offering(f.module(f.course(institution), "MAT1"), state="draft", published_at=None)


def fill(browser, page: str, **typed):
    """Opens a page, fills in its form (the largest: the frame has small ones) and sends it."""
    form = max(forms_of(browser.get(page).text), key=lambda form: len(form.boxes))
    return browser.post(form.action or page, data=form.fields(**typed))


def refused(answer) -> tuple[int, list[str]]:
    """The status, and the sentences at the boxes, each of which the summary of errors says too, after the name of its box."""
    said = unescape(answer.text).split('class="error-summary"')
    summed_up = [line.split("</a>")[0].split(">")[-1] for line in said[1].split("</ul>")[0].split("<li>")[1:]] if said[1:] else []
    at_boxes = re.findall(r'class="error" id="[^"]+"><span class="hidden">Error: </span>(.*?)</p>', unescape(answer.text))
    assert not at_boxes or all(whole.endswith(sentence) for whole, sentence in zip(summed_up, at_boxes, strict=True))
    return answer.status_code, at_boxes or summed_up


def test_a_week_of_another_century_is_refused(editors, run):
    answer = fill(editors, f"/publish/offerings/{run.uuid}/dates", **{"week-1": "1926-36"})

    assert refused(answer) == (422, ["The year is 1926. It must be between 2000 and 2100."])
    assert 'value="1926-36"' in answer.text


@pytest.mark.parametrize(
    ("page", "box", "typed", "sentence"),
    [
        ("modules/new", "credits", "1_5", "Credits are whole or halves, such as 15 or 7.5, and at most 300."),
        ("offerings/{run}/delivery", "fee", "1_250", "Write an amount in kroner with figures only, such as 1250."),
        ("offerings/{run}/seats", "seats", "2_0", "This must be a whole number."),
    ],
)
def test_a_line_between_figures_is_not_passed_over(editors, run, page, box, typed, sentence):
    answer = fill(editors, f"/publish/{page.format(run=run.uuid)}", **{box: typed})

    assert refused(answer) == (422, [sentence])
    assert f'value="{typed}"' in answer.text


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u202a"])
def test_a_sign_that_turns_the_text_after_it_round_is_refused(editors, run, sign):
    answer = fill(editors, "/publish/courses/new", title=f"Algebra{sign}gpj.exe")

    assert refused(answer) == (422, ["This holds signs that cannot be shown."])


def test_letters_made_of_two_signs_are_the_letters_they_look_like(editors, run):
    fill(editors, "/publish/modules/new", title="Ra\u030adgiving", code="RÅD1")
    again = fill(editors, "/publish/modules/new", title="Another", code="ra\u030ad1")

    assert database.session.query(Module.title).filter_by(code="RÅD1").scalar() == "Rådgiving"
    assert refused(again) == (422, ["The module “Rådgiving” has the code RÅD1 already."])


@pytest.mark.parametrize("address", ["https://example.no/a\x00b", "https://example.no/\u202egpj.exe", "https://example.no/\x1b"])
def test_an_address_with_signs_that_cannot_be_shown_is_refused(editors, run, address):
    answer = fill(editors, f"/publish/modules/{run.module.uuid}/content", **{"sentence-ict": "ICT.", "address-ict": address})

    assert answer.status_code == 422
    assert "This holds signs that cannot be shown." in answer.text or "This is not an address. Begin with https://." in answer.text


@pytest.mark.parametrize(("year", "sentence"), [("1926", "Write a whole number between 2012 and 2100."), ("99999", "Write a whole number between 2012 and 2100."), ("1e3", "This must be a whole number.")])
def test_a_year_without_a_catalogue_is_refused_in_a_sentence(client, db, year, sentence):
    answer = client.get(f"/coverage?year={year}")

    assert (answer.status_code, sentence in answer.text) == (422, True)


def test_a_level_that_does_not_exist_is_refused_in_a_sentence(client, db):
    answer = client.get("/coverage?level=99")

    assert (answer.status_code, "Choose from the list." in answer.text) == (422, True)


def test_more_than_there_is_to_teach_is_refused_in_a_sentence(client, db):
    f.signed_in(client, f.teacher())

    many = client.post("/me/teaching", data={"teaching": [f"subject{number}:1-7" for number in range(121)]})
    long = client.post("/me/teaching", data={"teaching": "x" * 61})

    assert refused(many) == (422, ["Choose at most 120."])
    assert refused(long) == (422, ["This is too long: at most 60 characters."])


@pytest.mark.parametrize(("box", "typed", "sentence"), [("credits", "7.3", "Credits are whole or halves, such as 15 or 7.5, and at most 300."), ("finished_on", "1926-06-20", "The date must be between 1950 and 2100."), ("finished_on", "2012-02-30", "This is not a date. Write it like 2027-01-31.")])
def test_a_claim_that_makes_no_sense_is_refused_at_its_box_and_kept(client, db, box, typed, sentence):
    f.subject()
    f.signed_in(client, f.teacher())

    answer = fill(client, "/me/progress/claims/new", **({"title": "Mathematics 1", "institution": "HiB", "subject": "matematikk", "credits": "15"} | {box: typed}))

    assert refused(answer) == (422, [sentence])
    assert f'value="{typed}"' in answer.text
    assert 'value="Mathematics 1"' in answer.text


def test_a_second_module_with_the_same_code_is_refused_whatever_the_size_of_its_letters(editors, run):
    answer = fill(editors, "/publish/modules/new", title="Another", code="mat1")

    assert refused(answer) == (422, [f"The module “{run.module.title}” has the code MAT1 already."])
    assert database.session.query(Module).count() == 1
