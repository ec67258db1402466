"""Importing a catalogue that somebody else wrote: 100 000 rows of CSV by `flask catalog import`, then the same file again

The reference is Python's csv module, which reads the same file and does nothing with it. Memory is the most that the command
held (resident); that of a tenth of the rows stands beside it, to show that it is bounded.
"""

import csv
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import perf_counter
from typing import NamedTuple

from sqlalchemy import select

from catalog.institutions.models import Institution
from catalog.subjects.models import Subject
from config.database import db
from config.settings import ROOT
from tests.benchmarks import Figure, sized
from tests.benchmarks.measuring import databases, memory, quiet, words

ROWS = sized(100_000, 1_000)
COLUMNS = (
    "Lærested", "Studium", "Emnekode", "Emnenavn", "Studiepoeng", "Semester", "Studieår", "Undervisningsform", "Trinn", "Fag",
    "Samlinger", "Språk",
)  # fmt: skip
STUDY_YEARS = [f"{year}/{year + 1}" for year in range(2024, 2029)]
WAYS = {
    "Semester": ("Høst", "Vår", "Haust", "H2026", "2027v", "2026/HØST"),
    "Undervisningsform": ("nettbasert med samlinger, deltid", "samlingsbasert", "reint nettstudium", "på campus", ""),
    "Trinn": ("1-7", "5-10", "8-13", "1-10", "voksenopplæring", ""),
    "Studiepoeng": ("15", "7,5", "15 stp", "30", "10"),
    "Samlinger": ("Bergen: 2.-4. september, 14.-16. oktober 2026", "Tre samlinger i Trondheim", "uke 36, 41 og 46 i Oslo", "", ""),
    "Språk": ("nb", "nn", "bokmål", ""),
}


class Ended(NamedTuple):
    """What a command took: seconds, and MiB at most."""

    seconds: float
    most: float


def run() -> list[Figure]:
    file, tenth = written(ROWS), written(ROWS // 10)
    small = imported(tenth, databases.sqlite_of_its_own("tenth"), f"{ROWS // 10} new, 0 changed, 0 same, 0 refused")
    url = databases.sqlite_of_its_own("whole")
    first = imported(file, url, f"{ROWS} new, 0 changed, 0 same, 0 refused")
    again = imported(file, url, f"0 new, 0 changed, {ROWS} same, 0 refused")
    return [
        Figure(f"{ROWS} rows", first.seconds, "s"),
        Figure("rows a second", ROWS / first.seconds, "rows/s"),
        Figure("time against the csv module alone", first.seconds / read_by_csv(file)),
        Figure("memory at most", first.most, "MiB"),
        Figure(f"memory at most, against {ROWS // 10} rows", first.most / small.most),
        Figure(f"time a row, against {ROWS // 10} rows", first.seconds / 10 / small.seconds),
        Figure("again, all of them «same»", again.seconds, "s"),
        Figure("again: memory at most", again.most, "MiB"),
    ]


def written(rows: int) -> Path:
    """A file of so many rows, none of which is refused; four modules a course."""
    path = databases.folder() / f"{rows}.csv"
    with databases.app_on(databases.sqlite(0)):
        active = select(Institution.short_name).where(Institution.historic.is_(False))
        institutions = list(db.session.scalars(active.order_by(Institution.code)))
        subjects = list(db.session.scalars(select(Subject.name_nb).order_by(Subject.code)))
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter=";")
        table.writerow(COLUMNS)
        table.writerows(_rows(rows, institutions, subjects))
    return path


def _rows(rows: int, institutions: list[str], subjects: list[str]) -> Iterator[list[str]]:
    dice, shared = Random(60), ()
    for number in range(rows):
        if number % 4 == 0:
            shared = dice.choice(institutions), f"{words.title(dice)} {number // 4}", dice.choice(subjects)
        institution, course, subject = shared
        stated = {column: dice.choice(ways) for column, ways in WAYS.items()}
        stated |= {"Lærested": institution, "Studium": course, "Emnekode": f"EMNE{number}", "Emnenavn": words.title(dice)}
        stated |= {"Studieår": dice.choice(STUDY_YEARS), "Fag": subject}
        yield [stated[column] for column in COLUMNS]


def imported(file: Path, url: str, expected: str) -> Ended:
    """Runs the command in a process of its own. Raises RuntimeError where its report says something else than is expected."""
    quiet.before(f"{file.name}: {expected}")
    command, began = [sys.executable, "-m", "flask", "--app", "wsgi", "catalog", "import", str(file)], perf_counter()
    with (databases.folder() / "import.log").open("w+") as said:
        process = subprocess.Popen(command, cwd=ROOT, env=databases.environment(url), stdout=said, stderr=said)
        most = memory.most_until_ended(process)
        said.seek(0)
        report = said.read()
    if process.returncode or expected not in report:
        raise RuntimeError(f"The import was to say «{expected}», and said:\n{report[:3000]}")
    return Ended(perf_counter() - began, most)


def read_by_csv(file: Path) -> float:
    """Seconds that Python's csv module takes for the same rows."""
    began = perf_counter()
    with file.open(encoding="utf-8", newline="") as opened:
        for _row in csv.reader(opened, delimiter=";"):
            pass
    return perf_counter() - began
