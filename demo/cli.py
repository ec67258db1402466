"""`flask seed`: the demonstration."""

import click
from flask import current_app
from flask.cli import with_appcontext

from config.clock import today
from config.errors import Refusal
from demo.people import sign_in_lines
from demo.seed import SIZES, Made, seed

MADE = "The demonstration is made. Everything of it is marked as made up."
THERE = "The demonstration is there already; nothing was changed."


@click.command("seed")
@click.option("--size", type=click.Choice(list(SIZES)), default="s", show_default=True, help="60, 2 000 or 20 000 teachers.")
@click.option("--number", type=click.IntRange(1), default=60, show_default=True, help="The seed number; the same makes the same.")
@with_appcontext
def seed_command(size: str, number: int) -> None:
    """Make the demonstration: runs, people and histories that are made up, and say so. Never in production."""
    if current_app.config["SETTINGS"].production:
        raise click.ClickException("This is production (SEKSTI_ENV): made-up people and runs have no place among real ones.")
    try:
        made = seed(size, today(), number)
    except Refusal as refusal:
        raise click.ClickException(refusal.sentence) from None
    for line in (*told(made), "", "Sign in as one of these:", *sign_in_lines()):
        click.echo(line)


def told(made: Made) -> list[str]:
    """What there is now, for the terminal."""
    return [THERE if made.already else MADE, *(f"{number:8} {name}" for name, number in made.counts.items())]
