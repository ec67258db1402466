"""The regions differ in coverage, by studies that are made up for it."""

from sqlalchemy import select

from catalog.offers.models import Module
from catalog.subjects.models import Subject
from catalog.values import Band
from regions.coverage.matrix import Asked, matrix
from regions.coverage.rules import Status
from tests.demo.conftest import TODAY

MATRIX = {
    "norsk": ("distance", "complete", "complete", "distance"),
    "samisk": ("complete", "partly 30", "none", "none"),
    "matematikk": ("complete", "distance", "complete", "distance"),
    "engelsk": ("partly 15", "partly 45", "complete", "partly 15"),
    "leseopplaering": ("distance", "distance", "distance", "distance"),
    "radgivning": ("complete", "none", "partly 30", "partly 15"),
    "mathelse": ("none", "complete", "complete", "complete"),
    "kroppsoving": ("distance", "complete", "distance", "complete"),
    "musikk": ("complete", "complete", "none", "complete"),
    "kunsthandverk": ("none", "none", "complete", "complete"),
    "andresprak": ("distance", "distance", "complete", "distance"),
    "rektor": ("complete", "complete", "complete", "distance"),
}


def test_the_regions_differ_in_coverage(demonstration, db):
    told = matrix(Asked(2026, Band.LOWER), TODAY)
    order = [next(region.organisation_id for region in told.regions if region.code == code) for code in ("nord", "midt", "vest", "sorost")]

    found = {row.subject.code: tuple(said(row.cells[region]) for region in order) for row in told.judged}

    assert found == MATRIX


def said(cell) -> str:
    return f"{cell.status} {cell.halves // 2}" if cell.status is Status.PARTLY else str(cell.status)


def test_every_priority_subject_has_made_up_studies(demonstration, db):
    taught = set(db.session.scalars(select(Subject.code).join(Module, Module.subject_id == Subject.id).where(Module.made_up)))

    assert set(MATRIX) <= taught
