"""Values of the field that cannot be wrong: credits in halves, semesters that compare, sets of grades."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import IntEnum, StrEnum

HALF = Decimal("0.5")
MOST_CREDITS = Decimal(300)  # five years of study; a longer offer is a slip of the pen


def credits(number: str | int | Decimal) -> Decimal:
    """An exact number of credits (ECTS, studiepoeng), in halves. Raises ValueError for 7.3, -5 or 301."""
    try:
        value = exact(str(number).strip().replace(",", "."))
    except ValueError:
        raise ValueError(f"“{number}” is not a number of credits.") from None
    if not value.is_finite() or not 0 <= value <= MOST_CREDITS or value % HALF:
        raise ValueError(f"Credits are whole or halves between 0 and {MOST_CREDITS}; “{number}” is not.")
    return value.quantize(Decimal("0.1"))


def exact(number: str) -> Decimal:
    """A number as it is written, with a full stop. Raises ValueError for other words, and for 1_5, which Python would read as 15."""
    try:
        return Decimal(number.replace("_", "?"))
    except InvalidOperation:
        raise ValueError(f"“{number}” is not a number.") from None


class Term(IntEnum):
    """The two terms of a calendar year, in order."""

    SPRING = 0
    AUTUMN = 1


@dataclass(frozen=True, order=True)
class Semester:
    """A term of a year: compares, counts on, and is kept as the number year × 2 + term."""

    year: int
    term: Term

    @classmethod
    def from_number(cls, number: int) -> "Semester":
        return cls(number // 2, Term(number % 2))

    @classmethod
    def from_code(cls, code: str) -> "Semester":
        """Reads the address form, `2026h` or `2027v` (høst, vår). Raises ValueError."""
        if len(code) == 5 and code[:4].isdecimal() and code[4] in "hv":
            return cls(int(code[:4]), Term.AUTUMN if code[4] == "h" else Term.SPRING)
        raise ValueError(f"“{code}” is not a semester; write 2026h or 2027v.")

    @property
    def number(self) -> int:
        return self.year * 2 + self.term

    @property
    def code(self) -> str:
        return f"{self.year}{'h' if self.term is Term.AUTUMN else 'v'}"

    @property
    def study_year(self) -> int:
        """The year its study year begins: autumn 2026 and spring 2027 are both 2026."""
        return self.year if self.term is Term.AUTUMN else self.year - 1

    def plus(self, terms: int) -> "Semester":
        return Semester.from_number(self.number + terms)


class Band(StrEnum):
    """The three bands in which credit requirements stand: 1–7, 8–10, Vg1–Vg3."""

    PRIMARY = "1-7"
    LOWER = "8-10"
    UPPER = "vg"

    @property
    def grades(self) -> "Grades":
        return _GRADES_OF_BANDS[self]


ADULTS = 14  # the bit after grade 13


@dataclass(frozen=True)
class Grades:
    """A set of grades 1–13 and adults, kept as a bitmask (bit n = grade n, bit 14 = adults). Empty = not stated."""

    mask: int = 0

    @classmethod
    def of(cls, grades: Iterable[int]) -> "Grades":
        """Raises ValueError for a grade outside 1–14, where 14 stands for adults."""
        mask = 0
        for grade in grades:
            if not 1 <= grade <= ADULTS:
                raise ValueError(f"Grade {grade} is not between 1 and 13.")
            mask |= 1 << grade
        return cls(mask)

    def __iter__(self):
        return (grade for grade in range(1, ADULTS + 1) if self.mask >> grade & 1)

    def __bool__(self) -> bool:
        return self.mask != 0

    def meets(self, other: "Grades") -> bool:
        return bool(self.mask & other.mask)

    @property
    def bands(self) -> list[Band]:
        """The requirement bands this set serves: those whose grades it meets."""
        return [band for band, grades in _GRADES_OF_BANDS.items() if self.mask & grades.mask]

    def __str__(self) -> str:
        """In figures, as the field writes it: 1–7, 5–10, 8–13; adults are named by the page."""
        runs: list[list[int]] = []
        for grade in (grade for grade in self if grade != ADULTS):
            if runs and grade == runs[-1][-1] + 1:
                runs[-1].append(grade)
            else:
                runs.append([grade])
        return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)


_GRADES_OF_BANDS = {Band.PRIMARY: Grades.of(range(1, 8)), Band.LOWER: Grades.of(range(8, 11)), Band.UPPER: Grades.of(range(11, 14))}


class Strand(StrEnum):
    """The three strands of the strategy; in-service training carries no credits and never moves the meter."""

    FURTHER = "further"
    IN_SERVICE = "in-service"
    PRINCIPAL = "principal"


class Delivery(StrEnum):
    """How a run is given. Not stated is None, never a guess."""

    ONLINE = "online"
    BLENDED = "online-and-gatherings"
    GATHERINGS = "gatherings"
    CAMPUS = "campus"


class EnrolmentMode(StrEnum):
    """How one gets a seat in an offering."""

    DIRECT = "direct"  # here, first come first served
    ROUND = "round"  # through the yearly round of applications
    ELSEWHERE = "elsewhere"  # at the institution itself


class Selection(StrEnum):
    """Who goes first when there are more applicants than seats."""

    FIRST_COME = "first-come"
    RANKED = "ranked"  # by points, the bonus points among them
    DIRECT = "direct"  # everybody who meets the requirements is admitted


class Tag(StrEnum):
    """What a module contains, each supported by a sentence of the study plan (strategy, form and content of the studies)."""

    SUBJECT = "subject-content"
    DIDACTICS = "didactics"
    PRACTICE = "practice"
    ASSESSMENT = "assessment"
    ADAPTED = "adapted-education"
    ICT = "ict"
    SKILLS = "basic-skills"


class VolumeRule(StrEnum):
    """How the strategy lets the volume of a priority group move."""

    KEEP = "keep"
    FEWER = "fewer"
    DEMAND = "demand"
    LOCAL = "local-need"
    DEVELOP = "develop"
    BUILD_UP = "build-up"
