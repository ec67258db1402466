"""What the web server itself promises: quiet logs, limits, and no faith in what strangers say of themselves."""

import json
import socket
import time
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from gunicorn.config import Config

from config.gunicorn import Log
from tests.server import serving

TOKEN = "Zm9vYmFyYmF6cXV4cXV1eA"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("gunicorn")


@pytest.fixture(scope="module")
def address(folder):
    """One server for all: what is asked here needs no database."""
    with serving(f"sqlite:///{folder}/seksti.sqlite", folder) as address:
        yield address


def log_with(folder, words: str) -> str:
    """What the server has written, once these words are there; the line of a request follows its answer."""
    last = time.monotonic() + 10
    while words not in (told := (folder / "server.log").read_text()):
        assert time.monotonic() < last, told
        time.sleep(0.02)
    return told


def visit(address: str, path: str, **headers: str) -> int:
    try:
        with urlopen(Request(address + path, headers=headers), timeout=10) as answer:
            return answer.status
    except OSError as refused:
        return refused.code


def send(address: str, request: bytes) -> bytes:
    """What is answered to these very bytes."""
    place = urlsplit(address)
    with socket.create_connection((place.hostname, place.port), timeout=10) as line:
        line.sendall(request)
        return line.makefile("rb").read()


def test_a_line_of_the_log_tells_of_the_request_and_not_of_the_person(address, folder):
    visit(address, "/healthz?name=Kari", Referer="https://example.no/kari", Cookie="session=secret")
    visit(address, f"/check/{TOKEN}")
    visit(address, f"/feeds/{TOKEN}.ics")

    told = log_with(folder, "GET /feeds/*.ics ")
    assert "GET /check/* " in told
    assert [word for word in ("Kari", "kari", "session", TOKEN) if word in told] == []


def test_a_machine_reads_the_log_as_one_object_a_line(tmp_path):
    with serving(f"sqlite:///{tmp_path}/seksti.sqlite", tmp_path, SEKSTI_LOG="json") as address:
        visit(address, "/healthz")
        told = log_with(tmp_path, "GET /healthz 200 ")

    assert [line for line in told.splitlines() if not {"event", "level", "timestamp"} <= set(json.loads(line))] == []


@pytest.mark.parametrize(
    "request_",
    [
        b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + b"a" * 9000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"".join(b"X-%d: a\r\n" % number for number in range(70)) + b"\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Folded: a\r\n b\r\n\r\n",
    ],
    ids=["a long address", "a long field", "many fields", "two ways to end", "two lengths", "a folded field"],
)
def test_a_request_that_is_not_well_formed_gets_one_refusal(address, request_):
    answer = send(address, request_)

    assert answer.split(b" ")[1] in (b"400", b"414", b"431")
    assert answer.count(b"HTTP/1.1 ") == 1


def test_a_stranger_cannot_say_that_the_line_is_safe(address):
    """Strict-Transport-Security is sent on safe lines alone, so it tells whether the claim was believed."""
    with urlopen(Request(f"{address}/healthz", headers={"X-Forwarded-Proto": "https", "X-Forwarded-SSL": "on"}), timeout=10) as answer:
        assert "Strict-Transport-Security" not in answer.headers


def test_the_proxy_that_the_settings_name_is_believed(tmp_path):
    with serving(f"sqlite:///{tmp_path}/seksti.sqlite", tmp_path, SEKSTI_PROXIES="1") as address:
        with urlopen(Request(f"{address}/healthz", headers={"X-Forwarded-Proto": "https"}), timeout=10) as answer:
            assert "Strict-Transport-Security" in answer.headers


def test_a_path_cannot_write_lines_of_its_own_into_the_log(address, folder):
    visit(address, "/a%0AGET%20/made-up%20200%22")

    told = log_with(folder, "GET /a%0AGET%20/made-up%20200%22 404 ")
    assert [line for line in told.splitlines() if line.startswith("GET /made-up")] == []


@pytest.mark.parametrize(("code", "told"), [(0, []), (1, ["Error handling request"])])
def test_a_worker_that_is_told_to_end_while_it_answers_is_no_fault_and_one_that_took_too_long_is(code, told, monkeypatch):
    log, said = Log(Config()), []
    monkeypatch.setattr(log.error_log, "exception", lambda words, *_facts, **_more: said.append(words))

    try:
        raise SystemExit(code)
    except SystemExit:
        log.exception("Error handling request")

    assert said == told
