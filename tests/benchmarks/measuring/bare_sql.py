"""The reference of an enrolment: what it writes, as a person would write it in SQL for PostgreSQL, by psycopg alone."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import psycopg
from psycopg.types.json import Json

from tests.benchmarks.measuring.teachers import Known

TAKE = """UPDATE offerings SET seats_taken = seats_taken + CASE WHEN seats_taken < seats AND waiting = 0 THEN 1 ELSE 0 END,
    waiting = waiting + CASE WHEN seats_taken < seats AND waiting = 0 THEN 0 ELSE 1 END, next_ticket = next_ticket + 1
    WHERE id = %(offering)s AND state = 'published'
    RETURNING next_ticket - 1 AS ticket, CASE WHEN waiting = 0 THEN 'placed' ELSE 'waiting' END AS state, module_id"""
ENROL = """INSERT INTO enrolments (uuid, person_id, offering_id, module_id, state, ticket, entered_at, made_up)
    {values} RETURNING id"""
STEP = "INSERT INTO enrolment_steps (enrolment_id, at, event, to_state, by_person_id) {values}"
EVENT = "INSERT INTO events (at, person_uuid, kind, subject_uuid, event, to_state, facts) {values}"

FOUR = (
    TAKE,
    ENROL.format(values="VALUES (%(uuid)s, %(person)s, %(offering)s, %(module)s, %(state)s, %(ticket)s, %(at)s, false)"),
    STEP.format(values="VALUES (%(enrolment)s, %(at)s, 'enrol', %(state)s, %(person)s)"),
    EVENT.format(values="VALUES (%(at)s, %(person_uuid)s, 'enrolment', %(uuid)s, 'enrol', %(state)s, %(facts)s)"),
)
OF_TAKEN = "SELECT %(uuid)s, %(person)s, %(offering)s, module_id, state, ticket, %(at)s, false FROM taken"
OF_BOTH = "SELECT enrolled.id, %(at)s, 'enrol', state, %(person)s FROM enrolled, taken"
TOLD = "SELECT %(at)s, %(person_uuid)s, 'enrolment', %(uuid)s, 'enrol', state, json_build_object('ticket', ticket) FROM taken"
ONE = f"""WITH taken AS ({TAKE}), enrolled AS ({ENROL.format(values=OF_TAKEN)}), stepped AS ({STEP.format(values=OF_BOTH)})
    {EVENT.format(values=TOLD)}"""


def four_statements(url: str, offering: int, at: datetime) -> Callable[[], Callable[[Known], None]]:
    """A transaction of four statements, as the product does it."""

    def connect() -> Callable[[Known], None]:
        connection = psycopg.connect(url)

        def enrol(one: Known) -> None:
            known = _known(one, offering, at)
            with connection.transaction():
                known["ticket"], known["state"], known["module"] = connection.execute(FOUR[0], known).fetchone()
                known["enrolment"] = connection.execute(FOUR[1], known).fetchone()[0]
                connection.execute(FOUR[2], known)
                connection.execute(FOUR[3], known | {"facts": Json({"ticket": known["ticket"]})})

        return enrol

    return connect


def one_statement(url: str, offering: int, at: datetime) -> Callable[[], Callable[[Known], None]]:
    """The same in one statement that commits itself: one round trip. SQLite has no such statement."""

    def connect() -> Callable[[Known], None]:
        connection = psycopg.connect(url, autocommit=True)
        return lambda one: connection.execute(ONE, _known(one, offering, at)) and None

    return connect


def _known(one: Known, offering: int, at: datetime) -> dict:
    return {"offering": offering, "person": one.actor.person_id, "person_uuid": one.actor.person_uuid, "uuid": uuid4(), "at": at}
