"""Reading the catalogue: open to everybody, kept for as long as the catalogue stays the same, to be read by the pages of any site."""

import hashlib

from flask import request

from catalog.api import asking, finding, queries, registers, schemas
from catalog.api.asking import Asking
from catalog.search import snapshot
from catalog.search.asked import SEATS
from config.api.blueprint import Blueprint
from config.api.caching import open_to_other_sites, same_text, same_while
from config.api.shapes import Page, Paging, page_of, pages_of

api = Blueprint("catalogue_api", __name__, tag="Catalogue")
open_to_other_sites(api)


def _version() -> str:
    """The catalogue's version and the day, which says what is over; and the seats, where free ones are asked for."""
    now = snapshot.now()
    seats = hashlib.sha256(repr(sorted(now.seats.items())).encode()).hexdigest()[:12] if SEATS in request.args else ""
    return f"{now.version}-{now.on:%Y%m%d}{seats}"


in_this_version = same_while(_version)


@api.get("/courses")
@in_this_version
@api.arguments(Asking, location="query")
@api.response(200, pages_of(schemas.Course))
def list_courses(asked) -> Page:
    """Courses that answer a question

    Whole programmes that answer, and courses with a module that does. The words are those of the search page’s address;
    without any, everything that is not over is listed.
    """
    return page_of(finding.courses(asking.question(asked)), asked, queries.courses)


@api.get("/courses/<uuid:course>")
@in_this_version
@api.response(200, schemas.Course)
def read_course(course):
    """One course with its modules"""
    return queries.course(course)


@api.get("/modules")
@in_this_version
@api.arguments(Asking, location="query")
@api.response(200, pages_of(schemas.Module))
def list_modules(asked) -> Page:
    """Modules that answer a question

    In the order of the search page. A module is found by delivery, semester and free seats when one of its runs is all of them.
    """
    return page_of(finding.modules(asking.question(asked)), asked, queries.modules)


@api.get("/modules/<uuid:module>")
@in_this_version
@api.response(200, schemas.Module)
def read_module(module):
    """One module: what one learns, what it contains, what it requires, and its runs"""
    return queries.module(module)


@api.get("/offerings")
@same_text
@api.arguments(Asking, location="query")
@api.response(200, pages_of(schemas.Offering))
def list_offerings(asked) -> Page:
    """Runs of modules that answer a question

    Each run is itself of the delivery and semester asked for. The seats are those of this moment.
    """
    return page_of(finding.offerings(asking.question(asked)), asked, queries.offerings)


@api.get("/offerings/<uuid:offering>")
@same_text
@api.response(200, schemas.Offering)
def read_offering(offering):
    """One run with its gatherings, its dates and its seats at this moment"""
    return queries.offering(offering)


@api.get("/institutions")
@in_this_version
@api.arguments(Paging, location="query")
@api.response(200, pages_of(registers.Institution))
def list_institutions(asked) -> Page:
    """Universities and university colleges, those of today first"""
    return page_of(queries.institutions(), asked)


@api.get("/institutions/<uuid:institution>")
@in_this_version
@api.response(200, registers.Institution)
def read_institution(institution):
    """One institution"""
    return queries.institution(institution)


@api.get("/regions")
@in_this_version
@api.arguments(Paging, location="query")
@api.response(200, pages_of(registers.Region))
def list_regions(asked) -> Page:
    """Teacher-education regions, each with the counties and institutions it is made of, dated and with a source"""
    return page_of(queries.regions(), asked)


@api.get("/regions/<uuid:region>")
@in_this_version
@api.response(200, registers.Region)
def read_region(region):
    """One region"""
    return queries.region(region)


@api.get("/subjects")
@in_this_version
@api.arguments(Paging, location="query")
@api.response(200, pages_of(registers.Subject))
def list_subjects(asked) -> Page:
    """Subjects, what each requires of a teacher, and whether it is a priority, dated and with a source"""
    return page_of(queries.subjects(), asked)


@api.get("/subjects/<subject>")
@in_this_version
@api.response(200, registers.Subject)
def read_subject(subject):
    """One subject"""
    return queries.subject(subject)
