"""What the clock reminds of."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from accounts import audit
from config.clock import day_of
from config.database import db
from enrolment.rounds.models import CycleDate, Reminded, ReminderRule
from enrolment.rounds.reminding import queries
from enrolment.rounds.reminding.values import ADDRESSES, DUTIES, Duty


def remind(at: datetime) -> int:
    """Reminds each once for each rule. The narrowest rule goes first, and settles the wider ones too, so that nobody is reminded twice in one round
    of the clock. One transaction a day of a round; another node that was faster has done it. Returns how many were reminded."""
    on, told = day_of(at), 0
    rules = queries.rules(on)
    for rule in rules:
        narrower = [one for one in rules if one.step is rule.step and one.days_before < rule.days_before]
        for day in queries.days(rule.step, at, on, on + timedelta(days=rule.days_before)) if rule.step in DUTIES else ():
            told += sum(_remind(day, rule, duty, narrower, at) for duty in DUTIES[rule.step])
    return told


def _remind(day: CycleDate, rule: ReminderRule, duty: Duty, others: Sequence[ReminderRule], at: datetime) -> int:
    """`others`: the narrower rules, by which some may have been reminded already."""
    waiting = queries.to_remind(day, rule, duty)
    if not waiting:
        return 0
    narrower = queries.reminded(day, others)
    try:
        for person in waiting:
            db.session.add(Reminded(cycle_date_id=day.id, rule_id=rule.id, person_id=person, day=day.day))
            if person not in narrower:
                audit.tell(
                    person, "round-day-near", at=at, address=ADDRESSES[duty], duty=str(duty), step=str(day.step), round=day.cycle.code,
                    day=day.day.isoformat(), strand=str(day.strand),
                )  # fmt: skip
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        return 0
    return len(set(waiting) - narrower)
