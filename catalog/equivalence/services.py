"""Saying that two modules are the same content, and taking it back: one function, one use case, one commit."""

from datetime import datetime
from uuid import UUID, uuid4

from accounts.acting import Actor
from catalog.equivalence import queries
from catalog.equivalence.models import EquivalenceSet
from catalog.offers.models import Module
from catalog.publishing import queries as publishing
from catalog.publishing.permissions import institution_of
from catalog.publishing.services.editing import note
from catalog.publishing.services.modules import refuse_partner
from config.database import db
from config.errors import BadInput
from config.languages import _


def state_equivalent(module: UUID, *, institution: str, code: str, source: str, actor: Actor, at: datetime) -> EquivalenceSet:
    """An editor says that a module their institution leads is the same content as another. Saying it twice is saying it once.

    Raises NotFound for another institution's module, OnlyTheLead, BadInput for a code that is not found and for the module itself.
    """
    own = _led(module, actor)
    other = queries.module_called(institution, code)
    if other is None or other.id == own.id:
        sentence = _("That is this module itself.") if other else _("The institution has no module with this code.")
        raise BadInput(sentence, {"code": [sentence]})
    known = next((one for one in queries.sets_of(own) if other in one.modules), None)
    made = known or EquivalenceSet(uuid=uuid4(), modules=sorted((own, other), key=lambda one: one.id))
    made.source = source
    db.session.add(made)
    note(own, "equivalent-stated", actor=actor, at=at, facts={"with": str(other.uuid)})
    db.session.commit()
    return made


def _led(module: UUID, actor: Actor) -> Module:
    """Held, so that what is said twice at once is one set."""
    mine = institution_of(actor)
    own = publishing.hold_module(mine, module)
    refuse_partner(own, mine)
    return own


def take_back(module: UUID, equivalence: UUID, *, actor: Actor, at: datetime) -> None:
    """Raises NotFound, OnlyTheLead."""
    own = _led(module, actor)
    db.session.delete(queries.set_of(own, equivalence))
    note(own, "equivalent-taken-back", actor=actor, at=at)
    db.session.commit()
