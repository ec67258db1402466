"""Pages of strangers, kept whole: by what they ask for, in which language, at which version of what they show.

Stands in front of Flask, so that a kept page costs less than starting a request. A page is kept only where its view says so
(`keep`), only for browsers that carry no cookie of ours but the language, and at most for `PAGES_KEPT_FOR`, because the
free seats it tells of may change without a new version. Bounded by bytes. Answers with an ETag, and gzip where it is read.

A page that is not kept may have a quick maker, which puts it together here from what Flask has made before it, or says that
it cannot yet. Its headers are those that Flask gave the same path for the same host; so nothing is answered here that Flask refuses.
"""

import gzip
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock

from flask import Flask, request

from config.languages import COOKIE, asked_for
from config.logs import log

VERSION = "seksti.version"  # in the WSGI environment: the version read for this request
KEEP = "seksti.keep"
MOST_HEADS = 100  # hosts and schemes a quick page may be asked for under
MOST_BYTES = 1024 * 1024  # some two hundred pages, more than a process is asked for in the seconds that one is kept
ABOUT_A_PAGE = 1024  # bytes of a kept page beside its text
_OURS = "seksti"  # stands in the name of every cookie of ours that knows a person
_NOT_KEPT = {"content-length", "x-request-id", "etag", "content-encoding", "cache-control", "vary"}


@dataclass(frozen=True, slots=True)
class Page:
    """Kept as gzip alone, a fifth of the page: hardly anybody asks for anything else, and it is quickly unpacked."""

    made_at: datetime
    etag: str
    headers: list[tuple[str, str]]
    packed: bytes


def keep() -> None:
    """Says of the page being made that every stranger who asks for it in this language may be shown the same."""
    request.environ[KEEP] = True


def for_strangers() -> bool:
    """Whether the page being made can only be seen by strangers: nothing of it may depend on who reads."""
    return VERSION in request.environ


Quick = Callable[[str, str, int, datetime], str | None]


def make_quickly(app: Flask, path: str, quick: Quick) -> None:
    """Gives a path a quick maker: told the query as sent, the language, the version and the moment, it returns the page, or None."""
    app.extensions["page_cache"].quick[path] = quick


def init_app(app: Flask, version: Callable[[], int]) -> None:
    """`version` is asked at every request; another number than last time empties the shelf."""
    app.config.setdefault("PAGES_KEPT_FOR", timedelta(0) if app.testing else timedelta(seconds=5))
    app.wsgi_app = app.extensions["page_cache"] = Shelf(app, app.wsgi_app, version)


