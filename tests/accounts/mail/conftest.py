"""A mail server in its own process, and people to write to."""

import email
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from email import policy
from pathlib import Path

import pytest

from accounts import audit, wording
from config.settings import ROOT, MailServer
from tests import factories
from tests.factories import MONDAY
from tests.ports import free_port

SITE = "https://seksti.example.no"


class MailBox:
    """Where the server's process keeps what it has taken."""

    def __init__(self, port: int, folder: Path):
        self.port, self.folder = port, folder

    @property
    def letters(self):
        """Everything taken, by whom it is to."""
        read = [email.message_from_bytes(path.read_bytes(), policy=policy.default) for path in self.folder.glob("*.eml")]
        return sorted(read, key=lambda one: (one["To"], one["Subject"]))

    def server(self, **known) -> MailServer:
        return MailServer(**{"host": "127.0.0.1", "port": self.port, "security": "none", "sender": "Seksti <seksti@example.no>", **known})


@pytest.fixture
def mail_server(tmp_path):
    """mail_server("takes") is a block in which a mail server of a manner listens."""

    @contextmanager
    def listening(manner: str = "takes", *tls: str):
        box = MailBox(free_port(), tmp_path / "taken")
        box.folder.mkdir(exist_ok=True)
        words = [sys.executable, "-W", "ignore", "-m", "tests.accounts.mail.smtp_server", str(box.port), manner, str(box.folder), *tls]
        process = subprocess.Popen(words, cwd=ROOT, stderr=subprocess.DEVNULL)
        try:
            _wait_for(box.port)
            yield box
        finally:
            process.kill()
            process.wait()

    return listening


def _wait_for(port: int) -> None:
    for _try in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("The mail server of the test did not start.")


@pytest.fixture
def worded(app):
    before = dict(app.extensions.get("sentences", {}))
    wording.add(app, "seat-offered", lambda facts: f"You are offered a seat in {facts['module']}.")
    yield
    app.extensions["sentences"] = before


def reader(name: str = "Kari Nordmann", **known):
    return factories.person(name, **{"email": f"{name.split()[0].lower()}@example.no", "language": "en", **known})


def told(person, *modules: str, kind: str = "seat-offered", at=MONDAY) -> None:
    for module in modules:
        audit.tell(person.id, kind, at=at, address="/me/enrolments", module=module)
    factories.db.session.commit()
