"""A saved search in the reader's words, and what one is told of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import url_for

from catalog.offers import sentences
from catalog.search import asked as asking
from catalog.search.page import Answer, chips
from catalog.search.snapshot import Snapshot
from config.languages import _, chosen, ngettext
from enrolment.saved import queries, replay
from enrolment.saved.lifecycle import Alert
from enrolment.saved.models import SavedSearch, SavedStudy
from enrolment.saved.values import study_of


@dataclass(frozen=True)
class Told:
    """A search: what it asks for in a few words each, how many studies answer it now, and its address."""

    texts: Sequence[str]
    count: int
    address: str


def of_query(query: str, now: Snapshot) -> Told:
    """A query in words. What the catalogue no longer knows has none, but is still asked for."""
    asked = asking.read(parse_qsl(query), now.index.values)
    answer = Answer(now, asked, now.index.find(asked), url_for("catalog.search"), chosen())
    texts = [text for text, _without in chips(answer)] or [_("All studies")]
    return Told(texts, now.index.count(replay.asked(query, now)), f"{answer.url}?{query}")


def title(saved: SavedStudy) -> str:
    """What is saved: a module, and which run of it."""
    module = sentences.title_of(saved.module)
    return f"{module} · {sentences.run_name(saved.offering)}" if saved.offering else module


def alert(search: SavedSearch) -> tuple[str, str]:
    """The state of the alert, and the kind of its tag."""
    return {
        Alert.OFF: (_("No alert"), "plain"),
        Alert.WEEKLY: (_("Weekly alert"), "good"),
        Alert.PAUSED: (_("Alert paused"), "wait"),
    }[search.alert]


def steps(search: SavedSearch) -> list[tuple[str, str]]:
    """What one can do with the alert: the event, and the words of its button."""
    return {
        Alert.OFF: [("turn on", _("Tell me weekly"))],
        Alert.WEEKLY: [("pause", _("Pause the alert")), ("turn off", _("Turn off the alert"))],
        Alert.PAUSED: [("resume", _("Resume the alert")), ("turn off", _("Turn off the alert"))],
    }[search.alert]


def new_studies(found: Sequence[Mapping]) -> list[tuple[Mapping, list[tuple[str, str]], int]]:
    """Of what was told: each search, its studies that are still there as (title, address), and how many have gone since."""
    keys = [study_of(key) for search in found for key in search["studies"]]
    modules = queries.module_names([key for key, programme in keys if not programme])
    programmes = queries.programme_names([key for key, programme in keys if programme])
    links = {(key, False): _link(row, "catalog.module", row.course) for key, row in modules.items()}
    links |= {(key, True): _link(row, "catalog.course", None) for key, row in programmes.items()}
    there = [[links[study_of(key)] for key in search["studies"] if study_of(key) in links] for search in found]
    return [(search, links_there, len(search["studies"]) - len(links_there)) for search, links_there in zip(found, there, strict=True)]


def _link(row, endpoint: str, course: str | None) -> tuple[str, str]:
    name = sentences.full_title(row.title, course, row.code)
    return f"{name}, {row.institution}", url_for(endpoint, institution=row.institution, slug=row.slug)


def search_news(facts: Mapping[str, str]) -> str:
    """The sentence of the message."""
    titles, more = facts.get("titles", ""), int(facts.get("more", "0"))
    if more:
        return ngettext("New in your saved searches: %(titles)s, and %(num)d more.", "New in your saved searches: %(titles)s, and %(num)d more.", more, titles=titles)
    return _("New in your saved searches: %(titles)s.", titles=titles)
