"""What a completed study has given: its credits, and how many of them count towards the goal in their subject."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from catalog.offers.sentences import inside
from config.languages import _, number
from enrolment.progress import account
from enrolment.progress.queries import subjects
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment


def told(enrolments: Iterable[Enrolment], on: date) -> dict[int, str]:
    """By enrolment, «It gave 15 credits, and 15 of them count towards the 60 in mathematics.», of those of one person that are completed and passed. Where none is, nothing is read."""
    done = {one.id: one for one in enrolments if one.state is Seat.COMPLETED and one.result and one.result.mark.passed}
    if not done:
        return {}
    mine, names = account.of(next(iter(done.values())).person_id, on), {one.code: one.name for one in subjects()}
    counted = {row.credit.key: row.counted - row.unused for code in {one.subject for one in mine.credits if one.subject} for row in mine.progress(code).counted}
    found = ((row.enrolment.id, row.credit) for row in mine.earned if row.enrolment and row.enrolment.id in done and row.recognition is None)
    return {key: _sentence(credit.credits, counted[credit.key], mine.progress(credit.subject).goal, names[credit.subject]) for key, credit in found if credit.key in counted}


def _sentence(credits: Decimal, counts: Decimal, goal: Decimal, subject: str) -> str:
    known = {"credits": number(credits), "counts": number(counts), "goal": number(goal), "subject": inside(subject)}
    return _("It gave %(credits)s credits, and %(counts)s of them count towards the %(goal)s in %(subject)s.", **known)
