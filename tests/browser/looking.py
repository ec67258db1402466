"""What is held of every page, whoever reads it: sound for axe, within the screen, one heading, a title, its language, a keyboard's way."""

from collections.abc import Iterator

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe().axe_script
RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}, "preload": False}
HAS_AXE = "'axe' in window"
VIOLATIONS = "(rules) => axe.run(rules).then((found) => found.violations)"
FRAME = """() => ({
  headings: document.querySelectorAll('h1').length, language: document.documentElement.lang, title: document.title,
  wider: document.documentElement.scrollWidth > innerWidth,
})"""
# What a page is made of: each element within two that are around it, with its classes and what it says of itself.
PARTS = """() => {
  const name = (one) => one ? [one.tagName, ...[...one.classList].sort()].join('.') : '';
  const said = (one) => one.getAttributeNames().filter((each) => !['id', 'href', 'class', 'for'].includes(each)).sort().join();
  const within = (one) => [one, one.parentElement, one.parentElement?.parentElement].map(name).join(' in ');
  return [...new Set([...document.querySelectorAll('body *')].map((one) => within(one) + ' ' + said(one)))];
}"""
# Whatever may have the focus must show it. A hidden box shows it on the label that stands for it.
WITHOUT_FOCUS_SHOWN = """() => {
  const shows = (one) => { const style = getComputedStyle(one); return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 };
  const may = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
  return [...document.querySelectorAll(may)].filter((one) => one.checkVisibility() && !one.disabled).filter((one) => {
    one.focus({preventScroll: true});
    return document.activeElement === one && !shows(one);
  }).map((one) => one.outerHTML.slice(0, 120));
}"""
SKIPPED_TO = "document.activeElement.id"
# From the last stop a key leaves the document and comes back to the first one in its own time: after what is looked at next, it may be.
BEFORE_THE_LAST_STOP = "document.getElementById('main').focus({preventScroll: true})"


def faults(page: Page, language: str) -> Iterator[str]:
    """What is wrong with the page that has just been opened."""
    frame = page.evaluate(FRAME)
    if frame["headings"] != 1:
        yield f"{frame['headings']} headings of the first level"
    if frame["wider"]:
        yield "wider than the screen"
    if frame["language"] != language:
        yield f"says it is in {frame['language']}"
    if not frame["title"].endswith(" – Seksti") or frame["title"] == " – Seksti":
        yield f"has the title “{frame['title']}”"
    yield from _way_past_the_menu(page)
    yield from _focus(page)
    yield from _axe(page)


def faults_at_another_width(page: Page, new_parts: bool) -> Iterator[str]:
    """What is wrong with the same page once the window has another width: the document is the same, so what only its width can change
    is looked at where a part of it has not been seen at that width before."""
    if page.evaluate(FRAME)["wider"]:
        yield "wider than the screen"
    if new_parts:
        yield from _focus(page)
        yield from _axe(page)


def parts(page: Page) -> set[str]:
    return set(page.evaluate(PARTS))


def _way_past_the_menu(page: Page) -> Iterator[str]:
    """The first key leads to the link that skips to the content."""
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    if not skip.evaluate("(one) => one === document.activeElement && one.getBoundingClientRect().top >= 0"):
        yield "does not begin with a way past the menu"
    page.keyboard.press("Enter")
    if page.evaluate(SKIPPED_TO) != "main":
        yield "the link past the menu does not lead to the content"


def _focus(page: Page) -> Iterator[str]:
    """After a key every stop on the way shows where one is."""
    page.evaluate(BEFORE_THE_LAST_STOP)
    page.keyboard.press("Tab")
    yield from (f"does not show the focus on {one}" for one in page.evaluate(WITHOUT_FOCUS_SHOWN))


def bring_axe(page: Page) -> None:
    """Where many pages are looked at: each has axe as it opens, so that half a megabyte need not be sent to the browser for each."""
    page.add_init_script(AXE)


def _axe(page: Page) -> Iterator[str]:
    if not page.evaluate(HAS_AXE):
        page.evaluate(AXE)
    for fault in page.evaluate(VIOLATIONS, RULES):
        yield from (f"{fault['id']}: {node['html'][:160]} ({node['failureSummary'][:200]})" for node in fault["nodes"][:3])
