"""One's applications, the page of a case with its three tracks, its timeline, sending it and taking it back."""

from flask import flash, redirect, render_template, url_for

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.offers import words as offer_words
from config.clock import now, today
from config.errors import BadInput
from config.forms import read_form
from config.languages import _
from enrolment.applications import facts, groups, queries, told, words
from enrolment.applications.lifecycle import Case
from enrolment.applications.schemas import ConfirmSchema, StartSchema
from enrolment.applications.services import cases as services
from enrolment.applications.values import Party
from enrolment.applications.views import pages
from enrolment.applications.views.asking import page_of, saved
from enrolment.progress import account
from enrolment.progress.queries import teacher_of


@pages.get("/me/applications")
@acting_as(Role.TEACHER)
def mine():
    """All of one's applications, and the rounds that are open."""
    actor, at = current_actor(), now()
    cases = told.each(queries.own_cases(actor), at, today())
    begun = {(one.case.cycle_id, one.case.strand) for one in cases}
    to_begin = [(cycle, strand) for cycle, strand in queries.open_strands(at) if (cycle.id, strand) not in begun]
    return render_template("applications/mine.html", cases=cases, to_begin=to_begin, invitations=groups.open_invitations(actor), words=words, offer_words=offer_words, Step=told.Step)


@pages.post("/me/applications")
@acting_as(Role.TEACHER)
def start():
    form = read_form(StartSchema())
    if not form.ok:
        raise BadInput(_("The round could not be understood."), form.errors)
    case = services.start(cycle=form.values["cycle"], strand=form.values["strand"], runs=form.values["offering"], actor=current_actor(), at=now())
    return page_of(case, "choices" if form.values["offering"] else "tasks")


@pages.get("/me/applications/<uuid:case>")
@acting_as(Role.TEACHER)
def case(case):
    """The three tracks of what is sent; the tasks of what is not."""
    found = queries.own_case(current_actor(), case)
    if found.state is not Case.SENT:
        return _tasks(found)
    shown = told.of(found, now(), today())
    gone = [choice for choice in found.ranked_choices if facts.no_longer_given(choice)]
    return render_template("applications/case.html", case=found, told=shown, gone=gone, moved=_works_elsewhere(found), group=groups.group_of(found), words=words, offer_words=offer_words)


def _works_elsewhere(case):
    """The school the teacher has said since, where it is another than the application's."""
    teacher = teacher_of(case.person_id)
    school = teacher.school if teacher else None
    return school if school and school.owner_id and case.school_id and school.organisation_id != case.school_id else None


@pages.get("/me/applications/<uuid:case>/tasks")
@acting_as(Role.TEACHER)
def tasks(case):
    """What is to be filled in, part by part."""
    return _tasks(queries.own_case(current_actor(), case))


def _tasks(found) -> str:
    missing = facts.gaps(found, teacher_of(found.person_id))
    shown = told.of(found, now(), today())
    return render_template("applications/tasks.html", case=found, told=shown, tasks=told.tasks(found, missing), complete=not missing, group=groups.group_of(found), words=words, offer_words=offer_words)


@pages.get("/me/applications/<uuid:case>/sending")
@acting_as(Role.TEACHER)
def check(case):
    """Everything that is said, to be looked through before it is sent."""
    return _check(queries.own_case(current_actor(), case))


def _check(found, form=None) -> str:
    mine = account.of(found.person_id, today())
    missing = facts.gaps(found, mine.teacher)
    rates = [(choice, _rate(found, choice)) for choice in found.ranked_choices]
    return render_template(
        "applications/check.html", case=found, told=told.of(found, now(), today()), missing=missing, rates=rates, verdict=facts.verdict(found), form=form,
        teaching=mine.teacher.teaching if mine.teacher else [], words=words, offer_words=offer_words,
    )  # fmt: skip


def _rate(found, choice):
    rate = choice.scheme and choice.scheme.rate(found.strand, choice.subject.code if choice.subject else "", found.cycle.rates_on)
    return words.scheme_says(choice.scheme, rate) if rate else ""


@pages.post("/me/applications/<uuid:case>/sending")
@acting_as(Role.TEACHER)
def send(case):
    found = queries.own_case(current_actor(), case)
    return saved(found, ConfirmSchema(), lambda _said: services.send(case, actor=current_actor(), at=now()), lambda form: _check(found, form), then=lambda _done: page_of(found, "receipt"))


@pages.get("/me/applications/<uuid:case>/receipt")
@acting_as(Role.TEACHER)
def receipt(case):
    """That it is sent, and what happens now, with dates."""
    found = queries.own_case(current_actor(), case)
    if found.state is not Case.SENT:
        return page_of(found, "tasks")
    return render_template("applications/receipt.html", case=found, steps=told.next_steps(found), last=facts.dates(found).on(told.Step.APPLY), words=words)


@pages.get("/me/applications/<uuid:case>/timeline")
@acting_as(Role.TEACHER)
def timeline(case):
    """All that has happened, to be printed."""
    found = queries.own_case(current_actor(), case)
    return render_template("applications/timeline.html", case=found, told=told.of(found, now(), today(), Party.TEACHER), words=words)


@pages.get("/applications/<uuid:case>/timeline")
@acting_as(Role.HEAD, Role.OWNER, Role.UNION, Role.EDITOR, Role.AUTHORITY)
def shared_timeline(case):
    """The one timeline of a case, as the party that asks may read it, to be printed."""
    found, party = queries.shared_case(current_actor(), case, now())
    return render_template("applications/shared_timeline.html", case=found, lines=told.timeline(found, party), words=words)


@pages.get("/me/applications/<uuid:case>/withdrawal")
@acting_as(Role.TEACHER)
def confirm_withdrawal(case):
    """Says what taking it back means, before it is done."""
    found = queries.own_case(current_actor(), case)
    return render_template("applications/withdrawal.html", case=found, effects=told.effects_of_withdrawing(found), words=words)


@pages.post("/me/applications/<uuid:case>/withdrawal")
@acting_as(Role.TEACHER)
def withdraw(case):
    found = services.withdraw(case, actor=current_actor(), at=now())
    flash(_("Your application is withdrawn. Everything you have filled in is kept."), "good")
    return page_of(found, "case")


@pages.post("/me/applications/<uuid:case>/deletion")
@acting_as(Role.TEACHER)
def discard(case):
    services.discard(case, actor=current_actor(), at=now())
    flash(_("The draft is deleted."), "good")
    return redirect(url_for("applications.mine"))
