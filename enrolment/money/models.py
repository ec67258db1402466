"""The ledger of what owners are paid and what is claimed back, and the dated rules of repayment."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.columns import SemesterNumber
from catalog.places.models import Dated
from catalog.values import Semester, Strand
from config.database import Key, Moment, OneOf, PublicId, db
from enrolment.money.values import Reason, Repayment, Source, What
from enrolment.rounds.models import Scheme
from enrolment.schools.models import SchoolOwner


class MoneyEntry(db.Model):
    """One line: so much for one place and semester, because of one event. Lines are added and never changed or taken away; triggers see to that.

    Who it is about is told by identities that are no keys: the line stays where the person is gone.
    """

    __tablename__ = "money_entries"
    __table_args__ = (UniqueConstraint("enrolment", "semester", "position"), CheckConstraint("oere <> 0", name="something_moved"))

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    owner_id: Mapped[int] = mapped_column(ForeignKey("school_owners.organisation_id"), index=True)
    study_year: Mapped[int] = mapped_column(index=True)
    strand: Mapped[Strand] = mapped_column(OneOf(Strand))
    scheme_id: Mapped[int | None] = mapped_column(ForeignKey("schemes.id"))
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subjects.id"))
    application: Mapped[UUID] = mapped_column(Uuid, index=True)
    enrolment: Mapped[UUID] = mapped_column(Uuid)  # for a study elsewhere, of which there is none: the choice
    semester: Mapped[Semester] = mapped_column(SemesterNumber)
    position: Mapped[int]  # among those of the enrolment and semester, from one
    oere: Mapped[int] = mapped_column(BigInteger)  # positive = paid, negative = claimed back
    reason: Mapped[Reason] = mapped_column(OneOf(Reason))
    rule: Mapped[str | None]  # the code of the rule of repayment
    source: Mapped[Source] = mapped_column(OneOf(Source))  # where the event is written down, and its row there
    source_row: Mapped[int]
    what: Mapped[What] = mapped_column(OneOf(What))
    happened_at: Mapped[Moment]
    booked_at: Mapped[Moment]
    made_up: Mapped[bool] = mapped_column(default=False)

    owner: Mapped[SchoolOwner] = relationship()
    scheme: Mapped[Scheme | None] = relationship()


class RepaymentRule(Dated, db.Model):
    """When, and how much of, a semester's payment is claimed back. `…_before`: the month and day (MM-DD) of the semester before which it must have
    happened; none = whenever."""

    __tablename__ = "repayment_rules"
    __table_args__ = (CheckConstraint("percent BETWEEN 0 AND 100", name="no_more_than_the_whole"),)

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)
    reason: Mapped[Reason] = mapped_column(OneOf(Reason))
    percent: Mapped[int]
    autumn_before: Mapped[str | None]
    spring_before: Mapped[str | None]

    @property
    def said(self) -> Repayment:
        return Repayment(self.code, self.reason, self.percent, _day(self.autumn_before), _day(self.spring_before))


def _day(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    day = datetime.strptime(f"2000-{text}", "%Y-%m-%d")
    return day.month, day.day


class MoneyTurn(db.Model):
    """When a person's ledger was last brought up to date. `seen_until`: what had happened by then is in it, a little before the turn itself, since what
    happens takes a moment to be written."""

    __tablename__ = "money_turns"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    seen_until: Mapped[Moment]
    settled_on: Mapped[date]
