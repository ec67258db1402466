"""`python3 wsgi.py`, inside the environment: prepares what is missing, then stays as the parent of gunicorn and of the tick.

Started as `python -m config.serve wsgi`; the module it names has `app` and `prepare(app, say)`, which
fills an empty database and gives the lines to show beneath the address.
"""

import contextlib
import errno
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from importlib import import_module
from multiprocessing.context import ForkProcess
from types import ModuleType

from flask import Flask
from flask.cli import ScriptInfo
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
    except (SettingWrong, CannotStart, database.RevisionUnknown) as problem:
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
        module = import_module(front)
        lines = _prepare(module)
        family = Family(partial(_gunicorn, front, door.fileno()), partial(_tick, module.app), door.getsockname())
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


def _prepare(front: ModuleType) -> list[str]:
    """Brings schema and content up to date; does little when all is there. Gives the lines to show."""
    database.upgrade(front.app)
    lines: Iterable[str] = front.prepare(front.app, say) or []
    with front.app.app_context():
        shown = list(lines)
    database.let_go(front.app)
    return shown


def _gunicorn(front: str, door: int) -> None:
    """A fork of ours, which has the application already, as gunicorn."""
    from gunicorn.app.wsgiapp import run

    quiet = ["--log-level", "warning", "--access-logfile", os.devnull]
    sys.argv = ["gunicorn", "-c", "config/gunicorn.py", *quiet, "--bind", f"fd://{door}", f"{front}:app"]
    run()


def _tick(app: Flask) -> None:
    """A fork of ours as `flask tick`."""
    app.cli.main(["tick", "--every", str(TICK_SECONDS)], prog_name="flask", obj=ScriptInfo(create_app=lambda: app))


def _welcome(settings: Settings, lines: list[str]) -> None:
    say(f"\nSeksti is open at http://{HOST}:{settings.port}  (Ctrl-C closes it)\n")
    for line in lines:
        say(line)


class Family:
    """gunicorn and the tick, and we who started them. The tick is started again when it dies; without gunicorn we end."""

    def __init__(self, serving: Callable[[], None], ticking: Callable[[], None], address: tuple[str, int]):
        self.ticking = ticking
        self.address = address
        self.server = processes.fork(serving)
        self.ticker: ForkProcess | None = None
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
            if not self.asked and self.server.exitcode is None:
                self._start_tick()
                when_open()
                self._watch()
        finally:
            self._close()
        return self._status()

    def _wait_until_open(self) -> None:
        while not self.asked and self.server.exitcode is None and not self._answers():
            self.woken.wait(0.05)

    def _answers(self) -> bool:
        with socket.socket() as visitor:
            return visitor.connect_ex(self.address) == 0

    def _start_tick(self) -> None:
        self.ticker = processes.fork(self.ticking)
        self.ticker_since = time.monotonic()

    def _watch(self) -> None:
        while not self.asked and self.server.exitcode is None:
            if self.ticker.exitcode is not None:
                self._revive_tick()
            self.woken.wait(0.5)

    def _revive_tick(self) -> None:
        """A tick that dies at once is not started in a frenzy: each time the pause doubles, until it lives longer than the pause."""
        lived = time.monotonic() - self.ticker_since
        self.pause = 1.0 if lived > LONGEST_PAUSE else min(self.pause * 2, LONGEST_PAUSE)
        say(f"The tick ended with status {self.ticker.exitcode}; it starts again in {self.pause:.0f} s.")
        self.woken.wait(self.pause)
        if not self.asked:
            self._start_tick()

    def _close(self) -> None:
        """Ends both, gunicorn after its last pages where it was asked kindly; a second Ctrl-C ends the waiting."""
        how = self.asked[0] if self.asked else signal.SIGTERM
        children = [child for child in (self.ticker, self.server) if child]
        for child in children:
            if child.exitcode is None:
                os.kill(child.pid, signal.SIGTERM if child is self.ticker or how == signal.SIGHUP else how)
        last = time.monotonic() + PATIENCE[how]
        while any(child.exitcode is None for child in children) and time.monotonic() < last and len(self.asked) < 2:
            time.sleep(0.02)
        for child in children:
            processes.kill(child)
            child.join()

    def _status(self) -> int:
        if self.asked:
            return 0
        say(f"The web server ended by itself, with status {self.server.exitcode}; what it said stands above.")
        return max(self.server.exitcode, 1)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
