"""The cards of the search page. Drawn once for each study, run and language; the tag of the seats is put in at each request.

The look is the macro's: it draws one card of each shape, with seams, and the cards of that shape are that one, filled.
"""

from decimal import Decimal
from urllib.parse import quote

from flask import current_app, url_for
from markupsafe import escape

from catalog.offers import sentences, words
from catalog.offers.lifecycle import Run
from catalog.offers.rules import Stage, stage
from catalog.search.asked import DELIVERY, FREE, SEATS, SEMESTER, Asked
from catalog.search.frame import Frame
from catalog.search.page import Answer
from catalog.search.snapshot import Snapshot
from catalog.search.studies import Given, Study
from config.languages import _, _l, date, number

MOST_KEPT = 15_000  # cards of some 1,200 bytes
SEATS_TAG = ("\x04", "seam")  # stands where the tag of the seats goes in
TERMS = {
    "credits": _l("Credits"), "grades": _l("Grades"), "subject": _l("Subject"), "start": _l("Start"), "delivery": _l("Delivery"),
    "gatherings": _l("Gatherings"), "apply by": _l("Apply by"),
}  # fmt: skip

Tag = tuple[str, str]  # words and kind
Fact = tuple[str, str]  # the name of its term, and the text; empty = not stated


def macro(file: str, name: str):
    """A macro of the pages' components, to be called from here."""
    return getattr(current_app.jinja_env.get_template(f"components/{file}.html").module, name)


def draw(answer: Answer) -> str:
    """The cards of a page of answers, in order."""
    asked, runs = answer.asked, answer.snapshot.index.next_runs
    if asked.picked(DELIVERY) or asked.picked(SEMESTER) or asked.picked(SEATS):
        return "".join([_card(answer, number, _run_asked_for(answer.snapshot, number, asked)) for number in answer.found.shown])
    return "".join([_card(answer, number, runs[number]) for number in answer.found.shown])


def _run_asked_for(snapshot: Snapshot, number: int, asked: Asked) -> Given | None:
    """The run that is what was asked for."""
    deliveries, semesters, seats = asked.picked(DELIVERY), asked.picked(SEMESTER), asked.picked(SEATS)
    study = snapshot.index.studies[number]
    if len(study.runs) == 1:
        return study.runs[0]
    fitting = [
        run for run in study.runs
        if (asked.ended or not run.ended)
        and (not deliveries or run.delivery in deliveries)
        and (not semesters or (run.semester and run.semester.code in semesters))
        and (FREE not in seats or _has_free(snapshot, run))
    ]  # fmt: skip
    return study.next_of(fitting, snapshot.on)


def _has_free(snapshot: Snapshot, run: Given) -> bool:
    total, taken, waiting = snapshot.seats.get(run.id, (0, 0, 0))
    return taken < total and not waiting and run.takes_enrolments(snapshot.on)


def _card(answer: Answer, number: int, run: Given | None) -> str:
    snapshot, key = answer.snapshot, (number, run.id if run else None, answer.spoken)
    drawn = snapshot.cards.get(key)
    if drawn is None:
        if len(snapshot.cards) >= MOST_KEPT:
            snapshot.cards.clear()
        drawn = snapshot.cards[key] = _draw(answer, snapshot.index.studies[number], run)
    before, after = drawn
    return f"{before}{_seats(answer, run)}{after}" if after else before


def _seats(answer: Answer, run: Given) -> str:
    counts = answer.snapshot.seats.get(run.id)
    return answer.kept(("seats", counts), lambda: str(macro("facts", "tag")(*words.seats(*counts)))) if counts else ""


def _draw(answer: Answer, study: Study, run: Given | None) -> tuple[str, str]:
    """The card, cut where the seats go in; the second piece is empty where nothing does."""
    tags, facts = _tags(answer, study, run), _facts(answer, study, run)
    shape = (bool(study.code), tuple(kind for _said, kind in tags), tuple((name, bool(text)) for name, text in facts), _invented(study, run))
    parts = {
        "title": escape(sentences.full_title(study.title, study.course_title, study.code)),
        "url": _address(answer, study),
        "source": escape(_from(study, answer.spoken)),
        "code": escape(study.code or ""),
        **{f"tag{place}": escape(said) for place, (said, _kind) in enumerate(tags)},
        **{name.replace(" ", "_"): escape(text) for name, text in facts},
    }
    seam = answer.kept("seats seam", lambda: str(macro("facts", "tag")(*SEATS_TAG)))
    before, _seam, after = answer.kept(("card", shape), lambda: _frame(*shape)).filled(parts).partition(seam)
    return before, after


