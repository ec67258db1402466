"""From the command to the first page, and what a worker weighs

The packages are installed already: what is timed is the project's own work, first on an empty instance and then again.
Memory is the proportional share (PSS) of the heavier worker, after each page has been asked for a few times.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from config.settings import ROOT
from tests.benchmarks import Figure
from tests.benchmarks.measuring import memory
from tests.ports import free_port

PAGES = ("/", "/search", "/search?q=matematikk", "/sign-in", "/regions/vest")
LONGEST = 300


def run() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="seksti-bench-") as folder:
        with serving(Path(folder)) as (first, _address, _parent):
            pass
        with serving(Path(folder)) as (again, address, parent):
            weight = heaviest_worker(address, parent)
    return [
        Figure.at_most("first page, empty instance", first, 30, "s"),
        Figure.at_most("first page, second start", again, 3, "s"),
        Figure.at_most("memory of a worker", weight, 100, "MiB"),
    ]


@contextmanager
def serving(instance: Path) -> Iterator[tuple[float, str, int]]:
    """Seconds to the first page, its address and the parent's number, for as long as the block lasts."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    known = {name: value for name, value in os.environ.items() if not name.startswith("SEKSTI_") and name != "DATABASE_URL"}
    began = time.monotonic()
    environ = known | {"PORT": str(port), "SEKSTI_INSTANCE": str(instance)}
    parent = subprocess.Popen([sys.executable, "wsgi.py"], cwd=ROOT, env=environ, stdout=subprocess.DEVNULL)
    try:
        _wait_for(f"{address}/", parent)
        yield time.monotonic() - began, address, parent.pid
    finally:
        parent.send_signal(signal.SIGINT)
        parent.wait(30)


def _wait_for(page: str, parent: subprocess.Popen) -> None:
    last = time.monotonic() + LONGEST
    while parent.poll() is None and time.monotonic() < last:
        try:
            urlopen(page, timeout=30).close()
            return
        except URLError:
            time.sleep(0.02)
    raise RuntimeError(f"There was no first page within {LONGEST} s.")


def heaviest_worker(address: str, parent: int) -> float:
    """MiB that a worker adds, pages shared with others counted in parts. Workers are the children of the child that has some."""
    for page in PAGES * 8:
        urlopen(address + page, timeout=60).close()
    return max(memory.heaviest_worker(child) for child in memory.children(parent) if memory.children(child))
