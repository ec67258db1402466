"""How far a region, or a county of it, has come: coverage at each level, what the latest census says, and the owners' plans."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from catalog.places.models import Region
from catalog.places.queries import counties_of
from catalog.values import Band
from regions.census import queries as census
from regions.census import telling
from regions.census.models import Census
from regions.census.queries import Column
from regions.census.rules import Level
from regions.census.telling import Place
from regions.coverage import matrix, words
from regions.coverage.facts import study_year
from regions.coverage.matrix import Asked
from regions.forum import queries
from regions.reports.rules import Line

MOST = 3  # subjects in which most lack credits


@dataclass(frozen=True)
class Needs:
    """Of a place in a census: how many schools have answered, of how many, and in what most lack credits; nothing of that where it may not be told to the reader."""

    census: Census
    sent: tuple[int, int]
    most: list[tuple[Column, Line]]


@dataclass(frozen=True)
class Status:
    """`coverage`: a sentence for each level. `plans`: how many owners have adopted a plan of the study year, and how many there are. `next_meeting` and `undone` of
    the region's forum: the day, and how many decisions are not done."""

    region: Region
    coverage: list[tuple[Band, str]]
    needs: Needs | None
    plans: tuple[int, int]
    next_meeting: date | None
    undone: int


def of_region(region: Region, on: date, *, reads_census: bool) -> Status:
    counties = counties_of(region.organisation_id, on)
    needs = _needs(Place(Level.REGION, region.organisation_id, {Level.REGION: region.organisation_id}), on, reads=reads_census)
    return Status(region, coverage(region, on), needs, _added(queries.plans_by_county(counties, study_year(on)).values()), *_forum(region, on))


def of_county(region: Region, county_id: int, plans: tuple[int, int], on: date) -> Status:
    """A county that belongs to the region, for its governor."""
    place = Place(Level.COUNTY, county_id, census.chain_of(Level.COUNTY, county_id, on))
    return Status(region, coverage(region, on), _needs(place, on, reads=True), plans, *_forum(region, on))


def coverage(region: Region, on: date) -> list[tuple[Band, str]]:
    """The matrix of today's study year in a sentence for each level."""
    year = study_year(on)
    return [(band, words.region_summary(matrix.matrix(Asked(year, band), on), region.organisation_id)) for band in Band]


def _forum(region: Region, on: date) -> tuple[date | None, int]:
    return queries.next_meeting(region.organisation_id, on), queries.undone(region.organisation_id)


def _added(plans: Collection[tuple[int, int]]) -> tuple[int, int]:
    """An owner with schools in two counties is counted in both."""
    return sum(done for done, _owners in plans), sum(owners for _done, owners in plans)


def _needs(place: Place, on: date, *, reads: bool) -> Needs | None:
    latest = next((one for one in census.censuses() if one.opens_on <= on), None)
    if latest is None:
        return None
    most = _most(latest, place, on) if reads else []
    return Needs(latest, census.how_many_sent(latest.id, on, place.within), most)


def _most(latest: Census, place: Place, on: date) -> list[tuple[Column, Line]]:
    told: Sequence[tuple[Column, Line]] = [pair for pair in telling.of_place(latest.id, place, on).items() if not pair[1].parts_hidden and pair[1].counts.without]
    return sorted(told, key=lambda pair: (-pair[1].counts.without, pair[0]))[:MOST]
