"""The priorities for everybody, and the national authority's work with their versions."""

from flask import Blueprint, flash, redirect, render_template, url_for

from accounts.guard import acting_as, current_actor, has_role
from accounts.models import Role
from catalog.offers import words as offer_words
from catalog.publishing.fields import OneOf
from catalog.subjects import queries as subject_queries
from catalog.subjects.models import SubjectKind
from catalog.values import Band, VolumeRule
from config.clock import now, today
from config.forms import Form, Schema, blank_form, read_form
from config.languages import _
from enrolment.rounds import queries as rounds
from regions.coverage.views import study_year
from regions.priorities import queries, services, words
from regions.priorities.models import PriorityVersion
from regions.priorities.schemas import CommissionSchema, GroupSchema, VersionSchema, group_number, seats
from regions.versions.lifecycle import Version

pages = Blueprint("priorities", __name__, url_prefix="/priorities")
authority_only = acting_as(Role.AUTHORITY)
RULE, SEATS, GROUP = "rule-", "seats-", "group-"


@pages.get("")
def listed():
    """The versions that are released; for the authority the hidden ones too."""
    known = queries.versions(hidden_too=has_role(Role.AUTHORITY))
    in_force = next((one.number for one in known if one.state is Version.RELEASED and one.holds_from <= today()), None)
    return render_template("priorities/listed.html", versions=known, in_force=in_force, mine=has_role(Role.AUTHORITY), words=words, on=today())


@pages.get("/<int(max=9999):number>")
def show(number):
    """One version. A hidden one is not there for anybody but the authority."""
    return _show(queries.version(number, hidden_too=has_role(Role.AUTHORITY)), blank_form())


def _show(version: PriorityVersion, form: Form) -> str:
    subjects = {one.subject_id: one for one in version.subjects}
    by_group = [(row, [one.subject for one in version.subjects if one.group_id == row.group_id]) for row in version.groups]
    years = sorted({one.study_year for one in version.commissions})
    offered = queries.offered([one.subject_id for one in version.commissions], years, today()) if version.commissions else {}
    known = {"by_group": by_group, "subjects": subjects, "offered": offered, "source_names": {one.code: one.name for one in rounds.seat_sources()}, "form": form, "mine": has_role(Role.AUTHORITY)}
    newest = next((one.number for one in queries.versions(hidden_too=False) if one.holds_from <= today()), None) == version.number
    return render_template("priorities/show.html", version=version, newest=newest, words=words, offer_words=offer_words, on=today(), **known)


@pages.get("/new")
@authority_only
def new():
    return _facts(None, blank_form())


def _facts(version: PriorityVersion | None, form: Form) -> str:
    return render_template("priorities/facts.html", version=version, form=form)


@pages.post("")
@authority_only
def begin():
    form = read_form(VersionSchema())
    made = form.attempt(lambda: services.begin(form.values, actor=current_actor(), at=now()))
    if not form.ok:
        return _facts(None, form), 422
    flash(_("The draft says what holds today. Change what is to be otherwise."), "good")
    return redirect(url_for(".show", number=made.number))


@pages.get("/<int(max=9999):number>/facts")
@authority_only
def facts(number):
    found = queries.version(number, hidden_too=True)
    return _facts(found, blank_form(**{name: getattr(found, name) for name in ("name", "holds_from", "release_on", "parties", "note")}))


@pages.post("/<int(max=9999):number>/facts")
@authority_only
def change(number):
    found, form = queries.version(number, hidden_too=True), read_form(VersionSchema())
    form.attempt(lambda: services.change(number, form.values, actor=current_actor(), at=now()))
    if not form.ok:
        return _facts(found, form), 422
    flash(_("The version is saved."), "good")
    return redirect(url_for(".show", number=number))


@pages.get("/<int(max=9999):number>/groups")
@authority_only
def groups(number):
    found = queries.version(number, hidden_too=True)
    return _groups(found, _stands(found))


def _stands(found: PriorityVersion) -> Form:
    """The form of the groups with what stands."""
    typed = {f"{RULE}{row.group.number}": row.volume_rule for row in found.groups} | {f"{SEATS}{row.group.number}": row.seats for row in found.groups}
    numbers = {row.group_id: row.group.number for row in found.groups}
    return blank_form(**typed, **{f"{GROUP}{one.subject.code}": numbers.get(one.group_id) for one in found.subjects})


