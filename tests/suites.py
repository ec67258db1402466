"""What `python3 -m tests` runs: the suite on SQLite, what asks a database once more on PostgreSQL, the journeys in a browser.

`drill` runs what takes minutes instead (drills that kill things, full fuzzing), `bench` the benchmarks. Other arguments are
pytest's. SEKSTI_TESTS_REQUIRE=postgresql,chromium makes a missing one a failure instead of a remark.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO
from xml.etree import ElementTree

from tests import chromium, compiled, postgres

BROWSER = "tests/browser"
NOTHING_COLLECTED = 5
WORKERS = str(min(max(os.cpu_count() or 2, 2), 4))


@dataclass(frozen=True)
class Suite:
    """One run of pytest. `program` finds what it needs beyond Python, where it needs anything."""

    name: str
    on: str
    in_browser: bool = False
    needs: str = ""
    program: Callable[[], object] = lambda: True
    how_to_get_it: str = ""


SUITES = (
    Suite("SQLite", "sqlite"),
    Suite("PostgreSQL", "postgresql", needs="postgresql", program=postgres.binaries, how_to_get_it=postgres.HOW_TO_GET_IT),
    Suite("browser", "sqlite", in_browser=True, needs="chromium", program=chromium.program, how_to_get_it=chromium.HOW_TO_GET_IT),
)


@dataclass
class Outcome:
    """How many tests passed, failed (errors among them) and were skipped; `missing` where the suite could not run."""

    suite: Suite
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    missing: bool = False

    def __str__(self) -> str:
        if self.missing:
            return f"{self.suite.name} not run"
        parts = [f"{self.passed} passed", f"{self.failed} failed" * bool(self.failed), f"{self.skipped} skipped" * bool(self.skipped)]
        return f"{self.suite.name}: " + ", ".join(filter(None, parts))


def main(arguments: Sequence[str]) -> int:
    if arguments[:1] == ["bench"]:
        from tests.benchmarks.table import main as bench

        return bench(arguments[1:])
    if arguments[:1] == ["drill"]:
        return run_all(["-m", "drill", *arguments[1:]], profile="drill")
    return run_all(list(arguments))


def run_all(arguments: list[str], profile: str = "seksti") -> int:
    """Runs the suites that the arguments leave something of. Returns 0 where all passed and nothing that is required was missing."""
    began = time.monotonic()
    try:
        with compiled.kept():
            outcomes = _side_by_side([suite for suite in SUITES if paths_for(suite, arguments)], arguments, profile)
    except KeyboardInterrupt:
        return 130
    return _sum_up(outcomes, time.monotonic() - began)


def _side_by_side(suites: Sequence[Suite], arguments: list[str], profile: str) -> list[Outcome]:
    """The browsers' suite waits as often as it works, so it goes on beside the others, and what it says is told when they are done."""
    with ThreadPoolExecutor(max_workers=1) as beside, tempfile.TemporaryFile("w+") as said:
        begun = {suite: beside.submit(run, suite, arguments, profile, said) for suite in suites if suite.in_browser and len(suites) > 1}
        done = {suite: run(suite, arguments, profile) for suite in suites if suite not in begun}
        done |= {suite: outcome.result() for suite, outcome in begun.items()}
        said.seek(0)
        print(said.read(), end="", flush=True)
    return [done[suite] for suite in suites]


def paths_for(suite: Suite, arguments: Sequence[str]) -> list[str]:
    """What this suite runs: its share of the paths that are named, or all that is its own where none is."""
    named = _named_paths(arguments)
    if not named:
        return [BROWSER if suite.in_browser else "tests"] if not suite.in_browser or Path(BROWSER).is_dir() else []
    return [path for path in named if (BROWSER in Path(path.partition("::")[0]).as_posix()) == suite.in_browser]


def _named_paths(arguments: Sequence[str]) -> list[str]:
    return [argument for argument in arguments if argument.startswith("tests") and Path(argument.partition("::")[0]).exists()]


def run(suite: Suite, arguments: Sequence[str], profile: str, out: TextIO | None = None) -> Outcome:
    """Says what it does on the screen, or else in the file `out`."""
    if not suite.program():
        return _not_run(suite, out)
    print(f"\n=== {suite.name}", file=out, flush=True)
    with tempfile.TemporaryDirectory(prefix="seksti-tests-") as folder:
        report = Path(folder) / "report.xml"
        status = _pytest(command_for(suite, arguments, report), {"SEKSTI_TESTS_ON": suite.on, "SEKSTI_TESTS_PROFILE": profile}, out)
        return _outcome(suite, report, status, bool(arguments))


def command_for(suite: Suite, arguments: Sequence[str], report: Path) -> list[str]:
    """pytest's command line. Without named paths it is everything, in several processes."""
    options = [argument for argument in arguments if argument not in _named_paths(arguments)]
    asked = any(option.startswith("-n") for option in options)
    spread = [] if asked or _named_paths(arguments) else ["-n", WORKERS, "--dist", "worksteal"]
    apart = [] if suite.in_browser else ["--ignore", BROWSER]
    return [sys.executable, "-m", "pytest", "-q", *spread, *apart, "--junit-xml", str(report), *options, *paths_for(suite, arguments)]


def _pytest(command: Sequence[str], environment: dict[str, str], out: TextIO | None = None) -> int:
    """Ctrl-C reaches pytest too; it is given the time to clear away what it started."""
    process = subprocess.Popen(command, env=_with_what_is_compiled_kept(os.environ) | environment, stdout=out, stderr=out)
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.wait()
        raise


def _with_what_is_compiled_kept(environment: Mapping[str, str]) -> dict[str, str]:
    """A run has dozens of processes, and each would compile the product and rewrite every test's assertions anew where Python is told to keep nothing."""
    return {name: value for name, value in environment.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _outcome(suite: Suite, report: Path, status: int, some_only: bool) -> Outcome:
    if status == NOTHING_COLLECTED and some_only:
        return Outcome(suite)
    counted = count(report) if report.exists() else Counter()
    failed = counted["failed"] or (1 if status else 0)  # pytest itself may fail where no test did
    return Outcome(suite, counted["passed"], failed, counted["skipped"])


def count(report: Path) -> Counter:
    """How many tests passed, failed and were skipped, by pytest's own report. One that fails in its teardown too fails once."""
    cases = {}
    for case in ElementTree.parse(report).iter("testcase"):
        kinds = {part.tag for part in case}
        name = (case.get("classname"), case.get("name"))
        verdict = "failed" if kinds & {"failure", "error"} else "skipped" if "skipped" in kinds else "passed"
        cases[name] = verdict if cases.get(name) != "failed" else "failed"
    return Counter(cases.values())


def _not_run(suite: Suite, out: TextIO | None = None) -> Outcome:
    required = suite.needs in os.environ.get("SEKSTI_TESTS_REQUIRE", "").split(",")
    ending = "It is required here, so this is a failure." if required else "The rest is run."
    print(f"\n=== {suite.name}: {suite.needs} is not installed. To get it: {suite.how_to_get_it}\n{ending}", file=out, flush=True)
    return Outcome(suite, failed=int(required), missing=True)


def _sum_up(outcomes: Sequence[Outcome], seconds: float) -> int:
    passed, failed = (sum(getattr(outcome, what) for outcome in outcomes) for what in ("passed", "failed"))
    print(f"\n{passed} passed, {failed} failed in {seconds:.0f} s ({'; '.join(map(str, outcomes))})", flush=True)
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
