"""Saved studies and searches, searches made lately, and what one was told. Each belongs to one person and is seen by nobody else."""

from datetime import date

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.offers.models import Module, Offering
from config.database import Key, Moment, OneOf, PublicId, db
from enrolment.saved.lifecycle import Alert
from enrolment.saved.values import Matches

_NO_RUN = text("offering_id IS NULL")
NOTHING = Matches().to_bytes()[0]


class SavedStudy(db.Model):
    """A module, or one run of it, that a person wants to find again, with a note for themselves."""

    __tablename__ = "saved_studies"
    __table_args__ = (
        UniqueConstraint("person_id", "offering_id"),
        Index("uq_saved_studies_whole_module", "person_id", "module_id", unique=True, sqlite_where=_NO_RUN, postgresql_where=_NO_RUN),
    )

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id", ondelete="CASCADE"), index=True)
    offering_id: Mapped[int | None] = mapped_column(ForeignKey("offerings.id", ondelete="CASCADE"), index=True)  # none = the module as such
    note: Mapped[str | None]
    saved_at: Mapped[Moment]

    module: Mapped[Module] = relationship()
    offering: Mapped[Offering | None] = relationship()


class SearchMade(db.Model):
    """One of the latest searches of a person, as it stands in the address."""

    __tablename__ = "searches_made"
    __table_args__ = (UniqueConstraint("person_id", "digest"),)

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    query: Mapped[str]
    digest: Mapped[str]  # SHA-256 of the query, hexadecimal; an index holds no text of any length
    made_at: Mapped[Moment]


class SavedSearch(db.Model):
    """A search that is kept. While its alert is weekly it is asked again, the very same, and what is new is told once."""

    __tablename__ = "saved_searches"
    __table_args__ = (UniqueConstraint("person_id", "digest"), Index("ix_saved_searches_due", "alert", "next_on"))

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    query: Mapped[str]
    digest: Mapped[str]
    name: Mapped[str | None]  # none = told by what it asks for
    saved_at: Mapped[Moment]
    alert: Mapped[Alert] = mapped_column(OneOf(Alert), default=Alert.OFF)
    next_on: Mapped[date | None]  # the day one is told next; none while nothing is to be told
    seen_studies: Mapped[bytes] = mapped_column(LargeBinary, default=NOTHING)  # all that was there or has been told since the alert was turned on
    seen_runs: Mapped[bytes] = mapped_column(LargeBinary, default=NOTHING)

    @property
    def seen(self) -> Matches:
        return Matches.from_bytes(self.seen_studies, self.seen_runs)

    def see(self, found: Matches) -> None:
        """Remembers what has been seen. It only grows, so what leaves the answer and comes back is not told again."""
        self.seen_studies, self.seen_runs = (self.seen | found).to_bytes()

    def begin_anew(self, found: Matches) -> None:
        """From here on only what comes after this is new."""
        self.seen_studies, self.seen_runs = found.to_bytes()


class SearchNews(db.Model):
    """What a person was told was new: one row for one message. `found`: for each search its name, its query and the keys of the studies."""

    __tablename__ = "search_news"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    at: Mapped[Moment]
    found: Mapped[list] = mapped_column(JSON, default=list)
