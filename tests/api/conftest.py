"""A small catalogue with a teacher and an editor, each with something of their own."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from accounts.models import Person
from catalog.institutions.models import Institution
from catalog.offers.models import ContentTag, Course, Module, Offering, Prerequisite
from catalog.places.models import Region
from catalog.subjects.models import PriorityGroup, Subject, SubjectPriority
from catalog.values import Band, Delivery, Tag, VolumeRule
from config.database import db as database
from enrolment.applications.models import Application
from enrolment.progress import services as progress
from enrolment.progress.models import PriorCredit
from enrolment.seats import services as seats
from enrolment.seats.models import Enrolment
from tests import factories as f
from tests.conftest import Visitor

TEXTS = {
    "language": "nb", "summary": "Numbers.", "knowledge": "Knows numbers.", "skills": "Can teach numbers.", "competence": "Takes responsibility.",
    "admission": "A teacher’s education.", "assessment_form": "A portfolio.",
}  # fmt: skip


@dataclass
class World:
    """What there is, and who is asking."""

    subject: Subject
    institution: Institution
    region: Region
    course: Course
    module: Module
    offering: Offering
    draft: Module
    enrolment: Enrolment
    claim: PriorCredit
    case: Application
    teacher: Person
    editor: Person
    teachers_browser: Visitor
    editors_browser: Visitor

    @property
    def parts(self) -> dict[str, Any]:
        """What stands in an address, by the name of the part."""
        return {
            "course": self.course.uuid, "module": self.module.uuid, "offering": self.offering.uuid, "institution": self.institution.organisation.uuid,
            "region": self.region.organisation.uuid, "subject": self.subject.code, "enrolment": self.enrolment.uuid, "claim": self.claim.uuid,
            "case": self.case.uuid,
        }  # fmt: skip


@pytest.fixture
def world(app: Flask, db) -> World:
    subject = f.subject(requires={Band.PRIMARY: 30, Band.LOWER: 60})
    group = PriorityGroup(number=1, name_nb="Matematikk", volume_rule=VolumeRule.KEEP, quotation="…", source="test", confirmed=True)
    database.session.add(SubjectPriority(subject=subject, group=group, valid_from=date(2022, 1, 1), source="test", confirmed=True))
    place = f.municipality()
    institution = f.institution()
    region = f.region("vest", [place.county], [institution])
    course = f.course(institution, subject, language="nb", credits=60, summary="All of it.", for_whom="Teachers.")
    module, offering = _module_with_run(course, subject, place)
    school = f.school(f.owner(place), place)
    teacher, editor = f.teacher(school, ((subject, Band.LOWER),)), f.editor(institution)
    draft = f.module(course, "MAT9", state="draft", published_at=None, **TEXTS)
    enrolment = seats.enrol(offering.uuid, actor=f.acting(teacher), at=f.MONDAY)
    claimed = {"title": "Mathematics 1", "institution": "HiB", "subject": subject.code, "credits": Decimal("7.5"), "finished_on": date(2012, 6, 20)}
    claim = progress.claim(**claimed, actor=f.acting(teacher), at=f.MONDAY)
    case = f.application(teacher, f.cycle(), [offering], scheme=f.scheme())
    browsers = (f.signed_in(app.test_client(), person) for person in (teacher, editor))
    return World(subject, institution, region, course, module, offering, draft, enrolment, claim, case, teacher, editor, *browsers)


def _module_with_run(course: Course, subject: Subject, place) -> tuple[Module, Offering]:
    """A module that says all that can be said, and a run of it with a gathering."""
    first = f.module(course, "MAT1", credits="7.5", short_reason="A part of it.", **TEXTS)
    second = f.module(course, "MAT2", **TEXTS)
    second.tags = [ContentTag(tag=Tag.DIDACTICS, sentence="Didactics are taught.", address="https://example.no/mat2", credits=Decimal("2.5"))]
    second.prerequisites = [Prerequisite(required=True, required_module=first), Prerequisite(required=False, subject=subject, credits=Decimal(15))]
    f.overlap("2.5", first, second)
    run = f.offering(second, delivery=Delivery.BLENDED, part_time=True, language="nb", fee_oere=125_000, municipality_id=place.id, made_up=True)
    f.gathering(run, date(2027, 3, 1), date(2027, 3, 2), place="Stavanger", municipality_id=place.id)
    f.gathering(run, None, iso_year=2027, iso_week=16, online=True)
    return second, run


def uuids(answer) -> list[UUID]:
    """The things of a page of a list."""
    return [UUID(item["uuid"]) for item in answer.get_json()["items"]]
