"""Opening a module to its regions, remarking, and answering: one function, one use case, one commit."""

from datetime import datetime
from uuid import UUID, uuid4

from accounts import audit
from accounts.acting import Actor
from catalog.publishing import queries as publishing
from catalog.publishing.permissions import institution_of
from catalog.publishing.services.modules import refuse_partner
from config.clock import day_of
from config.database import db
from config.errors import Refusal
from config.languages import _
from regions.coverage.queries import region_of
from regions.readings import queries
from regions.readings.models import Reading, Remark


class NobodyToRead(Refusal):
    code = "nobody-to-read"


def open_to_regions(module_uuid: UUID, asked: str | None, *, actor: Actor, at: datetime) -> Reading:
    """Lets the institution's regions read a module of its own; again, where it was closed. Raises NotFound, OnlyTheLead, and NobodyToRead where the
    institution belongs to no region."""
    mine = institution_of(actor)
    publishing.lock_institution(mine)
    module = publishing.own_module(mine, module_uuid)
    refuse_partner(module, mine)
    if not queries.regions_of(mine, day_of(at)):
        raise NobodyToRead(_("Your institution belongs to no region today, so there is nobody to read it."))
    reading = queries.reading_of(module.id) or Reading(uuid=uuid4(), module_id=module.id)
    reading.asked, reading.opened_at, reading.closed_at = asked, at, None
    db.session.add(reading)
    _remember(module_uuid, "open-to-regions", actor, at)
    db.session.commit()
    return reading


def close(module_uuid: UUID, *, actor: Actor, at: datetime) -> None:
    """Regions cannot read the module any more; what they have said stays with its editors. Raises NotFound and OnlyTheLead."""
    module = publishing.own_module(institution_of(actor), module_uuid)
    refuse_partner(module, institution_of(actor))
    reading = queries.reading_of(module.id)
    if reading and reading.closed_at is None:
        reading.closed_at = at
        _remember(module_uuid, "close-to-regions", actor, at)
    db.session.commit()


def _remember(module_uuid: UUID, event: str, actor: Actor, at: datetime) -> None:
    audit.record("module", module_uuid, event, by=actor, at=at, organisation_id=actor.organisation_id)


def remark(reading_uuid: UUID, section: str, text: str, *, actor: Actor, at: datetime) -> Remark:
    """A coordinator's words on one section. Raises NotFound for what is not open to the region."""
    region = region_of(actor).organisation_id
    reading = queries.to_read(region, reading_uuid, day_of(at))
    made = Remark(uuid=uuid4(), reading_id=reading.id, region_id=region, section=section, text=text, at=at)
    db.session.add(made)
    audit.record("remark", made.uuid, "remark", by=actor, at=at, organisation_id=region)
    db.session.commit()
    return made


def take_back(remark_uuid: UUID, *, actor: Actor, at: datetime) -> UUID:
    """Takes a remark of one's own region's away. Raises NotFound. Returns the id of the reading."""
    region = region_of(actor).organisation_id
    made = queries.own_remark(region, remark_uuid, day_of(at))
    reading = made.reading.uuid
    audit.record("remark", made.uuid, "take back", by=actor, at=at, organisation_id=region)
    db.session.delete(made)
    db.session.commit()
    return reading


def settle(remark_uuid: UUID, answer: str | None, *, actor: Actor, at: datetime) -> Remark:
    """The institution answers a remark, with words that the region reads or without. Raises NotFound."""
    made = queries.remark_to(institution_of(actor), remark_uuid)
    made.answer, made.settled_at = answer, at
    audit.record("remark", made.uuid, "settle", by=actor, at=at, organisation_id=actor.organisation_id)
    db.session.commit()
    return made
