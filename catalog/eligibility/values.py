"""What a module asks of those who want in, what somebody says of themselves, and what comes of it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from catalog.values import Band


class Education(StrEnum):
    TEACHER = "teacher"  # approved teacher education
    OTHER = "other"  # other higher education
    NONE = "none"


class Work(StrEnum):
    """Where somebody works, as far as it decides who may apply in the yearly round."""

    SCHOOL = "school"
    PRIVATE = "private-school"
    ADULTS = "adult-education"
    CULTURE = "culture-school"
    ELSEWHERE = "elsewhere"
    NOWHERE = "nowhere"


class Kind(StrEnum):
    """What a need is about, in the order it is told."""

    EDUCATION = "education"
    MODULE = "module"
    CREDITS = "credits"
    TEACHING = "teaching"
    WORK = "work"


class Verdict(StrEnum):
    MET = "met"
    LACKING = "lacking"
    ON_THE_WAY = "on-the-way"  # another module of the course gives it
    UNANSWERED = "unanswered"
    ASK = "ask"  # said in words that only the institution can weigh


class Whole(StrEnum):
    """What all the needs come to."""

    YES = "yes"
    ASK = "ask"
    NOT_YET = "not-yet"
    UNANSWERED = "unanswered"


@dataclass(frozen=True)
class Need:
    """One thing that is asked for. `of`: the UUID of a module or the code of a subject; `said`: its title, its name, or the institution's own words.

    `source` says where it stands.
    """

    kind: Kind
    required: bool = True
    of: str = ""
    said: str = ""
    credits: Decimal | None = None
    source: str = ""


@dataclass(frozen=True)
class Answers:
    """What somebody says; what they passed over is not here. `sent`: whether they answered at all, so that what is not ticked is not done."""

    education: Education | None = None
    work: Work | None = None
    level: Band | None = None
    teaches: bool | None = None
    credits: Mapping[str, Decimal] = field(default_factory=dict)  # by the code of the subject
    done: frozenset[str] = frozenset()  # UUIDs of modules
    sent: bool = False


@dataclass(frozen=True)
class Line:
    """A need, what is had of it, and what is missing."""

    need: Need
    verdict: Verdict
    has: Decimal | None = None
    missing: Decimal | None = None
