"""Who takes part in a case, on which of its tracks something happens, what a teacher fills in, and why money is given or not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from catalog.values import Semester, Strand
from enrolment.rounds.values import SchemeKind

MOST_CHOICES = 5
MOST_FELLOWS = 12  # who apply together
MOST_PEOPLE = 200  # of a school that takes part in in-service training as a whole
MOST_SEMESTERS = 4  # of a study elsewhere
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


class Together(StrEnum):
    """How colleagues who apply together want their seats."""

    WHOLE = "all-or-nothing"
    MANY = "as-many-as-possible"


class Task(StrEnum):
    """One part of an application, saved by itself, in the order of the pages."""

    SCHOOL = "school"
    TEACHING = "teaching"
    CHOICES = "choices"
    PEOPLE = "people"  # of in-service training alone
    FUNDING = "funding"
    HEAD = "head"


class Question(StrEnum):
    """What the funding check asks, where nobody knows it yet."""

    EMPLOYED = "employed"  # as a teacher at the school in the study year
    APPROVED = "approved"  # whether a private school is approved under friskoleloven
    SUPPORTED = "supported"  # whether another study of the same year has state money already


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


REVIEWED = "reviewed"  # among the answers: what the authority has said where somebody did not know; other answers than it was said of put it aside


class Reason(StrEnum):
    """Why the funding check ends as it does; the code that is kept with the case."""

    ELIGIBLE = "eligible"
    PRINCIPAL = "principal-education"
    NO_SCHOOL = "no-school"
    UNANSWERED = "unanswered"
    TO_REVIEW = "subject-to-review"
    REVIEWED_FOR = "reviewed-may-be-paid"
    REVIEWED_AGAINST = "reviewed-not-paid"
    NOT_EMPLOYED = "not-employed"
    SCHOOL_NOT_COVERED = "school-not-covered"
    SUPPORTED = "supported-already"
    NO_STATE_SCHEME = "no-state-scheme"
    IN_SERVICE = "in-service"


@dataclass(frozen=True)
class FundingFacts:
    """What the funding check is decided from. `kinds`: how the choices that stand are to be paid."""

    strand: Strand
    has_employer: bool
    private: bool
    answers: Mapping[str, str] = field(default_factory=dict)
    kinds: frozenset[SchemeKind] = frozenset()


@dataclass(frozen=True)
class Verdict:
    """`eligible`: none = not decided, since something is not known or somebody must look at it."""

    eligible: bool | None
    reason: Reason


@dataclass(frozen=True)
class PackageRun:
    """A run as a package sees it. `course`: none where its module belongs to none."""

    module: int
    course: int | None
    strand: Strand
    semester: Semester | None


class PackageFault(StrEnum):
    EMPTY = "empty"
    TOO_MANY = "too-many"
    OTHER_STRAND = "other-strand"
    SEVERAL_COURSES = "several-courses"
    OUTSIDE_YEAR = "outside-year"
    MODULE_TWICE = "module-twice"
