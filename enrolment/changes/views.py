"""The panels of a change: what an editor sees before it is saved, and what those it concerns see afterwards."""

from flask import render_template

from catalog.offers.models import Course, Module, Offering
from catalog.publishing.content import kind_of
from config.clock import today
from enrolment.changes import queries, rules, words
from enrolment.seats.models import Enrolment


def who_sees_it(thing: Course | Module | Offering, changes: dict, **_known) -> str:
    """The panel before a change is saved: how many have a seat or wait, and what follows for them."""
    runs = queries.runs_of(thing, today())
    if not runs:
        return ""
    counts = queries.applicants(runs)
    told = rules.told_of(kind_of(thing), changes) and sum(counts.values())
    return render_template("changes/who_sees_it.html", counts=counts, until=queries.free_until(today()) if told else None, words=words)


def what_changed(enrolment: Enrolment) -> str:
    """The part of an enrolment's page that tells what changed since one entered, and until when one may leave for it."""
    found = queries.changes_since(enrolment)
    opening = queries.opening(enrolment, today())
    return render_template("changes/what_changed.html", found=found, opening=opening, words=words) if found else ""


def free_withdrawal(enrolment: Enrolment) -> str:
    """What the page before withdrawing says where a change lets one leave without consequence."""
    opening = queries.opening(enrolment, today())
    return render_template("changes/free_withdrawal.html", opening=opening, words=words) if opening else ""
