"""`flask database`: the schema, for those who run Seksti themselves. `python3 wsgi.py` does it by itself."""

import click
from flask import current_app
from flask.cli import AppGroup

from config import database

group = AppGroup("database", help="The schema of the database.")


@group.command("upgrade")
def upgrade() -> None:
    """Bring the schema to what this version needs. Doing it again changes nothing."""
    database.upgrade(current_app._get_current_object())
    click.echo("The schema is up to date.")


@group.command("downgrade")
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Take the schema back to an earlier REVISION, or to «base»."""
    database.downgrade(current_app._get_current_object(), revision)
    click.echo(f"The schema is at {revision}.")
