"""The catalogue's API is open to everybody; what is one's own is found through its owner, as on the pages."""

from accounts.models import Role
from catalog.publishing import content
from tests.access import applications, progress, publishing, seats
from tests.access.policy import EVERYBODY, SIGNED_IN, Rule

TEACHER, EDITORS = {Role.TEACHER}, {Role.EDITOR}
CLAIM = progress.CLAIM | {"credits": 15}
DRAFT = {"title": "Algebra", "code": "MAT9", "credits": 7.5}


def named(**parts):
    """The address of something in a half that has a UUID of its own, or its organisation's."""

    def address(half, _me) -> dict:
        return {part: find(half) for part, find in parts.items()}

    return address


def _read(section: str):
    """A change by somebody who has read the section of a half's module, and confirms: nothing in it is changed."""

    def version(half, _me) -> dict:
        return {"If-Match": f'"{content.version_of(content.content(half.module, section))}"'}

    return version


def section(name: str, method: str) -> Rule:
    if method == "GET":
        return Rule(EDITORS, address=publishing.of_module())
    return Rule(EDITORS, address=publishing.of_module(), json=lambda half, me: {}, headers=_read(name), own=200)


OWN_SECTIONS = {
    f"publishing_api.{verb}_module_{name}": section(name, method)
    for name in ("basics", "learning", "admission", "selection") for verb, method in (("read", "GET"), ("change", "PATCH"))
}  # fmt: skip
POLICY = OWN_SECTIONS | {
    "api.openapi": Rule(EVERYBODY),
    "api.docs": Rule(EVERYBODY),
    "api.operation": Rule(EVERYBODY, address=lambda half, me: {"operation": "list-modules"}, whose=None),
    "start_api.begin": Rule(EVERYBODY),
    "catalogue_api.list_courses": Rule(EVERYBODY),
    "catalogue_api.read_course": Rule(EVERYBODY, address=named(course=lambda half: half.course.uuid), whose=None),
    "catalogue_api.read_course_plan": Rule(EVERYBODY, address=named(course=lambda half: half.course.uuid), whose=None),
    "catalogue_api.list_modules": Rule(EVERYBODY),
    "catalogue_api.read_module": Rule(EVERYBODY, address=named(module=lambda half: half.module.uuid), whose=None),
    "catalogue_api.list_offerings": Rule(EVERYBODY),
    "catalogue_api.read_offering": Rule(EVERYBODY, address=named(offering=lambda half: half.offering.uuid), whose=None),
    "catalogue_api.list_institutions": Rule(EVERYBODY),
    "catalogue_api.read_institution": Rule(EVERYBODY, address=named(institution=lambda half: half.institution.organisation.uuid), whose=None),
    "catalogue_api.list_regions": Rule(EVERYBODY),
    "catalogue_api.read_region": Rule(EVERYBODY, address=named(region=lambda half: half.region.organisation.uuid), whose=None),
    "catalogue_api.list_subjects": Rule(EVERYBODY),
    "catalogue_api.read_subject": Rule(EVERYBODY, address=named(subject=lambda half: half.subject.code), whose=None),
    "regions_api.read_coverage": Rule(EVERYBODY),
    "regions_statistics_api.read_statistics": Rule(EVERYBODY),
    "accounts_api.read_me": Rule(SIGNED_IN),
    "enrolment_api.list_enrolments": Rule(TEACHER),
    "enrolment_api.read_enrolment": Rule(TEACHER, address=seats._enrolled),
    "enrolment_api.enrol": Rule(TEACHER, address=named(offering=lambda half: half.offering.uuid), whose=None, own=200),
    "enrolment_api.withdraw": Rule(TEACHER, address=seats._enrolled, own=200),
    "enrolment_api.accept": Rule(TEACHER, address=seats._offered, own=200),
    "enrolment_api.decline": Rule(TEACHER, address=seats._offered, own=200),
    "applications_api.list_applications": Rule(TEACHER),
    "applications_api.read_application": Rule(TEACHER, address=applications._sent),
    "applications_api.send": Rule(TEACHER, address=applications._complete, own=200),
    "applications_api.withdraw": Rule(TEACHER, address=applications._sent, own=200),
    "enrolment_api.read_progress": Rule(TEACHER),
    "enrolment_api.list_claims": Rule(TEACHER),
    "enrolment_api.claim": Rule(TEACHER, json=lambda half, me: CLAIM, own=201),
    "enrolment_api.read_claim": Rule(TEACHER, address=progress._claimed),
    "enrolment_api.withdraw_claim": Rule(TEACHER, address=progress._claimed, own=200),
    "publishing_api.list_own_modules": Rule(EDITORS),
    "publishing_api.create_module": Rule(EDITORS, json=lambda half, me: DRAFT, own=201),
    "publishing_api.read_own_module": Rule(EDITORS, address=publishing.of_module()),
    "publishing_api.publish_module": Rule(EDITORS, address=publishing.of_module(publishing._ready_module), own=200),
}
