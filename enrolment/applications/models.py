"""One teacher's case in one round and strand, its ranked choices, colleagues who apply together, and the timeline that all parties share."""

from datetime import date
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from catalog.columns import Credits, SemesterNumber
from catalog.offers.models import Offering
from catalog.subjects.models import Subject
from catalog.values import Semester, Strand
from config.database import Key, Moment, OneOf, PublicId, db
from enrolment.applications.lifecycle import Case, Employer, Fellow, Money
from enrolment.applications.values import Together, Track
from enrolment.rounds.models import Cycle, RefusalReason, Scheme
from enrolment.schools.models import School, SchoolOwner
from enrolment.seats.models import Enrolment

_RANKED = text("rank IS NOT NULL")
_ACTIVE = text("position IS NOT NULL")
_JOINED = text("state = 'joined'")
WAITS = text("employer IN ('with-head', 'with-owner')")  # for the employer's answer; written out, since an index of some rows is found by nothing else


class Application(db.Model):
    """One per teacher, round and strand, with one deciding owner: the employer that the teacher has chosen. Sending again after a withdrawal
    is the same row. `rank` is the owner's, dense from one among those it has ranked in the round and strand."""

    __tablename__ = "applications"
    __table_args__ = (
        UniqueConstraint("person_id", "cycle_id", "strand"),
        Index("uq_applications_rank", "owner_id", "cycle_id", "strand", "rank", unique=True, sqlite_where=_RANKED, postgresql_where=_RANKED),
        Index("ix_applications_board", "cycle_id", "owner_id", "state"),
        Index("ix_applications_waiting", "cycle_id", "strand", sqlite_where=WAITS, postgresql_where=WAITS),
        CheckConstraint("rank IS NULL OR rank > 0", name="ranks_from_one"),
    )

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id"))
    strand: Mapped[Strand] = mapped_column(OneOf(Strand))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.organisation_id"), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("school_owners.organisation_id"), index=True)
    state: Mapped[Case] = mapped_column(OneOf(Case), default=Case.DRAFT)
    employer: Mapped[Employer] = mapped_column(OneOf(Employer), default=Employer.NOT_SENT)
    money: Mapped[Money] = mapped_column(OneOf(Money), default=Money.OPEN)
    version: Mapped[int] = mapped_column(default=1)
    made_up: Mapped[bool] = mapped_column(default=False)

    people: Mapped[int | None]  # of a school that takes part in in-service training as a whole; none = the teacher alone
    why: Mapped[str | None]  # the teacher's own words
    talked_on: Mapped[date | None]  # the day the teacher says to have talked with the head
    funding: Mapped[dict] = mapped_column(JSON, default=dict)  # the answers of the funding check, by question
    funding_reason: Mapped[str | None]  # the code of the reason for its outcome
    said: Mapped[dict] = mapped_column(JSON, default=dict)  # what the teacher taught and held when it was sent, so that it can be read later
    sent_at: Mapped[Moment | None]

    recommended: Mapped[bool | None]  # by the head; none = nothing said
    head_words: Mapped[str | None]
    rank: Mapped[int | None]
    rank_reason: Mapped[str | None]  # why it stands elsewhere than the criteria suggest
    scheme_id: Mapped[int | None] = mapped_column(ForeignKey("schemes.id"))  # the one the owner approves, of those the teacher listed
    refusal_id: Mapped[int | None] = mapped_column(ForeignKey("refusal_reasons.id"))
    refusal_words: Mapped[str | None]  # what the teacher reads
    decided_at: Mapped[Moment | None]

    cycle: Mapped[Cycle] = relationship()
    person: Mapped[Person] = relationship()
    school: Mapped[School | None] = relationship()
    owner: Mapped[SchoolOwner | None] = relationship()
    scheme: Mapped[Scheme | None] = relationship()
    refusal: Mapped[RefusalReason | None] = relationship()
    choices: Mapped[list["Choice"]] = relationship(back_populates="application", cascade="all, delete-orphan", order_by="Choice.position, Choice.id")
    steps: Mapped[list["CaseStep"]] = relationship(back_populates="application", cascade="all, delete-orphan", order_by="CaseStep.id")

    __mapper_args__ = {"version_id_col": version}

    @property
    def ranked_choices(self) -> list["Choice"]:
        """Those that stand, in the teacher's order."""
        return [one for one in self.choices if one.position is not None]


class Choice(db.Model):
    """One ranked choice: a package of runs and a scheme, or a study elsewhere, which is money and no seat here.
    `position` is dense from one among those that stand; a choice that is withdrawn has none."""

    __tablename__ = "choices"
    __table_args__ = (
        Index("uq_choices_position", "application_id", "position", unique=True, sqlite_where=_ACTIVE, postgresql_where=_ACTIVE),
        CheckConstraint("position IS NULL OR position > 0", name="positions_from_one"),
    )

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id", ondelete="CASCADE"), index=True)
    position: Mapped[int | None]
    scheme_id: Mapped[int | None] = mapped_column(ForeignKey("schemes.id"))
    also_part: Mapped[bool] = mapped_column(default=False)  # «also just the autumn part», else the package is held together or not at all
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subjects.id"))
    institution: Mapped[str | None]  # of a study elsewhere, with its title, credits and address
    title: Mapped[str | None]
    credits: Mapped[Decimal | None] = mapped_column(Credits)
    link: Mapped[str | None]
    semester: Mapped[Semester | None] = mapped_column(SemesterNumber)  # the first of a study elsewhere, and how many it takes; none = nobody has stated it
    semesters: Mapped[int | None]

    application: Mapped[Application] = relationship(back_populates="choices")
    scheme: Mapped[Scheme | None] = relationship()
    subject: Mapped[Subject | None] = relationship()
    runs: Mapped[list["ChoiceRun"]] = relationship(back_populates="choice", cascade="all, delete-orphan", order_by="ChoiceRun.position")


