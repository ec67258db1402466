"""The pieces of the search page that differ from question to question, as HTML. What stands around them is the template's.

Strings are put together here, and not by macros, because a page has some hundred of them; a macro that is needed draws its
piece once, with seams, and the piece is filled. Words are escaped where they come in.
"""

from flask import render_template
from markupsafe import Markup, escape

from catalog.search import cards, page
from catalog.search.asked import FOR_ME, MINE, REGION, RELEVANCE, SORTS, Asked
from catalog.search.cards import macro
from catalog.search.page import FIGURE, Answer
from config.languages import _, moment

FAR = 3  # pages ahead, from which on a pager is the same however many there are
WORDS, ADDRESS, QUERY = "\x01", "\x02", "\x05"  # seams: signs that no address may hold and no page shows


def of_answer(answer: Answer) -> dict[str, str]:
    """Every part by its name in templates/catalog/search.html."""
    asked, found = answer.asked, answer.found
    chips = page.chips(answer)
    return {
        "title": escape(page.sentence(answer)),
        "robots": '<meta name="robots" content="noindex, follow">' if chips or found.page > 1 else "",
        "q": escape(asked.text),
        "lead": _paragraph("lead", page.lead(answer)),
        "corrected": "".join(_paragraph("soft", sentence) for sentence in page.readings(answer)),
        "chips": _chips(answer, chips) if chips else "",
        "chosen": f" ({len(chips)})" if chips else "",
        "mine": _for_me(answer) if answer.mine else "",
        "facets": "".join([_facet(answer, *facet) for facet in page.facets(answer)]),
        "ended": " checked" if asked.ended else "",
        "show": escape(page.show(answer)),
        "results": _results(answer) if found.total else _nothing(answer),
    }


def marked(parts: dict[str, str]) -> dict[str, Markup]:
    """The same for a template, which would escape them again."""
    return {name: Markup(part) for name, part in parts.items()}  # nosec B704: escaped where the words came in


def _paragraph(kind: str, sentence: str) -> str:
    return f'<p class="{kind}">{escape(sentence)}</p>' if sentence else ""


def _chips(answer: Answer, chips: list[tuple[str, str]]) -> str:
    drawn = answer.kept("chips", lambda: str(macro("facts", "chips")([(WORDS, ADDRESS)], answer.url)))
    before, _li, rest = drawn.partition("<li>")
    chip, _li, after = rest.partition("</li>")
    each = [chip.replace(WORDS, escape(text)).replace(ADDRESS, escape(address)) for text, address in chips]
    return f"{before}<li>{'</li><li>'.join(each)}</li>{after}"


def _facet(answer: Answer, name: str, opened: bool, rows: list[page.Row]) -> str:
    also = _from_anywhere(answer) if name == REGION else ""
    title = answer.kept(("title", name), lambda: escape(page.TITLES[name]))
    return (
        f'<details class="facet"{" open" if opened else ""}><summary>{title}</summary><fieldset><legend class="hidden">{title}</legend>'
        f"{''.join([_row(name, *row) for row in rows])}{also}</fieldset></details>"
    )


def _row(name: str, value: str, text: str, count: int, chosen: bool, possible: bool) -> str:
    state = " checked" if chosen else "" if possible else " disabled"
    return (
        f'<label class="choice"><input type="checkbox" name="{name}" value="{value}"{state}><span class="words">{text}</span> '
        f'<span class="count">{count}</span></label>\n'
    )


def _for_me(answer: Answer) -> str:
    """What only who is signed in can ask for; each that is ticked narrows further."""
    mine, picked = answer.mine, answer.asked.picked(MINE)
    rows = [(value, answer.texts[MINE][value], mine.counts[value], value in picked, mine.counts[value] > 0 or value in picked) for value in FOR_ME]
    return _facet(answer, MINE, True, rows)


def _from_anywhere(answer: Answer) -> str:
    words = answer.kept("online", lambda: escape(_("Include online studies from anywhere")))
    return (
        f'<label class="choice also"><input type="checkbox" name="online" value="1"{" checked" if answer.asked.online else ""}>'
        f'<span class="words">{words}</span> <span class="count">{answer.found.online}</span></label>\n'
    )


def _results(answer: Answer) -> str:
    asked = answer.asked
    sort_by = answer.kept(("sort", asked.order, bool(asked.text)), lambda: _sort_by(asked))
    as_of = answer.kept(("as of", answer.snapshot.seats_at), lambda: _as_of(answer))
    return f'{sort_by}<div class="stack">{cards.draw(answer)}</div>{_pager(answer)}{as_of}'


def _sort_by(asked: Asked) -> str:
    options = "".join(_sort_option(sort, asked.order) for sort in SORTS if sort != RELEVANCE or asked.text)
    return (
        f'<div class="sort-by"><label for="sort">{escape(_("Sort by"))}</label><select id="sort" name="sort" form="filters">{options}</select>'
        f'<button class="button quiet" type="submit" form="filters">{escape(_("Sort"))}</button></div>'
    )


def _sort_option(sort: str, chosen: str) -> str:
    return f'<option value="{sort}"{" selected" if sort == chosen else ""}>{escape(page.SORT_WORDS[sort])}</option>'


def _as_of(answer: Answer) -> str:
    return _paragraph("as-of", _("Free seats as of %(moment)s", moment=moment(answer.snapshot.seats_at)))


def _pager(answer: Answer) -> str:
    now, pages = answer.found.page, answer.found.pages
    if pages == 1:
        return ""
    last = min(pages, now + FAR)
    drawn = answer.kept(("pager", now, last), lambda: str(macro("page", "pager")(now, last, f"{ADDRESS}{{page}}")))
    if last < pages:  # far ahead there is only the last page's number, twice
        drawn = drawn.replace(f"{ADDRESS}{last}", f"{ADDRESS}{pages}").replace(f"</span>{last}</a>", f"</span>{pages}</a>")
    return drawn.replace(ADDRESS, escape(answer.url + answer.asked.query("")))


def _nothing(answer: Answer) -> str:
    """The ways on stand in the place of the one the template draws, and the query in that of its seam."""
    ways, told = page.ways_on(answer), escape(page.told_of(answer.asked))
    seams, query = [(WORDS, FIGURE, ADDRESS)] if ways else [], QUERY if told else ""
    drawn = answer.kept(("nothing", bool(ways), bool(told)), lambda: render_template("catalog/nothing_found.html", ways=seams, url=answer.url, query=query))
    drawn = drawn.replace(QUERY, told)
    before, item, rest = drawn.partition("<li>")
    way, end, after = rest.partition("</li>")
    return before + "".join([f"{item}{_way(way, *one)}{end}" for one in ways]) + after


def _way(drawn: str, text: str, count: str, address: str) -> str:
    return drawn.replace(WORDS, escape(text)).replace(FIGURE, count).replace(ADDRESS, escape(address))
