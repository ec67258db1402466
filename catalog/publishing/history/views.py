"""The whole history of a course, a module or a run: what each change said before and after, and the way to put it back."""

from collections.abc import Callable, Mapping
from uuid import UUID

from flask import render_template, request, url_for

from accounts.models import Event
from catalog.offers.lifecycle import Run
from catalog.publishing import content, queries, schemas, services, words
from catalog.publishing.history import queries as events
from catalog.publishing.history import reading
from catalog.publishing.services.editing import Thing
from catalog.publishing.views import addresses, sections
from catalog.publishing.views.blueprint import editors_only, mine, pages
from config.forms import read_query

FINDS: Mapping[str, Callable[[int, UUID], Thing]] = {"courses": queries.own_course, "modules": queries.own_module, "offerings": queries.own_offering}
EDITS: Mapping[str, Callable[..., Thing]] = {"course": services.edit_course, "module": services.edit_module, "offering": services.edit_offering}
THING = f"/<any({', '.join(FINDS)}):things>/<uuid:thing>/history"


@pages.get(THING)
@editors_only
def show_history(things, thing):
    found = FINDS[things](mine(), thing)
    happened, number, last = events.page_of(thing, read_query(schemas.HistoryQuery())["page"])
    return render_template(
        "publishing/history.html", thing=found, happened=[_told(found, things, event, name) for event, name in happened], number=number, pages=last,
        address_of_page=lambda page: url_for(".show_history", things=things, thing=thing, page=page), back=addresses.own_page(found),
    )  # fmt: skip


def _told(thing: Thing, things: str, event: Event, name: str | None) -> dict:
    """A step in words; of a change each field before, after and now, and where it is put back, unless that is what stands there."""
    found = reading.changes(event.facts.get("changes") or {})
    now = {field: content.field(thing, field) for field in found}
    can_be = bool(found) and thing.state is not Run.CANCELLED and any(now[field] != before for field, (before, _after) in found.items())
    section = event.facts.get("section")
    return {
        "at": event.at, "text": words.happened(event.kind, event.event, event.facts), "name": name, "why": event.why,
        "lines": [(*line, words.said(field, now[field])) for field, line in zip(found, words.differences(found), strict=True)],
        "restore": url_for(".put_back", things=things, thing=thing.uuid, event=event.id) if can_be else None,
        "version": content.version_of(content.content(thing, section)) if can_be else None,
    }  # fmt: skip


@pages.post(f"{THING}/<int(max=2147483647):event>/restoration")
@editors_only
def put_back(things, thing, event):
    """Saves what the fields said before a change, as if it were typed: judged as every edit, and asked about where teachers see it."""
    found = FINDS[things](mine(), thing)
    change = events.edit_of(thing, event)
    kind, section = content.kind_of(found), change.facts["section"]
    before = {field: said for field, (said, _after) in reading.changes(change.facts["changes"]).items()}
    typed = sections.form_of(content.content(found, section) | before).raw
    return sections.save_typed(kind, thing, section, typed, FINDS[things], EDITS[kind], version=request.form.get("version", ""))
