"""The one address of a page, and the same page in each language, for those who index pages.

A page without a language in its address speaks the reader's own. `?lang=nn` speaks nynorsk to everybody, so a search engine can lead each reader to theirs.
"""

from dataclasses import dataclass

from flask import url_for

from config.languages import IN_ADDRESS, LANGUAGES, addressed, language

OPEN_GRAPH = {"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}


@dataclass(frozen=True)
class Canonical:
    """`address`: of the page as it is asked for; `alternates`: (hreflang, address), the one for readers of other languages last."""

    address: str
    alternates: tuple[tuple[str, str], ...]


def canonical(endpoint: str, **parts: object) -> Canonical:
    """The addresses of a page that has one in each language (`languages.address_by_language`)."""
    plain = url_for(endpoint, _external=True, **parts)
    each = {code: f"{plain}?{IN_ADDRESS}={code}" for code in LANGUAGES}
    return Canonical(each.get(addressed() or "", plain), (*each.items(), ("x-default", plain)))


def open_graph_locale() -> str:
    """The language of the page, as the Open Graph protocol writes it."""
    return OPEN_GRAPH[language()]


def card_picture() -> str:
    """The picture of the card that a shared page is shown as, in the language of the page."""
    return url_for("static", filename=f"card/{language()}.png", _external=True)
