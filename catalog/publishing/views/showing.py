"""The page of one thing: what each section says, what is missing, what one can do with it, and what has happened to it."""

from flask import flash, render_template
from markupsafe import Markup

from accounts.models import Event
from catalog.offers.readiness import NEEDS, NotReadyToPublish
from catalog.publishing import content, queries, words
from catalog.publishing.services.editing import Thing
from catalog.publishing.services.modules import LEADS_ONLY
from catalog.publishing.views import addresses
from catalog.publishing.views.blueprint import mine
from config.clock import today
from config.languages import _


def thing_page(thing: Thing, refusal: NotReadyToPublish | None = None) -> str:
    """The page; after an attempt to publish too early, `refusal` names what is missing."""
    kind = content.kind_of(thing)
    done, needed = thing.readiness
    return render_template(
        f"publishing/{kind}.html",
        **{kind: thing},
        thing=thing,
        kind=kind,
        sections=_sections(thing, kind),
        done=done,
        needed=needed,
        gaps=[(str(NEEDS[gap]), addresses.gap_page(thing, gap)) for gap in thing.gaps],
        missing=set(thing.gaps),
        refusal=refusal,
        refused=[(str(NEEDS[gap]), addresses.gap_page(thing, gap)) for gap in refusal.gaps] if refusal else [],
        public=addresses.public_page(thing) if thing.visible else None,
        happened=[_told(event, name) for event, name in queries.history(thing.uuid)],
        leads=(thing.module if kind == "offering" else thing).institution_id == mine(),
        for_the_lead=LEADS_ONLY if kind == "module" else (),
        clashes=words.clashes(thing) if kind == "offering" else [],
        on=today(),
    )


def say_preview(thing: Thing) -> None:
    """Tells on the page that teachers would see that they do not yet, with the way back."""
    told, back = _("This is a preview. Only editors of your institution see it."), _("Back to what you can change")
    flash(Markup('{} <a href="{}">{}</a>').format(told, addresses.own_page(thing), back), "info")


def _sections(thing: Thing, kind: str) -> list[tuple]:
    """(name, title, [(field, label, words, address of its box)]) of each section."""
    shown = {name: [field for field in fields if not _beside_the_point(thing, field)] for name, fields in content.FIELDS[kind].items()}
    return [(name, words.SECTIONS[kind, name], [_line(thing, name, field) for field in fields]) for name, fields in shown.items()]


def _beside_the_point(thing: Thing, field: str) -> bool:
    """Nobody asks why a module of 15 credits has fewer."""
    return field == "short_reason" and not thing.is_short and not thing.short_reason


def _line(thing: Thing, section: str, field: str) -> tuple:
    said = words.said(field, content.field(thing, field))
    return field, words.LABELS[field], said, addresses.section_page(thing, section, field)


def _told(event: Event, name: str | None) -> tuple:
    return event.at, words.happened(event.kind, event.event, event.facts), name, event.why
