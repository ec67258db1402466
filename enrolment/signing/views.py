"""The public halves of the keys, for whoever checks a signature."""

from collections.abc import Iterable

from flask import Blueprint, jsonify, url_for

from config.errors import NotFound
from config.languages import _
from enrolment.signing import queries
from enrolment.signing.lifecycle import KeyState
from enrolment.signing.models import SigningKey

pages = Blueprint("signing", __name__)


@pages.get("/.well-known/jwks.json")
def all_keys():
    """Every key whose signatures hold (RFC 7517, 5)."""
    return _set(queries.relied_on())


@pages.get("/institutions/<code>/keys.json")
def institution_keys(code):
    return _set(queries.relied_on(queries.institution(code).organisation_id))


@pages.get("/keys/<uuid:key>")
def key(key):
    """One key, at the address that stands as `kid` in what it has signed. One that is withdrawn is gone."""
    found = queries.key(key)
    if found.state is KeyState.WITHDRAWN:
        raise NotFound(_("There is no such key."))
    return jsonify(_shown(found))


def _set(keys: Iterable[SigningKey]):
    return jsonify(keys=[_shown(key) for key in keys])


def _shown(key: SigningKey) -> dict:
    return key.public | {"kid": address(key)}


def address(key: SigningKey) -> str:
    return url_for("signing.key", key=key.uuid, _external=True)
