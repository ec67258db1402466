"""An institution's own work belongs to its editors."""

from sqlalchemy import select

from accounts.models import Event, Person, Role
from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import ContentTag, Course, Module, Offering
from catalog.publishing import content, services
from catalog.publishing.rollover import services as rollover
from catalog.publishing.rollover.values import Span
from catalog.publishing.services.editing import Edit
from catalog.publishing.ticked import services as ticked
from catalog.publishing.ticked.values import Step
from catalog.values import Tag
from config.database import db
from tests import factories
from tests.access.policy import Rule

EDITORS = {Role.EDITOR}
DRAFT = {"state": Publication.DRAFT, "published_at": None}
TEXTS = dict.fromkeys(("language", "knowledge", "skills", "competence", "admission", "assessment_form"), "nb")


def _ready_course(half, me: Person) -> Course:
    return factories.course(half.institution, half.subject, language="nb", credits=60, summary="All of it.", for_whom="Teachers.", **DRAFT)


def _ready_module(half, me: Person) -> Module:
    module = factories.module(half.course, **TEXTS, **DRAFT)
    module.tags = [ContentTag(tag=Tag.SUBJECT, sentence="Numbers are taught.")]
    db.session.commit()
    return module


def _ready_run(half, me: Person) -> Offering:
    return factories.offering(half.module, state=Run.DRAFT, published_at=None, part_time=True, language="nb", fee_oere=0)


def of_course(find=lambda half, me: half.course, **more):
    return lambda half, me: {"course": find(half, me).uuid, **more}


def of_module(find=lambda half, me: half.module, **more):
    return lambda half, me: {"module": find(half, me).uuid, **more}


def of_run(find=lambda half, me: half.offering, **more):
    return lambda half, me: {"offering": find(half, me).uuid, **more}


def read(thing: str, section: str, **said):
    """What somebody sends who has read the section of a half's course, module or offering, and confirms."""
    return lambda half, me: {"version": content.version_of(content.content(getattr(half, thing), section)), "confirmed": "yes", **said}


def _empty_course(half, me: Person) -> Course:
    return factories.course(half.institution, half.subject, **DRAFT)


def _rolled_over(half, me: Person) -> dict:
    factories.offering(half.module)
    return {"rollover": rollover.roll_over(Span.from_code("2027v"), actor=factories.acting(half.people[Role.EDITOR]), at=factories.MONDAY)}


def _typed_seats(half, me: Person) -> dict:
    """What is typed for a run of one's own in the work list."""
    run = half.offering if half.people[Role.EDITOR] is me else _ready_run(half, me)
    version = content.version_of(content.content(run, "seats"))
    return {f"seats-{run.uuid}": "31", f"minimum-{run.uuid}": "5", f"version-{run.uuid}": version}


def _ticked(half, me: Person) -> dict:
    return {"step": "publish", "ticked": [f"offering-{_ready_run(half, me).uuid}"]}


def _taken(half, me: Person) -> dict:
    run = _ready_run(half, me)
    return {"steps": ticked.take(Step.PUBLISH, {"offering": [run.uuid]}, actor=factories.acting(half.people[Role.EDITOR]), at=factories.MONDAY)}


def _edited(half, me: Person) -> dict:
    """A change of a module that is not yet seen."""
    module = _ready_module(half, me)
    now = content.content(module, "learning")
    services.edit_module(
        module.uuid, Edit("learning", now | {"summary": "New."}, content.version_of(now)), actor=factories.acting(half.people[Role.EDITOR]), at=factories.MONDAY
    )
    event = db.session.scalars(select(Event.id).where(Event.subject_uuid == module.uuid, Event.event == "edit")).one()
    return {"things": "modules", "thing": module.uuid, "event": event}


def _read_again(half, me: Person) -> dict:
    """What is sent who has read the section as it is after the change of `_edited`."""
    module = db.session.scalars(select(Module).where(Module.summary == "New.").order_by(Module.id.desc())).first()
    return {"version": content.version_of(content.content(module, "learning"))}


