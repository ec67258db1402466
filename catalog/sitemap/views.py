"""The map of the site (sitemaps.org, protocol 0.9) and what robots are asked to leave alone (RFC 9309)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from flask import Response, current_app, request, url_for
from markupsafe import escape

from catalog import version
from catalog.pages import pages
from catalog.sitemap import queries
from config.errors import NotFound
from config.languages import _

MOST_IN_A_FILE = 50_000  # addresses; the protocol's limit
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# Personal pages, and addresses without end: every combination of filters, every pair of runs.
LEFT_ALONE = ("/me", "/publish", "/owner", "/national", "/sign-in", "/signed-out", "/language/", "/search?", "/compare", "/start-guide/", "/api/", "/feeds/", "/check/")

Entry = tuple[str, datetime | None]  # address, and when its page last changed, where that is known


@pages.get("/robots.txt")
def robots():
    """What robots are asked to leave alone, and where the map is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in LEFT_ALONE), "", f"Sitemap: {url_for('catalog.sitemap', _external=True)}"]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@pages.get("/sitemap.xml")
def sitemap():
    """Every page that is found by searching; where they are too many for one file, the list of the files."""
    return _unless_known(lambda entries: _addresses(entries) if len(entries) <= _most() else _files(entries))


@pages.get("/sitemaps/<int:number>.xml")
def sitemap_file(number):
    """One of the files, counted from one."""
    return _unless_known(lambda entries: _addresses(_file(entries, number)))


def _unless_known(write) -> Response:
    """The file, unless the one who asks has it already: it is the same until the catalogue changes."""
    answer = Response(mimetype="application/xml")
    answer.set_etag(f"{version.current()}", weak=True)
    if request.if_none_match.contains_weak(answer.get_etag()[0]):
        answer.status_code = 304
    else:
        answer.set_data(write(_entries()))
    return answer


def _most() -> int:
    return current_app.config.get("SITEMAP_FILE", MOST_IN_A_FILE)


def _file(entries: Sequence[Entry], number: int) -> Sequence[Entry]:
    found = entries[(number - 1) * _most() : number * _most()] if number else []
    if not found:
        raise NotFound(_("There is no such page, or none that you may see."))
    return found


def _files(entries: Sequence[Entry]) -> str:
    numbers = range(1, -(-len(entries) // _most()) + 1)
    return _written("sitemapindex", "sitemap", [(url_for("catalog.sitemap_file", number=number, _external=True), None) for number in numbers])


def _addresses(entries: Sequence[Entry]) -> str:
    return _written("urlset", "url", entries)


def _written(kind: str, each: str, entries: Iterable[Entry]) -> str:
    lines = (f"<{each}><loc>{escape(address)}</loc>{_last_change(at)}</{each}>\n" for address, at in entries)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{kind} xmlns="{NAMESPACE}">\n{"".join(lines)}</{kind}>\n'


def _last_change(at: datetime | None) -> str:
    return f"<lastmod>{at.isoformat(timespec='seconds')}</lastmod>" if at else ""


def _entries() -> list[Entry]:
    """All of them, in an order that new ones come last in, kind by kind."""
    return [*_frame(), *_courses(), *_modules_and_runs()]


def _frame() -> Iterable[Entry]:
    yield from ((url_for(f"catalog.{page}", _external=True), None) for page in ("home", "search", "institutions", "regions"))
    yield from ((url_for("catalog.institution", code=code, _external=True), None) for code in queries.institution_codes())
    yield from ((url_for("catalog.region", code=code, _external=True), None) for code in queries.region_codes())


def _courses() -> Iterable[Entry]:
    rows = queries.course_rows()
    return ((url_for("catalog.course", institution=row.institution, slug=row.slug, _external=True), _latest(row)) for row in rows)


def _modules_and_runs() -> list[Entry]:
    """A module's page shows its runs, so it changes when one of them does."""
    of_module: dict[int, list[datetime | None]] = {}
    runs = []
    for row in queries.run_rows():
        of_module.setdefault(row.module_id, []).append(_latest(row))
        runs.append((url_for("catalog.offering", offering=row.uuid, _external=True), _latest(row)))
    return [(_page_of(row), _last([_latest(row), *of_module.get(row.id, ())])) for row in queries.module_rows()] + runs


def _page_of(row) -> str:
    return url_for("catalog.module", institution=row.institution, slug=row.slug, _external=True)


def _latest(row) -> datetime | None:
    return _last([row.published_at, row.changed_at])


def _last(moments: Iterable[datetime | None]) -> datetime | None:
    return max((at for at in moments if at), default=None)
