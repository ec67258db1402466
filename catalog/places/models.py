"""Places, and which region is made of which counties and institutions, with dates and sources."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation
from catalog.named import Named
from config.database import Key, db


class Dated:
    """A fact with validity (both days included; none = open), where it comes from, and whether that source confirms it."""

    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    source: Mapped[str]
    confirmed: Mapped[bool] = mapped_column(default=False)

    def holds(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


class Region(Named, db.Model):
    """A teacher-education region (lærerutdanningsregion): dated sets of institutions and of counties."""

    __tablename__ = "regions"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    source: Mapped[str]
    confirmed: Mapped[bool] = mapped_column(default=False)

    organisation: Mapped[Organisation] = relationship()
    counties: Mapped[list["RegionCounty"]] = relationship(back_populates="region")
    institutions: Mapped[list["RegionInstitution"]] = relationship(back_populates="region")


class County(Named, db.Model):
    __tablename__ = "counties"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)  # two digits; historic ones are kept
    other_names: Mapped[str | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    successor_codes: Mapped[str | None]  # semicolon-separated
    source: Mapped[str]


class Municipality(db.Model):
    __tablename__ = "municipalities"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)  # four digits, the first two are the county's
    name: Mapped[str]
    official_name: Mapped[str | None]
    parallel_names: Mapped[str | None]
    county_id: Mapped[int] = mapped_column(ForeignKey("counties.id"), index=True)
    source: Mapped[str]

    county: Mapped[County] = relationship()


class RegionCounty(Dated, db.Model):
    __tablename__ = "region_counties"
    __table_args__ = (UniqueConstraint("region_id", "county_id", "valid_from"),)

    id: Mapped[Key]
    region_id: Mapped[int] = mapped_column(ForeignKey("regions.organisation_id"), index=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("counties.id"), index=True)

    region: Mapped[Region] = relationship(back_populates="counties")
    county: Mapped[County] = relationship()


class RegionInstitution(Dated, db.Model):
    __tablename__ = "region_institutions"
    __table_args__ = (UniqueConstraint("region_id", "institution_id", "valid_from"),)

    id: Mapped[Key]
    region_id: Mapped[int] = mapped_column(ForeignKey("regions.organisation_id"), index=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.organisation_id"), index=True)

    region: Mapped[Region] = relationship(back_populates="institutions")
    institution: Mapped["Institution"] = relationship()  # noqa: F821


class GovernorCounty(Dated, db.Model):
    """That a county governor (statsforvalter), an organisation of its own, looks after a county. One governor may have several."""

    __tablename__ = "governor_counties"
    __table_args__ = (UniqueConstraint("governor_id", "county_id", "valid_from"),)

    id: Mapped[Key]
    governor_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("counties.id"), index=True)

    governor: Mapped[Organisation] = relationship()
    county: Mapped[County] = relationship()


class DistanceRule(Dated, db.Model):
    """How many gathering days a semester a study may have and still count as one that can be taken from elsewhere."""

    __tablename__ = "distance_rules"

    id: Mapped[Key]
    region_id: Mapped[int | None] = mapped_column(ForeignKey("regions.organisation_id"), index=True)  # none = every region without its own
    most_days: Mapped[int]
    most_minutes: Mapped[int | None]  # to travel, one way; none = not looked at. Only a region's own rule has it


class TravelTime(db.Model):
    """How long it usually takes from a region to the gatherings in a county, one way, as the region's coordinator has typed it."""

    __tablename__ = "travel_times"
    __table_args__ = (UniqueConstraint("region_id", "county_id"),)

    id: Mapped[Key]
    region_id: Mapped[int] = mapped_column(ForeignKey("regions.organisation_id"))
    county_id: Mapped[int] = mapped_column(ForeignKey("counties.id"))
    minutes: Mapped[int]
