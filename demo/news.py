"""A run that was moved by a week after people had entered it, and what became of the letters that messages were to be sent by."""

from datetime import date, timedelta

from sqlalchemy import select

from accounts import audit
from accounts.acting import Actor
from accounts.mail.lifecycle import Post
from accounts.mail.models import Letter
from accounts.mail.topics import topic_of
from accounts.models import Message, Person
from catalog.offers.models import Offering
from config.clock import day_of, start_of
from config.database import db
from demo import scenes
from demo.dice import Seed
from demo.runs import Runs
from enrolment.changes import queries
from enrolment.changes.models import RunChange
from enrolment.changes.receivers import facts_of
from enrolment.seats.models import Enrolment


def change(seed: Seed, runs: Runs, editor: Actor, today: date) -> None:
    """The run was to begin a week earlier. Whoever is in it may leave for it without consequence."""
    run = runs.rows[*scenes.CHANGED, 0][1]
    at = start_of(today) - timedelta(hours=5)  # yesterday, when everybody had enrolled
    until = queries.free_until(day_of(at))
    moved = {"starts_on": [(run.starts_on - timedelta(days=7)).isoformat(), run.starts_on.isoformat()]}
    changed = RunChange(uuid=seed.uuid("change", run.uuid), offering_id=run.id, at=at, kind="offering", changes=moved, free_until=until)
    db.session.add(changed)
    facts = {"section": "dates", "changes": moved}
    audit.record("offering", run.uuid, "edit", by=editor, at=at, organisation_id=editor.organisation_id, facts=facts)
    db.session.add_all(_told(seed, enrolment, run, changed) for enrolment in _of_leads(run))
    db.session.flush()


def _of_leads(run: Offering) -> list[Enrolment]:
    """Of those one can sign in as; the crowd reads no messages."""
    mine = select(Enrolment).join(Enrolment.person).where(Enrolment.offering_id == run.id, Person.story.is_not(None))
    return list(db.session.scalars(mine.order_by(Enrolment.ticket)))


def _told(seed: Seed, enrolment: Enrolment, run: Offering, changed: RunChange) -> Message:
    address = f"/me/enrolments/{enrolment.uuid}"
    return Message(uuid=seed.uuid("changed", enrolment.uuid), person_id=enrolment.person_id, at=changed.at, kind="offering-changed", facts=facts_of(changed, run), address=address)


def write_letters(seed: Seed) -> None:
    """One letter for each message, as the outbox has sorted them: nobody made up has an address, so all are kept in the app."""
    messages = select(Message).join(Person, Person.id == Message.person_id).where(Person.made_up)
    for message in sorted(db.session.scalars(messages), key=lambda message: (message.at, str(message.uuid))):
        how = topic_of(message.kind).usual
        letter = Letter(uuid=seed.uuid("letter", message.uuid), message_id=message.id, person_id=message.person_id, state=Post.KEPT, how=how, why="no-address")
        db.session.add(letter)
    db.session.flush()
