"""Who is asking, for programs that run in a signed-in browser."""

from dataclasses import dataclass

from flask_wtf.csrf import generate_csrf
from marshmallow import fields

from accounts.acting import Actor
from accounts.guard import current_actor, signed_in
from accounts.models import Role
from config.api import glossary
from config.api.blueprint import Blueprint
from config.api.shapes import Shown

glossary.explain(
    {
        "role": ("The role one acts in; null: none.", "teacher"),
        "organisation": ("The body one acts for.", "Kampen skole"),
        "csrf_token": ("What to send as X-CSRFToken with a request that changes something.", "IjQ3ZjM…"),
        "Me.name": ("The person’s name.", "Kari Nordmann"),
        "Me.uuid": ("The person’s identifier.", "6a1f0c0e-2f64-4d0c-9f0b-2c6f6d1b7a51"),
    }
)

api = Blueprint("accounts_api", __name__, tag="Me")


class Me(Shown):
    """The person under the hat they wear."""

    uuid = fields.UUID(attribute="actor.person_uuid")
    name = fields.String(attribute="actor.name")
    role = fields.Enum(Role, by_value=True, attribute="actor.role", allow_none=True)
    organisation = fields.String(attribute="actor.organisation_name", allow_none=True)
    csrf_token = fields.String()


@dataclass(frozen=True)
class Asking:
    actor: Actor
    csrf_token: str


@api.get("/me")
@signed_in
@api.response(200, Me)
def read_me():
    """Who you are here, and the token that shows a request comes from you

    Signing in is done in the browser, at /sign-in; what it leaves there is a cookie. Send it along, and the token with everything
    that changes something.
    """
    return Asking(current_actor(), generate_csrf())
