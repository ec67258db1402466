"""The owner's competence plans, the unions' remarks, and what the county governor reads."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for

from accounts.acting import Actor
from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.offers import words as offer_words
from catalog.subjects import queries as subject_queries
from catalog.values import Band, Strand
from config.clock import now, today
from config.csv_out import csv_answer
from config.forms import Form, Schema, blank_form, read_form
from config.languages import _, ngettext
from enrolment.staff import reckoning
from regions.competence import queries, rules, services, words
from regions.competence.lifecycle import Part, Plan
from regions.competence.models import CompetencePlan, Funding, Measure
from regions.competence.rules import Beside, Planned, Sum
from regions.competence.schemas import AdoptSchema, ConsultSchema, MeasureSchema, OwnerSchema, PlanSchema, RemarkSchema, came_of_it, completed
from regions.coverage.views import study_year
from regions.reports.rules import FEWEST, too_small

pages = Blueprint("competence", __name__, url_prefix="/competence-plans")
owners_only = acting_as(Role.OWNER)
READERS = acting_as(Role.OWNER, Role.UNION, Role.GOVERNOR)
DONE, NOTE = "completed-", "came-of-it-"


@pages.get("")
@READERS
def listed():
    """The plans one may read, the latest year first."""
    return render_template("competence/listed.html", plans=queries.readable(current_actor(), today()), words=words, offer_words=offer_words, on=today())


@pages.get("/new")
@owners_only
def new():
    return _new(blank_form(year=study_year(today()) + 1))


def _new(form: Form) -> str:
    this = study_year(today())
    return render_template("competence/new.html", form=form, years=[(year, offer_words.study_year(year)) for year in range(this, this + 5)])


@pages.post("")
@owners_only
def begin():
    form = read_form(PlanSchema())
    if not form.ok:
        return _new(form), 422
    made = services.begin(form.values, actor=current_actor(), at=now())
    flash(_("The plan is begun. Add what you plan to do."), "good")
    return redirect(url_for(".show", plan=made.uuid))


@pages.get("/<uuid:plan>")
@READERS
def show(plan):
    return _show(plan)


def _show(uuid: UUID, **forms: Form) -> str:
    """The page, with a form that was refused standing open."""
    actor = current_actor()
    plan = queries.plan(actor, uuid, today())
    part = plan.part_of(actor.organisation_id)
    known = {"plan": plan, "part": part, "sums": _sums(plan), "needs": _needs(plan, actor), "subjects": {one.id: one for one in subject_queries.in_order()}, "words": words}
    known |= {"may": _may(plan, actor), "on": today(), "Part": Part, "offer_words": offer_words, "stances": _stances()}
    if known["may"]["invite"]:
        asked = {one.owner_id for one in plan.parts if one.state is not Part.DECLINED}
        known["neighbours"] = [(one.organisation.uuid, one.organisation.name) for one in queries.neighbours(actor.organisation_id) if one.organisation_id not in asked]
    blank = {name: forms.get(name) or blank_form() for name in ("inviting", "consulting", "adopting", "remarking")}
    return render_template("competence/show.html", fewest=FEWEST, **known, **blank)


def _sums(plan: CompetencePlan) -> list[tuple[Strand | None, Sum]]:
    """Planned against completed by strand, and all together (none); of all the owners whose plan it is."""
    found: dict[Strand, Sum] = {}
    for one in plan.measures:
        found[one.strand] = found.get(one.strand, Sum()) + rules.sum_of(one.participants, one.completed, state_funded=one.funding is Funding.STATE)
    return [*((strand, found[strand]) for strand in Strand if strand in found), (None, sum(found.values(), Sum()))]


def _stances() -> list:
    return [(stance.value, label) for stance, (label, _kind) in words.STANCES.items()]


def _may(plan: CompetencePlan, actor: Actor) -> dict[str, bool]:
    """What the reader can do here now; whether it is allowed is decided again when it is done."""
    part = plan.part_of(actor.organisation_id)
    mine = actor.role is Role.OWNER and part is not None and part.state in (Part.JOINED, Part.ADOPTED)
    draft, open_for_remarks = plan.state is Plan.DRAFT, plan.remarks_by is not None and today() <= plan.remarks_by
    return {
        "answer": actor.role is Role.OWNER and part is not None and part.state is Part.INVITED,
        "change": mine and draft,
        "invite": mine and draft,
        "take_back": mine and not draft and not plan.adopted_by_some,
        "adopt": mine and not draft and part.state is Part.JOINED,
        "follow_up": mine and part.state is Part.ADOPTED,
        "remark": actor.role is Role.UNION and open_for_remarks and part.state is Part.JOINED,
    }


def _needs(plan: CompetencePlan, actor: Actor) -> list[tuple[tuple[int, Band], Beside, bool]]:
    """The reader's own owner's needs beside its own measures, most first; with whether a small number is hidden from the unions."""
    if actor.role not in (Role.OWNER, Role.UNION):
        return []
    lacking = {column: gap.without for column, gap in reckoning.of_owner(actor.organisation_id, today()).taught.items()}
    planned = [Planned(one.subject_id, one.band, one.funding is Funding.STATE, one.participants) for one in plan.measures if one.owner_id == actor.organisation_id]
    beside = sorted(rules.needs_beside(lacking, planned).items(), key=lambda pair: (-pair[1].lacking, pair[0]))
    return [(column, one, actor.role is Role.UNION and too_small(one.lacking)) for column, one in beside]


@pages.get("/<uuid:plan>/measures/new")
@owners_only
def new_measure(plan):
    return _measure(queries.plan(current_actor(), plan, today()), None, blank_form())


def _measure(plan: CompetencePlan, measure: Measure | None, form: Form) -> str:
    choices = {
        "strands": [(one.value, offer_words.STRANDS[one]) for one in Strand],
        "fundings": [(one.value, words.FUNDINGS[one]) for one in Funding],
        "subjects": [(one.code, one.name) for one in subject_queries.in_order()],
        "levels": [(band.value, offer_words.band(band)) for band in Band],
    }
    return render_template("competence/measure.html", plan=plan, measure=measure, form=form, **choices)


@pages.post("/<uuid:plan>/measures")
@owners_only
def add_measure(plan):
    found, form = queries.plan(current_actor(), plan, today()), read_form(MeasureSchema())
    form.attempt(lambda: services.add_measure(plan, form.values, actor=current_actor(), at=now()))
    if not form.ok:
        return _measure(found, None, form), 422
    flash(_("The measure is added."), "good")
    return redirect(url_for(".show", plan=plan))


@pages.get("/<uuid:plan>/measures/<uuid:measure>")
@owners_only
def edit_measure(plan, measure):
    found = queries.plan(current_actor(), plan, today())
    one = queries.measure_of(found, current_actor().organisation_id, measure)
    facts = {"strand": one.strand, "funding": one.funding, "title": one.title, "subject": one.subject and one.subject.code, "level": one.band}
    return _measure(found, one, blank_form(**facts, participants=one.participants))


@pages.post("/<uuid:plan>/measures/<uuid:measure>")
@owners_only
def change_measure(plan, measure):
    found, form = queries.plan(current_actor(), plan, today()), read_form(MeasureSchema())
    one = queries.measure_of(found, current_actor().organisation_id, measure)
    form.attempt(lambda: services.change_measure(plan, measure, form.values, actor=current_actor(), at=now()))
    if not form.ok:
        return _measure(found, one, form), 422
    flash(_("The measure is changed."), "good")
    return redirect(url_for(".show", plan=plan))


@pages.post("/<uuid:plan>/measures/<uuid:measure>/removal")
@owners_only
def remove_measure(plan, measure):
    services.remove_measure(plan, measure, actor=current_actor(), at=now())
    flash(_("The measure is removed."), "good")
    return redirect(url_for(".show", plan=plan))


@pages.post("/<uuid:plan>/owners")
@owners_only
def invite(plan):
    form = read_form(OwnerSchema())
    form.attempt(lambda: services.invite(plan, form.values["owner"], actor=current_actor(), at=now()))
    if not form.ok:
        return _show(plan, inviting=form), 422
    flash(_("The owner is invited."), "good")
    return redirect(url_for(".show", plan=plan))


@pages.post("/<uuid:plan>/joining")
@owners_only
def join(plan):
    services.answer_invitation(plan, join=True, actor=current_actor(), at=now())
    flash(_("You take part in the plan. Add your own measures."), "good")
    return redirect(url_for(".show", plan=plan))


@pages.post("/<uuid:plan>/refusal")
@owners_only
def decline(plan):
    services.answer_invitation(plan, join=False, actor=current_actor(), at=now())
    flash(_("You have declined to take part."), "good")
    return redirect(url_for(".listed"))


@pages.post("/<uuid:plan>/consultation")
@owners_only
def consult(plan):
    form = read_form(ConsultSchema())
    form.attempt(lambda: services.consult(plan, form.values["remarks_by"], actor=current_actor(), at=now()))
    if not form.ok:
        return _show(plan, consulting=form), 422
    flash(_("The plan is with the unions, who are told."), "good")
    return redirect(url_for(".show", plan=plan))


@pages.post("/<uuid:plan>/consultation/withdrawal")
@owners_only
def take_back(plan):
    services.take_back(plan, actor=current_actor(), at=now())
    flash(_("The plan is a draft again. The remarks stand."), "good")
    return redirect(url_for(".show", plan=plan))


@pages.post("/<uuid:plan>/remarks")
@acting_as(Role.UNION)
def remark(plan):
    form = read_form(RemarkSchema())
    form.attempt(lambda: services.remark(plan, form.values, actor=current_actor(), at=now()))
    if not form.ok:
        return _show(plan, remarking=form), 422
    flash(_("The owner reads what you have said, and it follows the plan."), "good")
    return redirect(url_for(".show", plan=plan))


@pages.post("/<uuid:plan>/adoption")
@owners_only
def adopt(plan):
    form = read_form(AdoptSchema())
    form.attempt(lambda: services.adopt(plan, form.values["adopted_on"], form.values["case_number"], actor=current_actor(), at=now()))
    if not form.ok:
        return _show(plan, adopting=form), 422
    flash(_("The plan is politically adopted."), "good")
    return redirect(url_for(".show", plan=plan))


@pages.get("/<uuid:plan>/follow-up")
@owners_only
def following(plan):
    found, mine = _own_measures(plan)
    known = {f"{DONE}{one.uuid}": one.completed for one in mine} | {f"{NOTE}{one.uuid}": one.came_of_it for one in mine}
    return _following(found, mine, blank_form(**known))


def _own_measures(plan: UUID) -> tuple[CompetencePlan, list[Measure]]:
    found = queries.plan(current_actor(), plan, today())
    return found, [one for one in found.measures if one.owner_id == current_actor().organisation_id]


def _following(plan: CompetencePlan, mine: list[Measure], form: Form) -> str:
    recorded = queries.recorded(current_actor().organisation_id, plan.study_year)
    return render_template("competence/following.html", plan=plan, measures=mine, form=form, recorded=recorded, words=words, DONE=DONE, NOTE=NOTE)


@pages.post("/<uuid:plan>/follow-up")
@owners_only
def follow_up(plan):
    found, mine = _own_measures(plan)
    boxes = {f"{DONE}{one.uuid}": completed() for one in mine} | {f"{NOTE}{one.uuid}": came_of_it() for one in mine}
    form = read_form(Schema.from_dict(boxes)())
    if not form.ok:
        return _following(found, mine, form), 422
    told = {one.uuid: (form.values[f"{DONE}{one.uuid}"], form.values[f"{NOTE}{one.uuid}"]) for one in mine}
    services.follow_up(plan, told, actor=current_actor(), at=now())
    flash(_("What came of the plan is saved."), "good")
    return redirect(url_for(".show", plan=plan))


@pages.get("/<uuid:plan>.csv")
@READERS
def download(plan):
    """The measures, as the page has them."""
    found = queries.plan(current_actor(), plan, today())
    headers = (_("School owner"), _("Strand"), _("Measure"), _("Subject and level"), _("Paid by"), _("Planned"), _("Completed"), _("What came of it"))
    rows = [
        (one.owner.organisation.name, words.strand(one), one.title, words.what(one), str(words.FUNDINGS[one.funding]), one.participants, one.completed, one.came_of_it)
        for one in found.measures
    ]
    return csv_answer(f"plan-{found.study_year}.csv", headers, rows)


def owner_work() -> str:
    """On the owner's own page: the plans it is invited to take part in."""
    waiting = queries.invitations(current_actor())
    says = ngettext("%(num)d plan you are invited to take part in", "%(num)d plans you are invited to take part in", waiting)
    return render_template("components/work_line.html", says=says, address=url_for("competence.listed"), by=None) if waiting else ""
