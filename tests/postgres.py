"""A private PostgreSQL for the tests, from the server programs that are installed: nobody else's database is touched."""

import contextlib
import os
import pwd
import re
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from config import processes
from tests.benchmarks.measuring.memory import children

HOW_TO_GET_IT = "apt-get install -y --no-install-recommends postgresql"
FOLDER = "seksti-postgresql-"
MOST_CONNECTIONS = 400
# A crash of the machine cannot hurt what is thrown away; a crash of the server still must not.
HASTE = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


class NoPostgres(Exception):
    """The server programs are not here, or did not start; the message says which."""


@dataclass(frozen=True)
class Cluster:
    folder: Path
    password: str

    def url(self, database: str = "postgres") -> str:
        """The address of one of its databases, as DATABASE_URL wants it."""
        return f"postgresql://postgres:{self.password}@/{database}?host={self.folder}"


def binaries() -> Path | None:
    """The folder with initdb and postgres: $PG_BIN, else the newest of Debian's; None where there is none."""
    named = os.environ.get("PG_BIN")
    folders = [Path(named)] if named else sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


def _version(folder: Path) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", folder.parent.name)]


@contextlib.contextmanager
def cluster(*, durable: bool = False) -> Iterator[Cluster]:
    """A running server, removed afterwards with all it held. `durable` keeps fsync on, for drills that kill it.

    Raises NoPostgres.
    """
    programs = binaries()
    if programs is None:
        raise NoPostgres(f"PostgreSQL's server is not installed. To get it: {HOW_TO_GET_IT}")
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=f"{FOLDER}{os.getpid()}-"))
    try:
        yield from _running(programs, folder, durable)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _running(programs: Path, folder: Path, durable: bool) -> Iterator[Cluster]:
    made = Cluster(folder, secrets.token_hex(16))
    _initialise(programs, made)
    server = start_server(programs, folder, durable=durable)
    try:
        _wait_until_it_answers(server, made)
        yield made
    finally:
        processes.end(server, signal.SIGQUIT)


def _sweep() -> None:
    """Removes the folders of runs that were killed before they could."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER}*-*"):
        number = folder.name.removeprefix(FOLDER).partition("-")[0]
        if number.isdecimal() and not Path(f"/proc/{number}").exists() and Path("/proc/self").exists():
            shutil.rmtree(folder, ignore_errors=True)


def _initialise(programs: Path, made: Cluster) -> None:
    secret = made.folder / "password"
    secret.write_text(made.password)
    _give(made.folder)
    _give(secret)
    options = ["-A", "scram-sha-256", "-U", "postgres", "--pwfile", secret, "-E", "UTF8", "--locale=C.UTF-8", "-N", "--data-checksums"]
    done = subprocess.run([programs / "initdb", *options, "-D", made.folder / "data"], capture_output=True, text=True, cwd="/", **_as_user())
    if done.returncode:
        raise NoPostgres(f"initdb failed:\n{done.stdout}{done.stderr}")


def start_server(programs: Path, folder: Path, *, durable: bool = False) -> subprocess.Popen:
    """Starts the server of a cluster's folder (again, where a drill has killed it)."""
    settings = ["listen_addresses=", f"unix_socket_directories={folder}", f"max_connections={MOST_CONNECTIONS}"]
    settings += [] if durable else HASTE
    command = [programs / "postgres", "-D", folder / "data", *(part for setting in settings for part in ("-c", setting))]
    with open(folder / "log", "ab") as log:
        return processes.start(command, when_orphaned=signal.SIGQUIT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", **_as_user())


def crash(made: Cluster) -> None:
    """What a loss of power does to a server of ours: it and all its processes are killed at once, so that nothing is written any more."""
    server = int((made.folder / "data" / "postmaster.pid").read_text().split()[0])
    for number in (server, *children(server)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
    os.waitpid(server, 0)


def start_again(made: Cluster, patience: float = 30) -> subprocess.Popen:
    """The server once more after `crash`, with the disk waited for; it answers. What is left of the old one may keep it waiting a moment."""
    last = time.monotonic() + patience
    while True:
        server = start_server(binaries(), made.folder, durable=True)
        try:
            _wait_until_it_answers(server, made, patience)
            return server
        except NoPostgres:
            if time.monotonic() > last:
                raise
            time.sleep(0.1)


def _wait_until_it_answers(server: subprocess.Popen, made: Cluster, patience: float = 30) -> None:
    last = time.monotonic() + patience
    while server.poll() is None and time.monotonic() < last:
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(made.url()).close()
            return
        time.sleep(0.05)
    raise NoPostgres(f"PostgreSQL did not start:\n{(made.folder / 'log').read_text()}")


def _as_user() -> dict:
    """PostgreSQL refuses to run as root; then it runs as its own user, or as nobody."""
    owner = _owner()
    return {} if owner is None else {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def _owner() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def _give(path: Path) -> None:
    owner = _owner()
    if owner is not None:
        os.chown(path, owner.pw_uid, owner.pw_gid)
