"""Somebody with a browser: what they do, and what their console tells meanwhile."""

import re

from playwright.sync_api import Locator, Page, Request, Response

from config.languages import _, in_language
from tests.browser.sites import Site

# What the content policy refuses is told to the console too, but not always with what it was.
LISTEN = "addEventListener('securitypolicyviolation', (event) => console.error('CSP: ' + event.violatedDirective + ' ' + event.blockedURI))"


class Visitor:
    """Acts by the words that stand on links, buttons and labels, as one who sees or hears the page does.

    A story names them in the source's English; the visitor reads and says them in a language of their own.
    """

    def __init__(self, page: Page, site: Site, language: str):
        self.page = page
        self.site = site
        self.language = language
        self.told: list[str] = []  # faults
        self.refusals: list[int] = []  # statuses of pages that were refused
        page.add_init_script(LISTEN)
        page.on("console", lambda message: message.type in ("error", "warning") and self._hear(message.text))
        page.on("pageerror", lambda error: self._hear(str(error)))
        page.on("requestfailed", self._hear_failure)
        page.on("response", self._note)

    def _hear(self, text: str) -> None:
        if not text.startswith("Failed to load resource"):  # said of every status from 400 on, which is noted with its address
            self.told.append(f"{self.page.url}: {text}")

    def _hear_failure(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # that the next page was asked for before this one was whole
            self._hear(f"{request.url} failed: {request.failure}")

    def _note(self, response: Response) -> None:
        if response.status < 400:
            return
        if response.request.is_navigation_request() and response.status < 500:
            self.refusals.append(response.status)
        else:
            self.told.append(f"{self.page.url}: {response.status} for {response.url}")

    def say(self, words: str, **facts: object) -> str:
        """In the visitor's language; a name or what somebody wrote stays as it is."""
        with self.site.app.app_context(), in_language(self.language):
            return _(words, **facts)

    def carry(self, token: str) -> None:
        """Has signed in before: the cookie is there."""
        self.page.context.add_cookies([{"name": "seksti", "value": token, "url": self.site.address}])

    def sign_in(self, name: str) -> None:
        """By clicks: to the page that lists the made-up people, and there on one of them."""
        self.open("/")
        self.follow("Sign in")
        self.press(self.say("Sign in") + " " + self.say("as %(name)s", name=name))

    def open(self, path: str) -> None:
        self.page.goto(path)

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    @property
    def heading(self) -> str:
        return " ".join(self.page.locator("h1").inner_text().split())

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.site.address)

    def reads(self, inside: str = "main") -> str:
        """What stands in a part of the page, on one line."""
        return " ".join(self.page.locator(inside).inner_text().split())

    def follow(self, words: str, inside: str = "body") -> None:
        """Clicks the first link with these words."""
        self.page.locator(inside).get_by_role("link", name=self.say(words)).first.click()

    def press(self, words: str, inside: str = "body") -> None:
        self.page.locator(inside).get_by_role("button", name=self.say(words)).first.click()

    def types(self, label: str, text: str, inside: str = "main") -> None:
        self._labelled(label, inside).fill(text)

    def chooses(self, label: str, option: str, inside: str = "main") -> None:
        """One of a list that folds out, or of a group of buttons."""
        box = self._labelled(label, inside)
        if box.evaluate("(one) => one.tagName") == "SELECT":
            box.select_option(label=self.say(option))
        else:
            box.get_by_label(self.say(option), exact=True).check()

    def ticks(self, label: str, *options: str) -> None:
        """Some of a group of boxes."""
        group = self._labelled(label, "main")
        for option in options:
            group.get_by_label(self.say(option), exact=True).check()

    def _labelled(self, label: str, inside: str) -> Locator:
        """A box by its label, or a group by its legend; «Optional» may stand after either."""
        place = self.page.locator(inside)
        words = re.compile(rf"^\s*{re.escape(self.say(label))}(\s+{self.say('Optional')})?\s*$")
        return place.get_by_label(words).or_(place.get_by_role("group", name=words)).first

    def typed(self, label: str) -> str:
        return self._labelled(label, "main").input_value()
