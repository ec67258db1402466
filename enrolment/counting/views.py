"""What counts for me, on the search page and on the pages of modules and runs. Nothing for strangers, whose pages are kept for all."""

from collections.abc import Collection
from datetime import date

from flask import g, render_template

from accounts.guard import current_actor, has_role
from accounts.models import Role
from catalog.offers.lifecycle import Run
from catalog.offers.models import Module, Offering
from catalog.offers.rules import LastYear
from catalog.search.snapshot import Snapshot
from config.clock import today
from enrolment.counting import queries, rules, words
from enrolment.counting.choosing import Personal
from enrolment.counting.reckoning import ForMe, Person, reckon


def search_for_me(now: Snapshot, **_known) -> Personal | None:
    """What an answer is for the teacher who asks."""
    return Personal(Person(current_actor().person_id, now.on), now.index) if has_role(Role.TEACHER) else None


def last_year(modules: Collection[int] | None, on: date, **_known) -> dict[int, LastYear]:
    """By the key of a run, how it went with its module a year before, where that is known: told to all."""
    return {run: rules.last_year(applied, seats) for run, applied, seats in queries.last_year(modules, on)}


def module_for_me(module: Module, **_known) -> str:
    """The panel of a module: what it adds, and what is missing for it."""
    if not has_role(Role.TEACHER):
        return ""
    [one] = reckon(_me(), [(module.id, None)])
    return render_template("counting/panel.html", lines=list(words.of_module(one)))


def offering_for_me(offering: Offering, **_known) -> str:
    """The panel of a run: my place in it, clashes, days away, how it went last time, and how sure it is to start."""
    if not has_role(Role.TEACHER) or offering.state not in (Run.PUBLISHED, Run.PLANNED):
        return ""
    found = _of_all_runs(offering)
    return render_template("counting/lines.html", lines=list(words.of_run(found[offering.id], today())))


def _of_all_runs(offering: Offering) -> dict[int, ForMe]:
    """Of all runs of the module together, so that a page of many asks no more than a page of one."""
    if offering.id not in g.setdefault("runs_for_me", {}):
        runs = {offering.id, *(run.id for run in offering.module.offerings)}
        g.runs_for_me = {one.run.id: one for one in reckon(_me(), [(offering.module_id, run) for run in sorted(runs)])}
    return g.runs_for_me


def _me() -> Person:
    """The reader, with what is known of them kept while the page is made."""
    if "counting_person" not in g:
        g.counting_person = Person(current_actor().person_id, today())
    return g.counting_person
