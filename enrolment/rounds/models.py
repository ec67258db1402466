"""Rounds of applications with their table of dates, and what changes from year to year: schemes, rates, criteria, reasons, sources of seats.

What is yearly is loaded hidden and let out by its release; until then nobody but the national authority sees it.
"""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.named import Named
from catalog.places.models import Dated
from catalog.values import Strand
from config.clock import day_of
from config.database import Key, Moment, OneOf, PublicId, db
from enrolment.rounds.values import Dates, SchemeKind, Split, Step

_COMMON = text("scheme_id IS NULL")


class Cycle(Named, db.Model):
    """One yearly round of application. `study_year` is the year its studies begin in autumn."""

    __tablename__ = "cycles"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    code: Mapped[str] = mapped_column(unique=True)
    study_year: Mapped[int] = mapped_column(index=True)
    released_at: Mapped[Moment | None]  # none = only the national authority sees it
    source: Mapped[str]
    confirmed: Mapped[bool] = mapped_column(default=False)
    made_up: Mapped[bool] = mapped_column(default=False)

    dates: Mapped[list["CycleDate"]] = relationship(back_populates="cycle", cascade="all, delete-orphan", order_by="CycleDate.day, CycleDate.id")

    def is_released(self, at: datetime) -> bool:
        return self.released_at is not None and self.released_at <= at

    @property
    def rates_on(self) -> date:
        """The day whose rates hold for its studies: 1 August, when its study year begins."""
        return date(self.study_year, 8, 1)

    def dates_of(self, strand: Strand) -> Dates:
        """The round's dates in a strand; empty where the strand takes no part in it."""
        mine = [one for one in self.dates if one.strand is strand]
        own = {(one.step, one.scheme.code): one.day for one in mine if one.scheme}
        return Dates({one.step: one.day for one in mine if one.scheme is None}, own)


class CycleDate(db.Model):
    """One day of the table of dates: round × strand × scheme × step. It ends at the next midnight in Europe/Oslo."""

    __tablename__ = "cycle_dates"
    __table_args__ = (
        UniqueConstraint("cycle_id", "strand", "scheme_id", "step"),
        Index("uq_cycle_dates_common", "cycle_id", "strand", "step", unique=True, sqlite_where=_COMMON, postgresql_where=_COMMON),
    )

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id", ondelete="CASCADE"))
    strand: Mapped[Strand] = mapped_column(OneOf(Strand))
    scheme_id: Mapped[int | None] = mapped_column(ForeignKey("schemes.id"))  # none = every scheme without a day of its own
    step: Mapped[Step] = mapped_column(OneOf(Step))
    day: Mapped[date]
    source: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)

    cycle: Mapped[Cycle] = relationship(back_populates="dates")
    scheme: Mapped["Scheme | None"] = relationship()

    __mapper_args__ = {"version_id_col": version}


class Scheme(Named, db.Model):
    """How a study is paid (ordning)."""

    __tablename__ = "schemes"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[SchemeKind] = mapped_column(OneOf(SchemeKind))
    position: Mapped[int]

    rates: Mapped[list["SchemeRate"]] = relationship(back_populates="scheme", order_by="SchemeRate.id")

    def rate(self, strand: Strand, subject: str, on: date) -> "SchemeRate | None":
        """The rate that holds on a day for a subject (its code), of those let out: one that names the subject goes before one for all the rest,
        then the one that began last."""
        fitting = (one for one in self.rates if one.strand is strand and (one.subjects is None or subject in one.subjects))
        holding = [one for one in fitting if one.holds(on) and one.released_at is not None]
        return max(holding, key=lambda one: (one.subjects is not None, one.valid_from or date.min), default=None)


class SchemeRate(Dated, db.Model):
    """Who bears what under a scheme, for a time: per cent of the cost of release, or a stipend for 30 credits."""

    __tablename__ = "scheme_rates"
    __table_args__ = (CheckConstraint("state_percent + owner_percent + own_percent = 100", name="shares_make_the_whole"),)

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("schemes.id"), index=True)
    strand: Mapped[Strand] = mapped_column(OneOf(Strand))
    subjects: Mapped[list | None] = mapped_column(JSON(none_as_null=True))  # codes; none = every subject that no other row names
    state_percent: Mapped[int]
    owner_percent: Mapped[int]
    own_percent: Mapped[int]
    stipend_oere: Mapped[int] = mapped_column(default=0)  # for 30 credits
    released_at: Mapped[Moment | None]

    scheme: Mapped[Scheme] = relationship(back_populates="rates")

    @property
    def split(self) -> Split:
        return Split(self.state_percent, self.owner_percent, self.own_percent, self.stipend_oere)


class ReminderRule(Dated, db.Model):
    """How many days before the last day of a step those are reminded who have something left to do. `deputy`: from then on an owner's deputies too."""

    __tablename__ = "reminder_rules"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)
    step: Mapped[Step] = mapped_column(OneOf(Step))
    deputy: Mapped[bool] = mapped_column(default=False, server_default=false())
    days_before: Mapped[int]


class Reminded(db.Model):
    """That somebody was reminded of a day of a round, so that it is done once for each rule; a day that is moved is another day."""

    __tablename__ = "reminded"
    __table_args__ = (UniqueConstraint("cycle_date_id", "rule_id", "person_id", "day"),)

    id: Mapped[Key]
    cycle_date_id: Mapped[int] = mapped_column(ForeignKey("cycle_dates.id", ondelete="CASCADE"))
    rule_id: Mapped[int] = mapped_column(ForeignKey("reminder_rules.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    day: Mapped[date]


class Criterion(Dated, Named, db.Model):
    """One of the criteria that owners rank by, with its weight, as the parties have agreed (strategy: «kriterier … i samarbeid mellom partene»)."""

    __tablename__ = "criteria"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]  # which fact it weighs: gap-at-school, teaches-without, gap-in-subject, refused-before
    weight: Mapped[int]
    agreed_by: Mapped[str | None]
    released_at: Mapped[Moment | None]


class SeatSource(Dated, Named, db.Model):
    """Where seats may come from (strategy: «særskilt opprettet for denne satsingen», «eksisterende tilbud som skoleeiere kjøper»). Quotas and commissions
    keep its code, so what was written stays when it no longer holds. `by_authority`: seats of a run that come from it are the national authority's to keep,
    all others the institution's own."""

    __tablename__ = "seat_sources"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(40), unique=True)
    position: Mapped[int]
    by_authority: Mapped[bool]
    released_at: Mapped[Moment | None]

    def is_offered(self, on: date) -> bool:
        """That it holds on a day, and everybody sees it by then."""
        return self.holds(on) and self.released_at is not None and day_of(self.released_at) <= on


class RefusalReason(Dated, Named, db.Model):
    """One of at most nine reasons an owner may refuse for, in one flat list."""

    __tablename__ = "refusal_reasons"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]


class WorkYearCost(Dated, db.Model):
    """What a full post costs a work year, pay and social costs, in whole øre, until an owner states its own."""

    __tablename__ = "work_year_costs"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)
    oere: Mapped[int]
