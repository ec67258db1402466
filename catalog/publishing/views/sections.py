"""The page of one section: shown, read, saved; and what is shown when it cannot be saved just like that."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request
from werkzeug.datastructures import MultiDict

from accounts.guard import current_actor
from catalog.publishing import content, lines, schemas, words
from catalog.publishing.services.editing import ConfirmFirst, Edit, Thing
from catalog.publishing.views import addresses, choices
from catalog.publishing.views.blueprint import mine
from config.clock import now, today
from config.errors import BadInput, StaleEdit
from config.forms import Form, blank_form, read_form
from config.languages import _

OF_THE_PAGE = ("version", "confirmed", "add", "again")
SPARE_LINES = {"bonus": 2, "prerequisites": 2, "overlaps": 1, "joint": 3, "gatherings": 3}  # empty ones, where a section begins
Reader = Callable[[MultiDict], Form]


def _plainly(schema: type) -> Reader:
    return lambda raw: read_form(schema(), raw)


READERS: Mapping[tuple[str, str], Reader] = {
    ("course", "basics"): _plainly(schemas.CourseBasics),
    ("course", "description"): _plainly(schemas.CourseDescription),
    ("module", "basics"): _plainly(schemas.ModuleBasics),
    ("module", "learning"): _plainly(schemas.ModuleLearning),
    ("module", "admission"): _plainly(schemas.ModuleAdmission),
    ("module", "selection"): _plainly(schemas.ModuleSelection),
    ("module", "bonus"): lines.read_bonus,
    ("module", "content"): lines.read_contained,
    ("module", "prerequisites"): lines.read_prerequisites,
    ("module", "overlaps"): lines.read_overlaps,
    ("module", "apart"): lines.read_apart,
    ("module", "joint"): lines.read_joint,
    ("offering", "begin"): _plainly(schemas.OfferingBegun),
    ("offering", "dates"): lines.read_dates,
    ("offering", "delivery"): _plainly(schemas.OfferingDelivery),
    ("offering", "seats"): _plainly(schemas.OfferingSeats),
}


def read(kind: str, section: str) -> Form:
    """What was sent for a section, apart from the buttons of the page."""
    return READERS[kind, section](_boxes())


def _boxes() -> MultiDict:
    return MultiDict(pair for pair in request.form.items(multi=True) if pair[0] not in OF_THE_PAGE)


def shown(thing: Thing, section: str) -> Form:
    """The form of a section with what is saved."""
    return form_of(content.content(thing, section))


def form_of(said: Mapping[str, Any]) -> Form:
    boxes: dict[str, Any] = {}
    for name, value in said.items():
        boxes |= lines.boxes_of(name, value) if isinstance(value, tuple) else {name: value}
    return blank_form(**{name: words.typed(value) for name, value in boxes.items()})


def page(kind: str, section: str, form: Form, *, action: str, back: str, thing: Thing | None = None, of: Thing | None = None, theirs: list | None = None) -> str:
    """The page with the form. `of`: what something new is begun in. `theirs`: where somebody else has saved meanwhile, each field with what is saved now and what was typed."""
    return render_template(
        "publishing/edit.html",
        kind=kind,
        section=section,
        title=words.SECTIONS.get((kind, section)),
        form=form,
        thing=thing,
        of=of,
        action=action,
        back=back,
        theirs=theirs,
        fields=f"publishing/fields/{kind}_{section}.html",
        labels=words.LABELS,
        choices=choices,
        version=content.version_of(content.content(thing, section)) if thing else None,
        institution_id=mine(),
        on=today(),
        rows=_rows(form, section),
    )


def _rows(form: Form, section: str) -> list[int]:
    """The numbers of the lines to show: those there are, and empty ones to write in."""
    there = lines.numbers(form.raw)
    if request.method == "POST" and there and "add" not in request.form:
        return there
    last = max(there, default=0)
    spare = 1 if there else SPARE_LINES.get("gatherings" if section == "dates" else section, 1)
    return there + list(range(last + 1, last + 1 + spare))


def section_page(thing: Thing, section: str, form: Form | None = None, **more) -> str:
    """The page of a section of something there is."""
    action = addresses.section_page(thing, section)
    back = addresses.own_page(thing, section)
    return page(content.kind_of(thing), section, form or shown(thing, section), action=action, back=back, thing=thing, **more)


def save(kind: str, uuid: UUID, section: str, find: Callable[[int, UUID], Thing], edit: Callable[..., Thing]):
    """Saves what was sent for a section, or shows it again: with its errors, with who is concerned, or beside what somebody else saved."""
    if "add" in request.form or "again" in request.form:
        return section_page(find(mine(), uuid), section, Form(raw=_boxes()))
    version, confirmed = request.form.get("version", ""), "confirmed" in request.form
    return save_typed(kind, uuid, section, _boxes(), find, edit, version=version, confirmed=confirmed)


def save_typed(
    kind: str, uuid: UUID, section: str, typed: MultiDict, find: Callable[[int, UUID], Thing], edit: Callable[..., Thing], *, version: str, confirmed: bool = False
):
    """The same for boxes from elsewhere than the request. `version`: of the section as its editor has seen it."""
    form = READERS[kind, section](typed)
    if not form.ok:
        return section_page(find(mine(), uuid), section, form), 422
    sent = Edit(section, form.values, version, confirmed)
    try:
        saved = edit(uuid, sent, actor=current_actor(), at=now())
    except BadInput as refusal:
        return section_page(find(mine(), uuid), section, _refused(form, refusal)), 422
    except ConfirmFirst as ask:
        return _ask(find(mine(), uuid), section, ask, typed, version)
    except StaleEdit:
        return _beside(find(mine(), uuid), section, form), 409
    flash(_("“%(section)s” is saved.", section=words.SECTIONS[kind, section]), "good")
    return redirect(addresses.own_page(saved, section), 303)


def create(kind: str, section: str, form: Form, make: Callable[[dict[str, Any]], Thing], *, back: str, of: Thing | None = None):
    """Begins something new with what was sent for its first section, or shows the form again."""
    if not form.ok:
        return page(kind, section, form, action=request.full_path.rstrip("?"), back=back, of=of), 422
    try:
        made = make(form.values)
    except BadInput as refusal:
        return page(kind, section, _refused(form, refusal), action=request.full_path.rstrip("?"), back=back, of=of), 422
    flash(_("The draft is saved. Only editors of your institution see it."), "good")
    return redirect(addresses.own_page(made), 303)


def _refused(form: Form, refusal: BadInput) -> Form:
    form.errors = {name: [str(sentence) for sentence in sentences] for name, sentences in refusal.errors.items()}
    return form


def _ask(thing: Thing, section: str, ask: ConfirmFirst, typed: MultiDict, version: str) -> str:
    """Shows what would change, who sees it and how many it concerns, before it does."""
    sent = [pair for pair in (*typed.items(multi=True), ("version", version)) if pair[0] != "csrf_token"]
    return render_template(
        "publishing/confirm.html",
        thing=thing,
        kind=content.kind_of(thing),
        section=section,
        sent=sent,
        changes=ask.changes,
        differences=words.differences(ask.changes),
        action=addresses.section_page(thing, section),
        back=addresses.own_page(thing, section),
    )


def _beside(thing: Thing, section: str, form: Form) -> str:
    """Both versions: what somebody else has saved, and what was typed here, still in its boxes."""
    differ = content.changes(content.content(thing, section), form.values)
    return section_page(thing, section, form, theirs=words.differences(differ))
