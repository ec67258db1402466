"""Deciding on distance: one function, one use case, one commit."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from accounts import audit
from accounts.acting import Actor
from catalog.places.models import DistanceRule, TravelTime
from config.clock import day_of
from config.database import db
from regions.coverage.queries import region_of
from regions.distance import queries
from regions.distance.rules import minutes


def decide(most_days: int, most_hours: Decimal | None, travel: Mapping[int, Decimal | None], *, actor: Actor, at: datetime) -> None:
    """The region's own rule from today on, and how long it takes to each county (by key; None = not said). What was decided before keeps its days."""
    region, on = region_of(actor), day_of(at)
    own, _others = queries.rule(region.organisation_id, on)
    facts = {"most_days": most_days, "most_minutes": None if most_hours is None else minutes(most_hours)}
    if own is not None and (own.valid_from == on or all(getattr(own, name) == value for name, value in facts.items())):
        own.most_days, own.most_minutes = facts["most_days"], facts["most_minutes"]
    else:
        if own is not None:
            own.valid_to = on - timedelta(days=1)
        db.session.add(DistanceRule(region_id=region.organisation_id, valid_from=on, source=f"decided by {region.name_nb}", confirmed=True, **facts))
    _set_travel(region.organisation_id, travel)
    audit.record("distance rule", region.organisation.uuid, "decide", by=actor, at=at, organisation_id=region.organisation_id, facts=facts)
    db.session.commit()


def _set_travel(region_id: int, travel: Mapping[int, Decimal | None]) -> None:
    known = queries.travel_times(region_id)
    for county, hours in travel.items():
        if hours is None:
            if county in known:
                db.session.delete(known[county])
        elif county in known:
            known[county].minutes = minutes(hours)
        else:
            db.session.add(TravelTime(region_id=region_id, county_id=county, minutes=minutes(hours)))
