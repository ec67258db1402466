"""What somebody takes part in after a round: a run of ours in which they have a seat, or a study elsewhere for which they have money and no seat."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from catalog.subjects.models import Subject
from catalog.values import Semester
from enrolment.applications.models import Application, Choice, ChoiceRun
from enrolment.participation import rules
from enrolment.rounds.models import Scheme
from enrolment.seats.lifecycle import Seat

Key = tuple[int | None, int | None]
"""What a step belongs to, as its two columns have it: an enrolment, or a choice; the other is none."""


@dataclass(frozen=True)
class Study:
    """`run` none = elsewhere: everything that is known of the study is what the choice says."""

    choice: Choice
    run: ChoiceRun | None = None

    @property
    def key(self) -> Key:
        return (self.run.enrolment_id, None) if self.run else (None, self.choice.id)

    @property
    def place(self) -> tuple[int, int]:
        """By what the rules of the ledger know it: seats before studies elsewhere, each in the order they came to be."""
        return (0, self.run.enrolment_id) if self.run else (1, self.choice.id)

    @property
    def uuid(self) -> UUID:
        """Of the seat, or of the choice: addresses and the ledger know it by this."""
        return self.run.enrolment.uuid if self.run else self.choice.uuid

    @property
    def case(self) -> Application:
        return self.choice.application

    @property
    def title(self) -> str:
        module = self.run and self.run.offering.module
        return (module.title or module.code if module else self.choice.title) or ""

    @property
    def subject(self) -> Subject | None:
        return self.run.offering.module.subject if self.run else self.choice.subject

    @property
    def subject_code(self) -> str:
        return self.subject.code if self.subject else ""

    @property
    def credits(self) -> Decimal | None:
        return self.run.offering.module.credits if self.run else self.choice.credits

    @property
    def first(self) -> Semester | None:
        return self.run.offering.semester if self.run else self.choice.semester

    @property
    def semesters(self) -> list[Semester]:
        """Those it takes; none where nobody has stated its first."""
        return rules.semesters_of(self.first, self.run.offering.semesters if self.run else self.choice.semesters or 1)

    @property
    def begins_on(self) -> date:
        """The day whose rates hold for it."""
        return rules.study_begins(self.run.offering.starts_on if self.run else None, self.first, self.case.cycle.rates_on)

    @property
    def scheme(self) -> Scheme | None:
        """The one that the owner approved, else the one that was asked for."""
        return self.case.scheme or self.choice.scheme

    @property
    def going(self) -> bool:
        """Whether the seat is held. Of a study elsewhere nobody tells Seksti that it is over, only the teacher that they have interrupted it."""
        return self.run is None or self.run.enrolment.state is Seat.PLACED

    @property
    def completed(self) -> bool:
        return self.run is not None and self.run.enrolment.state is Seat.COMPLETED

    @property
    def made_up(self) -> bool:
        return self.run.enrolment.made_up if self.run else self.case.made_up
