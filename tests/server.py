"""The product under gunicorn as a process of its own, for tests that need real parallel workers."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.ports import free_port

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Served:
    """Where it answers, and the number of the process whose children are the workers."""

    address: str
    parent: int


@contextmanager
def serving(database_url: str, instance: Path, *, workers: int = 2, **environ: str) -> Iterator[str]:
    """The address of the product serving a database, until the block ends."""
    with started(instance, workers=workers, DATABASE_URL=database_url, **environ) as served:
        yield served.address


@contextmanager
def started(
    instance: Path, *, app: str = "wsgi:app", config: str = "config/gunicorn.py", workers: int = 2, **environ: str
) -> Iterator[Served]:
    """gunicorn serving an application, until the block ends. What it says goes to server.log in the instance's folder."""
    port = free_port()
    known = {
        "SEKSTI_ENV": "test",
        "SECRET_KEY": "a key for the tests, of more than 32 characters",
        "SEKSTI_INSTANCE": str(instance),
        "PORT": str(port),
        "WEB_CONCURRENCY": str(workers),
    }
    command = [sys.executable, "-m", "gunicorn", "-c", config, "--backlog", "2048", app]
    with (instance / "server.log").open("wb") as output:
        server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **known, **environ}, stdout=output, stderr=output)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address, server, instance / "server.log")
            yield Served(address, server.pid)
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait_for(address: str, server: subprocess.Popen, output: Path) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=2).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise AssertionError(f"The server did not answer:\n{output.read_text()[-3000:]}")
