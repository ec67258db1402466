"""The addresses of things: the editor's page, the page of a section, the field where something is missing, and what teachers see."""

from flask import url_for

from catalog.offers.models import Course, Module, Offering
from catalog.publishing.content import kind_of, section_of

Thing = Course | Module | Offering


def own_page(thing: Thing, anchor: str | None = None) -> str:
    kind = kind_of(thing)
    return url_for(f"publishing.show_{kind}", **{kind: thing.uuid}, _anchor=anchor)


def section_page(thing: Thing, section: str, field: str | None = None) -> str:
    kind = kind_of(thing)
    return url_for(f"publishing.edit_{kind}", **{kind: thing.uuid}, section=section, _anchor=field)


def gap_page(thing: Thing, gap: str) -> str:
    """Where a gap is filled: its field, or the page of the module a run belongs to."""
    section = section_of(kind_of(thing), gap)
    return section_page(thing, section, gap) if section else own_page(thing.module)


def public_page(thing: Thing) -> str:
    """Where teachers see it."""
    if isinstance(thing, Offering):
        return url_for("catalog.offering", offering=thing.uuid)
    return url_for(f"catalog.{kind_of(thing)}", institution=thing.institution.code, slug=thing.slug)
