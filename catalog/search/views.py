"""The start page and the search page."""

from flask import render_template, request, url_for

from catalog.pages import pages
from catalog.search import asked as asking
from catalog.search import cards, page, snapshot
from catalog.search.asked import RELEVANCE, SORTS
from config import page_cache
from config.languages import _, moment, ngettext, number

@pages.get("/")
def home():
    """What Seksti is, a search, and the ways in by region and by subject."""
    page_cache.keep()
    return render_template("home.html", **page.ways_in(snapshot.now(), url_for("catalog.search")))


@pages.get("/search")
def search():
    """The answer to the question that stands in the address."""
    now, url = snapshot.now(), url_for("catalog.search")
    asked = asking.read(request.args.items(multi=True), now.index.values)
    found = now.index.find(asked)
    page_cache.keep()
    return render_template(
        "catalog/search.html",
        asked=asked,
        found=found,
        url=url,
        sentence=page.sentence(now, asked, found.total),
        lead=page.lead(asked),
        chips=page.chips(now, asked, url),
        facets=page.facets(now, asked, found),
        cards=cards.draw(now, found.shown, asked),
        ways=page.ways_on(found, url),
        corrected=found.corrected,
        seats_at=moment(now.seats_at),
        show=ngettext("Show %(written)s study", "Show %(written)s studies", found.total, written=number(found.total)) if found.total else _("Search"),
        sorts=[(sort, page.SORT_WORDS[sort]) for sort in SORTS if sort != RELEVANCE or asked.text],
        page_url=lambda wanted: url + asked.query(wanted),
    )
