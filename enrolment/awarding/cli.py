"""`flask allocation`: a dry run, and a replay that compares every byte."""

import secrets
from uuid import UUID

import click
from flask.cli import AppGroup

from catalog.values import Strand
from config.clock import now
from config.errors import Refusal
from enrolment.awarding import queries
from enrolment.awarding.services import running

allocation = AppGroup("allocation", help="Try the allocation of a round, or replay a run.")


@allocation.command("run")
@click.argument("cycle")
@click.option("--strand", type=click.Choice([one.value for one in Strand]), default=Strand.FURTHER.value, show_default=True)
@click.option("--rules", default="owner-bands", show_default=True, help="The code of the rule set.")
@click.option("--seed", help="The published seed of the lots; drawn by chance where none is given.")
@click.option("--grants", type=click.IntRange(0), help="How many grants are shared out, where the rule set shares.")
def run(cycle: str, strand: str, rules: str, seed: str | None, grants: int | None) -> None:
    """Try the allocation of a round: nobody is told."""
    try:
        made = running.try_out(cycle, Strand(strand), rule_set=rules, seed=seed or secrets.token_hex(8), grants=grants, actor=None, at=now())
    except Refusal as refusal:
        raise click.ClickException(refusal.sentence) from refusal
    figures = made.counts
    click.echo(f"{made.uuid}: seed {made.seed}, {figures['people']} applicants, {figures['placed']} with a choice, {figures['first']} with their first")
    click.echo(f"breaches {figures['breaches']}, passed over {figures['passed_over']}, exceptions {figures['exceptions']}")
    click.echo(f"inputs {made.digest}\nresult {made.result_digest}")


@allocation.command("replay")
@click.argument("run", type=click.UUID)
def replay(run: UUID) -> None:
    """Run the kept inputs of RUN once more and compare every byte."""
    try:
        same = running.replay(run)
        kept = queries.run_by_uuid(run)
    except Refusal as refusal:
        raise click.ClickException(refusal.sentence) from refusal
    if not same:
        raise click.ClickException("The result differs from the one that is kept.")
    click.echo(f"The same, byte by byte: {kept.result_digest}")
