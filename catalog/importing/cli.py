"""`flask catalog import FILE`: a catalogue that somebody else wrote."""

import csv
from pathlib import Path

import click
from flask.cli import AppGroup

from catalog.importing.rows import RefusedRow
from catalog.importing.services import Report, import_catalogue
from config.clock import now
from config.csv_out import harmless
from config.errors import BadInput

catalog = AppGroup("catalog", help="The catalogue: courses, modules and offerings.")


@catalog.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--institution", metavar="NAME", help="Whose catalogue it is, for a file without such a column.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and keep nothing.")
@click.option("--all-or-nothing", is_flag=True, help="Keep nothing if any row is refused.")
@click.option("--refused-to", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Write the refused rows to this CSV file.")
def import_file(file: Path, institution: str | None, dry_run: bool, all_or_nothing: bool, refused_to: Path | None) -> None:
    """Read FILE (CSV or XLSX) into the catalogue. Reading it again says «same»."""
    given = {"institution": institution} if institution else {}
    refused = _RefusedFile(refused_to)
    try:
        with file.open("rb") as opened, click.progressbar(length=1000, label=file.name) as bar, refused:
            report = import_catalogue(
                opened, file.name, at=now(), dry_run=dry_run, all_or_nothing=all_or_nothing, given=given,
                on_rows=lambda share: bar.update(int(share * 1000) - bar.pos), on_refused=refused.write,
            )  # fmt: skip
    except BadInput as problem:
        raise click.ClickException(str(problem.sentence)) from None
    _print(report, dry_run)
    if not report.saved and not dry_run:
        raise click.ClickException("Nothing was saved, because rows were refused.")


def _print(report: Report, dry_run: bool) -> None:
    counts = report.counts
    click.echo(f"{counts['new']} new, {counts['changed']} changed, {counts['same']} same, {counts['refused']} refused" + (" (dry run: nothing is saved)" if dry_run else ""))
    if report.unknown_headers:
        click.echo(f"Columns kept as text, because their meaning is not known: {', '.join(report.unknown_headers)}")
    for row in report.refused:
        click.echo(f"line {row.line}: {row.title or row.code or 'without a title'}: {row.reason}")
    if counts["refused"] > len(report.refused):
        click.echo(f"… and {counts['refused'] - len(report.refused)} more; --refused-to FILE writes them all")


class _RefusedFile:
    """The refused rows as a file that opens in a spreadsheet, written as they come."""

    def __init__(self, path: Path | None):
        self.path, self.file = path, None

    def __enter__(self) -> "_RefusedFile":
        if self.path:
            self.file = self.path.open("w", encoding="utf-8-sig", newline="")
            self.rows = csv.writer(self.file, delimiter=";")
            self.rows.writerow(("line", "institution", "code", "title", "reason"))
        return self

    def write(self, row: RefusedRow) -> None:
        if self.file:
            self.rows.writerow([harmless(cell) for cell in (row.line, row.institution, row.code, row.title, str(row.reason))])

    def __exit__(self, *_error) -> None:
        if self.file:
            self.file.close()
