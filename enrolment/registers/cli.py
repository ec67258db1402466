"""`flask registers load`: the registers of the catalogue and of the schools."""

import click
from flask.cli import AppGroup

import catalog.registers.loading
import enrolment.registers.loading

registers = AppGroup("registers", help="The registers shipped with Seksti: places, institutions, subjects, schools.")


@registers.command("load")
def load() -> None:
    """Load every register. Doing it again changes nothing."""
    for table, counts in load_all().items():
        click.echo(f"{table:26} {counts['new']:5} new {counts['changed']:5} changed {counts['same']:5} same")


def load_all() -> dict:
    return catalog.registers.loading.load() | enrolment.registers.loading.load()
