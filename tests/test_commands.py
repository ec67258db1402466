"""The two commands: what they say when something is missing, and that nothing is left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from config import bootstrap
from config.bootstrap import CannotStart
from config.serve import listener, main
from config.settings import ROOT
from tests.ports import free_port

STAND_IN = '''
import os
import time

import click
from flask import Flask

from config import database, settings

app = Flask(__name__)
app.config["SETTINGS"] = settings.read()
database.init_app(app)


def prepare(app, say):
    say("Loading.")
    return ["Åse the teacher may sign in."]


@app.get("/")
def page():
    return "A page."


@app.get("/slow")
def slow():
    open(os.environ["TICKS"] + "-slow", "w").close()
    time.sleep(1)
    return "A slow page."


@app.cli.command("tick")
@click.option("--every", type=int)
def tick(every):
    with open(os.environ["TICKS"], "a") as file:
        file.write(f"{os.getpid()}\\n")
    time.sleep(600)
'''


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one small requirement file and an environment that claims to have it."""
    (tmp_path / "requirements.txt").write_text("flask==3.1.3 --hash=sha256:00\n")
    bin_folder = tmp_path / ".venv" / "bin"
    bin_folder.mkdir(parents=True)
    (bin_folder / "python").symlink_to(sys.executable)
    Path(bootstrap.stamp_path(tmp_path, "requirements.txt")).write_text(bootstrap.stamp(tmp_path / "requirements.txt"))
    return tmp_path


def test_an_environment_with_the_right_stamp_is_used_as_it_is(project):
    assert bootstrap.ready_environment(project, "requirements.txt") == str(project / ".venv/bin/python")


def test_changed_requirements_are_installed_again(project):
    (project / "requirements.txt").write_text("flask==3.1.4 --hash=sha256:00\n")

    assert not bootstrap.is_ready(project, "requirements.txt")


def test_another_python_gets_an_environment_of_its_own(project):
    stamp = bootstrap.stamp(project / "requirements.txt", version=(3, 99))
    Path(bootstrap.stamp_path(project, "requirements.txt")).write_text(stamp)

    assert not bootstrap.is_ready(project, "requirements.txt")


def test_an_environment_whose_python_is_gone_is_made_again(project):
    (project / ".venv/bin/python").unlink()
    (project / ".venv/bin/python").symlink_to(project / "nowhere")

    assert not bootstrap.is_ready(project, "requirements.txt")


def test_the_tests_and_the_product_have_a_stamp_each_in_one_environment(project):
    (project / "requirements-tests.txt").write_text("pytest==9.2.0 --hash=sha256:00\n")

    assert bootstrap.is_ready(project, "requirements.txt")
    assert not bootstrap.is_ready(project, "requirements-tests.txt")


def test_an_installation_that_fails_leaves_no_stamp(project, monkeypatch):
    (project / "requirements.txt").write_text("seksti-has-no-such-package==1 --hash=sha256:00\n")
    answers = iter([0, 1])
    monkeypatch.setattr(bootstrap, "_is_usable", lambda _python: next(answers) == 0)
    monkeypatch.setattr(bootstrap, "_run", lambda command, env=None: subprocess.CompletedProcess(command, 1, b"disk full"))

    with pytest.raises(CannotStart, match="disk full"):
        bootstrap.ready_environment(project, "requirements.txt")
    assert not bootstrap.is_ready(project, "requirements.txt")


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        (b"WARNING: Retrying after connection broken by 'NewConnectionError'", "The packages could not be fetched: the package index does not answer. Please check the network, and start again."),
        (b"socket.gaierror: Temporary failure in name resolution", "The packages could not be fetched: the package index does not answer. Please check the network, and start again."),
        (b"ERROR: No space left on device", "The packages could not be installed:\nERROR: No space left on device"),
    ],
)  # fmt: skip
def test_a_missing_network_is_one_sentence_and_anything_else_is_quoted(output, sentence):
    assert bootstrap._why_not_installed(subprocess.CompletedProcess([], 1, output)) == sentence


def test_a_foreign_package_is_told_from_a_missing_network():
    refused = subprocess.CompletedProcess([], 1, b"ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.")

    assert bootstrap._why_not_installed(refused).startswith("A package is not the one that was pinned: its hash differs, so nothing was installed.")


