"""The look: every part is shown and explained, its words are translated, its colours can be read, its bar is exact."""

import re
from decimal import Decimal

import pytest
from babel.messages.pofile import read_po
from flask import render_template, render_template_string
from hypothesis import given
from hypothesis import strategies as st
from jinja2.ext import babel_extract

from config.forms import Form
from config.settings import ROOT
from tests.test_house import TEMPLATES

FRAME = ("base", "home", "problem", "problem_bare", "styleguide", "about/data", "about/accessibility")
COMPONENTS = sorted((ROOT / "templates/components").glob("*.html"))
OWN = [ROOT / "templates" / f"{name}.html" for name in FRAME] + COMPONENTS
STYLES = (ROOT / "static/seksti.css").read_text()
WITHIN_A_FILE = "{# Within this file:"
PLAIN_NAMES = {"PDF", "kB", "jwt", "JWKS", "Seksti", "MAT1A", "hvl.no/studieplan", "ics"}  # names, the same in every language
CELL = re.compile(r'<path class="(\w+)" d="M([\d.]+) [\d.]+h([\d.]+)"')
READABLE, VISIBLE = 4.5, 3.0  # WCAG 2.2: 1.4.3 for text, 1.4.11 for what shows where a field is


def macros() -> list[tuple[str, str]]:
    """(file, name) of every macro made for pages; those a file keeps to itself stand under a comment that says so."""
    found = []
    for path in COMPONENTS:
        for part in path.read_text().split("\n\n"):
            if WITHIN_A_FILE not in part:
                found += [(path.stem, name) for name in re.findall(r"{% macro (\w+)\(", part)]
    return found


@pytest.mark.parametrize(("file", "name"), macros())
def test_every_macro_is_shown_in_the_style_guide_and_explained(file, name):
    assert f"{{# {name}(" in (ROOT / f"templates/components/{file}.html").read_text()
    assert f"`{name}(" in (ROOT / "templates/components/README.md").read_text()
    assert re.search(rf"{{[{{%] ?(call |)?[^}}]*\b{name}\(", (ROOT / "templates/styleguide.html").read_text())


@pytest.mark.parametrize("language", ["en", "nb", "nn"])
@pytest.mark.parametrize("address", ["/styleguide", "/about/data", "/about/accessibility"])
def test_it_is_a_page_in_each_language(client, address, language):
    page = client.get(address, headers={"Accept-Language": language})

    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text
    assert page.text.count("<h1") == 1


@pytest.mark.parametrize("template", TEMPLATES, ids=str)
def test_every_word_of_a_page_can_be_translated(template):
    text = (ROOT / template).read_text()
    text = re.sub(r"{#.*?#}|{% block page_class %}.*?{% endblock %}|{%-? *trans.*?endtrans *-?%}", " ", text, flags=re.DOTALL)
    text = re.sub(r"{%.*?%}|{{.*?}}", " ", text, flags=re.DOTALL)
    attributes = re.findall(r'\b(?:aria-label|alt|placeholder|title)="([^"]*)"', text)
    shown = re.sub(r'<[^>]*>|&\w+;|[\w-]+="[^"]*"', " ", text)
    words = set(re.findall(r"[^\W\d_][\w./]*", " ".join([shown, *attributes])))

    assert words - PLAIN_NAMES == set()


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_string_of_the_frame_and_its_parts_is_translated(language):
    used = {message for path in OWN for message in strings(path)}

    assert used - {message.id for message in catalogue(language, "*") if message.string} == set()
    assert {message.id for message in catalogue(language, "look") if message.id} - used == set()


def catalogue(language: str, area: str) -> list:
    """The messages of one area's file, or of all."""
    found = []
    for path in (ROOT / "translations" / language).glob(f"{area}.po"):
        with path.open("rb") as file:
            found += read_po(file)
    return found


def strings(path) -> set:
    """What gettext is asked for: a text, or (singular, plural)."""
    with path.open("rb") as file:
        found = list(babel_extract(file, ("_", "ngettext"), [], {}))
    return {message if isinstance(message, str) else message[:2] if name == "ngettext" else message[0] for _, name, message, _ in found}


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_what_a_translation_fills_in_is_what_the_string_names(language):
    for message in catalogue(language, "look"):
        assert {names(text) for text in several(message.id)} == {names(text) for text in several(message.string)}


def several(texts) -> tuple:
    return (texts,) if isinstance(texts, str) else tuple(texts)


def names(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"%\((\w+)\)s", text))


def test_colours_are_named_once():
    outside = re.sub(r":root {.*?}", "", re.sub(r"/\*.*?\*/", "", STYLES, flags=re.DOTALL), flags=re.DOTALL)

    assert re.findall(r"#[0-9a-f]{3,8}\b|rgb\(|hsl\(", outside) == []


