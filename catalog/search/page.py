"""What the search page says of an answer: a sentence, the chosen filters, the facets as plain tuples, the way on where there is nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from flask import url_for
from markupsafe import Markup, escape

from catalog.offers import words
from catalog.offers.sentences import inside
from catalog.search.asked import (
    AWAY, BY_CREDITS, BY_DEMAND, BY_TITLE, CLASH_FREE, COUNTS, CREDITS, DEADLINE, DELIVERY, DEMAND, DISTANCE, FACETS, FREE, LEVEL, MET, MINE, SURE, REGION, RELEVANCE, SEATS, SEMESTER, START,
    SUBJECT, TAG, Asked,
)  # fmt: skip
from catalog.search.index import DAYS_AWAY, DEMANDS, FOR_ALL, NOT_KNOWN, OTHER, OVER_2, OVER_10, UNDER_15, UP_TO_2, VOLUMES, Found, Index, Way
from catalog.search.mine import Mine
from catalog.search.snapshot import Snapshot
from catalog.values import Band, Delivery, Semester, Tag
from config.languages import _, _l, ngettext, number

TITLES = {
    REGION: _l("Region"), SUBJECT: _l("Subject"), LEVEL: _l("Level"), DELIVERY: _l("Delivery"), SEMESTER: _l("Start"), CREDITS: _l("Credits"),
    TAG: _l("Content"), SEATS: _l("Seats"), MINE: _l("For me"), AWAY: _l("Days away from home"), DEMAND: _l("Applicants last year"),
}  # fmt: skip
SORT_WORDS = {
    RELEVANCE: _l("Relevance"), START: _l("Start, earliest first"), DEADLINE: _l("Last day to apply, soonest first"),
    DISTANCE: _l("Most at a distance first"), BY_DEMAND: _l("Fewest applicants per seat last year first"), BY_CREDITS: _l("Credits, most first"), BY_TITLE: _l("Title"),
}  # fmt: skip
FOLDED = {TAG, CREDITS, DEMAND}  # facets that stand folded until something in them is chosen

FIGURE = "\x03"  # a seam: where a number goes in

Row = tuple[str, Markup, int, bool, bool]  # value, label, count, chosen, whether it can be chosen
Texts = dict[str, dict[str, Markup]]  # facet → value → its words, escaped


class NotReady(Exception):
    """A piece is missing that only a request can make, as only there the words of a language are at hand."""


@dataclass
class Answer:
    """An answer on its way to a page, in one language. `quick`: outside of a request, from what is ready; raises NotReady."""

    snapshot: Snapshot
    asked: Asked
    found: Found
    url: str
    spoken: str
    quick: bool = False
    mine: Mine | None = None  # of who is signed in

    @cached_property
    def texts(self) -> Texts:
        return self.kept("texts", lambda: _texts(self.snapshot.index, self.spoken))

    def kept(self, name, make: Callable):
        """A piece of the page that is the same at many requests in this language: made once."""
        pieces, key = self.snapshot.pieces, (name, self.spoken)
        piece = pieces.get(key)
        if piece is None:
            self.need_request()
            piece = pieces[key] = make()
        return piece

    def made_of_kept(self, name, make: Callable):
        """The same of what is put together of kept pieces, and so can be made outside of a request too."""
        pieces, key = self.snapshot.pieces, (name, self.spoken)
        piece = pieces.get(key)
        if piece is None:
            piece = pieces[key] = make()
        return piece

    def need_request(self) -> None:
        """Raises NotReady outside of one."""
        if self.quick:
            raise NotReady

    def with_text(self, name: str, words) -> str:
        """Lazily translated words around the text that is asked for."""
        return self.kept(name, lambda: str(words)) % {"text": self.asked.text}

    def address(self, asked: Asked) -> str:
        return self.url + asked.query()


def _texts(index: Index, spoken: str) -> Texts:
    said = {
        REGION: {code: name.inside(spoken) for code, name in index.regions.items()},
        SUBJECT: {code: name.inside(spoken) for code, name in index.subjects.items()},
        LEVEL: {**{band.value: words.band(band) for band in Band}, "adults": _("Adults")},
        DELIVERY: {one.value: words.delivery(one) for one in Delivery},
        SEMESTER: {code: words.semester(Semester.from_code(code)) for code in index.values[SEMESTER]},
        CREDITS: {code: _volume(code) for code in VOLUMES},
        TAG: {one.value: words.tag(one) for one in Tag},
        SEATS: {code: _("Free seats") for code in index.values[SEATS]},
        AWAY: {code: _days_away(code) for code in DAYS_AWAY},
        DEMAND: {code: _demand(code) for code in DEMANDS},
        MINE: {COUNTS: _("Only what counts for me"), MET: _("Only where I meet the requirements"), CLASH_FREE: _("Only what clashes with nothing of mine"),
            SURE: _("Only what is not at risk of not starting"),
        },
    }
    return {facet: {code: escape(text) for code, text in texts.items()} for facet, texts in said.items()}


def _volume(code: str) -> str:
    return {UNDER_15: _("Under 15 credits"), OTHER: _("Other, or not stated")}.get(code) or _("%(number)s credits", number=code)


def _days_away(code: str) -> str:
    told = {"0": _("No days away"), OVER_10: _("More than 10 days away"), NOT_KNOWN: _("On campus, or days not stated")}
    return told.get(code) or _("%(days)s days away", days=code.replace("-", "–"))


def _demand(code: str) -> str:
    return {
        FOR_ALL: _("At most one applicant per seat"), UP_TO_2: _("Up to two applicants per seat"), OVER_2: _("More than two applicants per seat"),
        NOT_KNOWN: _("Applicants not known"),
    }[code]  # fmt: skip


def facets(answer: Answer) -> Iterable[tuple[str, bool, list[Row]]]:
    """Each facet, whether it stands open, and its rows. A value that gives nothing is kept, but cannot be chosen."""
    for name in FACETS:
        yield name, name not in FOLDED or bool(answer.asked.picked(name)), _rows(answer, name)


def _rows(answer: Answer, name: str) -> list[Row]:
    picked, texts = answer.asked.picked(name), answer.texts[name]
    counts = answer.found.counts[name]
    return [(value, texts[value], counts[value], value in picked, counts[value] > 0 or value in picked) for value in _told(answer, name, counts)]


def _told(answer: Answer, name: str, counts: dict[str, int]) -> Iterable[str]:
    """All values of a facet; of semesters those that are not over, unless what has ended is asked for too."""
    if name != SEMESTER or answer.asked.ended:
        return counts
    return [code for code in counts if code in answer.snapshot.index.current_semesters or code in answer.asked.picked(name)]


def chips(answer: Answer) -> list[tuple[str, str]]:
    """What is chosen, in words, each with the address that leaves it out."""
    asked = answer.asked
    chosen = [(answer.with_text("chip", _l("“%(text)s”")), asked.but(text="", sort=""))] if asked.text else []
    chosen += [(answer.texts[facet][value], asked.without(facet, value)) for facet in (*FACETS, MINE) for value in asked.picked(facet)]
    if asked.online and asked.picked(REGION):
        chosen.append((answer.kept("with online", lambda: _("With online studies from anywhere")), asked.but(online=False)))
    if asked.ended:
        chosen.append((answer.kept("also ended", lambda: _("Also those that have ended")), asked.but(ended=False)))
    return [(text, answer.address(without)) for text, without in chosen]


def sentence(answer: Answer) -> str:
    """The answer in words, the heading of the page: «12 studies in mathematics for grades 1–7 in Region Vest»."""
    return " ".join([_counted(answer, answer.found.total), *_about(answer)])


def _counted(answer: Answer, count: int) -> str:
    if not count:
        return answer.kept("no studies", lambda: _("No studies"))
    return answer.kept(("studies", count == 1), lambda: _studies_words(count, FIGURE)).replace(FIGURE, figure(answer, count))


def figure(answer: Answer, count: int) -> str:
    """A number as the language writes it, with its own sign between the thousands."""
    return str(count) if count < 1000 else f"{count:,}".replace(",", answer.kept("thousands", lambda: number(1000)[1:-3]))


def _about(answer: Answer) -> Iterable[str]:
    for facet, say in ((SUBJECT, _in_subjects), (LEVEL, _for_levels), (REGION, _in_regions)):
        if picked := answer.asked.picked(facet):
            names = [Markup(answer.texts[facet][code]).unescape() for code in picked]  # nosec B704: escaped by _texts
            yield answer.kept((facet, picked), lambda say=say, names=names: say(names))
    if answer.asked.text:
        yield answer.with_text("match", _l("that match “%(text)s”"))


def _in_subjects(names: list[str]) -> str:
    return _("in %(subjects)s", subjects=_some([inside(name) for name in names]))


def _for_levels(names: list[str]) -> str:
    return _("for %(levels)s", levels=_some([inside(name) for name in names]))


def _in_regions(names: list[str]) -> str:
    return _("in %(regions)s", regions=_some(names))


def _some(names: list[str]) -> str:
    """«a», «a or b», «a, b or c»: any of them is enough."""
    if len(names) < 2:
        return names[0]
    return _("%(first)s or %(last)s", first=", ".join(names[:-1]), last=names[-1])


def _studies(count: int) -> str:
    return _studies_words(count, number(count))


def _studies_words(count: int, written: str) -> str:
    return ngettext("%(written)s study", "%(written)s studies", count, written=written)


def lead(answer: Answer) -> str:
    """What the number in the heading includes, where that is not plain."""
    if answer.asked.online and answer.asked.picked(REGION):
        return answer.kept("lead", lambda: _("Including online studies that can be taken from anywhere in the country."))
    return ""


def readings(answer: Answer) -> list[str]:
    """What was read as another word, in sentences."""
    said = answer.kept("reading", lambda: str(_l("Nothing has the word “%(typed)s”; these have “%(read)s”.")))
    return [said % {"typed": typed, "read": read} for typed, read in answer.found.corrected]


def show(answer: Answer) -> str:
    """What the button under the filters promises."""
    total = answer.found.total
    if not total:
        return answer.kept("search", lambda: _("Search"))
    said = answer.kept(("show", total == 1), lambda: ngettext("Show %(written)s study", "Show %(written)s studies", total, written=FIGURE))
    return said.replace(FIGURE, figure(answer, total))


def ways_on(answer: Answer) -> list[tuple[str, str, str]]:
    """Where nothing is found: what to change, how many there are then in words, and the address."""
    return [(_change(answer, way), _counted(answer, way.count), answer.address(way.asked)) for way in answer.found.ways]


def told_of(asked: Asked) -> str:
    """What of a question one may tell others that one needs: subjects, levels and words, as a query. Empty where it asks for none of these."""
    return Asked(text=asked.text, chosen={facet: asked.picked(facet) for facet in (SUBJECT, LEVEL)}).query().removeprefix("?")


def _change(answer: Answer, way: Way) -> str:
    first, *others = (_left_out(answer, facet, word) for facet, word in way.left)
    return ", ".join([first, *map(inside, others)])


def _left_out(answer: Answer, facet: str, word: str) -> str:
    if word:
        return answer.kept("without word", lambda: str(_l("Without the word “%(word)s”"))) % {"word": word}
    return answer.kept(("without", facet), lambda: _without(facet))


def _without(facet: str) -> str:
    if facet == "ended":
        return _("With those that have ended")
    return _("Without the words you typed") if facet == "text" else _("Without the filter %(facet)s", facet=inside(str(TITLES[facet])))


def ways_in(answer: Answer) -> dict:
    """For the start page: regions and subjects with what they offer now, and the numbers of the catalogue."""
    counts = answer.found.counts
    return {
        "regions": [(answer.texts[REGION][code], _only(answer, REGION, code), _studies(count)) for code, count in counts[REGION].items()],
        "subjects": [(answer.texts[SUBJECT][code], _only(answer, SUBJECT, code), count) for code, count in counts[SUBJECT].items() if count],
        "numbers": _numbers(answer),
        "invented": answer.kept("invented", lambda: any(study.invented for study in answer.snapshot.index.studies)),
    }


def _only(answer: Answer, facet: str, value: str) -> str:
    return answer.address(Asked(chosen={facet: (value,)}))


def _numbers(answer: Answer) -> list[tuple[str, str, str]]:
    institutions = answer.kept("institutions", lambda: len({study.institution.code for study in answer.snapshot.index.studies if not study.over}))
    total, free = answer.found.total, answer.found.counts[SEATS][FREE]
    return [
        (number(total), ngettext("study", "studies", total), answer.url),
        (number(institutions), ngettext("institution", "institutions", institutions), url_for("catalog.institutions")),
        (number(free), ngettext("with free seats now", "with free seats now", free), _only(answer, SEATS, FREE)),
    ]
