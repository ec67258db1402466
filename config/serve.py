"""`python3 wsgi.py`, inside the environment: prepares what is missing, then stays as the parent of gunicorn and of the tick.

Started as `python -m config.serve wsgi`; the module it names has `app` and `prepare(app, say)`, which
fills an empty database and gives the lines to show beneath the address.
"""

import contextlib
import errno
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from importlib import import_module

from sqlalchemy.exc import OperationalError

from config import database, processes
from config.bootstrap import CannotStart, say
from config.settings import Settings, SettingWrong, read

HOST = "127.0.0.1"
TICK_SECONDS = 30
LONGEST_PAUSE = 60
PATIENCE = {signal.SIGINT: 2, signal.SIGTERM: 25, signal.SIGHUP: 25}  # seconds from asking to killing


def main(arguments: Sequence[str]) -> int:
    """Serves until it is stopped. Returns an exit status."""
    with contextlib.suppress(AttributeError):
        sys.stdout.reconfigure(errors="replace")
    try:
        return _serve(*arguments)
    except (SettingWrong, CannotStart) as problem:
        print(problem, file=sys.stderr)
        return 1
    except OperationalError as problem:
        print(f"The database cannot be used: {str(problem.orig).strip()}\nDATABASE_URL names it.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _serve(front: str, *rest: str) -> int:
    if rest:
        raise CannotStart(f"“{' '.join(rest)}” is not understood: python3 wsgi.py takes no arguments. PORT=8123 python3 wsgi.py serves at another port.")
    settings = read()
    for number in PATIENCE:
        signal.signal(number, signal.default_int_handler)
    with listener(settings.port) as door:
        lines = _prepare(front)
        family = Family(_gunicorn(front, door), _tick(front), door)
    return family.live(lambda: _welcome(settings, lines))


def listener(port: int) -> socket.socket:
    """The port, ours from here on, though nobody is answered yet. Raises CannotStart where it is not to be had."""
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((HOST, port))
    except OSError as error:
        door.close()
        raise CannotStart(_why_refused(error, port)) from None
    return door


def _why_refused(error: OSError, port: int) -> str:
    another = "Choose another one, for example: PORT=8123 python3 wsgi.py"
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program. {another}"
    if error.errno == errno.EACCES:
        return f"Port {port} is not allowed to you. {another}"
    return f"Port {port} cannot be used: {error.strerror}. {another}"


def _prepare(front: str) -> list[str]:
    """Brings schema and content up to date; does little when all is there. Gives the lines to show."""
    module = import_module(front)
    app = module.app
    database.upgrade(app)
    lines: Iterable[str] = module.prepare(app, say) or []
    with app.app_context():
        shown = list(lines)
    database.let_go(app)
    return shown


def _gunicorn(front: str, door: socket.socket) -> list[str]:
    quiet = ["--log-level", "warning", "--access-logfile", os.devnull]
    return [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", *quiet, "--bind", f"fd://{door.fileno()}", f"{front}:app"]


def _tick(front: str) -> list[str]:
    return [sys.executable, "-m", "flask", "--app", front, "tick", "--every", str(TICK_SECONDS)]


def _welcome(settings: Settings, lines: list[str]) -> None:
    say(f"\nSeksti is open at http://{HOST}:{settings.port}  (Ctrl-C closes it)\n")
    for line in lines:
        say(line)


class Family:
    """gunicorn and the tick, and we who started them. The tick is started again when it dies; without gunicorn we end."""

    def __init__(self, serving: list[str], ticking: list[str], door: socket.socket):
        self.ticking = ticking
        self.address = door.getsockname()
        self.server = processes.start(serving, pass_fds=[door.fileno()])
        self.ticker: subprocess.Popen | None = None
        self.ticker_since = 0.0
        self.pause = 1.0
        self.asked: list[signal.Signals] = []
        self.woken = threading.Event()
        for number in PATIENCE:
            signal.signal(number, self._hear)

    def _hear(self, number: int, _frame) -> None:
        self.asked.append(signal.Signals(number))
        self.woken.set()

    def live(self, when_open) -> int:
        """Until a signal or gunicorn's end; `when_open` is called once the first page can be fetched."""
        try:
            self._wait_until_open()
            if not self.asked and self.server.poll() is None:
                self._start_tick()
                when_open()
                self._watch()
        finally:
            self._close()
        return self._status()

    def _wait_until_open(self) -> None:
        while not self.asked and self.server.poll() is None and not self._answers():
            self.woken.wait(0.05)

    def _answers(self) -> bool:
        with socket.socket() as visitor:
            return visitor.connect_ex(self.address) == 0

    def _start_tick(self) -> None:
        self.ticker = processes.start(self.ticking)
        self.ticker_since = time.monotonic()

    def _watch(self) -> None:
        while not self.asked and self.server.poll() is None:
            if self.ticker.poll() is not None:
                self._revive_tick()
            self.woken.wait(0.5)

    def _revive_tick(self) -> None:
        """A tick that dies at once is not started in a frenzy: each time the pause doubles, until it lives longer than the pause."""
        lived = time.monotonic() - self.ticker_since
        self.pause = 1.0 if lived > LONGEST_PAUSE else min(self.pause * 2, LONGEST_PAUSE)
        say(f"The tick ended with status {self.ticker.returncode}; it starts again in {self.pause:.0f} s.")
        self.woken.wait(self.pause)
        if not self.asked:
            self._start_tick()

    def _close(self) -> None:
        """Ends both, gunicorn after its last pages where it was asked kindly; a second Ctrl-C ends the waiting."""
        how = self.asked[0] if self.asked else signal.SIGTERM
        children = [child for child in (self.ticker, self.server) if child]
        for child in children:
            if child.poll() is None:
                child.send_signal(signal.SIGTERM if child is self.ticker or how == signal.SIGHUP else how)
        last = time.monotonic() + PATIENCE[how]
        while any(child.poll() is None for child in children) and time.monotonic() < last and len(self.asked) < 2:
            time.sleep(0.02)
        for child in children:
            processes.kill(child)
            child.wait()

    def _status(self) -> int:
        if self.asked:
            return 0
        say(f"The web server ended by itself, with status {self.server.returncode}; what it said stands above.")
        return max(self.server.returncode, 1)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
