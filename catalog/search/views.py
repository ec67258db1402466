"""The start page and the search page."""

from datetime import datetime
from functools import partial
from urllib.parse import parse_qsl, quote

from flask import Flask, render_template, request, url_for

from catalog import panels
from catalog.pages import pages
from catalog.search import asked as asking
from catalog.search import page, parts, snapshot
from catalog.search.asked import FOR_ME, MINE, Asked
from catalog.search.frame import Frame
from catalog.search.mine import Mine
from catalog.search.page import Answer
from config import page_cache
from config.languages import chosen

PATH = "/search"


@pages.get("/")
def home():
    """What Seksti is, a search, and the ways in by region and by subject."""
    now = snapshot.now()
    page_cache.keep()
    return render_template("home.html", **page.ways_in(Answer(now, Asked(), now.index.find(Asked()), url_for("catalog.search"), chosen())))


@pages.get(PATH)
def search():
    """The answer to the question that stands in the address."""
    now = snapshot.now()
    personal = None if page_cache.for_strangers() else panels.fact("search_for_me", now=now)
    asked = asking.read(request.args.items(multi=True), {**now.index.values, MINE: dict.fromkeys(FOR_ME)} if personal else now.index.values)
    mine = Mine(now, asked, personal) if personal else None
    answer = Answer(now, asked, now.index.find(asked, mine.within if mine else None), url_for("catalog.search"), chosen(), mine=mine)
    if not page_cache.for_strangers():
        return _draw(parts.marked(parts.of_answer(answer)), answer.url)
    page_cache.keep()
    return _filled(answer, request.full_path)


def quick_search(app: Flask, query: str, language: str, version: int, at: datetime) -> str | None:
    """The same page without a request, put together from pieces that requests have made; None where one of them is missing."""
    now = snapshot.ready(app, version, at)
    if now is None or "%00" in query:
        return None
    asked = asking.read(parse_qsl(query, keep_blank_values=True, errors="werkzeug.url_quote"), now.index.values)
    try:
        return _filled(Answer(now, asked, now.index.find(asked), PATH, language, quick=True), f"{PATH}?{query}")
    except page.NotReady:
        return None


def _filled(answer: Answer, address: str) -> str:
    frame = answer.kept("frame", lambda: Frame(lambda seams: _draw(seams, answer.url)))
    return frame.filled(parts.of_answer(answer) | {"here": quote(address.rstrip("?"), safe="/")})


def _draw(part, url: str) -> str:
    return render_template("catalog/search.html", part=part, url=url)


def init_app(app: Flask) -> None:
    page_cache.make_quickly(app, PATH, partial(quick_search, app))
