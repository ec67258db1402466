"""Where the editor's pages hang, and who is at the door."""

from flask import Blueprint

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.publishing import words
from catalog.publishing.permissions import institution_of
from catalog.publishing.views import addresses

pages = Blueprint("publishing", __name__, url_prefix="/publish")

editors_only = acting_as(Role.EDITOR)


@pages.context_processor
def names() -> dict:
    """Every page of the editor's calls things by the same names."""
    return {"name_of": words.name_of, "addresses": addresses}


def mine() -> int:
    """The institution the editor acts for."""
    return institution_of(current_actor())
