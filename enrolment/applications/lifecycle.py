"""The three lives of one case: the application itself, what the employer says, and what the money says; and that of a place among colleagues who apply together.

The seat's track has no life of its own: it is told by the enrolments that a choice has led to.
"""

from enum import StrEnum

from config.lifecycle import Lifecycle


class Case(StrEnum):
    DRAFT = "draft"
    SENT = "sent"
    WITHDRAWN = "withdrawn"


CASE_LIFE = Lifecycle(
    {
        (Case.DRAFT, "send"): Case.SENT,
        (Case.SENT, "change"): Case.SENT,
        (Case.SENT, "withdraw"): Case.WITHDRAWN,
        (Case.WITHDRAWN, "send"): Case.SENT,
    }
)


class Employer(StrEnum):
    """Where the case stands with the employer."""

    NOT_SENT = "not-sent"
    WITH_HEAD = "with-head"
    WITH_OWNER = "with-owner"
    APPROVED = "approved"
    REFUSED = "refused"
    UNANSWERED = "not-approved-no-answer"


EMPLOYER_LIFE = Lifecycle(
    {
        (Employer.NOT_SENT, "send"): Employer.WITH_HEAD,
        (Employer.WITH_HEAD, "send"): Employer.WITH_HEAD,
        (Employer.WITH_OWNER, "send"): Employer.WITH_HEAD,
        (Employer.WITH_HEAD, "withdraw"): Employer.NOT_SENT,
        (Employer.WITH_OWNER, "withdraw"): Employer.NOT_SENT,
        (Employer.APPROVED, "withdraw"): Employer.NOT_SENT,
        (Employer.WITH_HEAD, "recommend"): Employer.WITH_OWNER,
        (Employer.WITH_HEAD, "advise against"): Employer.WITH_OWNER,
        (Employer.WITH_HEAD, "pass on"): Employer.WITH_OWNER,
        (Employer.WITH_HEAD, "approve"): Employer.APPROVED,
        (Employer.WITH_OWNER, "approve"): Employer.APPROVED,
        (Employer.WITH_HEAD, "refuse"): Employer.REFUSED,
        (Employer.WITH_OWNER, "refuse"): Employer.REFUSED,
        (Employer.APPROVED, "reconsider"): Employer.WITH_OWNER,
        (Employer.REFUSED, "reconsider"): Employer.WITH_OWNER,
        (Employer.WITH_HEAD, "let run out"): Employer.UNANSWERED,
        (Employer.WITH_OWNER, "let run out"): Employer.UNANSWERED,
    }
)


class Money(StrEnum):
    """Where the case stands with the money."""

    OPEN = "open"  # nothing said yet
    NOT_ELIGIBLE = "not-eligible"
    ELIGIBLE = "eligible"
    FUNDED = "funded"
    UNFUNDED = "unfunded"


MONEY_LIFE = Lifecycle(
    {
        (Money.OPEN, "find eligible"): Money.ELIGIBLE,
        (Money.OPEN, "find not eligible"): Money.NOT_ELIGIBLE,
        (Money.ELIGIBLE, "find not eligible"): Money.NOT_ELIGIBLE,
        (Money.NOT_ELIGIBLE, "find eligible"): Money.ELIGIBLE,
        (Money.ELIGIBLE, "fund"): Money.FUNDED,
        (Money.ELIGIBLE, "leave unfunded"): Money.UNFUNDED,
        (Money.UNFUNDED, "fund"): Money.FUNDED,
        (Money.ELIGIBLE, "ask anew"): Money.OPEN,
        (Money.NOT_ELIGIBLE, "ask anew"): Money.OPEN,
    }
)


class Fellow(StrEnum):
    """Where a colleague stands who is asked to apply together with others."""

    INVITED = "invited"
    JOINED = "joined"
    DECLINED = "declined"
    LEFT = "left"


FELLOW_LIFE = Lifecycle(
    {
        (Fellow.INVITED, "join"): Fellow.JOINED,
        (Fellow.INVITED, "decline"): Fellow.DECLINED,
        (Fellow.JOINED, "leave"): Fellow.LEFT,
        (Fellow.DECLINED, "invite"): Fellow.INVITED,
        (Fellow.LEFT, "invite"): Fellow.INVITED,
    }
)
