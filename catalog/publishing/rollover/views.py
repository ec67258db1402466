"""The pages of rolling over: what it would do, what it did, and undoing it."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for

from accounts.guard import current_actor
from accounts.models import Event
from catalog.offers import words as offer_words
from catalog.offers.models import Offering
from catalog.publishing.rollover import queries, schemas, services, words
from catalog.publishing.rollover.planning import dates_of, planned
from catalog.publishing.rollover.values import Counts, Fate, Plan, Span, Why
from catalog.publishing.views.blueprint import editors_only, mine, pages
from catalog.publishing.views.choices import courses
from catalog.values import Semester
from config.clock import now
from config.forms import Form, blank_form, read_form, read_query
from config.languages import _, ngettext


@pages.get("/rollovers")
@editors_only
def show_rollovers():
    """What may be rolled over; once a semester or a year is chosen, what that would do."""
    asked = read_query(schemas.WishInAddress())
    plan = planned(mine(), asked["of"], asked["course"]) if asked["of"] else None
    return _page(blank_form(of=asked["of"].code if asked["of"] else None, course=asked["course"]), plan)


def _page(form: Form, plan: Plan | None = None) -> str:
    return render_template(
        "publishing/rollover.html", form=form, plan=plan, spans=_spans(), courses=courses(mine()), rollover=words, dates_of=dates_of,
        earlier=[(event, name, Span.from_code(event.facts["of"])) for event, name in queries.earlier(mine())],
    )  # fmt: skip


def _spans() -> list[tuple[str, list[tuple[str, str]]]]:
    """The semesters with runs, in groups by study year, each with how many."""
    found = queries.semesters_with_runs(mine())
    years: dict[int, dict[Semester, int]] = {}
    for semester, count in found.items():
        years.setdefault(semester.study_year, {})[semester] = count
    return [_group(year, semesters) for year, semesters in years.items()]


def _group(year: int, semesters: dict[Semester, int]) -> tuple[str, list[tuple[str, str]]]:
    whole = [(str(year), _counted(words.span(Span.from_code(str(year))), sum(semesters.values())))] if len(semesters) > 1 else []
    return offer_words.study_year(year), whole + [(one.code, _counted(offer_words.semester(one), count)) for one, count in semesters.items()]


def _counted(name: str, count: int) -> str:
    return ngettext("%(name)s: %(num)d run", "%(name)s: %(num)d runs", count, name=name)


@pages.post("/rollovers")
@editors_only
def roll_over():
    form = read_form(schemas.Wish())
    if not form.ok:
        return _page(form), 422
    made = services.roll_over(form.values["of"], form.values["course"], actor=current_actor(), at=now())
    if made is None:
        flash(_("Nothing was copied: there is nothing left to copy."), "info")
        return redirect(url_for(".show_rollovers", of=form.values["of"].code, course=form.values["course"]), 303)
    return redirect(url_for(".show_rollover", rollover=made), 303)


@pages.get("/rollovers/<uuid:rollover>")
@editors_only
def show_rollover(rollover):
    """What a rolling over did, and which of its drafts are still as they were made."""
    event = queries.rollover(mine(), rollover)
    runs = _runs_of(event)
    made = services.made_by(event)
    copies = [(runs.get(one.source), runs.get(one.copy), services.unchanged(one, runs.get(one.copy))) for one in made]
    return render_template(
        "publishing/rolled_over.html", event=event, span=Span.from_code(event.facts["of"]), counts=_counts(event), copies=copies, rollover=words,
        removable=sum(same for _source, _run, same in copies), dates_of=dates_of,
        there=[(runs.get(UUID(source)), runs.get(UUID(found))) for source, found in event.facts["there"]],
        left=[(runs.get(UUID(source)), words.REASONS[Why(why)]) for source, why in event.facts["left"]],
    )  # fmt: skip


def _runs_of(event: Event) -> dict[UUID, Offering]:
    named: list[list[Any]] = event.facts["copied"] + event.facts["there"] + event.facts["left"]
    told = {UUID(line[0]) for line in named} | {UUID(line[1]) for line in event.facts["copied"] + event.facts["there"]}
    return queries.runs_by_uuid(mine(), told)


def _counts(event: Event) -> Counts:
    facts = event.facts
    fates = [(Fate.COPIED, None)] * len(facts["copied"]) + [(Fate.THERE, None)] * len(facts["there"])
    return Counts.of(fates + [(Fate.LEFT, Why(why)) for _source, why in facts["left"]])


@pages.post("/rollovers/<uuid:rollover>/reversal")
@editors_only
def undo_rollover(rollover):
    removed, kept = services.undo(rollover, actor=current_actor(), at=now())
    told = ngettext("%(num)d draft is removed.", "%(num)d drafts are removed.", removed)
    if kept:
        told += " " + ngettext("%(num)d is kept, because somebody has changed it.", "%(num)d are kept, because somebody has changed them.", kept)
    flash(told, "good" if removed else "info")
    return redirect(url_for(".show_rollover", rollover=rollover), 303)
