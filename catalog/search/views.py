"""The start page and the search page."""

from urllib.parse import quote

from flask import render_template, request, url_for

from catalog.pages import pages
from catalog.search import asked as asking
from catalog.search import page, parts, snapshot
from catalog.search.asked import Asked
from catalog.search.frame import Frame
from config import page_cache
from config.languages import chosen


@pages.get("/")
def home():
    """What Seksti is, a search, and the ways in by region and by subject."""
    page_cache.keep()
    return render_template("home.html", **page.ways_in(_answer(snapshot.now(), Asked())))


@pages.get("/search")
def search():
    """The answer to the question that stands in the address."""
    now = snapshot.now()
    answer = _answer(now, asking.read(request.args.items(multi=True), now.index.values))
    drawn = parts.of_answer(answer)
    if not page_cache.for_strangers():
        return _draw(parts.marked(drawn), answer.url)
    page_cache.keep()
    frame = answer.kept("frame", lambda: Frame(lambda seams: _draw(seams, answer.url)))
    return frame.filled(drawn | {"here": quote(request.full_path.rstrip("?"), safe="/")})


def _answer(now: snapshot.Snapshot, asked: Asked) -> page.Answer:
    return page.Answer(now, asked, now.index.find(asked), url_for("catalog.search"), chosen())


def _draw(part, url: str) -> str:
    return render_template("catalog/search.html", part=part, url=url)
