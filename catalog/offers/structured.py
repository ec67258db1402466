"""What a page tells machines: schema.org Course and CourseInstance as JSON-LD, for search engines and those who gather courses.

Only what is shown on the page, and only what is stated: a fact that is not known is left out, and of what is made up for the demonstration
nothing is told. What must be there (name, description, provider) is what Google asks of a list of courses.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from flask import url_for

from catalog.institutions.models import Institution
from catalog.joint import words as joint
from catalog.offers import sentences, words
from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Course, Gathering, Module, Offering, Prerequisite
from catalog.values import Delivery

CONTEXT = "https://schema.org"
MODES = {Delivery.ONLINE: "Online", Delivery.BLENDED: "Blended", Delivery.GATHERINGS: "Onsite", Delivery.CAMPUS: "Onsite"}
ATTENDANCE = {Delivery.ONLINE: "Online", Delivery.BLENDED: "Mixed", Delivery.GATHERINGS: "Offline", Delivery.CAMPUS: "Offline"}
STATUS = {Run.PUBLISHED: "EventScheduled", Run.CANCELLED: "EventCancelled"}
# BCP 47; Norwegian Sign Language is nsl there.
TAGS_OF_LANGUAGES = {"nts": "nsl"}

Told = dict[str, Any]


def of_course(course: Course) -> Told | None:
    """A study and its modules."""
    if not _may_be_told(course):
        return None
    parts = [_short(module) for module in course.modules if not module.made_up]
    about = course.summary or sentences.what(course.credits, course.subject, course.grades)
    return _stated({"@context": CONTEXT, **_course(course, course.title, about, _page_of_course(course)), "hasPart": parts})


def of_module(module: Module, runs: Iterable[Offering]) -> Told | None:
    """A module with those of its runs that are shown as coming."""
    if not _may_be_told(module):
        return None
    needs = [_need(need) for need in sorted(module.prerequisites, key=lambda need: need.id) if need.required]
    instances = [_instance(run) for run in runs if not run.made_up]
    return _stated({"@context": CONTEXT, **_module(module), "coursePrerequisites": needs, "hasCourseInstance": instances})


def of_offering(offering: Offering) -> Told | None:
    """The module of a run, with this run alone."""
    if offering.made_up or not _may_be_told(offering.module):
        return None
    return _stated({"@context": CONTEXT, **_module(offering.module), "hasCourseInstance": [_instance(offering)]})


def _may_be_told(thing: Course | Module) -> bool:
    return thing.state is Publication.PUBLISHED and not thing.made_up


def _module(module: Module) -> Told:
    """The facts of a module; what it is part of, where that is published and real."""
    about = module.summary or sentences.what(module.credits, module.subject, module.grades)
    whole = module.course if module.course and _may_be_told(module.course) else None
    part_of = {"@type": "Course", "name": whole.title, "url": _page_of_course(whole)} if whole else None
    owners = [_provider(one) for one in (module.institution, *joint.others_of(module))]
    return {**_course(module, sentences.title_of(module), about, _page_of_module(module)), "provider": owners if len(owners) > 1 else owners[0], "isPartOf": part_of}


def _short(module: Module) -> Told:
    """A module as a part of its course."""
    return _course(module, sentences.title_of(module), sentences.what(module.credits, module.subject, module.grades), _page_of_module(module))


def _course(thing: Course | Module, name: str, about: str, page: str) -> Told:
    return _stated({
        "@type": "Course", "@id": f"{page}#course", "name": name, "description": about, "url": page, "courseCode": thing.code,
        "provider": _provider(thing.institution), "inLanguage": _language(thing.language), "numberOfCredits": _credits(thing.credits),
        "about": thing.subject.name if thing.subject else None, "sameAs": thing.source_url,
    })  # fmt: skip


def _provider(institution: Institution) -> Told:
    page = url_for("catalog.institution", code=institution.code, _external=True)
    return {"@type": "CollegeOrUniversity", "name": institution.name, "url": page}


def _language(code: str | None) -> str | None:
    return TAGS_OF_LANGUAGES.get(code, code) if code else None


def _credits(credits: Decimal | None) -> Told | None:
    return None if credits is None else {"@type": "StructuredValue", "value": float(credits), "unitText": "ECTS"}


def _need(need: Prerequisite) -> Told | str:
    """A module one must have before, or credits in a subject in words."""
    if need.required_module is None:
        return sentences.prerequisite(need)
    before = need.required_module
    page = _page_of_module(before) if before.state is Publication.PUBLISHED else None
    return _stated({"@type": "Course", "name": before.title or before.code, "url": page})


def _instance(run: Offering) -> Told:
    """One run. How many hours it takes is stated nowhere, so its times are its days alone."""
    page = url_for("catalog.offering", offering=run.uuid, _external=True)
    return _stated({
        "@type": "CourseInstance", "@id": f"{page}#run", "name": sentences.run_name(run), "url": page, "courseMode": _modes(run),
        "eventAttendanceMode": f"{CONTEXT}/{ATTENDANCE[run.delivery]}EventAttendanceMode" if run.delivery else None,
        "eventStatus": f"{CONTEXT}/{STATUS[run.state]}" if run.state in STATUS else None,
        "startDate": _day(run.starts_on), "endDate": _day(run.ends_on), "courseSchedule": _schedule(run),
        "inLanguage": _language(run.language), "location": _place(words.place(run)), "maximumAttendeeCapacity": run.seats,
        "offers": _offer(run), "subEvent": [_meeting(one) for one in words.in_order(run.gatherings) if one.starts_on],
    })  # fmt: skip


def _modes(run: Offering) -> list[str]:
    pace = {True: "part-time", False: "full-time"}.get(run.part_time)
    return [mode for mode in (MODES.get(run.delivery), pace) if mode]


def _day(day) -> str | None:
    return day.isoformat() if day else None


def _schedule(run: Offering) -> Told | None:
    if run.starts_on is None or run.ends_on is None:
        return None
    return {"@type": "Schedule", "startDate": _day(run.starts_on), "endDate": _day(run.ends_on), "scheduleTimezone": "Europe/Oslo"}


def _place(name: str) -> Told | None:
    return {"@type": "Place", "name": name, "address": {"@type": "PostalAddress", "addressLocality": name, "addressCountry": "NO"}} if name else None


def _offer(run: Offering) -> Told | None:
    """What it costs, where that is stated as an amount."""
    if run.fee_oere is None:
        return None
    kroner = (Decimal(run.fee_oere) / 100).quantize(Decimal("0.01"))
    return _stated({
        "@type": "Offer", "category": "Paid" if run.fee_oere else "Free", "price": str(kroner), "priceCurrency": "NOK",
        "availabilityEnds": _day(run.apply_by),
    })  # fmt: skip


def _meeting(gathering: Gathering) -> Told:
    where = None if gathering.online else _place(words.venue(gathering))
    return _stated({
        "@type": "Event", "name": words.when(gathering), "startDate": _day(gathering.starts_on), "endDate": _day(gathering.ends_on),
        "eventAttendanceMode": f"{CONTEXT}/{'Online' if gathering.online else 'Offline'}EventAttendanceMode", "location": where,
    })  # fmt: skip


def _page_of_course(course: Course) -> str:
    return url_for("catalog.course", institution=course.institution.code, slug=course.slug, _external=True)


def _page_of_module(module: Module) -> str:
    return url_for("catalog.module", institution=module.institution.code, slug=module.slug, _external=True)


def _stated(facts: Told) -> Told:
    """The facts that are known."""
    return {name: fact for name, fact in facts.items() if fact not in (None, "", [])}
