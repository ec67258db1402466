"""The coordinator's readings; and what editors see of them on their own pages."""

from flask import Blueprint, flash, g, redirect, render_template, url_for

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.offers.models import Course, Module, Offering
from catalog.places.models import Region
from catalog.publishing.permissions import institution_of
from catalog.publishing.queries import own_module
from config.clock import now, today
from config.forms import Form, blank_form, read_form
from config.languages import _, ngettext
from regions.coverage import words as coverage_words
from regions.coverage.queries import named_modules, region_of
from regions.readings import beside, queries, services, words
from regions.readings.models import Reading
from regions.readings.rules import PLACES, WHOLE
from regions.readings.schemas import AnswerSchema, OpeningSchema, RemarkSchema

pages = Blueprint("readings", __name__)


@pages.get("/region/readings")
@acting_as(Role.COORDINATOR)
def open_to_us():
    """What the region's institutions have opened to it."""
    region = region_of(current_actor())
    found = queries.open_to(region.organisation_id, today())
    return render_template("readings/list.html", region=region, readings=found, reading_words=words)


@pages.get("/region/readings/<uuid:reading>")
@acting_as(Role.COORDINATOR)
def read(reading):
    return _page(reading, blank_form(), None)


def _page(uuid, form: Form, refused: str | None) -> str:
    """The module with its remarks; `refused`: the section of the remark that was not well formed."""
    region, on = region_of(current_actor()), today()
    found = queries.to_read(region.organisation_id, uuid, on)
    gaps = beside.gaps(found.module, region, on)
    missing = {gap.now.missing.module for gap in gaps if gap.now.missing and gap.now.missing.module}
    return render_template(
        "readings/read.html", reading=found, module=found.module, region=region, form=form, refused=refused, reading_words=words,
        coverage_words=coverage_words, alike=beside.alike(found.module, region, on), gaps=gaps, on=on, modules=named_modules(missing) if missing else {},
    )  # fmt: skip


@pages.post("/region/readings/<uuid:reading>/remarks")
@acting_as(Role.COORDINATOR)
def remark(reading):
    form = read_form(RemarkSchema())
    if not form.ok:
        asked = form.typed("section")
        return _page(reading, form, asked if asked in PLACES else WHOLE), 422  # of no section we know: it is kept where all is remarked on
    made = services.remark(reading, form.values["section"], form.values["text"], actor=current_actor(), at=now())
    flash(_("Your remark is there. The institution sees it beside what it is about."), "good")
    return redirect(url_for(".read", reading=reading, _anchor=made.section), 303)


@pages.post("/region/remarks/<uuid:remark>/taking-back")
@acting_as(Role.COORDINATOR)
def take_back(remark):
    reading = services.take_back(remark, actor=current_actor(), at=now())
    flash(_("The remark is taken away."), "good")
    return redirect(url_for(".read", reading=reading), 303)


@pages.get("/publish/modules/<uuid:module>/reading")
@acting_as(Role.EDITOR)
def ask(module):
    """Before a module is opened to its regions: which they are, and what one wants to hear about."""
    return _ask(module, blank_form())


def _ask(uuid, form: Form) -> str:
    mine = institution_of(current_actor())
    module = own_module(mine, uuid)
    return render_template("readings/ask.html", module=module, regions=queries.regions_of(mine, today()), form=form)


@pages.post("/publish/modules/<uuid:module>/reading")
@acting_as(Role.EDITOR)
def open_reading(module):
    form = read_form(OpeningSchema())
    if not form.ok:
        return _ask(module, form), 422
    services.open_to_regions(module, form.values["asked"], actor=current_actor(), at=now())
    flash(_("The region can read it now. You can publish whenever you want."), "good")
    return redirect(url_for("publishing.show_module", module=module), 303)


@pages.post("/publish/modules/<uuid:module>/reading/closing")
@acting_as(Role.EDITOR)
def close_reading(module):
    services.close(module, actor=current_actor(), at=now())
    flash(_("The region cannot read it any more."), "good")
    return redirect(url_for("publishing.show_module", module=module), 303)


@pages.get("/publish/remarks/<uuid:remark>")
@acting_as(Role.EDITOR)
def answer(remark):
    made = queries.remark_to(institution_of(current_actor()), remark)
    return _answer(made, blank_form(answer=made.answer))


def _answer(made, form: Form) -> str:
    return render_template("readings/answer.html", remark=made, module=made.reading.module, form=form, reading_words=words)


@pages.post("/publish/remarks/<uuid:remark>")
@acting_as(Role.EDITOR)
def settle(remark):
    form = read_form(AnswerSchema())
    if not form.ok:
        return _answer(queries.remark_to(institution_of(current_actor()), remark), form), 422
    made = services.settle(remark, form.values["answer"], actor=current_actor(), at=now())
    flash(_("The remark is settled."), "good")
    return redirect(url_for("publishing.show_module", module=made.reading.module.uuid, _anchor=made.section), 303)


def remarks_on(thing: Course | Module | Offering, section: str, **_known) -> str:
    """The panel beneath a section of a module's page: what regions remark on it."""
    reading = _reading_of(thing)
    found = [one for one in reading.remarks if one.section == section] if reading else []
    return render_template("readings/remarks.html", remarks=found, of_editors=True) if found else ""


def reading_of(thing: Course | Module | Offering, **_known) -> str:
    """The panel of a module's side: whether its regions can read it, and how many remarks wait."""
    if not isinstance(thing, Module):
        return ""
    return render_template("readings/side.html", module=thing, reading=_reading_of(thing), reading_words=words)


def _reading_of(thing: Course | Module | Offering) -> Reading | None:
    """Read once for all the sections of a page."""
    if not isinstance(thing, Module):
        return None
    known = g.setdefault("readings", {})
    if thing.id not in known:
        known[thing.id] = queries.reading_of(thing.id)
    return known[thing.id]


def unanswered(institution_id: int, **_known) -> str:
    """The panel of an editor's work list: the modules with remarks that await an answer."""
    modules = queries.unsettled(institution_id)
    return render_template("readings/unanswered.html", modules=modules) if modules else ""


def region_work(region: Region, **_known) -> str:
    """The panel of the coordinator's page: what is open to it and not published yet."""
    waiting = queries.waiting_for(region.organisation_id, today())
    says = ngettext("%(num)d module to read before it is published", "%(num)d modules to read before they are published", waiting)
    return render_template("components/work_line.html", says=says, address=url_for("readings.open_to_us"), by=None) if waiting else ""


def way_to_readings(**_known) -> str:
    """The panel of the coordinator's page: the way to what can be read."""
    return render_template("readings/region_link.html")
