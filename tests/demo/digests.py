"""All that is made up in a database as text, by names that are the same in every database, so that two can be compared."""

import hashlib
from datetime import datetime

from sqlalchemy import select, true

from accounts.mail.models import Letter
from accounts.models import Event, Membership, Message, Organisation, OrganisationKind, Person
from catalog.equivalence.models import EquivalenceSet
from catalog.offers.models import ContentTag, Course, Gathering, Module, Offering, OverlapSet, Partner, Prerequisite
from catalog.plans.models import PlannedSemester
from config.database import db
from enrolment.awarding.models import AllocationRun, Approval, Outcome
from enrolment.byhand.models import PlannedStudy, StudyPlan
from enrolment.dispensations.models import Dispensation
from enrolment.recognition.models import Recognition
from enrolment.sharing.models import PlanShare, ProgressShare
from enrolment.appeals.models import Appeal
from enrolment.changes.models import RunChange
from enrolment.evaluation.models import Answered, Tally, Turnout
from enrolment.gonogo.models import Alternative, StartDecision
from enrolment.money.models import MoneyEntry
from enrolment.participation.models import ParticipationStep
from enrolment.payouts.models import BatchEntry, BatchOwner, MoneyBatch
from enrolment.progress.models import PriorCredit
from enrolment.quotas.models import Quota
from enrolment.schools.models import Teacher, Teaching
from enrolment.seats.models import Enrolment, EnrolmentStep, Result
from enrolment.staff.models import StaffMember, StaffTeaching
from enrolment.statements.models import Statement, StatementLine
from regions.census.models import Census, CensusAnswer, CensusLine
from regions.competence.models import CompetencePlan, Measure, PlanPart, PlanRemark
from regions.frames.models import Frame, FrameVersion
from regions.forum.models import ForumDecision, ForumMeeting, ForumParty, ForumPresence, GovernorNote
from regions.needs_told.models import ToldNeed
from regions.priorities.models import Commission, PriorityVersion, VersionGroup, VersionSubject
from regions.readings.models import Reading, Remark

# The tables that the demonstration writes to, and which of their rows are its own.
OWN = {
    **dict.fromkeys((StaffMember, StaffTeaching, Census, CensusAnswer, CensusLine, CompetencePlan, PlanPart, Measure, PlanRemark), true()),
    **dict.fromkeys((PriorityVersion, VersionGroup, VersionSubject, Commission), true()),
    **dict.fromkeys((ForumMeeting, ForumDecision, ForumParty, ForumPresence, GovernorNote), true()),
    Organisation: Organisation.kind == OrganisationKind.AUTHORITY,
    **dict.fromkeys((Person, Course, Module, Offering, Enrolment), None),
    **dict.fromkeys((Membership, Teacher, Teaching, OverlapSet, EnrolmentStep, Result, PriorCredit, Event, Message, ToldNeed, Reading, Remark), true()),
    **dict.fromkeys((PlannedSemester, StartDecision, Alternative, RunChange, Letter, StudyPlan, PlannedStudy), true()),
    **dict.fromkeys((Statement, StatementLine, Appeal, Answered, Tally, Turnout), true()),
    **dict.fromkeys((Dispensation, EquivalenceSet, ProgressShare, PlanShare, Recognition), true()),
    **dict.fromkeys((AllocationRun, Approval, Outcome, Quota, ParticipationStep, MoneyEntry, FrameVersion, Frame), true()),
    **dict.fromkeys((MoneyBatch, BatchEntry, BatchOwner), true()),
    ContentTag: ContentTag.module.has(Module.made_up),
    Prerequisite: Prerequisite.module.has(Module.made_up),
    Partner: Partner.module.has(Module.made_up),
    Gathering: Gathering.offering.has(Offering.made_up),
}
# What a row is known by where its identity is of chance: the registers and the real catalogue.
CALLED = {
    "priority_versions": ("uuid",), "priority_groups": ("number",), "forum_meetings": ("uuid",), "forum_parties": ("uuid",), "regions": ("code",), "counties": ("code",),
    "organisations": ("kind", "number", "name"), "institutions": ("code",), "schools": ("organisation_id",), "school_owners": ("key",),
    "municipalities": ("code",), "subjects": ("code",), "modules": ("institution_id", "slug"), "courses": ("institution_id", "slug"),
    "people": ("uuid",), "messages": ("uuid",), "teachers": ("person_id",), "offerings": ("uuid",), "enrolments": ("uuid",), "study_plans": ("uuid",),
    "readings": ("uuid",), "frame_versions": ("uuid",), "money_batches": ("uuid",), "money_entries": ("uuid",), "schemes": ("code",),
    "allocation_runs": ("uuid",), "quotas": ("uuid",), "applications": ("uuid",), "cycles": ("code",),
    "statements": ("uuid",), "results": ("uuid",), "evaluation_questions": ("code",), "prior_credits": ("uuid",),
    "staff": ("uuid",), "censuses": ("uuid",), "census_answers": ("uuid",), "competence_plans": ("uuid",),
}  # fmt: skip


def lines() -> list[str]:
    """One line for each row that is made up, in an order of their own."""
    names = _names()
    return sorted(line for model in OWN for line in _of(model, names))


def digest() -> str:
    return hashlib.sha256("\n".join(lines()).encode()).hexdigest()


def _of(model: type, names: dict) -> list[str]:
    columns = [column for column in model.__table__.columns if column.name != "id"]
    own = model.made_up if OWN[model] is None else OWN[model]
    rows = (zip(columns, row, strict=True) for row in db.session.execute(select(*columns).where(own)))
    return [f"{model.__tablename__} " + " ".join(f"{column.name}={_said(column, value, names)}" for column, value in row) for row in rows]


def _said(column, value, names: dict) -> str:
    for key in column.foreign_keys:
        return str(names.get((key.column.table.name, value), value))
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _names() -> dict:
    """What stands for each key, by table."""
    found = {}
    for name, called in CALLED.items():
        table = db.metadata.tables[name]
        key = next(iter(table.primary_key.columns))
        for number, *said in db.session.execute(select(key, *(table.columns[one] for one in called))):
            found[name, number] = [str(each) for each in said]
    return found
