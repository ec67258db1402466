"""The pages of strangers, shown once in each language before the web server's workers are forked.

What a first visit makes (templates, statements, the sentences of a language, the orders of the search page) the workers then share, and nobody waits for it.
"""

from itertools import islice, product

from flask import Flask
from werkzeug.test import Client

from catalog.search import snapshot
from catalog.search.snapshot import Snapshot
from config import beforehand
from config.languages import LANGUAGES

FEW = 5  # modules, so that most of what a module may have is among them
SEARCHES = ("/search", "/search?q=matematikk&level=1-7", "/search?sort=title")


def init_app(app: Flask) -> None:
    beforehand.add(app, "pages", lambda: visit(app))


def visit(app: Flask) -> None:
    """Asks for each page as a browser would; whether it is there matters to nobody. Inside an app context."""
    browser, own = Client(app, use_cookies=False), app.config["SETTINGS"].address
    for language, page in product(LANGUAGES, ("/", *SEARCHES, *_modules(snapshot.now()))):
        with app.app_context():  # one of its own: what Flask keeps for a request must not live on in the next
            browser.get(page, base_url=own, headers={"Accept-Language": language}).close()


def _modules(catalogue: Snapshot) -> list[str]:
    modules = (study for study in catalogue.index.studies if not study.programme)
    return [f"/modules/{study.institution.code}/{study.slug}" for study in islice(modules, FEW)]
