"""`flask coverage`: the matrix as text."""

import click

from catalog.values import Band
from config.clock import today
from regions.coverage import words
from regions.coverage.matrix import Asked, matrix
from regions.coverage.views import study_year


@click.command("coverage")
@click.option("--year", type=click.IntRange(2012, 2100), help="First study year; this one as the default.")
@click.option("--level", type=click.Choice([band.value for band in Band]), default=Band.PRIMARY.value, show_default=True)
def coverage(year: int | None, level: str) -> None:
    """Say for each region and priority subject how far a teacher living there can come."""
    shown = matrix(Asked(year or study_year(today()), Band(level)), today())
    click.echo(words.summary(shown))
    for row in shown.judged:
        for region in shown.regions:
            each = row.cells[region.organisation_id]
            click.echo(f"{row.subject.name:22.22} {region.name:20.20} {words.status(each.status):20} {words.reached(each)}")
