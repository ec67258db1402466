"""Bytes that are almost HTTP, sent straight to the web server: one refusal in a sentence, no second answer, nothing told and nothing noted of who sent them."""

import pytest

from config.http import HEADERS, MOST_FORM_BYTES
from tests.server import serving
from tests.test_gunicorn import log_with, send, visit

SMUGGLED = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
HEAD = b"POST /sign-out HTTP/1.1\r\nHost: localhost\r\n"
REFUSED = {
    "two ways to end": HEAD + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "two ways to end, the other way round": HEAD + b"Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "two lengths": HEAD + b"Content-Length: 0\r\nContent-Length: 44\r\n\r\n" + SMUGGLED,
    "two lengths in one": HEAD + b"Content-Length: 0, 44\r\n\r\n" + SMUGGLED,
    "a length less than nothing": HEAD + b"Content-Length: -1\r\n\r\n" + SMUGGLED,
    "a length with a sign": HEAD + b"Content-Length: +0\r\n\r\n" + SMUGGLED,
    "a length in other figures": HEAD + b"Content-Length: 0x2c\r\n\r\n" + SMUGGLED,
    "lines that end in half": b"POST /sign-out HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n" + SMUGGLED,
    "a field that ends in half": HEAD + b"X-A: b\nContent-Length: 0\r\n\r\n" + SMUGGLED,
    "a return in a field": HEAD + b"X-A: b\rX-C: d\r\nContent-Length: 0\r\n\r\n" + SMUGGLED,
    "no sign in a field": HEAD + b"X-A: b\x00c\r\n\r\n" + SMUGGLED,
    "a space before the colon": HEAD + b"Content-Length : 44\r\n\r\n" + SMUGGLED,
    "a field without a colon": HEAD + b"Content-Length\r\n\r\n" + SMUGGLED,
    "a field without a name": HEAD + b": 44\r\n\r\n" + SMUGGLED,
    "a folded field": HEAD + b"X-A: b\r\n Content-Length: 44\r\n\r\n" + SMUGGLED,
    "another way to pack": HEAD + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "packed twice": HEAD + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "packed in capitals behind a tab": HEAD + b"Transfer-Encoding:\tchunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "no path": b"GET\r\n\r\n",
    "no protocol": b"GET /healthz\r\n\r\n",
    "another protocol": b"GET /healthz HTTP/9.9\r\nHost: localhost\r\n\r\n",
    "another language": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(50) + b"\r\n\r\n",
    "a method that is none": b"G<E>T /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "an endless address": b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "an endless field": b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: " + b"a" * 9000 + b"\r\n\r\n",
    "endless fields": b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"".join(b"X-%d: a\r\n" % number for number in range(70)) + b"\r\n",
    "an expectation": b"GET / HTTP/1.1\r\nHost: localhost\r\nExpect: a miracle\r\n\r\n",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("sockets")


@pytest.fixture(scope="module")
def address(folder):
    """One server for all: what is asked here needs no database."""
    with serving(f"sqlite:///{folder}/seksti.sqlite", folder) as address:
        yield address


def told(answer: bytes) -> tuple[int, dict[str, str], str]:
    head, _empty, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    return int(first.split(" ")[1]), dict(line.split(": ", 1) for line in lines), body.decode()


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_request_gets_one_refusal_in_a_sentence(address, case):
    answer = send(address, REFUSED[case])

    status, headers, body = told(answer)
    assert (status in (400, 414, 417, 431, 501), answer.count(b"HTTP/1.1 "), body) == (True, 1, "The request could not be understood.\n")
    assert {name: headers.get(name) for name in HEADERS} == HEADERS
    assert headers["Content-Type"] == "text/plain; charset=utf-8"


def test_what_was_sent_and_from_where_stands_in_no_log(address, folder):
    send(address, b"GET /kari\x00nordmann HTTP/1.1\r\nHost: localhost\r\n\r\n")
    send(address, b"kari nordmann\r\n\r\n")
    visit(address, "/healthz?this-is=the-last")

    log = log_with(folder, "GET /healthz 200 ")
    assert "A request that is not HTTP was refused." in log
    assert [word for word in ("kari", "127.0.0.1:", "ip=127") if word in log.split("Listening at")[-1].split("\n", 1)[1]] == []


@pytest.mark.parametrize("kind", [b"application/x-www-form-urlencoded", b"application/json", b"text/plain"])
def test_a_body_in_pieces_is_no_way_around_the_limit(address, kind):
    """Cut off at the limit it could be understood as something else than was sent."""
    body = b"title=" + b"x" * MOST_FORM_BYTES

    answer = send(address, in_pieces(kind, b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)))

    assert (answer.split(b" ")[1], answer.count(b"HTTP/1.1 ")) == (b"413", 1)


def in_pieces(kind: bytes, pieces: bytes) -> bytes:
    return HEAD + b"Content-Type: " + kind + b"\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + pieces


@pytest.mark.parametrize("pieces", [b"zz\r\nabc\r\n0\r\n\r\n", b"-5\r\nabc\r\n0\r\n\r\n", b"5\r\nabc\r\n0\r\n\r\n", b"3\r\nabcXX0\r\n\r\n", b"3;" + b"x" * 9000 + b"\r\nabc\r\n0\r\n\r\n"])
@pytest.mark.parametrize("kind", [b"application/x-www-form-urlencoded", b"multipart/form-data; boundary=x", b"application/json"])
def test_pieces_that_do_not_fit_are_refused_and_nothing_after_them_is_answered(address, kind, pieces):
    answer = send(address, in_pieces(kind, pieces) + SMUGGLED)

    assert (answer.split(b" ")[1], answer.count(b"HTTP/1.1 ")) == (b"400", 1)


@pytest.mark.parametrize("path", [b"http://evil.example/healthz", b"//evil.example/healthz", b"/healthz#x", b"/%zz%", b"/\xff\xfe", b"*", b"/a/../../etc/passwd", b"/static/../wsgi.py"])
def test_a_path_of_any_kind_is_answered_by_one_page(address, path):
    answer = send(address, b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")

    status, headers, body = told(answer)
    assert (status in (200, 308, 400, 404), answer.count(b"HTTP/1.1 ")) == (True, 1)
    assert "evil.example" not in headers.get("Location", "")
    assert [word for word in ("root:", "def create_app", "Traceback") if word in body] == []
