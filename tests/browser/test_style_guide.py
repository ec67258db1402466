"""The style guide in a real browser: found without fault by axe, within the screen at every width, within the content policy."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

WIDTHS = (320, 390, 768, 1280)  # 320 is WCAG 2.2, 1.4.10
FRAME = ("/styleguide", "/about/data", "/about/accessibility")


@pytest.fixture
def address(demonstration) -> str:
    return demonstration.address


def test_axe_finds_nothing_in_light_dark_and_forced_colours(browser, address):
    found = []
    for looks in ({"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}):
        page = browser.new_context(locale="nb", **looks).new_page()
        for path in FRAME:
            page.goto(address + path)
            found += [(path, looks, fault["id"]) for fault in Axe().run(page).response["violations"]]
        page.context.close()

    assert found == []


def test_every_page_stays_within_the_screen_and_the_content_policy(browser, address):
    page, told = listened_to(browser)
    wider = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for path in FRAME:
            page.goto(address + path)
            wider += [(path, width)] if page.evaluate("document.documentElement.scrollWidth > innerWidth") else []
    page.context.close()

    assert wider == []
    assert told == []


def listened_to(browser: Browser) -> tuple[Page, list[str]]:
    """A page, and what its console says: a script or style that the policy refuses is told of there."""
    page, told = browser.new_context(locale="en").new_page(), []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    return page, told


def test_the_filters_are_open_beside_the_results_and_folded_on_a_narrow_screen(browser, address):
    page = browser.new_context(locale="en").new_page()
    seen = []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{address}/styleguide")
        seen.append((page.get_by_label("Online only").last.is_visible(), page.locator(".filters > summary").is_visible()))
    page.context.close()

    assert seen == [(True, False), (False, True)]


def test_the_language_menu_closes_with_escape_and_gives_the_focus_back(browser, address):
    page = browser.new_context(locale="en").new_page()
    page.goto(f"{address}/styleguide")
    menu = page.locator(".top details.drop")
    menu.locator("summary").click()
    page.keyboard.press("Escape")
    closed, focused = menu.get_attribute("open") is None, menu.locator("summary").evaluate("one => one === document.activeElement")
    page.context.close()

    assert (closed, focused) == (True, True)
