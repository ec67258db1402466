"""What the search page says of an answer: a sentence, the chosen filters, the facets as plain tuples, the way on where there is nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup, escape

from catalog.offers import words
from catalog.offers.sentences import inside
from catalog.search.asked import BY_CREDITS, BY_TITLE, CREDITS, DELIVERY, FACETS, FREE, LEVEL, REGION, RELEVANCE, SEATS, SEMESTER, START, SUBJECT, TAG, Asked
from catalog.search.index import OTHER, UNDER_15, VOLUMES, Found, Index, Way
from catalog.search.snapshot import Snapshot
from catalog.values import Band, Delivery, Semester, Tag
from config.languages import _, _l, language, ngettext, number

TITLES = {
    REGION: _l("Region"), SUBJECT: _l("Subject"), LEVEL: _l("Level"), DELIVERY: _l("Delivery"), SEMESTER: _l("Start"), CREDITS: _l("Credits"),
    TAG: _l("Content"), SEATS: _l("Seats"),
}  # fmt: skip
SORT_WORDS = {RELEVANCE: _l("Relevance"), START: _l("Start, earliest first"), BY_CREDITS: _l("Credits, most first"), BY_TITLE: _l("Title")}
FOLDED = {TAG, CREDITS}  # facets that stand folded until something in them is chosen

Row = tuple[str, Markup, int, bool, bool]  # value, label, count, chosen, whether it can be chosen


@dataclass(frozen=True)
class Facet:
    name: str
    title: str
    rows: list[Row]
    open: bool


def labels(snapshot: Snapshot) -> dict[str, dict[str, Markup]]:
    """Facet → value → its words, escaped, in the language of the request; made once for each language."""
    spoken = language()
    if spoken not in snapshot.labels:
        snapshot.labels[spoken] = _labels(snapshot.index, spoken)
    return snapshot.labels[spoken]


def _labels(index: Index, spoken: str) -> dict[str, dict[str, Markup]]:
    said = {
        REGION: {code: name.inside(spoken) for code, name in index.regions.items()},
        SUBJECT: {code: name.inside(spoken) for code, name in index.subjects.items()},
        LEVEL: {**{band.value: words.band(band) for band in Band}, "adults": _("Adults")},
        DELIVERY: {one.value: words.delivery(one) for one in Delivery},
        SEMESTER: {code: words.semester(Semester.from_code(code)) for code in index.values[SEMESTER]},
        CREDITS: {code: _volume(code) for code in VOLUMES},
        TAG: {one.value: words.tag(one) for one in Tag},
        SEATS: {code: _("Free seats") for code in index.values[SEATS]},
    }
    return {facet: {code: escape(text) for code, text in texts.items()} for facet, texts in said.items()}


def _volume(code: str) -> str:
    return {UNDER_15: _("Under 15 credits"), OTHER: _("Other, or not stated")}.get(code) or _("%(number)s credits", number=code)


def facets(snapshot: Snapshot, asked: Asked, found: Found) -> list[Facet]:
    """Each facet with its rows. A value that gives nothing is kept, but cannot be chosen."""
    texts = labels(snapshot)
    return [Facet(name, str(TITLES[name]), _rows(snapshot, name, asked, found.counts[name], texts[name]), _is_open(name, asked)) for name in FACETS]


def _rows(snapshot: Snapshot, name: str, asked: Asked, counts: dict[str, int], texts: dict[str, Markup]) -> list[Row]:
    picked = asked.picked(name)
    values = _told(snapshot, name, asked, counts)
    return [(value, texts[value], counts[value], value in picked, bool(counts[value]) or value in picked) for value in values]


def _told(snapshot: Snapshot, name: str, asked: Asked, counts: dict[str, int]) -> Iterable[str]:
    """All values of a facet; of semesters those that are not over, unless what has ended is asked for too."""
    if name != SEMESTER or asked.ended:
        return counts
    return [code for code in counts if code in snapshot.index.current_semesters or code in asked.picked(name)]


def _is_open(name: str, asked: Asked) -> bool:
    return name not in FOLDED or bool(asked.picked(name))


def chips(snapshot: Snapshot, asked: Asked, url: str) -> list[tuple[str, str]]:
    """What is chosen, in words, each with the address that leaves it out."""
    texts = labels(snapshot)
    text = [(_("“%(text)s”", text=asked.text), url + asked.but(text="", sort="").query())] if asked.text else []
    picked = [(texts[facet][value], url + asked.without(facet, value).query()) for facet in FACETS for value in asked.picked(facet)]
    online = [(_("With online studies from anywhere"), url + asked.but(online=False).query())] if asked.online and asked.picked(REGION) else []
    ended = [(_("Also those that have ended"), url + asked.but(ended=False).query())] if asked.ended else []
    return text + picked + online + ended


def sentence(snapshot: Snapshot, asked: Asked, total: int) -> str:
    """The answer in words, the heading of the page: «12 studies in mathematics for grades 1–7 in Region Vest»."""
    return (_studies(total) if total else _("No studies")) + "".join(_about(snapshot, asked))


def _about(snapshot: Snapshot, asked: Asked) -> Iterable[str]:
    texts = labels(snapshot)
    if subjects := asked.picked(SUBJECT):
        yield " " + _("in %(subjects)s", subjects=_some([inside(str(texts[SUBJECT][code])) for code in subjects]))
    if levels := asked.picked(LEVEL):
        yield " " + _("for %(levels)s", levels=_some([inside(str(texts[LEVEL][code])) for code in levels]))
    if regions := asked.picked(REGION):
        yield " " + _("in %(regions)s", regions=_some([str(texts[REGION][code]) for code in regions]))
    if asked.text:
        yield " " + _("that match “%(text)s”", text=asked.text)


def _some(names: list[str]) -> str:
    """«a», «a or b», «a, b or c»: any of them is enough."""
    if len(names) < 2:
        return names[0]
    return _("%(first)s or %(last)s", first=", ".join(names[:-1]), last=names[-1])


def ways_on(found: Found, url: str) -> list[tuple[str, int, str]]:
    """Where nothing is found: what to change, how many there are then, and the address."""
    return [(_change(way), way.count, url + way.asked.query()) for way in found.ways]


def _change(way: Way) -> str:
    if way.facet == "ended":
        return _("With those that have ended")
    if way.facet == "text":
        return _("Without the word “%(word)s”", word=way.word) if way.word else _("Without the words you typed")
    return _("Without the filter %(facet)s", facet=inside(str(TITLES[way.facet])))


def lead(asked: Asked) -> str:
    """What the number in the heading includes, where that is not plain."""
    if asked.online and asked.picked(REGION):
        return _("Including online studies that can be taken from anywhere in the country.")
    return ""


def ways_in(snapshot: Snapshot, url: str) -> dict:
    """For the start page: regions and subjects with what they offer now, and the numbers of the catalogue."""
    found = snapshot.index.find(Asked())
    texts, studies = labels(snapshot), snapshot.index.studies
    regions = [(texts[REGION][code], url + Asked(chosen={REGION: (code,)}).query(), _studies(count)) for code, count in found.counts[REGION].items()]
    subjects = [(texts[SUBJECT][code], url + Asked(chosen={SUBJECT: (code,)}).query(), count) for code, count in found.counts[SUBJECT].items() if count]
    return {"regions": regions, "subjects": subjects, "numbers": _numbers(snapshot, found, url), "invented": any(one.invented for one in studies)}


def _studies(count: int) -> str:
    return ngettext("%(written)s study", "%(written)s studies", count, written=number(count))


def _numbers(snapshot: Snapshot, found: Found, url: str) -> list[tuple[str, str, str]]:
    institutions = {study.institution.code for study in snapshot.index.studies if not study.over}
    free = found.counts[SEATS][FREE]
    return [
        (number(found.total), ngettext("study", "studies", found.total), url),
        (number(len(institutions)), ngettext("institution", "institutions", len(institutions)), url_for("catalog.institutions")),
        (number(free), ngettext("with free seats now", "with free seats now", free), url + Asked(chosen={SEATS: (FREE,)}).query()),
    ]
