"""`flask tick`: what waits for the clock."""

import click

from config.clock import now
from enrolment.seats import services


@click.command("tick")
def tick() -> None:
    """Let overdue offers lapse and offer free seats to the next in line. Safe to run at any time and on several machines."""
    steps = services.tend(now())
    if steps:
        click.echo(f"{steps} enrolments took a step")
