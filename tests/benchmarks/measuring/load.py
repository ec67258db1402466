"""How many pages a second: asked for by wrk where it is installed, which costs the servers the least, else by processes of our own."""

import multiprocessing
import shutil
import socket
import subprocess
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

from tests.benchmarks.measuring import databases, memory
from tests.server import Served

HOW_TO_GET_WRK = "apt-get install -y --no-install-recommends wrk"
CONNECTIONS = 8
SCRIPT = Path(__file__).parent / "addresses.lua"
BROWSER = {"Accept-Encoding": "gzip", "Accept-Language": "en"}


@dataclass(frozen=True)
class Answered:
    """What came back within some seconds. Of an answer, on the average: `size` in bytes, head and body; `cpu`, the processor's time
    that the workers spent on it, in seconds, which others on the machine change little."""

    a_second: float
    size: float
    cpu: float


def tool() -> str:
    return "wrk" if shutil.which("wrk") else f"processes of Python (wrk is not here; to get it: {HOW_TO_GET_WRK})"


def ask(served: Served, paths: Sequence[str], seconds: float, **headers: str) -> Answered:
    """Asks for the paths, one after the other and from the start again, over several connections at once.

    Raises RuntimeError where an answer is an error, or where there is none.
    """
    told = {**BROWSER, **{name.replace("_", "-"): value for name, value in headers.items()}}
    before = spent(served)
    count, lasted, size, failed = (_by_wrk if shutil.which("wrk") else _by_processes)(served.address, paths, seconds, told)
    if failed or not count:
        raise RuntimeError(f"{failed} of {count} answers from {paths[0]} were errors, or there was none.")
    return Answered(count / lasted, size / count, (spent(served) - before) / count)


def spent(served: Served) -> float:
    """Seconds that the workers have run so far."""
    return sum(int(Path(f"/proc/{worker}/schedstat").read_text().split()[0]) for worker in memory.children(served.parent)) / 1e9


def warm(address: str, paths: Sequence[str], times: int = 8) -> None:
    """Lets every worker make what it keeps, before a clock runs."""
    with ThreadPoolExecutor(CONNECTIONS) as visitors:
        for _answer in visitors.map(lambda path: urlopen(address + path, timeout=600).close(), list(paths) * times):
            pass


def _by_wrk(address: str, paths: Sequence[str], seconds: float, headers: dict[str, str]) -> tuple[int, float, int, int]:
    listed = databases.folder() / "addresses"
    listed.write_text("\n".join(paths))
    said = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s", "--timeout", "30s", *said, "-s", SCRIPT]
    ended = subprocess.run([*command, address, "--", listed], capture_output=True, text=True)
    if ended.returncode:
        raise RuntimeError(f"wrk failed: {ended.stderr or ended.stdout}")
    count, microseconds, size, failed = (int(word) for word in ended.stdout.partition("told: ")[2].split())
    return count, microseconds / 1e6, size, failed


def _by_processes(address: str, paths: Sequence[str], seconds: float, headers: dict[str, str]) -> tuple[int, float, int, int]:
    with multiprocessing.get_context("fork").Pool(CONNECTIONS) as clients:
        shares = [(address, paths[client::CONNECTIONS] or paths, seconds, headers) for client in range(CONNECTIONS)]
        answered = clients.starmap(_one_client, shares, chunksize=1)
    count, size, failed = (sum(column) for column in zip(*answered, strict=True))
    return count, seconds, size, failed


def _one_client(address: str, paths: Sequence[str], seconds: float, headers: dict[str, str]) -> tuple[int, int, int]:
    place, until = urlsplit(address), time.monotonic() + seconds
    head = "".join(f"{name}: {value}\r\n" for name, value in {"Host": place.netloc, **headers}.items())
    count = size = failed = 0
    for path in cycle(paths):
        if time.monotonic() > until:
            break
        answer = exchange(place.hostname, place.port, f"GET {path} HTTP/1.1\r\n{head}Connection: close\r\n\r\n".encode())
        count, size, failed = count + 1, size + len(answer), failed + (answer[9:10] not in b"23")
    return count, size, failed


def exchange(host: str, port: int, request: bytes) -> bytes:
    """The whole answer to these very bytes; gunicorn's sync workers close after each."""
    with socket.create_connection((host, port), timeout=60) as line:
        line.sendall(request)
        return b"".join(iter(lambda: line.recv(65536), b""))
