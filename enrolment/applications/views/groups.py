"""The pages of applying together: the group of one's own application, and an invitation to another's."""

from flask import flash, redirect, render_template, url_for

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.offers import words as offer_words
from config.clock import now, today
from config.errors import BadInput
from config.forms import Form, blank_form
from config.languages import _
from enrolment.applications import facts, groups, queries, words
from enrolment.applications.lifecycle import Fellow
from enrolment.applications.models import Application
from enrolment.applications.schemas import ConfirmSchema, GroupSchema, InvitationSchema
from enrolment.applications.services import groups as services
from enrolment.applications.views import pages
from enrolment.applications.views.asking import page_of, saved
from enrolment.rounds.values import Gate


@pages.get("/me/applications/<uuid:case>/group")
@acting_as(Role.TEACHER)
def group(case):
    """Who applies together, and the way to ask more."""
    return _group_page(queries.own_case(current_actor(), case), blank_form(least=2))


def _group_page(found: Application, form: Form) -> str:
    known = groups.group_of(found)
    asked = {one.person_id for one in known.fellows if one.state in (Fellow.INVITED, Fellow.JOINED)} if known else set()
    others = [(one.uuid, one.name) for one in groups.colleagues(found) if one.id not in asked]
    return render_template(
        "applications/group.html", case=found, group=known, mine=known is None or known.founder_id == found.person_id, form=form, colleagues=others,
        open=facts.is_open(found, now()), modes=[(mode.value, words.TOGETHER[mode]) for mode in words.TOGETHER], words=words,
    )  # fmt: skip


@pages.post("/me/applications/<uuid:case>/group")
@acting_as(Role.TEACHER)
def found_group(case):
    mine = queries.own_case(current_actor(), case)

    def act(said: dict):
        return services.found(case, mode=said["mode"], least=said["least"], colleagues=said["colleague"], actor=current_actor(), at=now())

    return saved(mine, GroupSchema(), act, lambda form: _group_page(mine, form), then=lambda _made: page_of(mine, "group"))


@pages.post("/me/applications/<uuid:case>/group/invitations")
@acting_as(Role.TEACHER)
def invite(case):
    mine = queries.own_case(current_actor(), case)

    def act(said: dict):
        return services.invite(case, said["colleague"], actor=current_actor(), at=now())

    return saved(mine, InvitationSchema(), act, lambda form: _group_page(mine, form), then=lambda _made: page_of(mine, "group"))


@pages.post("/me/applications/<uuid:case>/group/leaving")
@acting_as(Role.TEACHER)
def leave(case):
    mine = queries.own_case(current_actor(), case)
    return saved(
        mine, ConfirmSchema(), lambda _said: services.leave(case, actor=current_actor(), at=now()), lambda form: _group_page(mine, form), then=lambda _done: page_of(mine, "group")
    )


@pages.get("/me/applications/groups/<uuid:group>")
@acting_as(Role.TEACHER)
def invitation(group):
    """What colleagues apply for, and what joining them means."""
    return _invitation_page(group)


def _invitation_page(group, refused: str = "") -> str:
    found, mine = groups.invitation(current_actor(), group)
    source = next(iter(groups.fellow_cases(found)), None)
    own = queries.case_in(current_actor().person_id, found.cycle_id, found.strand)
    open_ = found.cycle.dates_of(found.strand).is_open(Gate.APPLY, today())
    return render_template("applications/invitation.html", group=found, mine=mine, source=source, own=own, refused=refused, open=open_, words=words, offer_words=offer_words)


@pages.post("/me/applications/groups/<uuid:group>/acceptance")
@acting_as(Role.TEACHER)
def join(group):
    try:
        case = services.join(group, actor=current_actor(), at=now())
    except BadInput as refusal:
        return _invitation_page(group, refusal.sentence), 422
    return page_of(case, "tasks")


@pages.post("/me/applications/groups/<uuid:group>/refusal")
@acting_as(Role.TEACHER)
def decline(group):
    services.decline(group, actor=current_actor(), at=now())
    flash(_("You have said no. Your colleague is told."), "good")
    return redirect(url_for("applications.mine"))
