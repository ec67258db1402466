"""What may be done with a list today, and by whom. Each raises where it may not."""

from datetime import datetime

from catalog.values import Strand
from config.clock import day_of
from config.errors import Refusal, StaleEdit
from config.languages import _, date, ngettext
from enrolment.applications.models import Application
from enrolment.board.gathering import Board
from enrolment.board.models import OwnerList
from enrolment.rounds.models import Cycle
from enrolment.rounds.values import GATES, Gate


class ListLocked(Refusal):
    code = "list-locked"


class NotNow(Refusal):
    """The day for it is over, or has not come."""

    code = "not-open"


def require_day(cycle: Cycle, strand: Strand, gate: Gate, at: datetime, scheme: str | None = None) -> None:
    """Raises NotNow outside the dates of the round."""
    dates, on = cycle.dates_of(strand), day_of(at)
    if not dates.is_open(gate, on, scheme):
        raise NotNow(_sentence(dates.on(GATES[gate][0]), dates.on(GATES[gate][2], scheme), dates.is_past(GATES[gate][2], on, scheme)))


def require_deciding(cycle: Cycle, known: OwnerList, at: datetime, scheme: str | None = None) -> None:
    """Whether the owner may decide and rank: until its own last day, and on a list that was opened again until the authority's."""
    if not (known.reopened and cycle.dates_of(known.strand).is_open(Gate.UNLOCK, day_of(at))):
        require_day(cycle, known.strand, Gate.DECIDE, at, scheme)


def _sentence(first, last, is_past: bool) -> str:
    if first is None or last is None:
        return _("The round has no dates for this.")
    return _("The last day for this was %(day)s.", day=date(last)) if is_past else _("This cannot be done yet: it opens after or on %(day)s.", day=date(first))


def require_unlocked(known: OwnerList) -> None:
    if known.lock is not None:
        raise ListLocked(_("The list is locked, and nothing on it can be changed. Two people can open it again before the authority's last day."))


def require_fresh(case: Application, version: int) -> None:
    """Raises StaleEdit where somebody has changed the case since the page was opened."""
    if case.version != version:
        raise StaleEdit(_("Somebody has changed this application since you opened the page. It is shown as it stands now; what you had written is kept below."))


def require_same_list(known: OwnerList, version: int) -> None:
    if known.version != version:
        raise StaleEdit(_("Somebody has changed the order since you opened the page. It is shown as it stands now; what you had typed is kept in the boxes."))


def what_is_missing(board: Board) -> list[str]:
    """What must be done before the list can be locked, in sentences."""
    found = []
    if board.undecided:
        found.append(ngettext("%(num)d application is not decided.", "%(num)d applications are not decided.", len(board.undecided)))
    if board.unranked:
        found.append(ngettext("%(num)d approved application has no number.", "%(num)d approved applications have no number.", len(board.unranked)))
    if board.unexplained:
        found.append(ngettext("%(num)d deviation from the criteria lacks its reason.", "%(num)d deviations from the criteria lack their reasons.", len(board.unexplained)))
    return found
