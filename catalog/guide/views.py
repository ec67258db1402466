"""The pages of the guided start: a question each, and the answer. Nobody need sign in, and going back is the browser's."""

from dataclasses import replace

from flask import render_template, request, url_for
from markupsafe import Markup

from catalog.guide import answers as answering
from catalog.guide import queries, words
from catalog.guide.answers import QUESTIONS, Answers
from catalog.pages import pages
from catalog.search import cards, page, snapshot
from catalog.search.page import Answer
from catalog.search.snapshot import Snapshot
from config import page_cache
from config.clock import today
from config.languages import _, chosen

SHOWN = 10  # studies of the answer; the rest is on the search page


@pages.get("/start-guide")
def guide():
    """The first question."""
    return _question("subject")


@pages.get("/start-guide/<any(level, have, region, away):question>")
def guide_question(question):
    return _question(question)


def _question(name: str) -> str:
    now, place = snapshot.now(), QUESTIONS.index(name)
    given = answering.read(request.args, now.index)
    own = {name, "when"} if name == "away" else {name}
    page_cache.keep()
    return render_template(
        "catalog/guide.html",
        name=name,
        number=place + 1,
        count=len(QUESTIONS),
        title=words.TITLES[name],
        lead=words.LEADS[name],
        label=words.NAMES[name],
        options=_options(name, now),
        semesters=[(code, words.answer("when", code, now.index)) for code in answering.known(now.index)["when"]] if name == "away" else [],
        given=given,
        kept={one: value for one, value in given.given.items() if one not in own},
        action=_address(QUESTIONS[place + 1]) if place + 1 < len(QUESTIONS) else url_for("catalog.guide_answer"),
        back=_address(QUESTIONS[place - 1], **given.given) if place else None,
    )


def _address(question: str, **given: str) -> str:
    return url_for("catalog.guide", **given) if question == QUESTIONS[0] else url_for("catalog.guide_question", question=question, **given)


def _options(name: str, now: Snapshot) -> list[tuple]:
    """(value, words, what it means) of each answer, and last the one that says nothing; of the subjects, which are a list, value and words."""
    values = answering.known(now.index)[name]
    if name == "subject":
        return [(code, words.answer(name, code, now.index)) for code in values]
    meaning = {"region": words.counties, "away": lambda: {code: said for code, (_words, said) in words.AWAY.items()}}.get(name, dict)()
    known = [(code, words.answer(name, code, now.index), meaning.get(code)) for code in values]
    return [*known, ("any", _("It does not matter") if name in ("region", "away") else _("I do not know"), None)]


@pages.get("/start-guide/answer")
def guide_answer():
    """The studies that the answers lead to, and why."""
    now = snapshot.now()
    given = answering.read(request.args, now.index)
    required = _required(given)
    asked = given.asked(given.lacking(required))
    found = now.index.find(asked)
    answer = Answer(now, asked, replace(found, shown=found.shown[:SHOWN]), url_for("catalog.search"), chosen())
    page_cache.keep()
    return render_template(
        "catalog/guide_answer.html",
        title=page.sentence(answer),
        total=found.total,
        shown=len(answer.found.shown),
        whys=words.why(given, now.index, required),
        cards=Markup(cards.draw(answer)),  # nosec B704: escaped where the words came in
        ways=page.ways_on(answer),
        address=answer.address(asked),
        rows=[(str(words.NAMES[name]), words.answer(name, getattr(given, name), now.index), _way_back(name, given)) for name in words.NAMES],
    )


def _required(given: Answers):
    return queries.required_credits(given.subject, given.band, today()) if given.subject and given.band else None


def _way_back(name: str, given: Answers) -> str:
    return _address("away" if name == "when" else name, **given.given)
