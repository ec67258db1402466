"""Progress in words, in the three languages: a sentence first, halves as each language writes them."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from flask import Flask

from catalog.registers.loading import CARRIED, REQUIREMENTS
from catalog.values import Band, Strand
from config import languages
from enrolment.progress import words
from enrolment.progress.asked import Rule
from enrolment.progress.rules import evaluate
from enrolment.progress.values import Credit, Kind, OverlapSet, Progress, Target
from tests.test_translations import ENGLISH

MATHS = "matematikk"


@pytest.fixture(autouse=True)
def translated() -> Iterator[None]:
    app = Flask(__name__)
    languages.init_app(app)
    with app.test_request_context(headers={"Accept-Language": "en"}):
        yield


def credit(key: str, credits, kind: Kind = Kind.VERIFIED, **facts) -> Credit:
    return Credit(key, MATHS, Decimal(credits), kind, module=key, title=f"Module {key}", **facts)


def maths(*credits: Credit, **asked) -> Progress:
    return evaluate(credits, Rule(MATHS, **{name: value if name == "goal" else tuple(value) for name, value in asked.items()}))


def said(progress: Progress, language: str, subject: str = "") -> str:
    with languages.in_language(language):
        return words.sentence(progress, subject)


@pytest.mark.parametrize(
    ("language", "subject", "sentence"),
    [
        ("en", "Mathematics", "You have 30 of 60 credits in mathematics. 7.5 in progress, 15 planned; then 7.5 still missing."),
        ("nb", "Matematikk", "Du har 30 av 60 studiepoeng i matematikk. 7,5 er underveis, 15 er planlagt; da mangler 7,5."),
        ("nn", "Matematikk", "Du har 30 av 60 studiepoeng i matematikk. 7,5 er undervegs, 15 er planlagde; då manglar 7,5."),
        ("nb", "KRLE", "Du har 30 av 60 studiepoeng i KRLE. 7,5 er underveis, 15 er planlagt; da mangler 7,5."),
    ],
)
def test_the_way_to_sixty_is_one_sentence(language, subject, sentence):
    progress = maths(credit("a", 30), credit("b", "7.5", Kind.RUNNING), credit("c", 15, Kind.PLANNED))

    assert said(progress, language, subject) == sentence


def test_each_thing_is_said_only_where_there_is_something_to_say():
    assert said(maths(), "en") == "You have 0 of 60 credits. 60 still missing."
    assert said(maths(credit("a", 60)), "en") == "You have 60 of 60 credits. Nothing is missing."
    assert said(maths(credit("a", 45), credit("b", 15, Kind.RUNNING)), "en") == (
        "You have 45 of 60 credits. 15 in progress; then nothing is missing."
    )


def test_claims_and_what_goes_beyond_sixty_have_sentences_of_their_own():
    assert said(maths(credit("a", 15), credit("b", "22.5", Kind.CLAIMED)), "nb") == (
        "Du har 15 av 60 studiepoeng. 45 mangler. 22,5 er oppgitt og teller når skoleeieren har godkjent dem."
    )
    assert said(maths(credit("a", 75), credit("b", "7.5", Kind.PLANNED)), "en") == (
        "You have 60 of 60 credits. Nothing is missing. You have 15 beyond 60. Of what is in progress or planned, 7.5 goes beyond 60."
    )


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (0, "Trinn 1–7: ikke krav om studiepoeng."),
        (15, "Trinn 1–7: kravet om 15 studiepoeng er nådd."),
        (30, "Trinn 1–7: kravet om 30 studiepoeng nås med det som er underveis og planlagt."),
        ("37.5", "Trinn 1–7: kravet er 37,5 studiepoeng, 7,5 mangler."),
    ],
)
def test_a_requirement_says_whether_it_is_reached(asked, sentence):
    target = Target(MATHS, Band.PRIMARY, Decimal(asked))
    (mark,) = maths(credit("a", 15), credit("b", 15, Kind.PLANNED), targets=[target]).thresholds

    with languages.in_language("nb"):
        assert words.requirement(mark) == sentence


def test_a_credit_says_what_it_overlaps_with():
    sets = [OverlapSet(frozenset("ac"), Decimal("2.5")), OverlapSet(frozenset("bc"), Decimal(5))]
    progress = maths(credit("a", 15), credit("b", 15), credit("c", 10, Kind.RUNNING), overlap_sets=sets)

    assert [words.explanation(row, progress) for row in progress.counted] == [
        "Counts in full", "Counts in full", "7.5 overlap with Module a and Module b",
    ]  # fmt: skip
    with languages.in_language("nn"):
        assert words.explanation(progress.counted[2], progress) == "7,5 overlappar med Module a og Module b"


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (Kind.VERIFIED, "Teller fullt ut"),
        (Kind.CLAIMED, "Teller når skoleeieren har godkjent den"),
        (Kind.RUNNING, "Teller når du har bestått"),
        (Kind.PLANNED, "Teller når du har bestått"),
    ],
)
def test_what_does_not_count_yet_says_when_it_will(kind, sentence):
    progress = maths(credit("a", 15, kind))

    with languages.in_language("nb"):
        assert [words.explanation(row, progress) for row in progress.counted] == [sentence]


def test_a_credit_that_gives_nothing_says_why():
    again = Credit("again", MATHS, Decimal(15), Kind.PLANNED, module="a", title="Once more")
    progress = maths(credit("a", 15), again, credit("c", 15, strand=Strand.IN_SERVICE), credit("d", 15, grade="F"))

    assert {row.credit.key: words.explanation(row, progress) for row in progress.counted} == {
        "a": "Counts in full", "again": "The same module counts already",
        "c": "In-service training gives no credits", "d": "Not passed",
    }  # fmt: skip


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_message_is_translated_with_the_same_figures(language):
    source = Path(words.__file__).read_text()
    messages = set(re.findall(r'\b_l?\("([^"]+)"', source))
    translated = languages.joined(language, [languages.TRANSLATIONS / language / "progress.po"])

    for message in messages:
        assert sorted(re.findall(r"%\(\w+\)s", translated.get(message).string)) == sorted(re.findall(r"%\(\w+\)s", message))


@pytest.mark.parametrize(("running", "planned", "missing"), list(product((0, 15), repeat=3)))
def test_every_mixture_of_what_comes_is_a_sentence_with_its_figures(running, planned, missing):
    held = 60 - running - planned - missing
    progress = maths(credit("a", held), credit("b", running, Kind.RUNNING), credit("c", planned, Kind.PLANNED))

    assert said(progress, "en").count("15") == [running, planned, missing].count(15) + (held == 15)


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_the_source_of_a_requirement_is_told_in_the_readers_language(language):
    with languages.in_language(language):
        told = [languages.sourced(f"{CARRIED}; {source}") for _column, _since, source in REQUIREMENTS.values()]

    assert [one for one in told if ENGLISH.search(one)] == []


def test_what_a_person_wrote_of_a_source_stands_as_it_is():
    with languages.in_language("nb"):
        assert languages.sourced("Rundskriv 5; the board; ") == "Rundskriv 5; the board; "