def _frame(coded: bool, kinds: tuple[str, ...], facts: tuple[tuple[str, bool], ...], invented: bool) -> Frame:
    """A card of a shape: with a code or not, tags of these kinds, these facts stated or not, made up or not."""
    return Frame(
        lambda seams: macro("card", "module_card")(
            seams.title,
            seams.url,
            seams.source,
            seams.code if coded else None,
            tags=[(getattr(seams, f"tag{place}"), kind) for place, kind in enumerate(kinds)],
            facts=[(TERMS[name], getattr(seams, name.replace(" ", "_")) if stated else None) for name, stated in facts],
            invented=invented,
            level=2,
        )
    )


def _invented(study: Study, run: Given | None) -> bool:
    return study.made_up or bool(run and run.made_up)


def _address(answer: Answer, study: Study) -> str:
    page = "catalog.course" if study.programme else "catalog.module"
    pattern = answer.kept(page, lambda: url_for(page, institution="institution.code", slug="study.slug"))
    return pattern.replace("institution.code", quote(study.institution.code, safe="")).replace("study.slug", quote(study.slug, safe=""))


def _from(study: Study, spoken: str) -> str:
    """Institution and course; the course not twice where the title says it already."""
    institution, course = study.institution.inside(spoken), study.course_title
    said = course is None or sentences.full_title(study.title, course, study.code).startswith(course)
    return institution if said else f"{institution} · {course}"


def _tags(answer: Answer, study: Study, run: Given | None) -> list[Tag]:
    if study.programme:
        ended = [answer.kept("ended", lambda: words.stage_words(Stage.ENDED))] if study.over else []
        return [answer.kept("programme", lambda: (_("Whole programme"), "plain")), *ended]
    if run is None:
        return [answer.kept("no run", lambda: (_("No run announced"), "plain"))]
    return _run_tags(answer, run)


def _run_tags(answer: Answer, run: Given) -> list[Tag]:
    """The seats where one may still get one, and the stage where it says more than that."""
    found = _stage(run, answer.snapshot)
    told = run.seats_kept_here and found in (Stage.OPEN, Stage.LATER, Stage.UNKNOWN) and run.id in answer.snapshot.seats
    tags = [SEATS_TAG] if told else []
    said = answer.kept(("stage", found, run.opens_on), lambda: words.stage_words(found, opens_on=run.opens_on))
    return tags if (found is Stage.OPEN and tags) or not said[0] else [*tags, said]


def _stage(run: Given, snapshot: Snapshot) -> Stage:
    state = Run.CANCELLED if run.cancelled else Run.PLANNED if run.planned else Run.PUBLISHED
    return stage(
        state=state, semester=run.semester, semesters=run.semesters, opens_on=run.opens_on, apply_by=run.apply_by, starts_on=run.starts_on,
        ends_on=run.ends_on, on=snapshot.on, told_over=run.ended,
    )  # fmt: skip


def _facts(answer: Answer, study: Study, run: Given | None) -> list[Fact]:
    """Credits, level and start always, if only as «not stated»; the rest where it is stated."""
    kept = answer.kept
    facts = [
        ("credits", kept(("credits", study.credits), lambda: _credits(study.credits))),
        ("grades", kept(("grades", study.grades.mask), lambda: words.grades_figures(study.grades))),
    ]
    if run is None:
        return facts + ([("subject", study.subject.inside(answer.spoken))] if study.subject else [])
    told = [
        ("delivery", kept(("delivery", run.delivery), lambda: words.delivery(run.delivery))),
        ("gatherings", kept(("gatherings", run.meetings, run.gathering_days), lambda: words.gatherings_sentence(run.meetings, stated_days=run.gathering_days))),
        ("apply by", kept(("day", run.apply_by), lambda: date(run.apply_by))),
    ]
    start = kept(("start", run.semester, run.semesters), lambda: words.semesters(run.semester, run.semesters))
    return [*facts, ("start", start), *((name, text) for name, text in told if text)]


def _credits(credits: Decimal | None) -> str:
    return "" if credits is None else number(credits)
