"""What is held of every page, whoever reads it: sound for axe, within the screen, one heading, a title, its language, a keyboard's way."""

from collections.abc import Iterator

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
# Whatever may have the focus must show it. A hidden box shows it on the label that stands for it.
WITHOUT_FOCUS_SHOWN = """() => {
  const shows = (one) => { const style = getComputedStyle(one); return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 };
  const may = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
  return [...document.querySelectorAll(may)].filter((one) => one.checkVisibility() && !one.disabled).filter((one) => {
    one.focus({preventScroll: true});
    return document.activeElement === one && !shows(one);
  }).map((one) => one.outerHTML.slice(0, 120));
}"""
WIDER_THAN_THE_SCREEN = "document.documentElement.scrollWidth > innerWidth"
SKIPPED_TO = "document.activeElement.id"


def faults(page: Page, language: str) -> Iterator[str]:
    """What is wrong with the page that is shown, apart from what axe finds."""
    if page.locator("h1").count() != 1:
        yield f"{page.locator('h1').count()} headings of the first level"
    if page.evaluate(WIDER_THAN_THE_SCREEN):
        yield "wider than the screen"
    if page.locator("html").get_attribute("lang") != language:
        yield f"says it is in {page.locator('html').get_attribute('lang')}"
    if not page.title().endswith(" – Seksti") or page.title() == " – Seksti":
        yield f"has the title “{page.title()}”"
    yield from _keyboard(page)


def _keyboard(page: Page) -> Iterator[str]:
    """The first key leads to the link that skips to the content, and every stop on the way shows where one is."""
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    if not skip.evaluate("(one) => one === document.activeElement && one.getBoundingClientRect().top >= 0"):
        yield "does not begin with a way past the menu"
    page.keyboard.press("Enter")
    if page.evaluate(SKIPPED_TO) != "main":
        yield "the link past the menu does not lead to the content"
    page.keyboard.press("Tab")
    yield from (f"does not show the focus on {one}" for one in page.evaluate(WITHOUT_FOCUS_SHOWN))


def axe(page: Page) -> list[str]:
    return [f"{fault['id']}: {node['html'][:160]} ({node['failureSummary'][:200]})" for fault in AXE.run(page, options=RULES).response["violations"] for node in fault["nodes"][:3]]
