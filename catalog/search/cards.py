"""The cards of the search page. Drawn once for each study, run and language, and again when the study is another; the tag of the seats is
put in at each request.

The look is the macro's: it draws one card of each shape, with seams, and the cards of that shape are that one, filled. A card is kept
as its pieces, most of which it shares with others; so all cards of the catalogue weigh less than the catalogue.
"""

from collections.abc import Callable, Container, Iterator
from decimal import Decimal
from urllib.parse import quote

from flask import current_app, url_for
from markupsafe import Markup, escape

from catalog.offers import sentences, words
from catalog.offers.lifecycle import Run
from catalog.offers.rules import Stage, stage
from catalog.search.asked import BY_RUN, SEATS, Asked
from catalog.search.frame import Frame, Seams
from catalog.search.page import Answer
from catalog.search.snapshot import Snapshot
from catalog.search.studies import Given, Study
from config.languages import _, _l, date, number

NONE: frozenset[int] = frozenset()
FEWEST_KEPT = 5_000  # and at most one card a study
END = "</article>"  # of a card
NOTHING_DRAWN = (None, None)
SEATS_TAG = ("\x04", "seam")  # stands where the tag of the seats goes in
TERMS = {
    "credits": _l("Credits"), "grades": _l("Grades"), "subject": _l("Subject"), "start": _l("Start"), "delivery": _l("Delivery"),
    "gatherings": _l("Gatherings"), "apply_by": _l("Apply by"), "last_year": _l("Last year"),
}  # fmt: skip

Tag = tuple[Markup, str]  # words and kind
Fact = tuple[str, Markup]  # the name of its term, and the text; empty = not stated
Card = tuple[tuple[str, ...], int | None]  # its pieces, and which of them is the tag of the seats


def macro(file: str, name: str):
    """A macro of the pages' components, to be called from here."""
    return getattr(current_app.jinja_env.get_template(f"components/{file}.html").module, name)


def draw(answer: Answer) -> str:
    """The cards of a page of answers, in order."""
    pieces: list[str] = []
    runs = list(_runs(answer))
    lines = answer.mine.lines([(answer.snapshot.index.studies[number], run) for number, run in runs]) if answer.mine else [""] * len(runs)
    for (number, run), line in zip(runs, lines, strict=True):
        card, seats = _card(answer, number, run)
        begin = len(pieces)
        pieces += card
        if seats is not None:
            pieces[begin + seats] = _seats(answer, run)
        if line:
            pieces[-1] = f"{pieces[-1].removesuffix(END)}{line}{END}"
    return "".join(pieces)


def _runs(answer: Answer) -> Iterator[tuple[int, Given | None]]:
    """Each study of the page with the run that its card tells of."""
    asked, runs = answer.asked, answer.snapshot.index.next_runs
    left_out = answer.mine.left_out if answer.mine else NONE
    if any(asked.picked(facet) for facet in (*BY_RUN, SEATS)) or left_out:
        return ((number, _run_asked_for(answer.snapshot, number, asked, left_out)) for number in answer.found.shown)
    return ((number, runs[number]) for number in answer.found.shown)


def _run_asked_for(snapshot: Snapshot, number: int, asked: Asked, without: Container[int] = NONE) -> Given | None:
    """The run that is what was asked for, and none of those that are not wanted."""
    study = snapshot.index.studies[number]
    if len(study.runs) == 1 and not without:
        return study.runs[0]
    fitting = [run for run in study.runs if run.id not in without and snapshot.index.fits(run, asked, snapshot.seats)]
    return study.next_of(fitting, snapshot.on)


def _card(answer: Answer, number: int, run: Given | None) -> Card:
    snapshot, study = answer.snapshot, answer.snapshot.index.studies[number]
    key = study.programme, study.id, run.id if run else None, answer.spoken
    told, card = snapshot.cards.get(key, NOTHING_DRAWN)
    if told is not study:
        if len(snapshot.cards) >= max(len(snapshot.index.studies), FEWEST_KEPT):
            snapshot.cards.clear()
        if told != study:  # it may have been read again, and be what it was
            card = _draw(answer, study, run)
        snapshot.cards[key] = study, card
    return card


def _seats(answer: Answer, run: Given) -> str:
    left = answer.snapshot.seats.get(run.id)
    if left is None:
        return ""
    free, waiting = max(left, 0), max(-left, 0)
    return answer.kept(("seats", free, waiting), lambda: str(macro("facts", "tag")(*words.seats(free, 0, waiting))))


def _draw(answer: Answer, study: Study, run: Given | None) -> Card:
    tags, facts = _tags(answer, study, run), _facts(answer, study, run)
    title = sentences.full_title(study.title, study.course_title, study.code)
    parts = {
        "title": _html(title), "url": _address(answer, study), "source": _from(answer, study, title), "code": _html(study.code or ""), "seats": "",
        **{f"tag{place}": said for place, (said, _kind) in enumerate(tags)}, **dict(facts),
    }  # fmt: skip
    shape = (bool(study.code), tuple([kind for _said, kind in tags]), tuple([(name, text != "") for name, text in facts]), _invented(study, run))
    frame = answer.kept(("card", shape), lambda: _frame(*shape))
    return tuple(frame.pieces(parts)), frame.place("seats")


