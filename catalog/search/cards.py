"""The cards of the search page. Drawn once for each study, run and language; the tag of the seats is put in at each request."""

from flask import current_app, url_for

from catalog.offers import sentences, words
from catalog.offers.lifecycle import Run
from catalog.offers.rules import Stage, stage
from catalog.search.asked import DELIVERY, FREE, SEATS, SEMESTER, Asked
from catalog.search.page import Answer
from catalog.search.snapshot import Snapshot
from catalog.search.studies import Given, Study
from config.languages import _, date, language, number

MOST_KEPT = 15_000  # cards of some 1,200 bytes
SEAM = ("\N{REPLACEMENT CHARACTER}", "seam")  # where the tag of the seats goes in


def macro(file: str, name: str):
    """A macro of the pages' components, to be called from here."""
    return getattr(current_app.jinja_env.get_template(f"components/{file}.html").module, name)


def draw(answer: Answer) -> str:
    """The cards of a page of answers, in order."""
    snapshot, asked, spoken = answer.snapshot, answer.asked, answer.spoken
    if asked.picked(DELIVERY) or asked.picked(SEMESTER) or asked.picked(SEATS):
        return "".join([_card(snapshot, number, _run_asked_for(snapshot, number, asked), spoken) for number in answer.found.shown])
    runs = snapshot.index.next_runs
    return "".join([_card(snapshot, number, runs[number], spoken) for number in answer.found.shown])


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


def _card(snapshot: Snapshot, number: int, run: Given | None, spoken: str) -> str:
    key = (number, run.id if run else None, spoken)
    drawn = snapshot.cards.get(key)
    if drawn is None:
        if len(snapshot.cards) >= MOST_KEPT:
            snapshot.cards.clear()
        drawn = snapshot.cards[key] = _draw(snapshot, snapshot.index.studies[number], run)
    before, after = drawn
    return f"{before}{_seats(snapshot, run, spoken)}{after}" if after else before


def _seats(snapshot: Snapshot, run: Given, spoken: str) -> str:
    counts = snapshot.seats.get(run.id)
    known = snapshot.tags.get((counts, spoken))
    if known is None:
        known = snapshot.tags[(counts, spoken)] = str(macro("facts", "tag")(*words.seats(*counts or (None, 0, 0))))
    return known


def _draw(snapshot: Snapshot, study: Study, run: Given | None) -> tuple[str, str]:
    """The card, cut where the seats go in; the second piece is empty where nothing does."""
    whole = macro("card", "module_card")(
        sentences.full_title(study.title, study.course_title, study.code),
        _address(study),
        _from(study),
        study.code,
        tags=_tags(snapshot, study, run),
        facts=_facts(study, run),
        invented=study.made_up or bool(run and run.made_up),
        level=2,
    )
    before, _seam, after = str(whole).partition(str(macro("facts", "tag")(*SEAM)))
    return before, after


def _address(study: Study) -> str:
    page = "catalog.course" if study.programme else "catalog.module"
    return url_for(page, institution=study.institution.code, slug=study.slug)


def _from(study: Study) -> str:
    """Institution and course; the course not twice where the title says it already."""
    institution, course = study.institution.inside(language()), study.course_title
    said = course is None or sentences.full_title(study.title, course, study.code).startswith(course)
    return institution if said else f"{institution} · {course}"


def _tags(snapshot: Snapshot, study: Study, run: Given | None) -> list[tuple[str, str]]:
    if study.programme:
        return [(_("Whole programme"), "plain"), *([words.stage_words(Stage.ENDED)] if study.over else [])]
    if run is None:
        return [(_("No run announced"), "plain")]
    found = _stage(run, snapshot)
    tags = [SEAM] if found in (Stage.OPEN, Stage.LATER, Stage.UNKNOWN) and run.seats_kept_here and run.id in snapshot.seats else []
    said = words.stage_words(found, opens_on=run.opens_on)
    return tags if found is Stage.OPEN and tags or not said[0] else [*tags, said]


def _stage(run: Given, snapshot: Snapshot) -> Stage:
    state = Run.CANCELLED if run.cancelled else Run.PLANNED if run.planned else Run.PUBLISHED
    return stage(
        state=state, semester=run.semester, semesters=run.semesters, opens_on=run.opens_on, apply_by=run.apply_by, starts_on=run.starts_on,
        ends_on=run.ends_on, on=snapshot.on, told_over=run.ended,
    )  # fmt: skip


def _facts(study: Study, run: Given | None) -> list[tuple[str, str | None]]:
    """Credits, level and start always, if only as «not stated»; the rest where it is stated."""
    facts = [(_("Credits"), number(study.credits) if study.credits is not None else None), (_("Grades"), words.grades_figures(study.grades))]
    if run is None:
        return facts + ([(_("Subject"), study.subject.inside(language()))] if study.subject else [])
    told = [
        (_("Delivery"), words.delivery(run.delivery)),
        (_("Gatherings"), words.gatherings_sentence(run.meetings, stated_days=run.gathering_days)),
        (_("Apply by"), date(run.apply_by)),
    ]
    return [*facts, (_("Start"), words.semesters(run.semester, run.semesters)), *((term, text) for term, text in told if text)]
