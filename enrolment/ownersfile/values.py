"""One row of an owner's file, as it was understood."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Row:
    """Education of a teacher, by their key here; `unit` and `stated` as on a claim."""

    line: int
    person_id: int
    teacher: str
    title: str
    institution: str
    subject: str
    credits: Decimal
    unit: str | None = None
    stated: str | None = None
    finished_on: date | None = None

    @property
    def known_by(self) -> tuple:
        """What two rows of the same education have in common."""
        return self.person_id, self.title.casefold(), self.institution.casefold(), self.subject

    def as_kept(self) -> dict:
        return asdict(self) | {"credits": str(self.credits), "finished_on": self.finished_on.isoformat() if self.finished_on else None}

    @classmethod
    def from_kept(cls, kept: dict) -> "Row":
        day = kept["finished_on"]
        return cls(**(kept | {"credits": Decimal(kept["credits"]), "finished_on": date.fromisoformat(day) if day else None}))
