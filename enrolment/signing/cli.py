"""`flask keys`: the keys that statements and badges are signed with."""

from uuid import UUID

import click
from flask.cli import AppGroup

from config.clock import now
from config.errors import Refusal
from enrolment.signing import queries, services
from enrolment.signing.models import SigningKey

keys = AppGroup("keys", help="Signing keys: Seksti's own, for statements, and one for each institution, for badges.")


@keys.command("make")
@click.argument("institution", required=False)
def make(institution: str | None) -> None:
    """Make the first key of an INSTITUTION (its code, such as HVL), or Seksti's own."""
    _say("signs from now on", lambda: services.make(institution, at=now()))


@keys.command("rotate")
@click.argument("institution", required=False)
def rotate(institution: str | None) -> None:
    """Put a new key in the place of the one that signs. What the old one has signed still holds."""
    _say("signs from now on; what the key before it has signed still holds", lambda: services.rotate(institution, at=now()))


@keys.command("withdraw")
@click.argument("key", type=click.UUID)
def withdraw(key: UUID) -> None:
    """Withdraw a KEY that has come into wrong hands: nothing that it has signed holds any longer."""
    _say("is withdrawn; nothing that it has signed holds any longer", lambda: services.withdraw(key, at=now()))


@keys.command("list")
def show() -> None:
    """List all keys, the newest first."""
    for key in queries.everything():
        click.echo(f"{key.uuid}  {key.state:9}  {key.made_at:%Y-%m-%d}  {_whose(key)}")


@keys.command("certificate")
@click.argument("institution", required=False)
def certificate(institution: str | None) -> None:
    """Print the certificate of the key that signs, for those who check XML signatures (ELMO)."""
    try:
        found = queries.signing(queries.institution(institution).organisation_id if institution else None)
    except Refusal as refusal:
        raise click.ClickException(str(refusal.sentence)) from None
    if found is None:
        raise click.ClickException("There is no key. Make one first: flask --app wsgi keys make")
    click.echo(found.certificate, nl=False)


def _say(what: str, work) -> None:
    try:
        key = work()
    except Refusal as refusal:
        raise click.ClickException(str(refusal.sentence)) from None
    click.echo(f"{key.uuid} of {_whose(key)} {what}.")


def _whose(key: SigningKey) -> str:
    return key.institution.code if key.institution else "Seksti"
