"""Loads the schools of the national register and the owners inferred from their numbers."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

from accounts.models import Organisation, OrganisationKind
from catalog.places.models import Municipality
from catalog.values import Grades
from config.database import db
from config.registers import Keeper, first_day, last_day, rows
from enrolment.byhand.models import WorkloadRule
from enrolment.gonogo.models import RiskRule
from enrolment.registers import appeals, changes, evaluation, payouts, rounds, units
from enrolment.schools.models import OwnerKind, School, SchoolOwner

FOLDER = Path(__file__).parent
SOURCE = "Kartverket/Geonorge, Grunnskoler (from the national school register)"
INFERRED = "inferred from the school's municipality number and ownership"


def load() -> dict[str, Counter]:
    """Loads schools and owners in one transaction. A school without a municipality of the register (Svalbard) has no owner."""
    municipalities = {row.code: row for row in db.session.query(Municipality)}
    bodies = Keeper(Organisation, "number")
    bodies.known = {(row.number,): row for row in db.session.query(Organisation).filter_by(kind=OrganisationKind.SCHOOL)}
    schools = list(rows(FOLDER / "schools.csv"))
    for row in schools:
        bodies.keep(kind=OrganisationKind.SCHOOL, number=row["orgnr"], name=row["name"])
    owners = _owners(schools, municipalities)
    db.session.flush()
    kept = Keeper(School, "organisation_id")
    for row in schools:
        _keep_school(kept, row, bodies[row["orgnr"]], municipalities.get(row["kommunenummer"]), owners)
    risks, workloads = _risk_rules(), _workload_rules()
    yearly = rounds.load() | units.load() | appeals.load() | changes.load() | evaluation.load() | payouts.load()
    db.session.commit()
    return {"schools": kept.counts, "school owners": owners.counts, "risk rules": risks.counts, "workload rules": workloads.counts, **yearly}


def _risk_rules() -> Keeper:
    """From how many days before its start a run that lacks participants is at risk."""
    keeper = Keeper(RiskRule, "valid_from")
    for row in rows(FOLDER / "risk.csv"):
        keeper.keep(
            days_before=int(row["days_before"]), valid_from=first_day(row["valid_from"]), valid_to=last_day(row["valid_to"]),
            confirmed=row["confirmed"] == "yes", source=row["source"],
        )  # fmt: skip
    return keeper


def _workload_rules() -> Keeper:
    """How many credits a term are much, and too much, beside a full post."""
    keeper = Keeper(WorkloadRule, "valid_from")
    for row in rows(FOLDER / "workload.csv"):
        keeper.keep(
            soft=Decimal(row["soft"]), hard=Decimal(row["hard"]), valid_from=first_day(row["valid_from"]), valid_to=last_day(row["valid_to"]),
            confirmed=row["confirmed"] == "yes", source=row["source"],
        )  # fmt: skip
    return keeper


def _owners(schools: list[dict], municipalities: dict[str, Municipality]) -> Keeper:
    owners = Keeper(SchoolOwner, "key")
    first_of_each = {_owner_key(row): row for row in reversed(schools)}
    for row in first_of_each.values():
        place = municipalities.get(row["kommunenummer"])
        if place is not None:
            _keep_owner(owners, row, place)
    return owners


def _keep_owner(owners: Keeper, row: dict, place: Municipality) -> None:
    private = row["ownership"] == "Privat"
    key = _owner_key(row)
    known = owners.known.get((key,))
    if known is None:
        name = f"Eier av {row['name']}" if private else f"{place.name} kommune"
        body = Organisation(kind=OrganisationKind.OWNER, name=name)
        db.session.add(body)
        db.session.flush()
        organisation_id = body.id
    else:
        organisation_id = known.organisation_id
    owners.keep(
        key=key,
        organisation_id=organisation_id,
        kind=OwnerKind.PRIVATE if private else OwnerKind.MUNICIPALITY,
        municipality_id=place.id,
        source=INFERRED,
        inferred=True,
    )


def _owner_key(row: dict) -> str:
    return f"private:{row['orgnr']}" if row["ownership"] == "Privat" else f"municipality:{row['kommunenummer']}"


def _keep_school(kept: Keeper, row: dict, body: Organisation, place: Municipality | None, owners: Keeper) -> None:
    lowest, highest = row["lowest_grade"], row["highest_grade"]
    kept.keep(
        organisation_id=body.id,
        municipality_id=place.id if place else None,
        municipality_code=row["kommunenummer"],
        grades=Grades.of(range(int(lowest), int(highest) + 1)) if lowest and highest else Grades(),
        private=row["ownership"] == "Privat",
        owner_id=owners[_owner_key(row)].organisation_id if place else None,
        source=SOURCE,
    )
