"""The catalogue is open to everybody."""

from tests.access.policy import EVERYBODY, Rule


def _course(half, _person) -> dict:
    return {"institution": half.institution.code, "slug": half.course.slug}


def _module(half, _person) -> dict:
    return {"institution": half.institution.code, "slug": half.module.slug}


def _offering(half, _person) -> dict:
    return {"offering": half.offering.uuid}


POLICY = {
    "catalog.home": Rule(EVERYBODY),
    "catalog.search": Rule(EVERYBODY),
    "catalog.institutions": Rule(EVERYBODY),
    "catalog.regions": Rule(EVERYBODY),
    "catalog.course": Rule(EVERYBODY, address=_course, whose=None),
    "catalog.module": Rule(EVERYBODY, address=_module, whose=None),
    "catalog.course_entry": Rule(EVERYBODY, address=_course, whose=None),
    "catalog.module_entry": Rule(EVERYBODY, address=_module, query=lambda half, _person: {"education": "teacher", "credits-matematikk": "15"}, whose=None),
    "catalog.offering": Rule(EVERYBODY, address=_offering, whose=None),
    "catalog.offering_calendar": Rule(EVERYBODY, address=_offering, whose=None),
    "catalog.institution": Rule(EVERYBODY, address=lambda half, _person: {"code": half.institution.code}, whose=None),
    "catalog.robots": Rule(EVERYBODY),
    "catalog.sitemap": Rule(EVERYBODY),
    "catalog.sitemap_file": Rule(EVERYBODY, address=lambda half, _person: {"number": 1}, whose=None),
    "catalog.compare": Rule(EVERYBODY, query=lambda half, _person: {"run": str(half.offering.uuid)}),
    "catalog.guide": Rule(EVERYBODY),
    "catalog.guide_question": Rule(EVERYBODY, address=lambda half, _person: {"question": "level"}, whose=None),
    "catalog.guide_answer": Rule(EVERYBODY),
    "catalog.region": Rule(EVERYBODY, address=lambda half, _person: {"code": half.region.code}, whose=None),
}
