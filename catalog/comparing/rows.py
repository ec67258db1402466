"""What of runs is compared, in words, and how they differ."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from catalog.comparing.rules import Likeness, likeness
from catalog.offers import sentences, words
from catalog.offers.models import Offering
from config.languages import _, _l, date


@dataclass(frozen=True)
class Row:
    """One fact: its name, its words for each run (empty = not stated), and how they compare."""

    name: str
    texts: tuple[str, ...]

    @property
    def likeness(self) -> Likeness:
        return likeness(self.texts)

    @property
    def tag(self) -> tuple[str, str]:
        """The likeness in a word or two, and the kind of its tag."""
        return {
            Likeness.SAME: (_("the same"), "plain"),
            Likeness.DIFFERENT: (_("differs"), "wait"),
            Likeness.UNCERTAIN: (_("not stated by all"), "plain"),
            Likeness.UNSTATED: (_("stated by none"), "plain"),
        }[self.likeness]


def _prerequisites(run: Offering) -> str:
    """What one must have before. No module states that it requires nothing, so none stated is said as such."""
    needs = [need for need in run.module.prerequisites if need.required]
    return words.listed([_need(need) for need in needs]) if needs else _("None stated")


def _need(need) -> str:
    other = need.required_module
    return (other.title or other.code or "") if other else sentences.prerequisite(need)


FACTS: tuple[tuple[str, Callable[[Offering], str]], ...] = (
    (_l("Credits"), lambda run: words.credits(run.module.credits)),
    (_l("Level"), lambda run: words.grades(run.module.grades)),
    (_l("Institution"), lambda run: run.module.institution.name),
    (_l("Semester"), lambda run: words.semesters(run.semester, run.semesters)),
    (_l("Dates"), lambda run: words.dates(run.starts_on, run.ends_on)),
    (_l("Delivery"), lambda run: words.delivery(run.delivery)),
    (_l("Place"), words.place),
    (_l("Gatherings and days"), words.gatherings),
    (_l("Apply by"), lambda run: date(run.apply_by)),
    (_l("Seats"), words.seats_fact),
    (_l("How to get a seat"), lambda run: words.mode(run.mode)),
    (_l("Prerequisites"), _prerequisites),
    (_l("Language"), lambda run: words.teaching_language(run.language or run.module.language)),
    (_l("Fee"), words.fee),
    (_l("Assessment"), lambda run: run.module.assessment_form or ""),
)


def rows(runs: Sequence[Offering]) -> list[Row]:
    return [Row(str(name), tuple(say(run) for run in runs)) for name, say in FACTS]


def summary(compared: Sequence[Row]) -> str:
    """What they differ in, in a sentence."""
    differing = [sentences.inside(row.name) for row in compared if row.likeness is Likeness.DIFFERENT]
    if not differing:
        return _("They differ in nothing that is stated.")
    return _("They differ in %(what)s.", what=words.listed(differing))
