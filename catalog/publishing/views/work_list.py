"""The work list: everything of one's institution, with what needs doing; seats and minimum are edited in it."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for

from accounts.guard import current_actor
from catalog.offers.lifecycle import Run
from catalog.offers.models import Offering
from catalog.offers.readiness import NEEDS
from catalog.publishing import content, queries, schemas, words
from catalog.publishing.content import kind_of
from catalog.publishing.queries import work_list
from catalog.publishing.services.editing import Thing
from catalog.publishing.services.seating import Seating, set_seats
from catalog.publishing.ticked.values import key_of
from catalog.publishing.views import addresses, choices
from catalog.publishing.views.blueprint import editors_only, mine, pages
from config.clock import now, today
from config.errors import BadInput
from config.forms import Form, Schema, blank_form, read_form, read_query
from config.languages import _, _l, ngettext

FILTERS = ("q", "kind", "state", "subject", "course", "semester", "ended")
KINDS = {"course": _l("Courses"), "module": _l("Modules"), "offering": _l("Runs")}
MISSING = 3  # gaps named in a line
_BOX = re.compile(r"(?:seats|minimum|version)-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


@pages.get("")
@editors_only
def show_work_list():
    return _page()


def _page(refused: Form | None = None) -> str:
    """The list as the address narrows it; `refused` is what was typed into it and cannot be saved."""
    asked = read_query(schemas.WorkListQuery())
    wanted = wanted_by(asked)
    found = work_list.page_of(mine(), wanted, page=asked["page"], on=today())
    return render_template(
        "publishing/work_list.html", institution=queries.institution(mine()), found=found, wanted=wanted, states=words.STATES, kinds=KINDS,
        on=today(), form=blank_form(**_typed(asked)), kind_of=kind_of, address_of_page=_address_of_page, seats_form=_seat_boxes(found, refused),
        action=url_for(".save_seats", **kept(), page=found.number), kept=kept(), version_of=_version_of, editable=_editable, missing=missing,
        key_of=key_of, most_missing=MISSING, choices=choices, institution_id=mine(),
        drafts=work_list.drafts(mine(), on=today()), queues=work_list.queues(mine(), on=today()),
    )  # fmt: skip


def _seat_boxes(found: work_list.Page, refused: Form | None) -> Form:
    """The boxes of the runs on the page: what is saved, or what was typed."""
    runs = [thing for thing in found.things if isinstance(thing, Offering) and _editable(thing)]
    boxes = {f"{name}-{run.uuid}": getattr(run, name) for run in runs for name in ("seats", "minimum")}
    form = blank_form(**boxes)
    form.values = boxes
    for name in boxes.keys() & (refused.raw.keys() if refused else set()):
        form.raw[name] = refused.raw[name]
    return Form(form.values, refused.errors if refused else {}, form.raw)


def wanted_by(asked: Mapping[str, Any]) -> work_list.Wanted:
    """What an address narrows the list to."""
    return work_list.Wanted(
        asked["q"] or "", asked["state"], asked["ended"], asked["kind"], asked["subject"], asked["course"], asked["semester"]
    )


def _typed(asked: Mapping[str, Any]) -> dict[str, Any]:
    return {name: words.typed(asked[name]) for name in FILTERS if name != "ended"} | {"ended": "yes" if asked["ended"] else None}


def kept() -> dict[str, str]:
    """The filters as they stand in the address."""
    return {name: value for name, value in request.args.items() if name in FILTERS and value}


def _address_of_page(number: int) -> str:
    return url_for("publishing.show_work_list", **kept(), page=number)


def _editable(run: Offering) -> bool:
    return run.state is not Run.CANCELLED and not run.ended(today())


def _version_of(run: Offering) -> str:
    return content.version_of(content.content(run, "seats"))


def missing(thing: Thing) -> list[tuple[str, str]]:
    """What a thing still lacks, each with the way to its field; nothing is asked of a cancelled run."""
    if thing.state is Run.CANCELLED:
        return []
    return [(str(NEEDS[gap]), addresses.gap_page(thing, gap)) for gap in thing.gaps]


@pages.post("/seats")
@editors_only
def save_seats():
    """Saves the seats of all the runs of the page, or shows the page again with what was typed."""
    form, runs = _read_seats()
    if not form.ok:
        return _page(form), 422
    try:
        count = set_seats([_seating(form, run) for run in runs], actor=current_actor(), at=now())
    except BadInput as refusal:
        form.errors = {name: [str(sentence) for sentence in sentences] for name, sentences in refusal.errors.items()}
        return _page(form), 422
    flash(ngettext("The seats of %(num)d run are saved.", "The seats of %(num)d runs are saved.", count) if count else _("Nothing was changed."), "good")
    return redirect(_address_of_page(read_query(schemas.WorkListQuery())["page"]), 303)


def _read_seats() -> tuple[Form, list[UUID]]:
    runs = sorted({found[1] for name in request.form if (found := _BOX.fullmatch(name))})
    if len(runs) > work_list.ROWS:
        form = Form(raw=request.form)
        form.refuse("_schema", _("There are more than %(most)s lines. Send fewer.", most=work_list.ROWS))
        return form, []
    boxes = {name: box for run in runs for name, box in schemas.seat_fields(run).items()}
    return read_form(Schema.from_dict(boxes)()), [UUID(run) for run in runs]


def _seating(form: Form, run: UUID) -> Seating:
    seats, minimum, version = (form.values[f"{name}-{run}"] for name in ("seats", "minimum", "version"))
    return Seating(run, seats, minimum, version or "")
