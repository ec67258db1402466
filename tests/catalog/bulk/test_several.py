"""Cells that hold several lines, and files that are saved part by part."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from catalog.bulk import cells, exporting, reading, services, several
from catalog.bulk.columns import HEADERS
from catalog.bulk.services import uploads
from catalog.bulk.services.uploads import PreviewPassed
from catalog.importing.vocabulary import Vocabulary
from catalog.offers.words import in_order
from catalog.offers.models import BonusPoint, Module, Prerequisite, TermClash
from catalog.publishing import content
from catalog.publishing.values import Before, Bonus, Meeting, Shared
from catalog.values import Selection
from config.database import db as database
from config.errors import BadInput
from tests import factories as f
from tests.catalog.bulk.conftest import mark_of, table, told, why
from tests.catalog.publishing.conftest import DRAFT

WORDS = Vocabulary(subjects={"matematikk": "matematikk"})


def exported(desk) -> list[dict[str, str]]:
    return [dict(zip(HEADERS, row, strict=True)) for row in exporting.for_csv(desk.institution.organisation_id)]


@pytest.fixture
def full(desk):
    """A module and a run that say all the newest there is to say."""
    module = desk.module(
        "MAT601", selection=Selection.RANKED, must_teach=True, attendance=80, in_master=False,
        bonus_points=[BonusPoint(reason="Underviser i faget", points=3), BonusPoint(reason="Bor langt unna", points=1)],
    )  # fmt: skip
    before, twin, third = (desk.module(code, **DRAFT) for code in ("MAT1", "MAT2", "MAT3"))
    module.prerequisites = [Prerequisite(required_module=before, required=True), Prerequisite(subject=desk.subject, credits=Decimal("7.5"), required=False)]
    module.apart = [TermClash(other=twin, source="Studieplanen")]
    f.overlap("7.5", module, twin, third).source = "Studieplanen, side 3"
    run = desk.run(module, group_name="Gruppe A", language="se")
    f.gathering(run, date(2027, 3, 1), date(2027, 3, 3), place="Bergen", online=False)
    f.gathering(run, date(2027, 4, 5), place=None, online=True)
    database.session.commit()
    return run


def test_everything_is_taken_out_and_sent_back_unchanged_it_is_the_same(desk, full, sent):
    rows = exported(desk)
    [row] = [row for row in rows if row["id"] == str(full.uuid)]

    assert (row["selection"], row["must_teach"], row["attendance"], row["in_master"]) == ("rangert", "ja", "80", "nei")
    assert row["bonus"].splitlines() == ["Underviser i faget: 3", "Bor langt unna: 1"]
    assert row["builds_on"].splitlines() == ["MAT1 (krav)", "7,5 sp matematikk (anbefalt)"]
    assert row["shares_content"] == "MAT2 + MAT3: 7,5 sp, Studieplanen, side 3"
    assert row["not_together"] == "MAT2, Studieplanen"
    assert (row["group"], row["run_language"]) == ("Gruppe A", "se")
    assert row["gathering_days"].splitlines() == ["2027-03-01 til 2027-03-03, Bergen", "2027-04-05 (nett)"]
    assert set(told(sent(*rows)[1])) == {"same"}


def test_what_is_changed_in_a_cell_of_several_lines_is_changed_and_what_is_moved_keeps_its_identity(db, desk, full, saved):
    first, second = (row.uuid for row in full.gatherings)
    overlap = full.module.overlaps[0].uuid

    report = saved({
        "id": str(full.uuid), "kode": "MAT601", "samlinger med dato": "2027-03-01 til 2027-03-02, Voss\n12.4.2027 (nett); uke 20 2027, Oslo",
        "bygger på": "MAT2 (anbefalt)", "overlapper med": "MAT3 + MAT2: 5 sp", "tilleggspoeng": "Underviser i faget: 5", "ikke i samme semester som": "MAT3", "må undervise i faget": "nei", "oppmøte": "75 %",
    })  # fmt: skip

    db.session.expire_all()
    module = full.module
    assert told(report) == ["changed"]
    assert [(row.starts_on, row.ends_on, row.place, row.online, row.iso_week) for row in in_order(full.gatherings)] == [
        (date(2027, 3, 1), date(2027, 3, 2), "Voss", False, None), (date(2027, 4, 12), date(2027, 4, 12), None, True, None), (None, None, "Oslo", False, 20),
    ]  # fmt: skip
    assert [row.uuid for row in in_order(full.gatherings)][:2] == [first, second]
    assert [(row.required_module.code, row.required) for row in module.prerequisites] == [("MAT2", False)]
    assert [(row.uuid, row.credits) for row in module.overlaps] == [(overlap, 5)]
    assert [(row.reason, row.points) for row in module.bonus_points] == [("Underviser i faget", 5)]
    assert [(row.other.code, row.source) for row in module.apart] == [("MAT3", None)]
    assert (module.must_teach, module.attendance) == (False, 75)


@pytest.mark.parametrize(
    ("header", "cell", "field"),
    [
        ("samlinger med dato", "i september en gang", "gatherings"),
        ("samlinger med dato", "2027-02-31", "gatherings"),
        ("samlinger med dato", "1.3.1926", "gatherings"),
        ("bygger på", "MAT1 (kanskje)", "prerequisites"),
        ("bygger på", "7,3 sp matematikk", "prerequisites"),
        ("bygger på", "15 sp trylling", "prerequisites"),
        ("overlapper med", "MAT2 og litt til", "overlaps"),
        ("tilleggspoeng", "Underviser i faget", "bonus"),
        ("tilleggspoeng", "Underviser i faget: 1000", "bonus"),
        ("må undervise i faget", "av og til", "must_teach"),
        ("hvem går først", "de raskeste", "selection"),
        ("oppmøte", "120", "attendance"),
    ],
)
def test_a_line_that_is_not_understood_is_told_with_its_field_and_nothing_of_the_row_is_saved(db, desk, sent, header, cell, field):
    desk.run(desk.module("MAT601"), place="Bergen")
    desk.module("MAT2")

    _upload, report = sent({"kode": "MAT601", "semester": "vår 2027", "sted": "Bergen", "tittel": "Nytt", header: cell})

    assert told(report) == ["refused"]
    assert [name for _line, name, _sentence in why(report)] == [field]


def test_what_the_rules_refuse_of_a_line_is_told_with_its_field_too(desk, sent):
    desk.run(desk.module("MAT601"))

    _upload, report = sent(
        {"kode": "MAT601", "semester": "vår 2027", "samlinger med dato": "2026-03-01"}, {"kode": "MAT601", "bygger på": "MAT601"},
        {"kode": "MAT601", "ikke i samme semester som": "MAT601"},
    )  # fmt: skip

    assert told(report) == ["refused", "refused", "refused"]
    assert [name for _line, name, _sentence in why(report)] == ["gatherings", "prerequisites", "apart"]


places = st.one_of(st.none(), st.sampled_from(["Bergen", "Mo i Rana", "Høgskulen, Sogndal"]))
days = st.dates(date(2026, 1, 1), date(2030, 1, 1))


@st.composite
def meetings(draw) -> Meeting:
    if draw(st.booleans()):
        return Meeting(None, None, draw(places), draw(st.booleans()), f"{draw(st.integers(2026, 2030))}-{draw(st.integers(1, 52))}")
    first = draw(days)
    return Meeting(first, first + timedelta(days=draw(st.integers(0, 9))), draw(places), draw(st.booleans()))


halves = st.integers(1, 120).map(lambda number: Decimal(number) / 2)
codes = st.sampled_from(["MAT601", "ENG1A-17KFK", "RÅD212KFK", "UiB MAT601"])


@given(st.lists(meetings(), min_size=1, max_size=4))
def test_gatherings_are_read_as_they_are_written(lines):
    assert several.as_gatherings(cells.written(tuple(lines)), WORDS) == tuple(lines)


@given(st.lists(st.one_of(st.builds(Before, st.booleans(), codes), st.builds(Before, st.booleans(), st.none(), st.just("matematikk"), halves)), min_size=1, max_size=4))
def test_prerequisites_are_read_as_they_are_written(lines):
    assert several.as_prerequisites(cells.written(tuple(lines)), WORDS) == tuple(lines)


@given(
    st.lists(st.builds(Shared, st.lists(codes, min_size=1, max_size=3, unique=True).map(tuple), halves, st.sampled_from([None, "Studieplanen; side 3"])), min_size=1, max_size=3)
)
def test_overlaps_are_read_as_they_are_written(lines):
    assert several.as_overlaps(cells.written(tuple(lines)), WORDS) == tuple(lines)


@given(st.lists(st.builds(Bonus, st.sampled_from(["Underviser i faget", "Bor langt unna: over 7 timer"]), st.integers(1, 100)), min_size=1, max_size=3))
def test_bonus_points_are_read_as_they_are_written(lines):
    assert several.as_bonus(cells.written(tuple(lines)), WORDS) == tuple(lines)


@given(st.text(max_size=60))
def test_whatever_stands_in_such_a_cell_is_read_or_refused_with_a_sentence(text):
    for read in (several.as_gatherings, several.as_prerequisites, several.as_overlaps, several.as_bonus):
        try:
            read(text, WORDS)
        except Exception as refusal:  # noqa: BLE001  (the column makes a refusal of a ValidationError)
            assert type(refusal).__name__ in ("BadInput", "ValidationError"), refusal


# Part by part


@pytest.fixture
def small_parts(monkeypatch):
    monkeypatch.setattr(reading, "PART", 2)
    monkeypatch.setattr(uploads, "PART", 2)


def rows(count: int) -> list[dict[str, str]]:
    return [{"kode": f"MAT{number}", "tittel": f"Tall {number}"} for number in range(1, count + 1)]


def modules() -> int:
    return database.session.scalar(select(func.count(Module.id)))


def test_a_large_file_is_seen_and_saved_part_by_part(desk, small_parts):
    upload = services.keep_upload(table(*rows(5)), "modules.csv", actor=desk.editor, at=f.MONDAY)
    counts = []
    while upload.done_at is None:
        report = services.preview_upload(upload.uuid, actor=desk.editor, at=f.MONDAY)
        services.carry_out_upload(upload.uuid, report.mark, actor=desk.editor, at=f.MONDAY)
        counts.append(modules())

    whole = services.preview_upload(upload.uuid, actor=desk.editor, at=f.MONDAY)
    assert counts == [2, 4, 5]
    assert (told(whole), upload.content) == (["new"] * 5, None)
    assert [row.line for row in whole.rows] == [2, 3, 4, 5, 6]


def test_interrupted_after_a_part_the_file_goes_on_with_the_next_and_sent_in_anew_it_completes(desk, small_parts, saved):
    upload = services.keep_upload(table(*rows(5)), "modules.csv", actor=desk.editor, at=f.MONDAY)
    first = services.preview_upload(upload.uuid, actor=desk.editor, at=f.MONDAY)
    services.carry_out_upload(upload.uuid, first.mark, actor=desk.editor, at=f.MONDAY)

    assert told(services.preview_upload(upload.uuid, actor=desk.editor, at=f.MONDAY)) == ["new", "new"]
    again = services.keep_upload(table(*rows(5)), "modules.csv", actor=desk.editor, at=f.MONDAY)
    assert told(services.preview_upload(again.uuid, actor=desk.editor, at=f.MONDAY)) == ["same", "same"]


def test_confirming_a_part_twice_saves_it_once_and_shows_the_next(desk, small_parts):
    upload = services.keep_upload(table(*rows(3)), "modules.csv", actor=desk.editor, at=f.MONDAY)
    first = services.preview_upload(upload.uuid, actor=desk.editor, at=f.MONDAY)
    services.carry_out_upload(upload.uuid, first.mark, actor=desk.editor, at=f.MONDAY)

    with pytest.raises(PreviewPassed):
        services.carry_out_upload(upload.uuid, first.mark, actor=desk.editor, at=f.MONDAY)
    assert modules() == 2


def test_the_pages_lead_from_part_to_part_also_where_nothing_changes(desk, small_parts):
    services.keep_upload(table(*rows(2)), "modules.csv", actor=desk.editor, at=f.MONDAY)
    upload = services.keep_upload(table(*rows(2), *rows(3)[2:]), "modules.csv", actor=desk.editor, at=f.MONDAY)
    address = f"/publish/bulk/{upload.uuid}"

    page = desk.browser.get(address).text
    assert "Part 1 of 2: rows 1 to 2 of the file." in page
    desk.browser.post(f"{address}/confirmation", data={"mark": mark_of(page)})
    page = desk.browser.get(address).text
    assert ("Part 2 of 2: rows 3 to 3 of the file." in page, "The parts before it are saved." in page) == (True, True)
    desk.browser.post(f"{address}/confirmation", data={"mark": mark_of(page)})
    assert "The file is carried out" in desk.browser.get(address).text

    same = services.keep_upload(table(*rows(3)), "modules.csv", actor=desk.editor, at=f.MONDAY)
    assert "Go on to the next part" in desk.browser.get(f"/publish/bulk/{same.uuid}").text


def test_a_file_is_read_once_for_its_page(desk, small_parts, monkeypatch):
    upload, reads = services.keep_upload(table(*rows(5)), "modules.csv", actor=desk.editor, at=f.MONDAY), []
    monkeypatch.setattr(uploads, "read_file", lambda *file: reads.append(file) or reading.read_file(*file))

    assert "Part 1 of 3" in desk.browser.get(f"/publish/bulk/{upload.uuid}").text
    assert len(reads) == 1


def test_a_row_that_begins_something_takes_few_statements(desk, count_queries):
    def asked(count: int, code: str) -> int:
        sent = [{"kode": f"{code}{number}", "tittel": "Tall", "fag": "Matematikk", "studiepoeng": "15", "semester": "høst 2027", "sted": "Bergen"} for number in range(count)]
        upload = services.keep_upload(table(*sent), "modules.csv", actor=desk.editor, at=f.MONDAY)
        with count_queries() as seen:
            services.preview_upload(upload.uuid, actor=desk.editor, at=f.MONDAY)
        return len(seen)

    assert (asked(11, "B") - asked(1, "A")) / 10 <= 20


def test_the_values_of_a_line_are_those_of_the_forms(desk, full):
    module = full.module
    assert content.field(module, "prerequisites") == several.as_prerequisites("MAT1 (krav)\n7,5 sp matematikk (anbefalt)", WORDS)
    with pytest.raises(BadInput):
        several.as_gatherings("snart", WORDS)
