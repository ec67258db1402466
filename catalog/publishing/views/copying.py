"""Copying into a new draft; and what the source of a copy says where the copy says nothing."""

from flask import flash, redirect

from accounts.guard import current_actor
from catalog.publishing import content, words
from catalog.publishing.queries import earlier
from catalog.publishing.services import copying
from catalog.publishing.services.editing import Thing
from catalog.publishing.views import addresses
from catalog.publishing.views.blueprint import editors_only, pages
from config.clock import now
from config.languages import _


@pages.post("/courses/<uuid:course>/copies")
@editors_only
def copy_course(course):
    return _copied(copying.copy_course(course, actor=current_actor(), at=now()))


@pages.post("/modules/<uuid:module>/copies")
@editors_only
def copy_module(module):
    return _copied(copying.copy_module(module, actor=current_actor(), at=now()))


def _copied(copy: Thing):
    flash(_("This is the copy, a draft that only editors of your institution see."), "good")
    return redirect(addresses.own_page(copy), 303)


@pages.context_processor
def earlier_words() -> dict:
    return {"said_before": said_before}


def said_before(thing: Thing, section: str) -> tuple[str, list[tuple[str, str | list[str]]]] | None:
    """What the source says in the fields of a section that are still empty, and the source's name; none where there is nothing to tell."""
    source = earlier.source_of(thing)
    if source is None:
        return None
    now_said, before = content.content(thing, section), content.content(source, section)
    told = [(str(words.LABELS[name]), words.said(name, before[name])) for name in before if not words.said(name, now_said[name])]
    told = [(label, said) for label, said in told if said]
    return (words.name_of(source), told) if told else None
