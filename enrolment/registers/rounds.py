"""Loads the rounds of application with their dates, schemes, rates, criteria and reasons. Rounds and dates are kept by the national authority
once they are there, so loading again adds what is missing and changes none of them."""

from collections import Counter
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from catalog.values import Strand
from config.clock import start_of
from config.database import db
from config.registers import Keeper, first_day, rows, validity
from enrolment.board.models import CoverRate
from enrolment.money.models import RepaymentRule
from enrolment.money.values import Reason
from enrolment.rounds.models import Criterion, Cycle, CycleDate, RefusalReason, ReminderRule, Scheme, SchemeRate, SeatSource, WorkYearCost
from enrolment.rounds.values import SchemeKind, Step

FOLDER = Path(__file__).parent


def load() -> dict[str, Counter]:
    """Adds to the caller's transaction. Returns what was new, changed and the same, by table."""
    schemes = _schemes()
    return {
        "schemes": schemes.counts, "scheme rates": _rates(schemes), "rounds": _cycles(), "dates of rounds": _dates(schemes), "criteria": _criteria(),
        "sources of seats": _sources(), "reasons for refusal": _reasons(), "costs of a work year": _costs(), "reminder rules": _reminders(), "rates of cover": _cover(), "rules of repayment": _repayment(),
    }  # fmt: skip


def _schemes() -> Keeper:
    keeper = Keeper(Scheme, "code")
    for row in rows(FOLDER / "schemes.csv"):
        keeper.keep(code=row["code"], kind=SchemeKind(row["kind"]), position=int(row["position"]), **_names(row))
    db.session.flush()
    return keeper


def _names(row: dict) -> dict[str, str | None]:
    return {name: row[name] for name in ("name_nb", "name_nn", "name_en")}


def _rates(schemes: Keeper) -> Counter:
    keeper = Keeper(SchemeRate, "code")
    for row in rows(FOLDER / "scheme_rates.csv"):
        keeper.keep(
            code=row["code"], scheme_id=schemes[row["scheme"]].id, strand=Strand(row["strand"]),
            subjects=row["subjects"].split(";") if row["subjects"] else None, state_percent=int(row["state_percent"]),
            owner_percent=int(row["owner_percent"]), own_percent=int(row["own_percent"]), stipend_oere=int(row["stipend_kroner"] or 0) * 100,
            released_at=_released(keeper, row), **validity(row),
        )  # fmt: skip
    return keeper.counts


def _released(keeper: Keeper, row: dict) -> datetime | None:
    """What has been let out with a round stays so when it is loaded again."""
    known = keeper.known.get((row["code"],))
    return _moment(row["released_on"]) or (known.released_at if known else None)


def _moment(day: str | None) -> datetime | None:
    return start_of(first_day(day)) if day else None


def _cycles() -> Counter:
    keeper = Keeper(Cycle, "code")
    for row in rows(FOLDER / "cycles.csv"):
        facts = {"study_year": int(row["study_year"]), "released_at": _moment(row["released_on"]), "source": row["source"], "confirmed": row["confirmed"] == "yes"}
        _lay(keeper, (row["code"],), code=row["code"], **facts, **_names(row))
    db.session.flush()
    return keeper.counts


def _lay(keeper: Keeper, key: tuple, **facts: Any) -> None:
    """A row that is there already stays as it has become."""
    if key in keeper.known:
        keeper.counts["same"] += 1
    else:
        keeper.keep(**facts)


def _dates(schemes: Keeper) -> Counter:
    cycles, keeper = Keeper(Cycle, "code"), Keeper(CycleDate, "cycle_id", "strand", "scheme_id", "step")
    for row in rows(FOLDER / "cycle_dates.csv"):
        cycle, scheme = cycles[row["cycle"]].id, schemes[row["scheme"]].id if row["scheme"] else None
        key = (cycle, Strand(row["strand"]), scheme, Step(row["step"]))
        _lay(keeper, key, cycle_id=cycle, strand=key[1], scheme_id=scheme, step=key[3], day=first_day(row["day"]), source=row["source"])
    return keeper.counts


def _criteria() -> Counter:
    keeper = Keeper(Criterion, "code")
    for row in rows(FOLDER / "criteria.csv"):
        known = {"kind": row["kind"], "weight": int(row["weight"]), "agreed_by": row["agreed_by"], "released_at": _moment(row["released_on"])}
        _lay(keeper, (row["code"],), code=row["code"], **known, **_names(row), **validity(row))
    return keeper.counts


def _sources() -> Counter:
    keeper = Keeper(SeatSource, "code")
    for row in rows(FOLDER / "seat_sources.csv"):
        known = {"position": int(row["position"]), "by_authority": row["kept_by"] == "authority", "released_at": _released(keeper, row)}
        keeper.keep(code=row["code"], **known, **_names(row), **validity(row))
    return keeper.counts


def _reasons() -> Counter:
    keeper = Keeper(RefusalReason, "code")
    for row in rows(FOLDER / "refusal_reasons.csv"):
        keeper.keep(code=row["code"], position=int(row["position"]), **_names(row), **validity(row))
    return keeper.counts


def _costs() -> Counter:
    keeper = Keeper(WorkYearCost, "code")
    for row in rows(FOLDER / "work_year.csv"):
        keeper.keep(code=row["code"], oere=int(row["kroner"]) * 100, **validity(row))
    return keeper.counts


def _reminders() -> Counter:
    keeper = Keeper(ReminderRule, "code")
    for row in rows(FOLDER / "reminders.csv"):
        keeper.keep(code=row["code"], step=Step(row["step"]), days_before=int(row["days_before"]), deputy=row["deputy"] == "yes", **validity(row))
    return keeper.counts


def _cover() -> Counter:
    keeper = Keeper(CoverRate, "code")
    for row in rows(FOLDER / "cover_rates.csv"):
        keeper.keep(
            code=row["code"], hours_a_day=Decimal(row["hours_a_day"]), oere_an_hour=int(row["kroner_an_hour"]) * 100, most_away=int(row["most_away"]), **validity(row)
        )
    return keeper.counts


def _repayment() -> Counter:
    keeper = Keeper(RepaymentRule, "code")
    for row in rows(FOLDER / "repayment.csv"):
        known = {"percent": int(row["percent"]), "autumn_before": row["autumn_before"], "spring_before": row["spring_before"]}
        keeper.keep(code=row["code"], reason=Reason(row["reason"]), **known, **validity(row))
    return keeper.counts
