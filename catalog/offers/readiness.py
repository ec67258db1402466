"""What a course, a module and a run need before teachers may see them, and their steps into sight and out of it.

Each is a class of rules about one row and its parts; the tables themselves stand in `models.py`.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from catalog.offers.lifecycle import PUBLICATION_LIFE, RUN_LIFE, Publication, Run
from catalog.offers.rules import has_ended
from catalog.values import Delivery, EnrolmentMode, Strand
from config.errors import Refusal
from config.languages import _, _l

NORMAL_CREDITS = Decimal(15)  # strategy, form and content of the studies: «normalt være på minst 15 studiepoeng»
ANNOUNCED = ("semester", "module")  # what a run needs to be announced
NEEDS = {
    "title": _l("the title"),
    "code": _l("the code"),
    "subject": _l("the subject"),
    "grades": _l("the grades"),
    "language": _l("the language"),
    "credits": _l("the credits"),
    "summary": _l("the summary"),
    "for_whom": _l("whom it is for"),
    "short_reason": _l("the reason for fewer than 15 credits"),
    "knowledge": _l("the knowledge it gives"),
    "skills": _l("the skills it gives"),
    "competence": _l("the general competence it gives"),
    "admission": _l("the admission requirements"),
    "assessment_form": _l("the assessment"),
    "tags": _l("what it contains"),
    "prerequisites": _l("required modules that are published"),
    "semester": _l("the semester"),
    "delivery": _l("the form of teaching"),
    "part_time": _l("full-time or part-time"),
    "place": _l("the place"),
    "fee": _l("the fee"),
    "seats": _l("the seats"),
    "minimum": _l("the minimum of participants"),
    "opens_on": _l("the day enrolment opens"),
    "apply_by": _l("the last day to apply"),
    "queue_closes_on": _l("the day the waiting list closes"),
    "starts_on": _l("the first day"),
    "ends_on": _l("the last day"),
    "gatherings": _l("the gatherings"),
    "module": _l("a published module"),
}


class NotReadyToPublish(Refusal):
    code = "not-ready-to-publish"

    def __init__(self, gaps: Sequence[str]):
        named = ", ".join(str(NEEDS[gap]) for gap in gaps)
        super().__init__(_("Teachers cannot see this yet. Still missing: %(gaps)s.", gaps=named), gaps=", ".join(gaps))
        self.gaps = list(gaps)


class Readiness:
    """Knows what is still missing. `needs` names each thing that must be there, in the order of the pages, and whether it is."""

    needs: dict[str, bool]

    @property
    def gaps(self) -> list[str]:
        """What an editor must still fill in before teachers may see it."""
        return [name for name, filled in self.needs.items() if not filled]

    @property
    def gaps_in_sight(self) -> list[str]:
        """The gaps that must not open while teachers see it."""
        return self.gaps

    @property
    def readiness(self) -> tuple[int, int]:
        """How many of the needed things are there, and how many are needed: «Ready 11/14»."""
        return len(self.needs) - len(self.gaps), len(self.needs)

    @property
    def never_seen(self) -> bool:
        """A draft that teachers have not met yet."""
        return self.published_at is None and self.state in (Publication.DRAFT, Run.DRAFT)

    def revise(self, **facts: Any) -> None:
        """Writes what an editor has said about it, one attribute each."""
        for name, fact in facts.items():
            setattr(self, name, fact)

    def _refuse_gaps(self, gaps: list[str]) -> None:
        if gaps:
            raise NotReadyToPublish(gaps)


class Shown(Readiness):
    """What is published and withdrawn: a course or a module."""

    @property
    def visible(self) -> bool:
        return self.state is Publication.PUBLISHED

    def publish(self, at: datetime) -> None:
        """Lets teachers see it. Raises NotReadyToPublish with the gaps."""
        self._refuse_gaps(self.gaps)
        self.state = PUBLICATION_LIFE.after(self.state, "publish")
        self.published_at = at

    def withdraw(self) -> None:
        self.state = PUBLICATION_LIFE.after(self.state, "withdraw")

    def take_back(self) -> None:
        """Undoes a publication that was a mistake."""
        self.state, self.published_at = PUBLICATION_LIFE.after(self.state, "take back"), None


class CourseRules(Shown):
    @property
    def needs(self) -> dict[str, bool]:
        return {
            "title": bool(self.title),
            "subject": self.subject is not None,
            "grades": bool(self.grades),
            "language": bool(self.language),
            "credits": self.credits is not None or self.strand is Strand.IN_SERVICE,
            "summary": bool(self.summary),
            "for_whom": bool(self.for_whom),
        }


class ModuleRules(Shown):
    @property
    def needs(self) -> dict[str, bool]:
        return {
            "title": bool(self.title),
            "code": bool(self.code),
            "credits": self.credits is not None or self.strand is Strand.IN_SERVICE,
            "short_reason": not self.is_short or bool(self.short_reason),
            "subject": self.subject is not None,
            "grades": bool(self.grades),
            "language": bool(self.language),
            "knowledge": bool(self.knowledge),
            "skills": bool(self.skills),
            "competence": bool(self.competence),
            "admission": bool(self.admission),
            "assessment_form": bool(self.assessment_form),
            "tags": bool(self.tags),
            "prerequisites": all(
                before.required_module.visible for before in self.prerequisites if before.required and before.required_module
            ),
        }

    @property
    def is_short(self) -> bool:
        """Under the 15 credits a module normally has, so that a reason is asked for."""
        return self.credits is not None and self.credits < NORMAL_CREDITS

    @property
    def name(self) -> str:
        """What it is called where its title is not stated."""
        return self.title or self.code or self.slug

    def runs_not_ended(self, on: date) -> list:
        """The runs teachers can see that are not over."""
        return [run for run in self.offerings if run.state in (Run.PLANNED, Run.PUBLISHED) and not run.ended(on)]


class OfferingRules(Readiness):
    @property
    def needs(self) -> dict[str, bool]:
        seats_here, direct = self.mode is not EnrolmentMode.ELSEWHERE, self.mode is EnrolmentMode.DIRECT
        meets = self.delivery in (Delivery.BLENDED, Delivery.GATHERINGS)
        return {
            "semester": self.semester is not None,
            "starts_on": self.starts_on is not None,
            "ends_on": self.ends_on is not None,
            "opens_on": self.opens_on is not None or not direct,
            "apply_by": self.apply_by is not None,
            "queue_closes_on": self.queue_closes_on is not None or not direct,
            "gatherings": bool(self.gatherings) or bool(self.gathering_days) or not meets,
            "delivery": self.delivery is not None,
            "part_time": self.part_time is not None,
            "place": bool(self.place or self.municipality) or self.delivery is Delivery.ONLINE,
            "language": bool(self.language),
            "fee": self.fee_oere is not None or bool(self.fee_text),
            "seats": self.seats is not None or not seats_here,
            "minimum": self.minimum is not None or not seats_here,
            "module": self.module.visible,
        }

    @property
    def visible(self) -> bool:
        """Whether teachers can see it; a cancelled one is shown as cancelled."""
        return self.state is not Run.DRAFT and self.module.visible

    @property
    def gaps_in_sight(self) -> list[str]:
        """Of a run that is only announced, all but its semester may still be open."""
        return [gap for gap in self.gaps if gap in ANNOUNCED] if self.state is Run.PLANNED else self.gaps

    @property
    def people(self) -> int:
        """Everybody a change concerns: those with a seat and those who wait."""
        return self.seats_taken + self.waiting

    def ended(self, on: date) -> bool:
        return has_ended(semester=self.semester, semesters=self.semesters, ends_on=self.ends_on, on=on, told_over=self.told_over)

    def publish(self, at: datetime) -> None:
        """Lets teachers see it and, from the day it opens, enrol. Raises NotReadyToPublish with the gaps."""
        self._refuse_gaps(self.gaps)
        self.state = RUN_LIFE.after(self.state, "publish")
        self.published_at = at

    def plan(self, at: datetime) -> None:
        """Announces it for a later semester, so that teachers can plan with it. Needs its semester and a published module."""
        self._refuse_gaps([gap for gap in self.gaps if gap in ANNOUNCED])
        self.state = RUN_LIFE.after(self.state, "plan")
        self.published_at = at

    def take_back(self) -> None:
        """Undoes a publication that was a mistake, before anybody has enrolled."""
        self.state, self.published_at = RUN_LIFE.after(self.state, "take back"), None

    def cancel(self, reason: str) -> None:
        """This run will not be held; its module lives on."""
        self.state = RUN_LIFE.after(self.state, "cancel")
        self.cancelled_reason = reason
