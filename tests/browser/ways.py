"""Every page somebody can come to by following links, so that a new page is looked at without being listed anywhere."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException

HERE = "http://localhost"
ANOTHER_LANGUAGE = "accounts.choose_language"  # is not followed: the rest of the way would be in it
MAIN = re.compile(r"<main.*</main>", re.DOTALL)
LINK = re.compile(r'<a\b[^>]*?\shref="([^"]+)"')  # templates write attributes in double quotes
TOKEN = re.compile(r'name="csrf_token" value="[^"]*"')


@dataclass(frozen=True)
class Stop:
    """A page on the way: its address with the query, its route, what the address names, and what stands in its main part."""

    path: str
    endpoint: str
    names: dict = field(hash=False)
    content: str = ""

    @property
    def kind(self) -> tuple[str, ...]:
        """Pages of one kind look alike: the route and which of a few fixed parts of an address."""
        return tuple(filter(None, (self.endpoint, self.names.get("section"))))


@dataclass
class Way:
    """What was met: pages, and links to nothing with the page they stand on."""

    pages: list[Stop] = field(default_factory=list)
    endpoints: set[str] = field(default_factory=set)
    dead: list[str] = field(default_factory=list)


def walk(client: FlaskClient, begins: Iterable[str], most: int) -> Way:
    """Follows links from the pages one begins at, breadth first, to at most so many pages of each kind."""
    way, met, seen = Way(), Counter(), set(begins)
    waiting = deque((path, "the beginning") for path in begins)
    while waiting:
        path, linked_from = waiting.popleft()
        stop = _stop(client.application, path)
        if met[stop and stop.kind] < most:
            met[stop and stop.kind] += 1
            for link in _visit(client, path, stop, linked_from, way):
                if link not in seen:
                    seen.add(link)
                    waiting.append((link, path))
    return way


def _stop(app: Flask, path: str) -> Stop | None:
    try:
        endpoint, names = app.url_map.bind("localhost").match(urlsplit(path).path, method="GET")
    except HTTPException:
        return None
    return Stop(path, endpoint, names)


def _visit(client: FlaskClient, path: str, stop: Stop | None, linked_from: str, way: Way) -> Iterator[str]:
    if stop and stop.endpoint == ANOTHER_LANGUAGE:
        way.endpoints.add(stop.endpoint)
        return
    answer = client.get(path)
    if answer.status_code >= 400 or stop is None:
        way.dead.append(f"{linked_from} leads to {path}: {answer.status_code}")
        return
    way.endpoints.add(stop.endpoint)
    if answer.status_code == 200 and answer.mimetype == "text/html":
        found = MAIN.search(answer.text)
        way.pages.append(Stop(stop.path, stop.endpoint, stop.names, TOKEN.sub("", found[0] if found else answer.text)))
        yield from links(answer.text, path)


def links(html: str, path: str) -> Iterator[str]:
    """The addresses on this site that a page leads to, without the part of the page they name."""
    for found in LINK.findall(html):
        address, _part = urldefrag(urljoin(HERE + path, unescape(found)))
        if address.startswith(HERE + "/"):
            yield address.removeprefix(HERE)


def some(pages: list[Stop], known: set[str]) -> list[Stop]:
    """The first two of each kind, one of a section's form, apart from those whose content is known already; adds theirs to it.

    The start page is always one, for the frame around it."""
    kinds: dict[tuple, list[Stop]] = {}
    for stop in pages:
        if stop.content not in known or stop.path == "/":
            known.add(stop.content)
            kinds.setdefault(stop.kind, []).append(stop)
    return [stop for those in kinds.values() for stop in those[: 1 if "section" in those[0].names else 2]]
