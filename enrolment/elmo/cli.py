"""`flask signers`: whose signatures on ELMO files are believed."""

from datetime import datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from config.clock import now
from config.errors import Refusal
from enrolment.elmo import queries, services

signers = AppGroup("signers", help="Whose signatures on ELMO files (EMREX) are believed. Nobody's, until they are put in here.")


@signers.command("trust")
@click.argument("certificate", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--name", required=True, help="Whose it is, such as Vitnemålsportalen.")
@click.option("--source", required=True, help="Where the certificate was got from.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day it is believed.")
def trust(certificate: Path, name: str, source: str, until: datetime | None) -> None:
    """Believe what is signed with the key of a CERTIFICATE (a file, PEM)."""
    content = certificate.read_text(errors="replace")
    _say("is trusted", lambda: services.trust(content, name, source=source, until=until.date() if until else None, at=now()))


@signers.command("distrust")
@click.argument("fingerprint")
def distrust(fingerprint: str) -> None:
    """Believe nothing more with this FINGERPRINT. What was taken before stays."""
    _say("is no longer trusted", lambda: services.distrust(fingerprint, at=now()))


@signers.command("list")
def show() -> None:
    """List all, with their fingerprints."""
    for signer in queries.signers():
        click.echo(f"{signer.fingerprint}  {signer.valid_from or '':10}  {signer.valid_to or '':10}  {signer.name}")


def _say(what: str, work) -> None:
    try:
        signer = work()
    except Refusal as refusal:
        raise click.ClickException(str(refusal.sentence)) from None
    click.echo(f"{signer.name} ({signer.fingerprint}) {what}.")
