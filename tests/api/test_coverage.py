"""Coverage by program: the matrix of the page, with the path behind each cell."""

import pytest

from catalog.values import Delivery
from regions.coverage import matrix
from tests import factories as f


@pytest.fixture
def covered(world):
    """Three modules of 15 credits with runs in the region, the first of them made up."""
    for number in range(1, 4):
        module = f.module(world.course, f"PATH{number}", slug=f"path{number}")
        f.offering(module, seats=30, made_up=number == 1, delivery=Delivery.CAMPUS, municipality_id=world.offering.municipality_id, place="Stavanger")
    return world


def test_a_cell_tells_its_path_and_what_is_missing(client, covered):
    told = client.get("/api/v1/coverage?subject=matematikk&region=vest").get_json()
    (row,) = told["rows"]
    (cell,) = row["cells"]

    assert (told["year"], told["level"], told["distance"]) == (2026, "1-7", True)
    assert (row["subject"], row["group"], row["confirmed"], row["target"], row["name"]["nb"]) == ("matematikk", 1, True, 30, "Matematikk")
    assert (cell["region"], cell["status"], cell["reached"], cell["missing"]) == ("vest", "complete", 30, None)
    assert sum(step["counts"] for step in cell["path"]) >= 30
    assert {step["semester"] for step in cell["path"]} == {"2027v"}
    assert client.get(f"/api/v1/offerings/{cell['path'][0]['offering']}").get_json()["module"] == cell["path"][0]["module"]


def test_a_cell_says_that_runs_within_reach_are_made_up(client, covered):
    (cell,) = client.get("/api/v1/coverage?subject=matematikk&region=vest").get_json()["rows"][0]["cells"]
    (elsewhere,) = client.get("/api/v1/coverage?subject=matematikk&region=vest&level=vg").get_json()["rows"][0]["cells"]

    assert (cell["made_up"], elsewhere["made_up"]) == (True, False)
    assert {step["made_up"] for step in cell["path"] if step["module"]["code"] == "PATH1"} <= {True}
    assert {step["made_up"] for step in cell["path"] if step["module"]["code"] != "PATH1"} == {False}


def test_a_cell_that_is_not_covered_names_the_missing_step(client, world):
    (cell,) = client.get("/api/v1/coverage?level=8-10&subject=matematikk&region=vest").get_json()["rows"][0]["cells"]

    assert (cell["status"], cell["reached"], cell["path"], cell["missing"]["credits"]) == ("none", 0, [], 60)


@pytest.mark.parametrize("question", ["", "?level=8-10", "?level=vg", "?year=2027", "?distance=0"])
def test_every_cell_is_the_one_of_the_page(client, covered, question):
    told = client.get(f"/api/v1/coverage{question}").get_json()

    with client.application.test_request_context():
        asked = matrix.Asked(told["year"], next(band for band in matrix.Band if band == told["level"]), told["distance"])
        shown = matrix.matrix(asked, f.MONDAY.date())
        expected = {
            row.subject.code: [(cell.status.value, cell.halves / 2, len(cell.path), cell.proven) for cell in row.cells.values()] for row in shown.rows
        }

    assert {row["subject"]: [(cell["status"], cell["reached"], len(cell["path"]), cell["proven"]) for cell in row["cells"]] for row in told["rows"]} == expected


@pytest.mark.parametrize(
    ("question", "parameter"),
    [("region=nowhere", "region"), ("subject=alchemy", "subject"), ("level=11", "level"), ("year=1926", "year"), ("year=x", "year"), ("distance=far", "distance"),
     ("bogus=1", "bogus"), ("year=2026&year=2027", "year")],
)  # fmt: skip
def test_what_is_not_in_the_matrix_is_refused_and_named(client, world, question, parameter):
    answer = client.get(f"/api/v1/coverage?{question}")

    assert (answer.status_code, [error["parameter"] for error in answer.get_json()["errors"]]) == (422, [parameter])


def test_coverage_that_is_still_so_is_not_sent_again(client, covered):
    first = client.get("/api/v1/coverage")

    assert client.get("/api/v1/coverage", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_a_matrix_of_three_subjects_asks_the_database_as_often_as_one(client, covered, count_queries):
    def ask() -> int:
        client.get("/api/v1/coverage")
        client.get("/coverage")
        with count_queries() as seen:
            assert client.get("/api/v1/coverage").status_code == 200
        return len(seen)

    of_one = ask()
    for number in range(3):
        subject = f.subject(f"subject-{number}", f"Subject {number}")
        covered.subject.priorities[0].group.subjects.append(type(covered.subject.priorities[0])(subject=subject, source="test", confirmed=True))
        f.offering(f.module(f.course(covered.institution, subject)))

    assert (len(client.get("/api/v1/coverage").get_json()["rows"]), ask()) == (4, of_one)
