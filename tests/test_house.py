"""The rules of the house, so that nobody has to remember them."""

import ast
import json
import re
import subprocess
import sys

import pytest

from config.settings import DOCUMENTATION, ROOT

PACKAGES = ("config", "accounts", "catalog", "enrolment", "regions", "demo")
MODULES = sorted(path.relative_to(ROOT) for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
WRITTEN = [path for path in MODULES if "versions" not in path.parts]  # migrations are printed, and never edited
TESTS = sorted(path.relative_to(ROOT) for path in (ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted(path.relative_to(ROOT) for path in (ROOT / "templates").rglob("*.html"))
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "base", "manager", "managers", "common", "misc"}
# One function, one use case, one commit; a register is loaded whole or not at all by `loading`, the demonstration by `seed`.
MAY_COMMIT = {"services", "cli", "tasks", "loading", "seed"}
# What bandit asks about and why it stays. The bootstrap starts pip and apt-get, the parent starts its children: fixed words, no shell.
ASKED_AND_ANSWERED = {
    ("accounts/provider_client.py", "B105"): "OAuth's word for having no secret",
    ("config/bootstrap.py", "B404"): "makes the environment, from fixed words",
    ("config/bootstrap.py", "B603"): "makes the environment, from fixed words",
    ("config/bootstrap.py", "B606"): "becomes the environment's Python",
    ("config/processes.py", "B404"): "starts gunicorn and the tick",
    ("config/processes.py", "B603"): "starts gunicorn and the tick",
    ("config/settings.py", "B105"): "the sentence that documents SECRET_KEY",
    ("demo/dice.py", "B311"): "chance that falls the same everywhere is what a seed number is for",
    ("enrolment/results/values.py", "B105"): "to pass an exam",
    ("catalog/panels.py", "B704"): "panels are templates of our own, which have escaped what they hold",
}
# These run, or are compiled, before anyone has looked at the Python's version.
READ_BY_AN_OLD_PYTHON = ("wsgi.py", "config/__init__.py", "config/bootstrap.py", "tests/__init__.py", "tests/__main__.py")


def run(*command: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL)


def test_imports_point_one_way_and_rules_stay_pure():
    linted = run("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-cache")

    assert linted.returncode == 0, linted.stdout
    assert "0 broken" in linted.stdout


def test_only_use_cases_commit():
    others = [path for path in WRITTEN if not MAY_COMMIT & {path.stem, path.parent.name}]

    assert [path for path in others if "session.commit(" in (ROOT / path).read_text()] == []


def test_every_module_can_be_read_in_one_sitting():
    assert [path for path in WRITTEN if len((ROOT / path).read_text().splitlines()) >= 400] == []


def test_every_module_is_named_after_what_it_holds():
    assert [path for path in MODULES + TESTS if NAMES_THAT_SAY_NOTHING & {path.stem, *path.parent.parts}] == []


def test_bandit_asks_nothing_that_is_not_answered_here():
    scanned = run("-m", "bandit", "-q", "-r", "-f", "json", *PACKAGES, "wsgi.py")
    asked = {(issue["filename"].removeprefix("./"), issue["test_id"]) for issue in json.loads(scanned.stdout)["results"]}

    assert asked == set(ASKED_AND_ANSWERED)


def test_every_setting_is_told_of_in_the_readme():
    readme = (ROOT / "README.md").read_text()

    assert [name for name in DOCUMENTATION if f"`{name}`" not in readme] == []


def test_every_variable_that_is_read_is_a_documented_setting():
    by_settings = re.findall(r"""environ(?:\.get\(|, )["']([A-Z_]+)["']""", (ROOT / "config/settings.py").read_text())
    elsewhere = re.compile(r"""os\.environ(?:\.get\(|\[)["']([A-Z_]+)["']""")
    read = {name for path in WRITTEN for name in elsewhere.findall((ROOT / path).read_text())}

    assert read.union(by_settings) == set(DOCUMENTATION)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-tests.txt"])
def test_every_requirement_is_pinned_with_its_hash(name):
    entries = requirements(name)

    assert entries
    assert [entry for entry in entries if not re.match(r"[\w.\[\]-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", entry)] == []
    assert "://" not in (ROOT / name).read_text(), "no package index is named: each machine has its own"


def test_the_tests_run_on_the_versions_that_production_runs_on():
    assert pins("requirements.txt").items() <= pins("requirements-tests.txt").items()


@pytest.mark.parametrize("name", ["requirements", "requirements-tests"])
def test_what_is_asked_for_is_what_is_pinned(name):
    lines = (ROOT / f"{name}.in").read_text().splitlines()
    asked = {normal(re.split(r"[=<>\[ ;]", line)[0]) for line in lines if line.strip() and not line.startswith(("#", "-"))}

    assert asked <= set(pins(f"{name}.txt"))


def requirements(name: str) -> list[str]:
    """One line for each requirement, its continuation lines joined."""
    text = re.sub(r"\\\n\s*", " ", (ROOT / name).read_text())
    return [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def pins(name: str) -> dict[str, str]:
    found = (re.match(r"([\w.-]+)(?:\[[\w,]+\])?==([^\s;]+)", entry) for entry in requirements(name))
    return {normal(pin[1]): pin[2] for pin in found}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.strip()).lower()


@pytest.mark.parametrize("name", READ_BY_AN_OLD_PYTHON)
def test_an_old_python_can_read_what_tells_it_that_it_is_old(name):
    ast.parse((ROOT / name).read_text(), feature_version=(3, 6))


def test_the_bootstrap_needs_nothing_but_the_standard_library():
    tree = ast.parse((ROOT / "config/bootstrap.py").read_text())
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}

    assert not [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert imported <= sys.stdlib_module_names


def test_no_page_carries_script_or_style_of_its_own():
    """The content policy would refuse it. A block of data is not run, and stands under no policy."""
    inline = re.compile(r"<style|\sstyle=|\son[a-z]+=[\"']|<script(?![^>]*(\ssrc=|type=\"application/ld\+json\">))|javascript:", re.IGNORECASE)

    assert [path for path in TEMPLATES if inline.search((ROOT / path).read_text())] == []


def test_every_package_tells_of_its_words_and_decisions():
    assert [package for package in PACKAGES if not (ROOT / package / "README.md").exists()] == []
