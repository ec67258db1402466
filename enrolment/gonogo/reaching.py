"""Who can get at which run: the regions of people and of runs on a day, and each region's rule for what can be taken at a distance."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Row

from catalog.offers.models import Offering
from catalog.offers.rules import days_away
from catalog.places import queries as places
from catalog.values import Delivery
from enrolment.gonogo import queries, rules
from enrolment.gonogo.values import Reach


class Reaching:
    """The dated facts of the regions on one day, read once."""

    def __init__(self, on: date):
        self.of_county = _regions_by(places.county_memberships(), on)
        self.of_institution = _regions_by(places.institution_memberships(), on)
        self.most_days = queries.distance_rules(on)

    def reach(self, county_id: int | None, run: Offering) -> Reach | None:
        """How somebody of a county can get at a run; none where they cannot, or the county is not known and the run meets somewhere."""
        own = self.of_county[county_id] if county_id is not None else frozenset()
        days = days_away(run.delivery, run.gathering_days, run.gatherings)
        return rules.reach(own_regions=own, run_regions=self._bound_to(run), days_away=days, most_days=self._rule_of(own))

    def _bound_to(self, run: Offering) -> frozenset[int]:
        """The regions of the counties where it meets; where no place is known, those of its institution. An online run is bound nowhere."""
        if run.delivery is Delivery.ONLINE:
            return frozenset()
        towns = [run.municipality, *(meeting.municipality for meeting in run.gatherings if not meeting.online)]
        known = frozenset().union(*(self.of_county[town.county_id] for town in towns if town is not None))
        return known or self.of_institution[run.module.institution_id]

    def _rule_of(self, regions: frozenset[int]) -> int | None:
        """Of several regions, the one that allows most."""
        allowed = [self.most_days.get(region, self.most_days.get(None)) for region in regions]
        return max((days for days in allowed if days is not None), default=None)


def _regions_by(memberships: Sequence[Row], on: date) -> defaultdict[int, frozenset[int]]:
    """Regions by the member, of rows (region, member, first day, last day, …)."""
    found: defaultdict[int, frozenset[int]] = defaultdict(frozenset)
    for region, member, first, last, *_rest in memberships:
        if (first is None or first <= on) and (last is None or on <= last):
            found[member] |= {region}
    return found
