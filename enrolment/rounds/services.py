"""Keeping rounds and what is yearly: one function, one use case, one commit. All of it is the national authority's."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from accounts import audit
from accounts.acting import Actor
from accounts.models import Role
from catalog.offers import words as offer_words
from catalog.values import Strand
from config.clock import day_of
from config.database import db
from config.errors import BadInput, NotFound, StaleEdit
from config.languages import _
from config.languages import date as written
from enrolment.rounds import affected, queries, rules, words
from enrolment.rounds.errors import OutAlready, ThereAlready
from enrolment.rounds.models import Criterion, Cycle, CycleDate, SchemeRate


def check_day(uuid: UUID, day: date) -> CycleDate:
    """The day to be changed, where the new one fits between its neighbours. Raises NotFound, BadInput."""
    kept = queries.day(uuid)
    days = {**kept.cycle.dates_of(kept.strand).common, **({} if kept.scheme_id else {kept.step: day})}
    if wrong := [pair for pair in rules.out_of_order(days) if kept.step in pair]:
        before, after = wrong[0]
        sentence = _("“%(before)s” must come before “%(after)s”.", before=words.step(before), after=words.step(after))
        raise BadInput(sentence, {"day": [sentence]})
    return kept


def change_day(uuid: UUID, *, day: date, version: int, actor: Actor, at: datetime) -> CycleDate:
    """Moves one day of a round and tells everybody it concerns. Raises NotFound, BadInput, StaleEdit."""
    actor.require(Role.AUTHORITY)
    kept = check_day(uuid, day)
    if kept.version != version:
        raise StaleEdit(_("Somebody else has changed this day meanwhile. It is now %(day)s.", day=written(kept.day)))
    before, kept.day, kept.source = kept.day, day, actor.organisation_name
    affected.remind_anew(kept)
    _record(kept.cycle, "change day", actor, at, step=str(kept.step), strand=str(kept.strand), before=before.isoformat(), after=day.isoformat())
    if kept.cycle.is_released(at):
        for person in affected.people(kept, day_of(at)):
            audit.tell(
                person, "round-day-changed", at=at, address=f"/rounds/{kept.cycle.code}", step=str(kept.step), strand=str(kept.strand),
                before=before.isoformat(), after=day.isoformat(),
            )  # fmt: skip
    db.session.commit()
    return kept


def _record(cycle: Cycle, event: str, actor: Actor, at: datetime, **facts: str) -> None:
    audit.record("round", cycle.uuid, event, by=actor, at=at, organisation_id=actor.organisation_id, facts=facts)


def begin(study_year: int, *, actor: Actor, at: datetime) -> Cycle:
    """A round for another year, hidden, with the days of the latest real one moved on. Raises ThereAlready."""
    actor.require(Role.AUTHORITY)
    real = [one for one in queries.every() if not one.made_up]
    if any(one.study_year == study_year for one in real):
        raise ThereAlready(_("There is a round for %(year)s already.", year=offer_words.study_year(study_year)))
    if not real:
        raise NotFound(_("There is no round whose days could be carried on."))
    model = min(real, key=lambda one: abs(one.study_year - study_year))
    year = offer_words.study_year(study_year)
    source = _("Carried on from %(year)s", year=words.study_year(model))
    made = Cycle(
        uuid=uuid4(), code=str(study_year), study_year=study_year, name_nb=f"Søknadsrunden {year}", name_nn=f"Søknadsrunden {year}", name_en=f"Round of {year}",
        source=source,
    )  # fmt: skip
    years = study_year - model.study_year
    made.dates = [
        CycleDate(uuid=uuid4(), strand=one.strand, scheme_id=one.scheme_id, step=one.step, day=rules.a_year_on(one.day, years), source=source) for one in model.dates
    ]
    db.session.add(made)
    _record(made, "begin", actor, at, study_year=str(study_year))
    db.session.commit()
    return made


def release(code: str, *, actor: Actor, at: datetime) -> Cycle:
    """Lets a round out, and with it every hidden rate, criterion and source of seats, in one transaction. Raises NotFound, OutAlready, BadInput for days out of order."""
    actor.require(Role.AUTHORITY)
    cycle = queries.cycle(code)
    if cycle.released_at is not None:
        raise OutAlready(_("The round has been let out already."))
    for strand in {one.strand for one in cycle.dates}:
        _require_order(cycle, strand)
    cycle.released_at = at
    for one in queries.hidden():
        one.released_at = at
    _record(cycle, "release", actor, at)
    db.session.commit()
    return cycle


def _require_order(cycle: Cycle, strand: Strand) -> None:
    for before, after in rules.out_of_order(cycle.dates_of(strand).common):
        raise BadInput(_("“%(before)s” must come before “%(after)s”.", before=words.step(before), after=words.step(after)))


def add_rate(values: dict[str, Any], *, actor: Actor, at: datetime) -> SchemeRate:
    """A rate that is hidden until the next round is let out; from its first day on it goes before older ones. Raises BadInput."""
    actor.require(Role.AUTHORITY)
    scheme = next((one for one in queries.schemes() if one.code == values["scheme"]), None)
    _require_rate(scheme, values)
    shares = {name: values[name] for name in ("state_percent", "owner_percent", "own_percent", "valid_from", "valid_to", "source")}
    made = SchemeRate(
        code=f"{scheme.code}-{values['valid_from'].isoformat()}-{uuid4().hex[:8]}", scheme_id=scheme.id, strand=values["strand"], subjects=values["subjects"] or None,
        stipend_oere=values["stipend_kroner"] * 100, confirmed=True, **shares,
    )  # fmt: skip
    db.session.add(made)
    audit.record("scheme rate", audit.known_as(made.code), "add", by=actor, at=at, organisation_id=actor.organisation_id, facts={"code": made.code})
    db.session.commit()
    return made


def _require_rate(scheme, values: dict[str, Any]) -> None:
    errors = {}
    if scheme is None:
        errors["scheme"] = [_("Choose from the list.")]
    if values["state_percent"] + values["owner_percent"] + values["own_percent"] != 100:
        errors["own_percent"] = [_("The three shares must make 100 per cent.")]
    if values["valid_to"] and values["valid_to"] < values["valid_from"]:
        errors["valid_to"] = [_("It cannot end before it begins.")]
    if set(values["subjects"]) - queries.subject_codes():
        errors["subjects"] = [_("Choose from the list.")]
    if errors:
        raise BadInput(_("The rate cannot be kept."), errors)


def change_criterion(code: str, values: dict[str, Any], *, actor: Actor, at: datetime) -> Criterion:
    """Another weight from a day on, who agreed to it and where that is written: a version of its own, hidden until the next round is let out, so that
    nobody is ranked by weights that were not known. One that is still hidden is changed as it stands. Raises NotFound, BadInput."""
    actor.require(Role.AUTHORITY)
    kept = queries.criterion(code)
    if kept.released_at is not None:
        kept = _version_after(kept, values["valid_from"])
    kept.weight, kept.agreed_by, kept.source, kept.confirmed = values["weight"], values["agreed_by"], values["source"], True
    kept.valid_from = values["valid_from"]
    facts = {"code": kept.code, "weight": str(kept.weight), "from": kept.valid_from.isoformat()}
    audit.record("criterion", audit.known_as(kept.code), "change", by=actor, at=at, organisation_id=actor.organisation_id, facts=facts)
    db.session.commit()
    return kept


def _version_after(kept: Criterion, first: date) -> Criterion:
    """The hidden version of its kind that begins on a day, made where there is none."""
    of_kind = [one for one in queries.every_criterion() if one.kind == kept.kind]
    latest = max((one.valid_from or date.min) for one in of_kind if one.released_at is not None)
    if first <= latest:
        sentence = _("It must hold from a later day than the one that everybody sees, %(day)s.", day=written(latest))
        raise BadInput(sentence, {"valid_from": [sentence]})
    hidden = next((one for one in of_kind if one.released_at is None), None)
    if hidden is None:
        names = {name: getattr(kept, name) for name in ("name_nb", "name_nn", "name_en")}
        hidden = Criterion(code=f"{kept.kind}-{first.isoformat()}-{uuid4().hex[:8]}", kind=kept.kind, **names)
        db.session.add(hidden)
    return hidden