POLICY = {
    "publishing.show_history": Rule(EDITORS, address=lambda half, me: {"things": "courses", "thing": half.course.uuid}),
    "publishing.put_back": Rule(EDITORS, address=_edited, form=_read_again),
    "publishing.copy_course": Rule(EDITORS, address=of_course()),
    "publishing.copy_module": Rule(EDITORS, address=of_module()),
    "publishing.preview_offering": Rule(EDITORS, address=of_run(_ready_run)),
    "publishing.ask_step": Rule(EDITORS, query=_ticked),
    "publishing.take_step": Rule(EDITORS, form=_ticked),
    "publishing.show_steps": Rule(EDITORS, address=_taken),
    "publishing.show_rollovers": Rule(EDITORS, query=lambda half, me: {"of": "2027v"}),
    "publishing.roll_over": Rule(EDITORS, form=lambda half, me: {"of": "2027v"}),
    "publishing.show_rollover": Rule(EDITORS, address=_rolled_over),
    "publishing.undo_rollover": Rule(EDITORS, address=_rolled_over),
    "publishing.ask_to_delete_course": Rule(EDITORS, address=of_course(_empty_course)),
    "publishing.delete_course": Rule(EDITORS, address=of_course(_empty_course)),
    "publishing.ask_to_delete_module": Rule(EDITORS, address=of_module(_ready_module)),
    "publishing.delete_module": Rule(EDITORS, address=of_module(_ready_module)),
    "publishing.ask_to_delete_offering": Rule(EDITORS, address=of_run(_ready_run)),
    "publishing.delete_offering": Rule(EDITORS, address=of_run(_ready_run)),
    "publishing.show_work_list": Rule(EDITORS),
    "publishing.save_seats": Rule(EDITORS, form=_typed_seats),
    "publishing.new_course": Rule(EDITORS),
    "publishing.create_course": Rule(EDITORS, form=lambda half, me: {"title": "Algebra", "strand": "further"}),
    "publishing.show_course": Rule(EDITORS, address=of_course()),
    "publishing.edit_course": Rule(EDITORS, address=of_course(section="basics")),
    "publishing.save_course": Rule(EDITORS, address=of_course(section="description"), form=read("course", "description", summary="New.")),
    "publishing.preview_course": Rule(EDITORS, address=of_course(_ready_course)),
    "publishing.publish_course": Rule(EDITORS, address=of_course(_ready_course)),
    "publishing.ask_to_withdraw_course": Rule(EDITORS, address=of_course()),
    "publishing.withdraw_course": Rule(EDITORS, address=of_course()),
    "publishing.new_module": Rule(EDITORS),
    "publishing.create_module": Rule(EDITORS, form=lambda half, me: {"title": "Algebra", "code": "MAT9"}),
    "publishing.show_module": Rule(EDITORS, address=of_module()),
    "publishing.edit_module": Rule(EDITORS, address=of_module(section="prerequisites")),
    "publishing.save_module": Rule(
        EDITORS, address=of_module(section="admission"), form=read("module", "admission", admission="Teachers.")
    ),
    "publishing.preview_module": Rule(EDITORS, address=of_module(_ready_module)),
    "publishing.publish_module": Rule(EDITORS, address=of_module(_ready_module)),
    "publishing.ask_to_withdraw_module": Rule(EDITORS, address=of_module()),
    "publishing.withdraw_module": Rule(EDITORS, address=of_module()),
    "publishing.new_offering": Rule(EDITORS, address=of_module()),
    "publishing.create_offering": Rule(EDITORS, address=of_module(), form=lambda half, me: {"semester": "2027h", "semesters": "1"}),
    "publishing.show_offering": Rule(EDITORS, address=of_run()),
    "publishing.edit_offering": Rule(EDITORS, address=of_run(section="dates")),
    "publishing.save_offering": Rule(
        EDITORS, address=of_run(section="seats"), form=read("offering", "seats", mode="direct", seats="30", minimum="5")
    ),
    "publishing.publish_offering": Rule(EDITORS, address=of_run(_ready_run)),
    "publishing.plan_offering": Rule(EDITORS, address=of_run(_ready_run)),
    "publishing.ask_to_cancel_offering": Rule(EDITORS, address=of_run()),
    "publishing.cancel_offering": Rule(EDITORS, address=of_run(), form=lambda half, me: {"reason": "Too few."}),
}
