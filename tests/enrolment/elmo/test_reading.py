"""What counts of an ELMO file, each thing once; and the files that are not read."""

import gzip
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from config.errors import BadInput
from enrolment.elmo import reading, rules
from enrolment.elmo.rules import content, gives_credits, leaves, same_person
from enrolment.elmo.values import Node, Report, Why
from tests import standards
from tests.enrolment.elmo import elmo_files
from tests.enrolment.elmo.elmo_files import study


def read(*studies: str) -> rules.Content:
    root = reading.parse(elmo_files.file(*studies), "a.xml")
    return content(*reading.learner(root), reading.reports(root, "a.xml"))


def test_a_whole_and_its_parts_are_not_counted_twice(app):
    whole = study("MAT-60", "60", "passed", study("MAT1", "15"), study("MAT2", "7.5"), study("MAT3", "15", "in-progress"))

    found = read(whole, study("NOR1", "30"))

    assert [(one.code, one.credits) for one in found.studies] == [("MAT1", 15), ("MAT2", Decimal("7.5")), ("NOR1", 30)]
    assert found.left_out == (("Emne MAT3", Why.NOT_PASSED),)


def test_a_whole_whose_parts_state_no_credits_counts_itself(app):
    assert [(one.code, one.credits) for one in read(study("ÅR", "60", "passed", study("DEL1", None), study("DEL2", None))).studies] == [("ÅR", 60)]


nodes = some.recursive(
    some.builds(Node, some.just("A"), some.text("abc", min_size=1, max_size=3), some.sampled_from(["passed", "failed"]), some.sampled_from([None, Decimal(15), Decimal("7.5")])),
    lambda inner: some.builds(
        Node, some.just("W"), some.text("xyz", min_size=1, max_size=3), some.just("passed"), some.sampled_from([None, Decimal(60)]), some.none(), some.just(""),
        some.lists(inner, max_size=4).map(tuple),
    ),
    max_leaves=20,
)  # fmt: skip


@given(nodes)
def test_nothing_counts_together_with_something_that_it_is_part_of(top):
    def within(node):
        return [part for child in node.parts for part in (child, *within(child))]

    found = [id(one) for one in leaves(top)]
    for one in leaves(top):
        assert not {id(part) for part in within(one) if gives_credits(part)} & set(found)


@given(some.lists(nodes, max_size=4))
def test_every_study_taken_has_a_key_of_its_own(tops):
    found = content("A", "B", [Report("UiO", {"schac": "uio.no"}, "NO", tuple(tops))])

    assert len({one.key for one in found.studies}) == len(found.studies)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (study("A", "15", "failed"), Why.NOT_PASSED), (study("A", "15", "in-progress"), Why.NOT_PASSED), (study("A", None), Why.NO_CREDITS),
        (study("A", "15", scheme="hours"), Why.NO_CREDITS), (study("A", "0"), Why.NO_CREDITS), (study("A", "2.25"), Why.NOT_IN_HALVES),
        (study("A", "1e9"), Why.NOT_IN_HALVES), (study("A", "NaN"), Why.NO_CREDITS), (study("A", "fifteen"), Why.NO_CREDITS),
    ],
)  # fmt: skip
def test_what_does_not_count_is_left_out_with_the_reason(app, written, why):
    assert (read(written).studies, [reason for _title, reason in read(written).left_out]) == ((), [why])


def test_the_same_result_twice_counts_once(app):
    found = read(study("A"), study("a"), study("B"))

    assert ([one.code for one in found.studies], found.left_out) == (["A", "B"], (("Emne a", Why.TWICE),))


def test_the_published_sample_reads_as_its_three_modules_and_not_as_the_whole(app):
    root = reading.parse(standards.schema("elmo/sample-unsigned.xml").read_bytes(), "sample.xml")
    found = content(*reading.learner(root), reading.reports(root, "sample.xml"))

    assert [(one.code, one.credits, one.label) for one in found.studies] == [("MAT101", 15, "B"), ("MAT102", 15, "Bestått")]
    assert [title for title, _why in found.left_out] == ["Matematikk 2, modul 1"]


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (elmo_files.with_entity(), "declares a document type or entities"), (elmo_files.bomb(), "declares a document type or entities"),
        (elmo_files.file(before='<!DOCTYPE elmo SYSTEM "http://127.0.0.1:9/elmo.dtd">'), "declares a document type"), (b"", "is empty"),
        (b"\x1f\x8bgarbage", "is not XML"), (b"PK\x03\x04", "is not XML"), (b"<elmo", "is not XML"), (b"<a/>", "is not an ELMO file"), (b"\x00\x01", "is not XML"),
        (elmo_files.file(*[study(f"A{number}") for number in range(1001)]), "more than 1000 studies"), (elmo_files.packed_bomb(), "is larger than any list"),
        (b"<a>" * 5000, "is not XML"),
    ],
)  # fmt: skip
def test_what_is_no_elmo_file_is_refused_at_once_by_name(app, bad, said):
    started = time.monotonic()
    with app.test_request_context(headers={"Accept-Language": "en"}), pytest.raises(BadInput) as refused:
        reading.reports(reading.parse(bad, "resultater.xml"), "resultater.xml")

    assert (said in refused.value.sentence, "resultater.xml" in refused.value.sentence) == (True, True)
    assert time.monotonic() - started < 5


def test_a_packed_file_is_read_too(app):
    assert reading.learner(reading.parse(gzip.compress(elmo_files.file(study("A"))), "a.gz")) == ("Lars", "Lærer")


@pytest.mark.parametrize(
    ("name", "given", "family", "same"),
    [
        ("Lars Lærer", "Lars", "Lærer", True), ("Lars Ole Lærer", "Lars", "Lærer", True), ("Anne-Grete Lie", "Anne Grete", "Lie", True), ("lars lærer", "LARS", "LÆRER", True),
        ("Lars Lærer", "Kari", "Lærer", False), ("Lars Lærer", "Lars", "Nordmann", False), ("Lars Lærer", "", "", False), ("Lars Lærer", "Lars", "", False),
        ("Kari Nordmann Berg", "Kari", "Nordmann Berg", True), ("Kari Berg", "Kari", "Nordmann Berg", False),
    ],
)  # fmt: skip
def test_a_file_is_about_somebody_when_the_family_name_and_a_given_name_are_theirs(name, given, family, same):
    assert same_person(name, given, family) is same
