"""The pages of the institutions."""

from collections import defaultdict

from flask import render_template

from catalog.institutions import queries
from catalog.joint import queries as joint
from catalog.offers import queries as offer_queries
from catalog.pages import pages
from catalog.places import queries as place_queries
from catalog.subjects import queries as subject_queries
from config import page_cache
from config.clock import today
from config.errors import NotFound
from config.languages import _


@pages.get("/institutions")
def institutions():
    """Every institution, with what it publishes here."""
    found = queries.institutions()
    page_cache.keep()
    return render_template(
        "catalog/institutions.html",
        current=[one for one in found if not one.historic],
        historic=[one for one in found if one.historic],
        names={one.code: one for one in found},
        counts=queries.offer_counts(),
        regions=_regions(),
    )


def _regions() -> dict[int, list]:
    """Institution → its memberships of today in regions."""
    on, found = today(), defaultdict(list)
    for member in place_queries.memberships_of_institutions():
        if member.holds(on):
            found[member.institution_id].append(member)
    return found


@pages.get("/institutions/<code>")
def institution(code):
    """One institution: its facts, its regions, its courses and modules."""
    found = queries.institution_by_code(code)
    if found is None:
        raise NotFound(_("There is no such institution."))
    page_cache.keep()
    modules = defaultdict(list)
    for module in offer_queries.modules_at(found.organisation_id):
        modules[module.course_id].append(module)
    courses = offer_queries.courses_at(found.organisation_id)
    return render_template(
        "catalog/institution.html",
        institution=found,
        successor=queries.successor_of(found),
        memberships=place_queries.regions_of_institution(found.organisation_id),
        courses=courses,
        modules=modules,
        alone=[module for course, its in modules.items() if course not in {one.id for one in courses} for module in its],
        shared=joint.shared_with(found.organisation_id),
        number_of_modules=sum(map(len, modules.values())),
        subjects=subject_queries.subjects(),
    )