class ChoiceRun(db.Model):
    """One run of a package, and the enrolment that came of it."""

    __tablename__ = "choice_runs"
    __table_args__ = (UniqueConstraint("choice_id", "offering_id"),)

    id: Mapped[Key]
    choice_id: Mapped[int] = mapped_column(ForeignKey("choices.id", ondelete="CASCADE"))
    offering_id: Mapped[int] = mapped_column(ForeignKey("offerings.id"), index=True)
    position: Mapped[int] = mapped_column(default=1)
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolments.id", ondelete="SET NULL"), index=True)

    choice: Mapped[Choice] = relationship(back_populates="runs")
    offering: Mapped[Offering] = relationship()
    enrolment: Mapped[Enrolment | None] = relationship()


class CaseStep(db.Model):
    """One line of the timeline: what happened on which track, by whom (none = Seksti, when a date passed), and which parties may read it."""

    __tablename__ = "case_steps"

    id: Mapped[Key]
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id", ondelete="CASCADE"), index=True)
    at: Mapped[Moment] = mapped_column(index=True)
    track: Mapped[Track] = mapped_column(OneOf(Track))
    event: Mapped[str]
    from_state: Mapped[str | None]
    to_state: Mapped[str | None]
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    why: Mapped[str | None]
    facts: Mapped[dict] = mapped_column(JSON, default=dict)
    read_by: Mapped[list] = mapped_column(JSON)

    application: Mapped[Application] = relationship(back_populates="steps")
    by: Mapped[Person | None] = relationship()


class ApplicationGroup(db.Model):
    """Colleagues of one owner who apply together: the same choices in the same order, which are the founder's to change. `least`: with fewer they
    apply each by themselves. Where their head has asked them, the founder is the head until the first of them has said yes."""

    __tablename__ = "application_groups"
    __table_args__ = (CheckConstraint("least > 1", name="least_is_two"),)

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id"), index=True)
    strand: Mapped[Strand] = mapped_column(OneOf(Strand))
    founder_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    mode: Mapped[Together] = mapped_column(OneOf(Together))
    least: Mapped[int] = mapped_column(default=2)
    made_up: Mapped[bool] = mapped_column(default=False)

    cycle: Mapped[Cycle] = relationship()
    founder: Mapped[Person] = relationship()
    asking: Mapped["HeadsAsking | None"] = relationship(back_populates="group", cascade="all, delete-orphan")
    fellows: Mapped[list["GroupFellow"]] = relationship(back_populates="group", cascade="all, delete-orphan", order_by="GroupFellow.id")


class HeadsAsking(db.Model):
    """That a group was begun by the head of a school, who is no member of it, and for which study."""

    __tablename__ = "group_askings"

    group_id: Mapped[int] = mapped_column(ForeignKey("application_groups.id", ondelete="CASCADE"), primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.organisation_id"), index=True)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)

    group: Mapped[ApplicationGroup] = relationship(back_populates="asking")
    school: Mapped[School] = relationship()
    asked_by: Mapped[Person | None] = relationship()
    runs: Mapped[list["AskedRun"]] = relationship(cascade="all, delete-orphan", order_by="AskedRun.position")


class AskedRun(db.Model):
    """One run of the study that a head has asked colleagues to apply for together."""

    __tablename__ = "group_asked_runs"
    __table_args__ = (UniqueConstraint("group_id", "offering_id"),)

    id: Mapped[Key]
    group_id: Mapped[int] = mapped_column(ForeignKey("group_askings.group_id", ondelete="CASCADE"))
    offering_id: Mapped[int] = mapped_column(ForeignKey("offerings.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]

    offering: Mapped[Offering] = relationship()


class GroupFellow(db.Model):
    """One colleague of a group; whoever has joined has an application, and is in one group with it."""

    __tablename__ = "group_fellows"
    __table_args__ = (
        UniqueConstraint("group_id", "person_id"),
        Index("uq_group_fellows_joined", "application_id", unique=True, sqlite_where=_JOINED, postgresql_where=_JOINED),
        CheckConstraint("state <> 'joined' OR application_id IS NOT NULL", name="joined_applies"),
    )

    id: Mapped[Key]
    group_id: Mapped[int] = mapped_column(ForeignKey("application_groups.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("applications.id", ondelete="CASCADE"))
    state: Mapped[Fellow] = mapped_column(OneOf(Fellow), default=Fellow.INVITED)
    invited_at: Mapped[Moment]
    answered_at: Mapped[Moment | None]

    group: Mapped[ApplicationGroup] = relationship(back_populates="fellows")
    person: Mapped[Person] = relationship()
    application: Mapped[Application | None] = relationship()