def _groups(version: PriorityVersion, form: Form, adding: Form | None = None) -> str:
    can = [one for one in subject_queries.in_order() if one.kind is not SubjectKind.IN_SERVICE and one.kind is not SubjectKind.PRINCIPAL]
    options = [(row.group.number, f"{row.group.number} {row.group.name}") for row in version.groups]
    known = {"subjects": can, "groups": options, "rules": list(words.RULES.items()), "RULE": RULE, "SEATS": SEATS, "GROUP": GROUP}
    return render_template("priorities/groups.html", version=version, form=form, adding=adding or blank_form(), **known)


@pages.post("/<int(max=9999):number>/groups/new")
@authority_only
def add_group(number):
    form = read_form(GroupSchema())
    form.attempt(lambda: services.add_group(number, form.values, actor=current_actor(), at=now()))
    if not form.ok:
        found = queries.version(number, hidden_too=True)
        return _groups(found, _stands(found), form), 422
    flash(_("The group is added. Choose the subjects that stand in it."), "good")
    return redirect(url_for(".groups", number=number))


@pages.post("/<int(max=9999):number>/groups")
@authority_only
def set_groups(number):
    found, known = queries.version(number, hidden_too=True), {one.code: one.id for one in subject_queries.in_order()}
    boxes = {f"{GROUP}{code}": group_number() for code in known}
    for row in found.groups:
        boxes |= {f"{RULE}{row.group.number}": OneOf(VolumeRule, required=True), f"{SEATS}{row.group.number}": seats()}
    form = read_form(Schema.from_dict(boxes)())
    keys = {row.group.number: row.group_id for row in found.groups}
    chosen = {code: form.values.get(f"{GROUP}{code}") for code in known}
    for code, group in chosen.items():
        if group is not None and group not in keys:
            form.refuse(f"{GROUP}{code}", _("Choose from the list."))
    if not form.ok:
        return _groups(found, form), 422
    rows = {key: (form.values[f"{RULE}{group}"], form.values[f"{SEATS}{group}"]) for group, key in keys.items()}
    services.set_groups(number, rows, {known[code]: keys[group] for code, group in chosen.items() if group}, actor=current_actor(), at=now())
    flash(_("The groups are saved."), "good")
    return redirect(url_for(".show", number=number))


@pages.get("/<int(max=9999):number>/commissions/new")
@authority_only
def new_commission(number):
    return _commission(queries.version(number, hidden_too=True), blank_form(year=study_year(today()) + 1))


def _commission(version: PriorityVersion, form: Form) -> str:
    this = study_year(today())
    choices = {
        "regions": [(one.code, one.name) for one in queries.regions()],
        "subjects": [(one.code, one.name) for one in subject_queries.in_order()],
        "levels": [(band.value, offer_words.band(band)) for band in Band],
        "years": [(year, offer_words.study_year(year)) for year in range(this, this + 6)],
        "sources": [(one.code, one.name) for one in services.sources(today())],
    }
    return render_template("priorities/commission.html", version=version, form=form, **choices)


@pages.post("/<int(max=9999):number>/commissions")
@authority_only
def commission(number):
    found, form = queries.version(number, hidden_too=True), read_form(CommissionSchema())
    form.attempt(lambda: services.commission(number, form.values, actor=current_actor(), at=now()))
    if not form.ok:
        return _commission(found, form), 422
    flash(_("The commission is added."), "good")
    return redirect(url_for(".show", number=number))


@pages.post("/<int(max=9999):number>/commissions/<uuid:commission>/removal")
@authority_only
def drop_commission(number, commission):
    services.drop_commission(number, commission, actor=current_actor(), at=now())
    flash(_("The commission is removed."), "good")
    return redirect(url_for(".show", number=number))


@pages.post("/<int(max=9999):number>/approval")
@authority_only
def approve(number):
    form = blank_form()
    form.attempt(lambda: services.approve(number, actor=current_actor(), at=now()))
    if not form.ok:
        return _facts(queries.version(number, hidden_too=True), _typed(number, form)), 422
    flash(_("The version is approved, and hidden until its day of release."), "good")
    return redirect(url_for(".show", number=number))


def _typed(number: int, refused: Form) -> Form:
    """The form of the facts with what stands, and what is wrong with it."""
    found = queries.version(number, hidden_too=True)
    form = blank_form(**{name: getattr(found, name) for name in ("name", "holds_from", "release_on", "parties", "note")})
    form.errors = refused.errors
    return form


@pages.post("/<int(max=9999):number>/approval/withdrawal")
@authority_only
def take_back(number):
    services.take_back(number, actor=current_actor(), at=now())
    flash(_("The version is a draft again."), "good")
    return redirect(url_for(".show", number=number))


def way_to_commissions(**_known) -> str:
    """The panel of the coordinator's page: the way to what is asked of the regions."""
    return render_template("priorities/link.html")