def _frame(coded: bool, kinds: tuple[str, ...], facts: tuple[tuple[str, bool], ...], invented: bool) -> Frame:
    """A card of a shape: with a code or not, tags of these kinds, these facts stated or not, made up or not."""
    seats_tag = str(macro("facts", "tag")(*SEATS_TAG))

    def drawn(seams: Seams) -> str:
        tags = [SEATS_TAG if kind == SEATS_TAG[1] else (getattr(seams, f"tag{place}"), kind) for place, kind in enumerate(kinds)]
        told = [(TERMS[name], getattr(seams, name) if stated else None) for name, stated in facts]
        code = seams.code if coded else None
        card = macro("card", "module_card")(seams.title, seams.url, seams.source, code, tags=tags, facts=told, invented=invented, level=2)
        return str(card).replace(seats_tag, seams.seats)

    return Frame(drawn)


def _invented(study: Study, run: Given | None) -> bool:
    return study.made_up or bool(run and run.made_up)


def _address(answer: Answer, study: Study) -> str:
    page, institution = "catalog.course" if study.programme else "catalog.module", study.institution.code
    pattern = answer.kept((page, institution), lambda: url_for(page, institution=institution, slug="study.slug"))
    slug = study.slug if study.slug.isascii() and study.slug.isalnum() else quote(study.slug, safe="")
    return pattern.replace("study.slug", slug)


def _from(answer: Answer, study: Study, title: str) -> str:
    """Institution and course; the course not twice where the title says it already."""
    institution, course = study.institution, study.course_title
    if course is None or title.startswith(course):
        return answer.kept(("institution", institution.code), lambda: escape(institution.inside(answer.spoken)))
    said = f"{institution.inside(answer.spoken)} · {course}"
    return answer.snapshot.shared.setdefault(said, _html(said))


def _html(text: str) -> str:
    """The text itself where nothing in it has to be escaped: it is in memory already."""
    escaped = escape(text)
    return text if escaped == text else escaped


def _tags(answer: Answer, study: Study, run: Given | None) -> list[Tag]:
    if study.programme:
        ended = [answer.kept("ended", lambda: _escaped(words.stage_words(Stage.ENDED)))] if study.over else []
        return [answer.kept("programme", lambda: _escaped((_("Whole programme"), "plain"))), *ended]
    if run is None:
        return [answer.kept("no run", lambda: _escaped((_("No run announced"), "plain")))]
    return _run_tags(answer, run)


def _escaped(tag: tuple[str, str]) -> Tag:
    return escape(tag[0]), tag[1]


def _run_tags(answer: Answer, run: Given) -> list[Tag]:
    """The seats where one may still get one, and the stage where it says more than that."""
    found = _stage(run, answer.snapshot)
    told = run.seats_kept_here and found in (Stage.OPEN, Stage.LATER, Stage.UNKNOWN) and run.id in answer.snapshot.seats
    tags = [SEATS_TAG] if told else []
    said = answer.kept(("stage", found, run.opens_on), lambda: _escaped(words.stage_words(found, opens_on=run.opens_on)))
    return tags if (found is Stage.OPEN and tags) or not said[0] else [*tags, said]


def _stage(run: Given, snapshot: Snapshot) -> Stage:
    state = Run.CANCELLED if run.cancelled else Run.PLANNED if run.planned else Run.PUBLISHED
    return stage(
        state=state, semester=run.semester, semesters=run.semesters, opens_on=run.opens_on, apply_by=run.apply_by, starts_on=run.starts_on,
        ends_on=run.ends_on, on=snapshot.on, told_over=run.ended,
    )  # fmt: skip


def _facts(answer: Answer, study: Study, run: Given | None) -> list[Fact]:
    """Credits, level and start always, if only as «not stated»; the rest where it is stated."""
    if run is None:
        return [*_volume_and_level(answer, study), *_subject(answer, study)]
    known = ("facts", study.credits, study.grades.mask, run.semester, run.semesters, run.delivery, run.apply_by, run.last_year)
    first, last = answer.made_of_kept(known, lambda: (_before_gatherings(answer, study, run), _after_gatherings(answer, run)))
    gatherings = _said(answer, ("gatherings", run.meetings, run.gathering_days), lambda: words.gatherings_sentence(run.meetings, stated_days=run.gathering_days))
    return [*first, ("gatherings", gatherings), *last] if gatherings else [*first, *last]


def _said(answer: Answer, name: tuple, make: Callable[[], str | None]) -> Markup:
    return answer.kept(name, lambda: escape(make() or ""))


def _volume_and_level(answer: Answer, study: Study) -> list[Fact]:
    return [
        ("credits", _said(answer, ("credits", study.credits), lambda: _credits(study.credits))),
        ("grades", _said(answer, ("grades", study.grades.mask), lambda: words.grades_figures(study.grades))),
    ]


def _subject(answer: Answer, study: Study) -> list[Fact]:
    subject = study.subject
    return [("subject", _said(answer, ("subject", subject.code), lambda: subject.inside(answer.spoken)))] if subject else []


def _before_gatherings(answer: Answer, study: Study, run: Given) -> list[Fact]:
    start = _said(answer, ("start", run.semester, run.semesters), lambda: words.semesters(run.semester, run.semesters))
    delivery = _said(answer, ("delivery", run.delivery), lambda: words.delivery(run.delivery))
    return [*_volume_and_level(answer, study), ("start", start), *([("delivery", delivery)] if delivery else [])]


def _after_gatherings(answer: Answer, run: Given) -> list[Fact]:
    apply_by = _said(answer, ("day", run.apply_by), lambda: date(run.apply_by))
    last_year = _said(answer, ("last year", run.last_year), lambda: words.last_year(run.last_year) if run.last_year else "")
    return [(name, text) for name, text in (("apply_by", apply_by), ("last_year", last_year)) if text]


def _credits(credits: Decimal | None) -> str:
    return "" if credits is None else number(credits)