def test_an_old_python_is_told_which_one_is_needed(monkeypatch):
    monkeypatch.setattr(bootstrap, "_runs", lambda name: name == "python3.12")

    with pytest.raises(CannotStart) as refused:
        bootstrap.check_python((3, 9, 2))
    assert str(refused.value) == "Seksti needs Python 3.11 or newer, and this is 3.9. Start it with python3.12 instead."


def test_an_old_python_without_a_newer_one_is_told_to_get_it(monkeypatch):
    monkeypatch.setattr(bootstrap, "_runs", lambda _name: False)

    with pytest.raises(CannotStart) as refused:
        bootstrap.check_python((3, 10, 0))
    assert str(refused.value) == "Seksti needs Python 3.11 or newer, and this is 3.10. Please install a newer Python."


def without_venv(monkeypatch, *, user: int, debian: bool) -> None:
    monkeypatch.setattr(bootstrap, "_has_ensurepip", lambda: False)
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: user)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: "/usr/bin/apt-get" if debian else None)


def test_a_person_without_venv_is_told_the_one_line_to_run(monkeypatch, tmp_path):
    without_venv(monkeypatch, user=1000, debian=True)

    with pytest.raises(CannotStart, match="sudo apt-get install -y python3-venv$"):
        bootstrap._make_environment(str(tmp_path / ".venv"))


def test_root_without_venv_gets_it_installed_with_fresh_lists_where_the_old_ones_fail(monkeypatch):
    asked = []
    without_venv(monkeypatch, user=0, debian=True)
    monkeypatch.setattr(bootstrap, "_has_ensurepip", lambda: len(asked) == 3)

    def apt_get(verb, *packages):
        asked.append((verb, *packages))
        return len(asked) > 1

    monkeypatch.setattr(bootstrap, "_apt_get", apt_get)
    bootstrap._install_ensurepip()

    assert asked == [("install", "python3-venv"), ("update",), ("install", "python3-venv")]


def test_another_system_without_venv_is_told_what_to_look_for(monkeypatch):
    without_venv(monkeypatch, user=0, debian=False)

    with pytest.raises(CannotStart, match="This Python has no venv and ensurepip"):
        bootstrap._install_ensurepip()


