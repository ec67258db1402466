"""An institution with its editor, and things that lack nothing."""

from dataclasses import dataclass
from datetime import date

import pytest

from accounts.acting import Actor
from catalog.institutions.models import Institution
from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import ContentTag, Course, Module, Offering
from catalog.publishing import content
from catalog.publishing.services.editing import Edit
from catalog.subjects.models import Subject
from catalog.values import Tag
from config.database import db as database
from tests import factories as f
from tests.conftest import Visitor

TEXTS = {
    "language": "nb", "knowledge": "Knows numbers.", "skills": "Can teach numbers.", "competence": "Takes responsibility.",
    "admission": "A teacher’s education.", "assessment_form": "A portfolio.",
}  # fmt: skip
DRAFT = {"state": Publication.DRAFT, "published_at": None}


@dataclass
class Desk:
    """Where an editor sits: the institution, the editor, a browser signed in as them, and a subject to write about."""

    institution: Institution
    editor: Actor
    browser: Visitor
    subject: Subject

    def course(self, **facts) -> Course:
        """A draft course that lacks nothing."""
        known = DRAFT | {"language": "nb", "credits": 60, "summary": "About numbers.", "for_whom": "Teachers of numbers."}
        return f.course(self.institution, self.subject, **(known | facts))

    def module(self, code: str | None = None, credits: str | None = "15", of: Course | None = None, **facts) -> Module:
        """A draft module that lacks nothing."""
        made = f.module(of or self.course(), code, credits, **(DRAFT | TEXTS | {"position": 1} | facts))
        made.tags = [ContentTag(tag=Tag.SUBJECT, sentence="Numbers are taught.")]
        database.session.commit()
        return made

    def published_module(self, code: str | None = None, credits: str | None = "15", **facts) -> Module:
        return self.module(code, credits, **({"state": Publication.PUBLISHED, "published_at": f.MONDAY} | facts))

    def run(self, of: Module | None = None, **facts) -> Offering:
        """A draft run of a published module that lacks nothing."""
        known = {"state": Run.DRAFT, "published_at": None, "part_time": True, "language": "nb", "fee_oere": 0, "minimum": 10}
        return f.offering(of or self.published_module(), **(known | facts))

    def published_run(self, of: Module | None = None, **facts) -> Offering:
        return self.run(of, **({"state": Run.PUBLISHED, "published_at": f.MONDAY} | facts))


@pytest.fixture
def desk(client) -> Desk:
    institution = f.institution()
    person = f.editor(institution)
    return Desk(institution, f.acting(person), f.signed_in(client, person), f.subject())


@pytest.fixture
def neighbour(app, db) -> Desk:
    """Another institution with its own editor."""
    institution = f.institution("UIB", "Universitetet i Bergen")
    person = f.editor(institution, "Nils Nabo")
    return Desk(institution, f.acting(person), f.signed_in(app.test_client(), person), f.subject("norsk", "Norsk"))


def edit(thing, section: str, confirmed: bool = False, **said) -> Edit:
    """An edit of a section as somebody sends it who has just read it: everything as it stands, apart from what they changed."""
    now = content.content(thing, section)
    return Edit(section, now | said, content.version_of(now), confirmed)


def boxes(thing, section: str, **typed) -> dict:
    """What a browser sends for a section: every box as it is shown, apart from what was typed."""
    from catalog.publishing.views import sections

    shown = sections.shown(thing, section).raw.to_dict(flat=False)
    return shown | {"version": content.version_of(content.content(thing, section))} | typed


NEW_YEAR = date(2027, 1, 1)