GROUNDS = {
    "ink": ("paper", "card", "sunk", "fjord-tint", "moss-tint", "birch-tint", "rowan-tint"),
    "ink-soft": ("paper", "card", "sunk"),
    "fjord": ("paper", "card", "sunk", "fjord-tint", "moss-tint", "birch-tint", "rowan-tint"),
    "fjord-deep": ("paper", "card", "fjord-tint"),
    "moss": ("card", "moss-tint"),
    "birch": ("card", "birch-tint"),
    "rowan": ("paper", "card", "rowan-tint"),
    "on-fjord": ("fjord", "fjord-deep", "moss", "birch", "rowan", "rowan-deep"),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_letters_can_be_read_on_every_ground_they_stand_on(scheme):
    colours = tokens(scheme)

    pairs = [(letters, ground) for letters, grounds in GROUNDS.items() for ground in grounds]

    assert [pair for pair in pairs if contrast(*map(colours.get, pair)) < READABLE] == []
    assert [ground for ground in ("paper", "card") if contrast(colours["line-strong"], colours[ground]) < VISIBLE] == []


def tokens(scheme: str) -> dict[str, str]:
    light, dark = re.findall(r":root {(.*?)}", STYLES, flags=re.DOTALL)[:2]
    named = re.compile(r"--([\w-]+): (#[0-9a-f]{6})")
    return dict(named.findall(light)) | (dict(named.findall(dark)) if scheme == "dark" else {})


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance of #rrggbb."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


HALVES = st.integers(0, 24).map(lambda halves: Decimal(halves) / 2)
PARTS = st.fixed_dictionaries({"verified": HALVES, "claimed": HALVES, "running": HALVES, "planned": HALVES})


@given(PARTS)
def test_the_bar_is_exact_in_halves_and_always_full(app, parts):
    drawing = CELL.findall(drawn(app, "{{ sixty(parts) }}", parts=parts))
    cells = [(kind, Decimal(x), Decimal(width)) for kind, x, width in drawing if kind != "inside"]

    assert {kind: width for kind, _, width in cells if kind != "missing"} == {kind: width for kind, width in parts.items() if width}
    assert [x for _, x, _ in cells] == [sum(width for _, _, width in cells[:before]) for before in range(len(cells))]
    assert sum(width for _, _, width in cells) == 60


def test_the_bar_says_what_it_shows(app):
    parts = {"verified": Decimal(30), "running": Decimal("7.5"), "missing": Decimal("22.5")}

    bar = drawn(app, "{{ sixty(parts) }}", parts=parts)

    assert 'aria-label="30 verified, 7.5 in progress, 22.5 missing, of 60 credits"' in bar


def test_every_error_leads_to_its_field(app):
    form = Form(errors={name: ["Wrong."] for name in ("title", "subject", "delivery", "grade", "consent", "results")})
    fields = """{{ error_summary(form) }}{{ field(form, "title", "") }}{{ select(form, "subject", "", [("a", "A")]) }}
      {{ radios(form, "delivery", "", [("a", "A")]) }}{{ checkboxes(form, "grade", "", [("a", "A"), ("b", "B")]) }}
      {{ checkbox(form, "consent", "") }}{{ file_field(form, "results", "") }}"""

    page = drawn(app, fields, form=form)

    assert sorted(re.findall(r'href="#(\w+)"', page)) == sorted(form.errors)
    assert [name for name in form.errors if page.count(f' id="{name}"') != 1 or f'id="{name}-error"' not in page] == []


def test_every_error_says_which_field_it_is_about(app):
    """Also where the sentence alone does not, and where the label is written by hand; what names its field itself is left as it is."""
    said = {"title": ["Fill this in."], "place": ["<Too> far."], "seats": ["Seats are at least 1."], "own": ["Choose."], "unknown": ["There is no such field."]}
    page = """{% extends "base.html" %}{% from "components/field.html" import error_summary, field, select %}
      {% block main %}{{ error_summary(form, labels={"own": "My box"}) }}{{ field(form, "title", "What is it called?") }}{{ select(form, "place", "<b>Place</b>"|safe, []) }}{{ field(form, "seats", "Seats") }}{% endblock %}"""

    with app.test_request_context():
        shown = render_template_string(page, form=Form(errors=said))

    told = re.findall(r'<li><a href="#(\w+)">(.*?)</a></li>', shown)
    assert dict(told) == {
        "title": "What is it called: Fill this in.", "place": "Place: &lt;Too&gt; far.", "seats": "Seats are at least 1.", "own": "My box: Choose.",
        "unknown": "There is no such field.",
    }  # fmt: skip


def test_an_error_of_the_whole_form_is_said_without_a_link(app):
    page = drawn(app, "{{ error_summary(form) }}", form=Form(errors={"_schema": ["The first date is after the last."]}))

    assert "<li>The first date is after the last.</li>" in page


def test_a_refused_form_shows_what_was_typed_and_nothing_of_it_as_markup(app):
    form = Form(errors={"title": ["Too long."]})
    form.raw.add("title", '"><script>')
    form.raw.setlist("grade", ["1", "3"])

    fields = """{{ field(form, "title", "Title") }}{{ checkboxes(form, "grade", "Grades", [("1", "1"), ("2", "2"), ("3", "3")]) }}"""

    page = drawn(app, fields, form=form)

    assert 'value="&#34;&gt;&lt;script&gt;"' in page
    assert re.findall(r'value="(\d)" checked', page) == ["1", "3"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429, 500, 503])
def test_every_refusal_is_a_page_with_its_sentence(app, status):
    with app.test_request_context("/", headers={"Accept-Language": "en"}):
        page = render_template("problem.html", code="x", status=status, sentence="The seat is taken.", facts={}, reference="abc")

    assert page.count("<h1") == 1
    assert "The seat is taken." in page
    assert ("abc" in page) == (status >= 500)
    assert ("That could not be understood" in page) == (status == 400)  # each kind has a heading of its own


def test_the_page_without_a_database_asks_for_no_menu_and_nobody(app):
    with app.test_request_context("/"):
        nobody = {"menu": None, "hats": None, "unread": None}
        page = render_template("problem_bare.html", code="x", status=503, sentence="Later.", facts={}, reference="abc", **nobody)

    assert "Later." in page


def drawn(app, source: str, **known) -> str:
    """A piece of a page, with every macro at hand."""
    imports = "".join(f'{{% from "components/{file}.html" import {name} %}}' for file, name in macros())
    with app.test_request_context("/", headers={"Accept-Language": "en"}):
        return app.jinja_env.from_string(imports + source).render(**known)
