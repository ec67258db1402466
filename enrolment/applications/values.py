"""Who takes part in a case, and on which of its tracks something happens."""

from enum import StrEnum

MOST_CHOICES = 5
MOST_RUNS = 4  # of a package: offerings of one course within a study year


class Track(StrEnum):
    CASE = "case"
    EMPLOYER = "employer"
    MONEY = "money"
    SEAT = "seat"


class Party(StrEnum):
    """Who may read a line of the timeline."""

    TEACHER = "teacher"
    HEAD = "head"
    OWNER = "owner"
    UNION = "union"
    INSTITUTION = "institution"
    AUTHORITY = "authority"


EVERY_PARTY = tuple(Party)
