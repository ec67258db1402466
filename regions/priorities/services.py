"""Writing, approving and releasing the priorities: one function, one use case, one commit."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from accounts.acting import Actor
from accounts.models import Role
from catalog.subjects import queries as subject_queries
from catalog.subjects.models import GroupRule, PriorityGroup, SubjectPriority
from catalog.values import VolumeRule
from config.clock import day_of
from config.database import db
from config.errors import BadInput
from config.languages import _
from enrolment.rounds import queries as rounds
from enrolment.rounds.models import SeatSource
from regions.priorities import queries, rules
from regions.priorities.models import Commission, PriorityVersion, VersionGroup, VersionSubject
from regions.priorities.rules import Held
from regions.versions import queries as kinds
from regions.versions import services as versions
from regions.versions.lifecycle import Version
from regions.versions.services import draft, remember


def begin(values: Mapping[str, Any], *, actor: Actor, at: datetime) -> PriorityVersion:
    """A draft that says what holds now, to be changed. Raises BadInput."""
    actor.require(Role.AUTHORITY)
    _check_dates(values, at)
    made = PriorityVersion(uuid=uuid4(), number=kinds.last_number(PriorityVersion) + 1, state=Version.DRAFT, made_at=at, **values)
    made.groups = [VersionGroup(group_id=one.id, volume_rule=one.rule_on(day_of(at))) for one in queries.groups()]
    made.subjects = [VersionSubject(subject_id=one.subject_id, group_id=one.group_id) for one in _once(queries.priorities(day_of(at)))]
    db.session.add(made)
    remember(made, "begin", actor, at)
    db.session.commit()
    return made


def _once(priorities: list[SubjectPriority]) -> list[SubjectPriority]:
    """One for each subject, the latest."""
    return list({one.subject_id: one for one in priorities}.values())


def _check_dates(values: Mapping[str, Any], at: datetime) -> None:
    wrong = {}
    if values["release_on"] <= day_of(at):
        wrong["release_on"] = [_("The date must lie ahead.")]
    elif values["holds_from"] < values["release_on"]:
        wrong["holds_from"] = [_("The priorities cannot hold before they are released.")]
    if wrong:
        raise BadInput(_("The version cannot be like this."), wrong)


def change(number: int, values: Mapping[str, Any], *, actor: Actor, at: datetime) -> PriorityVersion:
    """Its name, dates, parties and note. Raises NotFound, VersionStands, BadInput."""
    found = draft(PriorityVersion, number, actor)
    _check_dates(values, at)
    for name, value in values.items():
        setattr(found, name, value)
    remember(found, "change", actor, at)
    db.session.commit()
    return found


def set_groups(number: int, rows: Mapping[int, tuple[VolumeRule, int | None]], subjects: Mapping[int, int], *, actor: Actor, at: datetime) -> PriorityVersion:
    """The volume rule and target of each group (by key), and the group of each subject that is a priority (by keys). Raises NotFound, VersionStands."""
    found = draft(PriorityVersion, number, actor)
    for group in found.groups:
        if group.group_id in rows:
            group.volume_rule, group.seats = rows[group.group_id]
    before = {row.subject_id: row for row in found.subjects}
    for subject, group in subjects.items():
        row = before.pop(subject, None)
        if row is None:
            found.subjects.append(VersionSubject(subject_id=subject, group_id=group))
        else:
            row.group_id = group
    for row in before.values():
        found.subjects.remove(row)
    remember(found, "set groups", actor, at)
    db.session.commit()
    return found


def add_group(number: int, values: Mapping[str, Any], *, actor: Actor, at: datetime) -> VersionGroup:
    """A group that no strategy before has had; it comes to hold with the version, once subjects stand in it. Raises NotFound, VersionStands, BadInput."""
    found, known = draft(PriorityVersion, number, actor), queries.groups()
    if any(one.name_nb.casefold() == values["name_nb"].casefold() for one in known):
        raise BadInput(_("The group cannot be added like this."), {"name_nb": [_("There is a group of this name already.")]})
    names = {name: values[name] for name in ("name_nb", "name_nn", "name_en")}
    dated = {"valid_from": found.holds_from, "source": found.name, "confirmed": not found.made_up}
    group = PriorityGroup(number=max((one.number for one in known), default=0) + 1, volume_rule=values["rule"], quotation=values["quotation"] or "", **names, **dated)
    made = VersionGroup(group=group, volume_rule=values["rule"], seats=values["seats"])
    found.groups.append(made)
    remember(found, "add a group", actor, at)
    db.session.commit()
    return made


def commission(number: int, values: Mapping[str, Any], *, actor: Actor, at: datetime) -> Commission:
    """Asks a region for seats; the same again changes how many. Raises NotFound, VersionStands, BadInput."""
    found = draft(PriorityVersion, number, actor)
    region = next((one for one in queries.regions() if one.code == values["region"]), None)
    subject = next((one for one in subject_queries.in_order() if one.code == values["subject"]), None)
    source = next((one for one in sources(day_of(at)) if one.code == values["source"]), None)
    wrong = {name: [_("Choose from the list.")] for name, thing in (("region", region), ("subject", subject), ("source", source)) if thing is None}
    if wrong:
        raise BadInput(_("The commission cannot be like this."), wrong)
    key = {"region_id": region.organisation_id, "subject_id": subject.id, "band": values["level"], "study_year": values["year"], "source": values["source"]}
    made = next((one for one in found.commissions if all(getattr(one, name) == value for name, value in key.items())), None)
    if made is None:
        made = Commission(uuid=uuid4(), **key)
        found.commissions.append(made)
    made.seats = values["seats"]
    remember(found, "commission", actor, at)
    db.session.commit()
    return made


def sources(on: date) -> list[SeatSource]:
    """Where seats may come from that are asked of a region: what holds and has been let out on a day, in order."""
    return [one for one in rounds.seat_sources() if one.is_offered(on)]


def drop_commission(number: int, uuid: UUID, *, actor: Actor, at: datetime) -> None:
    """Raises NotFound, VersionStands."""
    found = draft(PriorityVersion, number, actor)
    found.commissions.remove(queries.commission(found, uuid))
    remember(found, "drop a commission", actor, at)
    db.session.commit()


def approve(number: int, *, actor: Actor, at: datetime) -> PriorityVersion:
    """It is released on its day. Raises NotFound, StepRefused, BadInput without parties or with a day that has passed."""
    actor.require(Role.AUTHORITY)
    found = kinds.locked(PriorityVersion, number)
    if not found.parties:
        raise BadInput(_("The version cannot be approved like this."), {"parties": [_("Say which parties have agreed first.")]})
    if found.release_on <= day_of(at):
        raise BadInput(_("The version cannot be approved like this."), {"release_on": [_("The day of release has passed. Choose another.")]})
    found.take("approve")
    remember(found, "approve", actor, at)
    db.session.commit()
    return found


def take_back(number: int, *, actor: Actor, at: datetime) -> PriorityVersion:
    """Before it is released. Raises NotFound, StepRefused."""
    return versions.take_back(PriorityVersion, number, actor=actor, at=at)


def release_due(at: datetime) -> int:
    """Releases what is approved and whose day has come; from its first day on it is what coverage and volume go by. A task of the tick."""
    return versions.release_due(PriorityVersion, at, _let_hold)


def _let_hold(version: PriorityVersion) -> None:
    rows = {row.id: row for row in queries.priorities_from(version.holds_from)}
    held = [Held(row.id, row.subject_id, row.group_id, row.valid_from, row.valid_to) for row in rows.values()]
    changes = rules.taking_over(held, {row.subject_id: row.group_id for row in version.subjects}, version.holds_from)
    for key, last in changes.ends.items():
        rows[key].valid_to = last
    for key in changes.dropped:
        db.session.delete(rows[key])
    db.session.flush()
    known = {"valid_from": version.holds_from, "source": version.name, "confirmed": not version.made_up}
    db.session.add_all(SubjectPriority(subject_id=subject, group_id=group, **known) for subject, group in changes.begins.items())
    for row in version.groups:
        _let_rule_hold(row, version)


def _let_rule_hold(row: VersionGroup, version: PriorityVersion) -> None:
    """From the version's first day on; before it the group goes by what held."""
    day, rules_of = version.holds_from, row.group.rules
    for one in [one for one in rules_of if one.valid_from is not None and one.valid_from >= day]:
        rules_of.remove(one)
        db.session.delete(one)
    db.session.flush()
    if row.group.rule_on(day) is row.volume_rule:
        return
    for one in rules_of:
        if one.holds(day):
            one.valid_to = day - timedelta(days=1)
    known = {"valid_from": day, "source": version.name, "confirmed": not version.made_up}
    rules_of.append(GroupRule(volume_rule=row.volume_rule, **known))
