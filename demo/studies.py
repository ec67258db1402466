"""Puts the made-up courses and modules into the catalogue, each at a real institution and marked as made up."""

from datetime import date, timedelta
from decimal import Decimal

from accounts import audit
from accounts.acting import Actor
from catalog.offers.lifecycle import Publication
from catalog.offers.models import ContentTag, Course, Module, OverlapSet, Prerequisite, TermClash
from catalog.publishing.slugs import slug_of
from catalog.values import Strand, Tag
from config.clock import start_of
from config.database import db
from demo import written
from demo.dice import Seed
from demo.registers import Registers
from demo.written import WrittenCourse, WrittenModule

Named = tuple[str, str]  # institution and code
PUBLISHED_BEFORE = timedelta(days=1200)


class Studies:
    """The made-up modules as they are added, by institution and code, with what is written of them."""

    def __init__(self, seed: Seed, registers: Registers, editors: dict[str, Actor], today: date):
        self.seed, self.registers, self.editors = seed, registers, editors
        self.at = start_of(today - PUBLISHED_BEFORE)
        self.modules: dict[Named, Module] = {}
        self.courses: dict[Named, WrittenCourse] = {}
        self.said: dict[Named, WrittenModule] = {}

    def add(self) -> None:
        for course in written.courses():
            self._add_course(course)
        db.session.flush()
        for named, said in self.said.items():
            self._link(named, said)
        self._add_overlaps()
        db.session.flush()
        for named, said in self.said.items():
            self._let_be_seen(self.modules[named], said.state, named[0])
        db.session.flush()

    def _add_course(self, said: WrittenCourse) -> None:
        course = Course(
            uuid=self.seed.uuid("course", said.institution, said.code), institution_id=self.registers.institutions[said.institution],
            code=said.code, slug=slug_of(said.title), title=said.title, for_whom=said.for_whom or None,
            credits=Decimal(said.credits) if said.credits else None, **self._shared(said, said.summary),
        )  # fmt: skip
        db.session.add(course)
        for position, module in enumerate(said.modules, start=1):
            self._add_module(course, said, module, position)
        self._let_be_seen(course, said.state, said.institution)

    def _shared(self, said: WrittenCourse, summary: str) -> dict:
        """What a course and its modules say alike."""
        return {
            "subject": self.registers.subjects[said.subject], "grades": written.grades(said.grades), "strand": Strand(said.strand),
            "language": said.language, "summary": summary, "made_up": True, "state": Publication.DRAFT,
        }  # fmt: skip

    def _add_module(self, course: Course, of: WrittenCourse, said: WrittenModule, position: int) -> None:
        named = of.institution, said.code
        module = Module(
            uuid=self.seed.uuid("module", *named), institution_id=course.institution_id, course=course, position=position,
            code=said.code, slug=said.code, title=said.title, credits=Decimal(said.credits) if said.credits else None,
            short_reason=said.short_reason, knowledge=said.knowledge, skills=said.skills or None, competence=of.competence or None,
            admission=of.admission, assessment_form=of.assessment_form or None, tags=[_tag(*tag) for tag in _tags(said)],
            **self._shared(of, said.summary),
        )  # fmt: skip
        db.session.add(module)
        self.modules[named], self.courses[named], self.said[named] = module, of, said

    def _link(self, named: Named, said: WrittenModule) -> None:
        module, institution = self.modules[named], named[0]
        for codes, required in ((said.requires, True), (said.recommends, False)):
            module.prerequisites += [Prerequisite(required_module=self.modules[institution, code], required=required) for code in codes]
        module.apart = [TermClash(other=self.modules[institution, code]) for code in said.apart]
        if said.requires_credits:
            module.prerequisites.append(Prerequisite(subject=module.subject, credits=Decimal(said.requires_credits), required=True))

    def _add_overlaps(self) -> None:
        for number, said in enumerate(written.overlaps()):
            modules = [self.modules[named] for named in said.modules]
            db.session.add(OverlapSet(uuid=self.seed.uuid("overlap", number), credits=said.credits, source=said.source, modules=modules))

    def _let_be_seen(self, thing: Course | Module, state: str, institution: str) -> None:
        """Through the rules that an editor meets, so that what is published lacks nothing."""
        if state != Publication.DRAFT:
            self._step(thing, "publish", institution)

    def withdraw(self) -> None:
        """Those that are no longer given; after their runs of old times are there."""
        for named, said in self.said.items():
            if said.state == Publication.WITHDRAWN:
                self._step(self.modules[named], "withdraw", named[0])

    def _step(self, thing: Course | Module, event: str, institution: str) -> None:
        before, actor = thing.state, self.editors.get(institution)
        if event == "publish":
            thing.publish(self.at)
        else:
            thing.withdraw()
        kind = "course" if isinstance(thing, Course) else "module"
        audit.record(
            kind, thing.uuid, event, by=actor, at=self.at, organisation_id=thing.institution_id, from_state=before, to_state=thing.state
        )


def _tags(said: WrittenModule) -> tuple[tuple[str, ...], ...]:
    """What a module is about it says itself; one that is still being written says what it says."""
    if said.state == Publication.DRAFT or any(tag[0] == Tag.SUBJECT for tag in said.tags):
        return said.tags
    return ((Tag.SUBJECT, said.knowledge), *said.tags)


def _tag(tag: str, sentence: str, credits: str | None = None) -> ContentTag:
    return ContentTag(tag=Tag(tag), sentence=sentence, credits=Decimal(credits) if credits else None)
