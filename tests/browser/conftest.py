"""One browser and one served product of each kind for every process of a run."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import chromium
from tests.browser import sites
from tests.browser.visitor import Visitor


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=chromium.program(), args=chromium.OPTIONS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> tuple[Path, Path]:
    """The folder that all processes of the run share, and one's own."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent, tmp_path_factory.mktemp("sites")


@pytest.fixture(scope="session")
def demonstration(folders) -> Iterator[sites.Site]:
    """The product with its whole demonstration, only to be looked at."""
    with sites.site(sites.demonstration, *folders) as served:
        yield served


@pytest.fixture(scope="session")
def beginning(folders) -> Iterator[sites.Site]:
    """The product with the real catalogue and people who have done nothing yet. Each story tells of a module of its own."""
    with sites.site(sites.before_anything, *folders) as served:
        yield served


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """visit(site) opens a browser of somebody's own: visit(site, "Ingrid Solheim", locale="nn", java_script_enabled=False). None of them
    may have been told of a fault by their console when the story ends."""
    with ExitStack() as stack:
        visitors: list[Visitor] = []

        def opened(site: sites.Site, name: str | None = None, **options) -> Visitor:
            visitors.append(stack.enter_context(_window(browser, site, options)))
            if name:
                visitors[-1].sign_in(name)
            return visitors[-1]

        yield opened
        assert [told for visitor in visitors for told in visitor.told] == []


@contextmanager
def _window(browser: Browser, site: sites.Site, options: dict) -> Iterator[Visitor]:
    wished = {"locale": "nb", "base_url": site.address, "viewport": {"width": 1280, "height": 900}, **options}
    context = browser.new_context(**wished)
    context.set_default_timeout(10_000)
    yield Visitor(context.new_page(), site, wished["locale"])
    context.close()