class Shelf:
    """The kept pages of one process. `size`: how many bytes they take."""

    def __init__(self, app: Flask, inner: Callable, version: Callable[[], int]):
        self._app, self._inner, self._ask_version = app, inner, version
        self._pages: OrderedDict[tuple, Page] = OrderedDict()
        self._version, self.size = -1, 0
        self.quick: dict[str, Quick] = {}
        self._heads: dict[tuple, list[tuple[str, str]]] = {}
        self._lock = Lock()

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "GET" or _OURS in environ.get("HTTP_COOKIE", ""):
            return self._inner(environ, start_response)
        if not self._look_at_version(environ):
            return self._inner(environ, start_response)
        key = _key(environ)
        page = self._pages.get(key)
        if page is not None and timedelta(0) <= self._now() - page.made_at < self._app.config["PAGES_KEPT_FOR"]:
            return _answer(page, environ, start_response)
        page = self._make_quickly(key, environ) if key[0] in self.quick and not environ.get("SCRIPT_NAME") else None
        if page is not None:
            return _answer(page, environ, start_response)
        return self._make(key, environ, start_response)

    def _look_at_version(self, environ: dict) -> bool:
        """Whether there is a version, now told to the request too. Where the database is gone, Flask says so."""
        try:
            found = self._ask_version()
        except Exception as error:
            log.warning("version not read", kind=type(error).__name__)
            return False
        if found != self._version:
            self._empty(found)
        environ[VERSION] = found
        return True

    def _empty(self, version: int) -> None:
        with self._lock:
            self._pages.clear()
            self._version, self.size = version, 0

    def _now(self) -> datetime:
        clock = self._app.config.get("CLOCK")
        return clock() if clock else datetime.now(UTC)

    def _make_quickly(self, key: tuple, environ: dict) -> Page | None:
        path, _query, language, *where = key
        head = self._heads.get((path, *where))
        if head is None:
            return None
        at = self._now()
        made = self.quick[path](environ.get("QUERY_STRING", ""), language, environ[VERSION], at)
        if made is None:
            return None
        page = _page(at, head, made.encode())
        self._put(key, page, environ[VERSION])
        return page

    def _make(self, key: tuple, environ: dict, start_response: Callable) -> Iterable[bytes]:
        made_at, told = self._now(), []

        def listen(status: str, headers: list[tuple[str, str]], exc_info=None):
            told[:] = [status, headers]
            return lambda _piece: None

        pieces = self._inner(environ, listen)
        if not (environ.get(KEEP) and told[0].startswith("200") and _same_for_all(told[1])):
            start_response(*told)
            return pieces
        body = b"".join(pieces)
        if hasattr(pieces, "close"):
            pieces.close()
        page = _page(made_at, _kept(told[1]), body)
        self._put(key, page, environ[VERSION])
        self._remember_head(key, page)
        return _answer(page, environ, start_response)

    def _remember_head(self, key: tuple, page: Page) -> None:
        path, _query, _language, *where = key
        if path in self.quick and len(self._heads) < MOST_HEADS:
            self._heads[(path, *where)] = page.headers[:-1]

    def _put(self, key: tuple, page: Page, version: int) -> None:
        with self._lock:
            if version != self._version:
                return
            old = self._pages.pop(key, None)
            self._pages[key] = page
            self.size += _size(page) - (_size(old) if old else 0)
            while self.size > MOST_BYTES:
                self.size -= _size(self._pages.popitem(last=False)[1])


def _key(environ: dict) -> tuple:
    """What the page depends on. Empty fields of a form say nothing and are left out."""
    query = "&".join(pair for pair in environ.get("QUERY_STRING", "").split("&") if pair and not pair.endswith("="))
    where = (environ["wsgi.url_scheme"], environ.get("HTTP_X_FORWARDED_PROTO"), environ.get("HTTP_HOST"), environ.get("HTTP_X_FORWARDED_HOST"))
    return environ["PATH_INFO"], query, _language(environ), *where


def _language(environ: dict) -> str:
    cookies = environ.get("HTTP_COOKIE", "")
    chosen = next((part.partition("=")[2] for part in cookies.split("; ") if part.startswith(f"{COOKIE}=")), None) if cookies else None
    return asked_for(chosen, environ.get("HTTP_ACCEPT_LANGUAGE", ""))


def _same_for_all(headers: list[tuple[str, str]]) -> bool:
    return not any(name.lower() == "set-cookie" or (name.lower() == "cache-control" and "no-store" in value) for name, value in headers)


def _kept(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    kept = [(name, value) for name, value in headers if name.lower() not in _NOT_KEPT]
    return [*kept, ("Cache-Control", "no-cache"), ("Vary", "Cookie, Accept-Language, Accept-Encoding")]


def _page(made_at: datetime, head: list[tuple[str, str]], body: bytes) -> Page:
    etag = f'W/"{len(body):x}-{zlib.crc32(body):08x}"'
    return Page(made_at, etag, [*head, ("ETag", etag)], gzip.compress(body, 1, mtime=0))


def _size(page: Page) -> int:
    return len(page.packed) + ABOUT_A_PAGE


def _answer(page: Page, environ: dict, start_response: Callable) -> Iterable[bytes]:
    """The page, packed where the browser reads gzip, or nothing but «not changed»."""
    if page.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        start_response("304 Not Modified", [pair for pair in page.headers if pair[0] != "Content-Type"])
        return [b""]
    packed = "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
    body = page.packed if packed else gzip.decompress(page.packed)
    how = [("Content-Encoding", "gzip")] if packed else []
    start_response("200 OK", [*page.headers, *how, ("Content-Length", str(len(body)))])
    return [body]