def test_a_taken_port_is_one_sentence():
    with listener(0) as taken:
        taken.listen()
        number = taken.getsockname()[1]
        with pytest.raises(CannotStart) as refused:
            listener(number)

    assert str(refused.value) == f"Port {number} is taken by another program. Choose another one, for example: PORT=8123 python3 wsgi.py"


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"PORT": "eight"}, "PORT is “eight”; it must be a whole number between 1 and 65535.\n"),
        ({"SEKSTI_ENV": "Production"}, "SEKSTI_ENV is “Production”; it must be one of development, test, production.\n"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_a_sentence(environment, sentence, monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("SEKSTI_INSTANCE", str(tmp_path))
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert main(["wsgi"]) == 1
    assert capsys.readouterr().err == sentence


@pytest.mark.parametrize("command", [("gunicorn", "-c", "config/gunicorn.py", "wsgi:app"), ("flask", "--app", "wsgi", "tick")])
def test_so_it_does_in_production_with_nothing_beside_the_sentence(command, tmp_path):
    wrong = {**os.environ, "SEKSTI_INSTANCE": str(tmp_path), "SEKSTI_ENV": "production", "SECRET_KEY": "short"}
    ended = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, env=wrong, capture_output=True, text=True)

    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (1, "", 1)
    assert ended.stderr.startswith("SECRET_KEY is missing or shorter than 32 characters")


def test_an_argument_that_means_nothing_is_refused(capsys):
    assert main(["wsgi", "--port", "80"]) == 1
    assert capsys.readouterr().err.startswith("“--port 80” is not understood: python3 wsgi.py takes no arguments.")


@pytest.fixture
def served(tmp_path, port):
    """A small application, served by the real parent in a process group of its own."""
    (tmp_path / "standin.py").write_text(STAND_IN)
    mine = {"PORT": str(port), "SEKSTI_INSTANCE": str(tmp_path / "instance"), "PYTHONPATH": str(tmp_path), "TICKS": str(tmp_path / "ticks")}
    known = {name: value for name, value in os.environ.items() if not name.startswith("SEKSTI_") and name != "DATABASE_URL"}
    log = (tmp_path / "log").open("w+")
    parent = subprocess.Popen([sys.executable, "-m", "config.serve", "standin"], cwd=ROOT, env=known | mine, stdout=log, stderr=log, process_group=0)
    try:
        eventually(lambda: "may sign in" in (tmp_path / "log").read_text() or parent.poll() is not None)
        yield parent
    finally:
        parent.kill()
        parent.wait()
        log.close()


def eventually(happens, patience: float = 20):
    """What `happens` gives, once it is true; an assertion fails where it takes too long."""
    last = time.monotonic() + patience
    while not (answer := happens()):
        assert time.monotonic() < last
        time.sleep(0.05)
    return answer


def descendants(pid: int) -> set[int]:
    """The numbers of a process's children and theirs."""
    children = {int(child) for task in Path(f"/proc/{pid}/task").glob("*/children") for child in task.read_text().split()}
    return children.union(*(descendants(child) for child in children))


def alive(pids: set[int]) -> set[int]:
    return {pid for pid in pids if Path(f"/proc/{pid}").exists()}


def ticks(tmp_path) -> list[int]:
    path = tmp_path / "ticks"
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def fetch(port: int, path: str = "/") -> str:
    with urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return answer.read().decode()


def test_the_address_is_told_once_its_page_can_be_fetched(served, port, tmp_path):
    assert fetch(port) == "A page."
    assert (tmp_path / "log").read_text() == (
        f"Loading.\n\nSeksti is open at http://127.0.0.1:{port}  (Ctrl-C closes it)\n\nÅse the teacher may sign in.\n"
    )


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_nothing_is_left_behind_however_the_parent_ends(how, served, tmp_path):
    eventually(lambda: ticks(tmp_path))
    family = eventually(lambda: found if len(found := descendants(served.pid)) == 4 else None)  # gunicorn, its two workers, the tick

    served.send_signal(how)
    status = served.wait(10)

    eventually(lambda: not alive(family), patience=5)
    assert status == (-signal.SIGKILL if how == signal.SIGKILL else 0)


def test_a_page_being_written_is_finished_when_asked_kindly(served, port, tmp_path):
    reading = subprocess.Popen([sys.executable, "-c", f"from tests.test_commands import fetch; print(fetch({port}, '/slow'))"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    eventually((tmp_path / "ticks-slow").exists)

    served.send_signal(signal.SIGTERM)

    assert reading.communicate(timeout=10)[0] == "A slow page.\n"
    assert served.wait(10) == 0


def test_a_tick_that_dies_is_started_again(served, tmp_path):
    (first,) = eventually(lambda: ticks(tmp_path))

    os.kill(first, signal.SIGKILL)

    eventually(lambda: len(ticks(tmp_path)) == 2)
    assert "The tick ended with status -9; it starts again in 2 s." in (tmp_path / "log").read_text()


def test_the_parent_ends_when_gunicorn_does(served, tmp_path):
    (tick,) = eventually(lambda: ticks(tmp_path))
    family = eventually(lambda: found if len(found := descendants(served.pid)) == 4 else None)
    (gunicorn,) = [pid for pid in family if descendants(pid)]

    os.kill(gunicorn, signal.SIGKILL)

    assert served.wait(10) == 1
    eventually(lambda: not alive(family), patience=5)


def test_the_product_starts_on_an_empty_folder_and_starts_again_and_leaves_nothing(tmp_path, port):
    known = {name: value for name, value in os.environ.items() if not name.startswith("SEKSTI_") and name != "DATABASE_URL"}
    environ = known | {"PORT": str(port), "SEKSTI_INSTANCE": str(tmp_path / "instance")}
    for start in ("first", "second"):
        with open(tmp_path / start, "w+") as log:
            parent = subprocess.Popen([sys.executable, "wsgi.py"], cwd=ROOT, env=environ, stdout=log, stderr=log, process_group=0)
            try:
                eventually(lambda: "Seksti is open at" in (tmp_path / start).read_text() or parent.poll() is not None, patience=120)
                family = descendants(parent.pid)
                assert fetch(port, "/readyz") == '{"status":"ready"}\n'
            finally:
                os.killpg(parent.pid, signal.SIGINT)
                status = parent.wait(30)
        assert (status, alive(family)) == (0, set())
        assert "Traceback" not in (tmp_path / start).read_text()
