"""The second command itself: what it runs, what it counts, and that its databases are as private as they are temporary."""

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from accounts.models import Organisation, OrganisationKind
from config.settings import ROOT
from tests import factories, postgres, suites
from tests.benchmarks import Figure, table

SQLITE, POSTGRESQL, BROWSER = suites.SUITES
REPORT = """<testsuites><testsuite>
  <testcase classname="a" name="one"/>
  <testcase classname="a" name="two"><failure message="no"/></testcase>
  <testcase classname="a" name="two"><error message="in the teardown too"/></testcase>
  <testcase classname="a" name="three"><skipped message="no Chromium"/></testcase>
</testsuite></testsuites>"""
CLUSTER_UNTIL_KILLED = """
import time
from tests import postgres
with postgres.cluster() as cluster:
    print(cluster.folder, flush=True)
    time.sleep(60)
"""


def test_everything_is_run_where_nothing_is_named():
    assert [suites.paths_for(suite, ["-x"]) for suite in (SQLITE, POSTGRESQL)] == [["tests"], ["tests"]]


def test_what_is_named_is_run_on_both_databases_and_not_in_the_browser():
    named = ["tests/test_runs.py", "-k", "config"]

    assert [suites.paths_for(suite, named) for suite in suites.SUITES] == [["tests/test_runs.py"], ["tests/test_runs.py"], []]
    assert suites.command_for(SQLITE, named, Path("report.xml"))[-3:] == ["-k", "config", "tests/test_runs.py"]


def test_only_a_whole_run_is_spread_over_several_processes():
    assert "-n" in suites.command_for(SQLITE, [], Path("report.xml"))
    assert "-n" not in suites.command_for(SQLITE, ["tests/test_runs.py"], Path("report.xml"))
    assert suites.command_for(SQLITE, ["-n0"], Path("report.xml")).count("-n0") == 1


def test_what_one_process_of_a_run_compiles_is_there_for_the_next(monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    told = [sys.executable, "-c", "import sys, os; raise SystemExit(sys.dont_write_bytecode or os.environ['SEKSTI_TESTS_ON'] != 'sqlite')"]

    assert suites._pytest(told, {"SEKSTI_TESTS_ON": "sqlite"}) == 0


def test_a_test_that_fails_twice_is_counted_once(tmp_path):
    (tmp_path / "report.xml").write_text(REPORT)

    assert suites.count(tmp_path / "report.xml") == {"passed": 1, "failed": 1, "skipped": 1}


def test_pytest_that_breaks_down_without_a_report_is_a_failure(tmp_path):
    assert suites._outcome(SQLITE, tmp_path / "none.xml", status=3, some_only=False).failed == 1


def missing(suite: suites.Suite) -> suites.Suite:
    return suites.Suite(suite.name, suite.on, suite.in_browser, suite.needs, lambda: None, suite.how_to_get_it)


def test_a_missing_program_is_named_with_how_to_get_it_and_the_rest_is_run(monkeypatch, capsys):
    monkeypatch.delenv("SEKSTI_TESTS_REQUIRE", raising=False)

    outcome = suites.run(missing(POSTGRESQL), [], "seksti")

    assert (outcome.missing, outcome.failed) == (True, 0)
    assert capsys.readouterr().out == (
        "\n=== PostgreSQL: postgresql is not installed. To get it: apt-get install -y --no-install-recommends postgresql\nThe rest is run.\n"
    )


def test_a_missing_program_that_is_required_is_a_failure(monkeypatch):
    monkeypatch.setenv("SEKSTI_TESTS_REQUIRE", "postgresql,chromium")

    assert [suites.run(missing(suite), [], "seksti").failed for suite in (POSTGRESQL, BROWSER)] == [1, 1]


def test_the_last_line_tells_the_whole(capsys):
    status = suites._sum_up([suites.Outcome(SQLITE, 3, 1), suites.Outcome(BROWSER, missing=True)], 61.7)

    assert status == 1
    assert capsys.readouterr().out == "\n3 passed, 1 failed in 62 s (SQLite: 3 passed, 1 failed; browser not run)\n"


def test_the_browsers_suite_goes_on_beside_the_others_and_is_told_of_after_them(monkeypatch, capsys):
    browser_began = threading.Event()

    def run(suite, _arguments, _profile, out=None):
        if suite is BROWSER:
            browser_began.set()
        assert browser_began.wait(10)
        print(f"=== {suite.name}", file=out)
        return suites.Outcome(suite, passed=1)

    monkeypatch.setattr(suites, "run", run)
    outcomes = suites._side_by_side(suites.SUITES, [], "seksti")

    assert [outcome.suite for outcome in outcomes] == list(suites.SUITES)
    assert capsys.readouterr().out == "=== SQLite\n=== PostgreSQL\n=== browser\n"


def test_what_pytest_itself_says_goes_where_it_is_told(tmp_path):
    with (tmp_path / "said").open("w+") as said:
        suites._pytest([sys.executable, "-c", "print('one failed')"], {}, said)

    assert (tmp_path / "said").read_text() == "one failed\n"


@pytest.mark.parametrize("turn", [1, 2])
def test_the_second_test_finds_nothing_of_the_first(turn, db):
    assert db.session.scalars(select(Organisation.id)).all() == []
    assert factories.organisation(OrganisationKind.OWNER, "Bergen").id == 1


@pytest.mark.skipif(postgres.binaries() is None, reason=f"PostgreSQL is missing: {postgres.HOW_TO_GET_IT}")
def test_a_cluster_does_not_outlive_a_run_that_is_killed():
    run = subprocess.Popen([sys.executable, "-c", CLUSTER_UNTIL_KILLED], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    folder = Path(run.stdout.readline().strip())
    server = int((folder / "data/postmaster.pid").read_text().split()[0])

    run.send_signal(signal.SIGKILL)
    run.communicate()

    last = time.monotonic() + 10
    while Path(f"/proc/{server}").exists():
        assert time.monotonic() < last
        time.sleep(0.05)
    postgres._sweep()
    assert not folder.exists()


def test_figures_are_printed_beside_their_goals():
    figures = [Figure.at_least("search", 0.41, 0.3), Figure.at_most("first page", 3.456, 3, "s"), Figure("import", 12345, "rows/s")]

    assert table.table("Pages", figures).splitlines()[4:] == [
        "| search | 0.41 × | ≥ 0.3 | yes |",
        "| first page | 3.46 s | ≤ 3 | **no** |",
        "| import | 12 345 rows/s |  |  |",
    ]


def test_new_figures_take_the_place_of_the_old_ones_and_leave_the_rest():
    page = table.with_section(table.with_section("# Benchmarks\n", "pages", "old"), "seats", "kept")

    assert table.with_section(page, "pages", "new") == page.replace("old", "new")
