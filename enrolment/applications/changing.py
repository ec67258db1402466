"""What follows when something of a case is changed: who is asked anew, and what is judged anew. In the caller's transaction."""

from datetime import datetime
from uuid import UUID

from accounts.acting import Actor
from config.languages import _, date
from enrolment.applications import facts, queries, timeline, words
from enrolment.applications.errors import DecidedAlready, NotComplete, RoundClosed
from enrolment.applications.lifecycle import EMPLOYER_LIFE, MONEY_LIFE, Case, Employer, Money
from enrolment.applications.models import Application
from enrolment.applications.values import Track
from enrolment.progress.queries import teacher_of
from enrolment.rounds.values import Step


def opened(case: UUID, actor: Actor, at: datetime) -> Application:
    """The case to change, under its lock. Raises NotFound, RoundClosed from the second that the printed date has passed, DecidedAlready."""
    found = queries.locked_case(actor, case)
    if not facts.is_open(found, at):
        last = facts.dates(found).on(Step.APPLY)
        raise RoundClosed(_("Applications could be changed until %(day)s at 23:59. Nothing has been changed.", day=date(last)))
    if found.employer in (Employer.REFUSED, Employer.UNANSWERED):
        raise DecidedAlready(_("Your employer has decided already, so this application can no longer be changed."))
    return found


def changed(case: Application, what: str, actor: Actor, at: datetime) -> None:
    """Of a case that is sent: it must stay complete, everybody who reads it is told, and the employer is asked anew. A draft is only kept."""
    if case.state is not Case.SENT:
        return
    require_complete(case)
    timeline.take(case, Track.CASE, "change", by=actor, at=at, what=what)
    ask_employer(case, actor, at)
    judge(case, actor, at)


def require_complete(case: Application) -> None:
    missing = facts.gaps(case, teacher_of(case.person_id))
    if missing:
        raise NotComplete(_("The application lacks something: %(what)s", what=" ".join(words.gap(one) for one in missing)))


def ask_employer(case: Application, actor: Actor, at: datetime) -> None:
    """The head is asked, and what was said and ranked of the case as it was before falls."""
    if not EMPLOYER_LIFE.allows(case.employer, "send"):
        timeline.take(case, Track.EMPLOYER, "withdraw", by=actor, at=at)
    timeline.take(case, Track.EMPLOYER, "send", by=actor, at=at)
    forget_answers(case)


def forget_answers(case: Application) -> None:
    case.recommended = case.head_words = case.rank = case.rank_reason = case.scheme = case.decided_at = None


def judge(case: Application, actor: Actor, at: datetime) -> None:
    """The funding check is made anew, and leaves a line where its outcome is another than before."""
    verdict = facts.verdict(case)
    before, case.funding_reason = case.funding_reason, str(verdict.reason)
    wanted = {True: Money.ELIGIBLE, False: Money.NOT_ELIGIBLE, None: Money.OPEN}[verdict.eligible]
    event = {Money.ELIGIBLE: "find eligible", Money.NOT_ELIGIBLE: "find not eligible", Money.OPEN: "ask anew"}[wanted]
    if case.money is not wanted and MONEY_LIFE.allows(case.money, event):
        timeline.take(case, Track.MONEY, event, by=None, at=at, reason=str(verdict.reason))
    elif before != case.funding_reason:
        timeline.note(case, Track.MONEY, "check", by=None, at=at, reason=str(verdict.reason))
