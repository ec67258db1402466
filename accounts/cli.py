"""`flask people`: who has come, and which roles they hold. The first roles of an installation are given here."""

from uuid import UUID

import click
from flask.cli import AppGroup

from accounts import queries, services
from accounts.models import Role
from config.clock import now
from config.errors import Refusal

people = AppGroup("people", help="Who has signed in, and the roles they hold.")
role_type = click.Choice([role.value for role in Role])


@people.command("waiting")
def waiting() -> None:
    """List those who have signed in and hold no role yet: identifier and name."""
    for person in queries.people_without_a_hat(now()):
        click.echo(f"{person.uuid}  {person.name or '(has not said a name yet)'}")


@people.command("give-role")
@click.argument("person", type=click.UUID)
@click.argument("role", type=role_type)
@click.argument("organisation")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day, for example 2027-07-31.")
def give_role(person: UUID, role: str, organisation: str, until) -> None:
    """Give a PERSON (identifier) a ROLE in an ORGANISATION (its organisation number, identifier or exact name)."""
    try:
        hat = services.give_role(person, Role(role), organisation, until=until.date() if until else None, at=now())
    except Refusal as refusal:
        raise click.ClickException(str(refusal.sentence)) from None
    click.echo(f"{hat.person.name or hat.person.uuid} is {role} at {hat.organisation.name} from today.")


@people.command("end-role")
@click.argument("person", type=click.UUID)
@click.argument("role", type=role_type)
@click.argument("organisation")
def end_role(person: UUID, role: str, organisation: str) -> None:
    """End the ROLE of a PERSON in an ORGANISATION at once."""
    try:
        hat = services.end_role(person, Role(role), organisation, at=now())
    except Refusal as refusal:
        raise click.ClickException(str(refusal.sentence)) from None
    click.echo(f"{hat.person.name or hat.person.uuid} is no longer {role} at {hat.organisation.name}.")


@people.command("close")
@click.argument("person", type=click.UUID)
def close(person: UUID) -> None:
    """Close the account of a PERSON and sign them out everywhere."""
    try:
        services.close_account(person, at=now())
    except Refusal as refusal:
        raise click.ClickException(str(refusal.sentence)) from None
    click.echo("The account is closed.")
