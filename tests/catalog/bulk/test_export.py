"""Everything taken out, and sent back unchanged: the same, row for row."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.bulk import cells, columns, exporting
from catalog.importing.vocabulary import Vocabulary
from catalog.offers.lifecycle import Run
from catalog.publishing.values import Contained
from catalog.values import Delivery, EnrolmentMode, Grades, Semester, Strand, Tag, Term
from config.database import db as database
from tests import factories as f
from tests.catalog.bulk.conftest import rows_of, told

WORDS = Vocabulary()
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Mn", "Co", "Cn"), exclude_characters="\ufffdÃ"), min_size=1, max_size=60)
VALUES = {
    "credits": st.integers(1, 600).map(lambda halves: Decimal(halves) / 2),
    "grades": st.sets(st.integers(1, 14), min_size=1).map(Grades.of),
    "semester": st.builds(Semester, st.integers(2000, 2049), st.sampled_from(Term)),
    "delivery": st.sampled_from(Delivery),
    "part_time": st.booleans(),
    "strand": st.sampled_from(Strand),
    "mode": st.sampled_from(EnrolmentMode),
    "seats": st.integers(0, 10_000),
    "minimum": st.integers(0, 10_000),
    "semesters": st.integers(1, 8),
    "fee": st.integers(0, 99_999_900).map(lambda oere: Decimal(oere) / 100),
    "starts_on": st.dates(date(2000, 1, 1), date(2049, 12, 31)),
}
named = [(column, VALUES[column.field]) for column in columns.COLUMNS if column.field in VALUES]


@pytest.mark.parametrize(("column", "values"), named, ids=[column.name for column, _values in named])
def test_what_is_written_in_a_cell_reads_the_same_again(column, values):
    @given(values)
    @settings(deadline=None, max_examples=60)
    def each(value):
        assert column.value(cells.kept(value), WORDS) == value

    each()


@given(TEXTS)
@settings(deadline=None)
def test_a_text_of_any_letters_is_the_same_as_its_own_cell(text):
    title = columns.BY_NAME["module_title"]

    assert title.says_the_same(cells.kept(text), text, WORDS)


@given(TEXTS, st.sampled_from([None, Decimal(5), Decimal("7.5")]))
@settings(deadline=None)
def test_a_kind_of_content_is_the_same_as_its_own_cell(sentence, credits):
    line = Contained(Tag.DIDACTICS, sentence, "https://example.org", credits)

    assert columns.BY_NAME["content:didactics"].says_the_same(cells.kept(line), line, WORDS)


@pytest.fixture
def plenty(desk):
    """What is hard to write down: formulas, lines, parallel runs, no code, no run, no module, two courses of one title."""
    town = f.municipality("0301", "Oslo")
    module = desk.module("MAT601", "7.5", title="=SUM(1)", summary="- ein\r\n- to; \"tre\"", short_reason="'=1", knowledge="+47", grades=Grades.of([1, 2, 3, 5, 14]))
    module.tags[0].sentence, module.tags[0].credits = "5 studiepoeng – er tal", Decimal("2.5")
    desk.run(module, place="Bergen", municipality_id=town.id, fee_oere=125050, delivery=Delivery.BLENDED)
    desk.run(module, place="Førde", part_time=False, mode=EnrolmentMode.ROUND)
    desk.run(module, place="Førde", semester=None)
    desk.published_run(desk.published_module("MAT602", title="Tall – og “form”"))
    desk.published_run(state=Run.CANCELLED)
    bare = desk.module("BARE1")
    bare.code = None
    for _time in range(2):
        desk.course(title="Matematikk 1, 5.–10.")
    database.session.commit()
    return desk


@pytest.mark.parametrize("name", ["everything.csv", "everything.xlsx"])
def test_everything_sent_back_is_the_same_row_for_row(plenty, sent, name):
    content = plenty.browser.get(f"/publish/bulk/{name}").data

    _upload, report = sent(content=content, name=name)

    assert [(row.outcome.value, row.problems, row.differences) for row in report.rows] == [("same", (), ())] * len(report.rows)
    assert len(report.rows) == 8
    assert report.unread == ()


def test_many_kinds_of_catalogues_sent_back_are_the_same(desk, sent):
    """Property: whatever stands in the texts and figures."""
    run = desk.run()

    @given(TEXTS, TEXTS, VALUES["credits"], VALUES["grades"], VALUES["seats"])
    @settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def each(title, summary, credits, grades, seats):
        run.module.title, run.module.summary, run.module.credits, run.module.grades, run.place = title, summary, credits, grades, title
        run.seats, run.minimum = seats, 0
        database.session.commit()
        _upload, report = sent(content=desk.browser.get("/publish/bulk/everything.csv").data)
        assert told(report) == ["same"]

    each()


def test_a_changed_cell_of_the_download_changes_that_and_nothing_else(plenty, saved):
    rows = rows_of(plenty.browser.get("/publish/bulk/everything.csv").data)
    [changed] = [row for row in rows if row["place"] == "Bergen"]
    changed["capacity"] = "44"

    report = saved(*rows)

    assert sorted(told(report)) == ["changed"] + ["same"] * 7
    assert [(one.field, one.before, one.after) for row in report.rows for one in row.differences] == [("seats", "20", "44")]


def test_the_download_opens_in_a_norwegian_spreadsheet_and_nothing_in_it_is_run(plenty):
    content = plenty.browser.get("/publish/bulk/everything.csv").data

    [first] = [row for row in rows_of(content) if row["place"] == "Bergen"]
    assert content.startswith(b"\xef\xbb\xbfid;programme_code;course_title;")
    assert (first["module_title"], first["credits"], first["level"], first["semester"]) == ("'=SUM(1)", "7,5", "1.-3. trinn, 5. trinn, voksenopplæring", "vår 2027")


def test_figures_are_figures_in_the_workbook_and_formulas_are_text(plenty):
    sheet = openpyxl.load_workbook(io.BytesIO(plenty.browser.get("/publish/bulk/everything.xlsx").data)).active
    names = [cell.value for cell in sheet[1]]
    found = {row[names.index("place")].value: row for row in sheet.iter_rows(min_row=2)}

    assert [(found["Bergen"][names.index(name)].value, found["Bergen"][names.index(name)].data_type) for name in ("credits", "capacity", "module_title")] == [
        (7.5, "n"), (20, "n"), ("'=SUM(1)", "s"),
    ]  # fmt: skip


def test_a_neighbours_things_are_not_in_the_download(desk, neighbour):
    neighbour.run()
    mine = desk.run()

    assert [row[0] for row in exporting.rows(desk.institution.organisation_id)][0] == str(mine.uuid)
    assert len(list(exporting.rows(desk.institution.organisation_id))) == 1
