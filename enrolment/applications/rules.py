"""What a package may hold, how choices are ranked, what an application lacks, and whether the state pays. Pure."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from catalog.values import Strand
from enrolment.applications.values import MOST_RUNS, REVIEWED, Answer, FundingFacts, PackageFault, PackageRun, Question, Reason, Verdict
from enrolment.rounds.values import SchemeKind

T = TypeVar("T")
REVIEWS = {Answer.YES: Verdict(True, Reason.REVIEWED_FOR), Answer.NO: Verdict(False, Reason.REVIEWED_AGAINST)}
STATE_PAYS = frozenset({SchemeKind.SUBSTITUTE, SchemeKind.STIPEND})


class SameNumberTwice(ValueError):
    def __init__(self, number: int):
        super().__init__(number)
        self.number = number


# Packages and their order


def package_fault(runs: Sequence[PackageRun], strand: Strand, study_year: int) -> PackageFault | None:
    """Why these runs are no package: 1 to 4 runs of one course within the round's study year."""
    courses = {("course", run.course) if run.course else ("module", run.module) for run in runs}
    wrong = {
        PackageFault.EMPTY: not runs,
        PackageFault.TOO_MANY: len(runs) > MOST_RUNS,
        PackageFault.OTHER_STRAND: any(run.strand is not strand for run in runs),
        PackageFault.SEVERAL_COURSES: len(courses) > 1,
        PackageFault.OUTSIDE_YEAR: any(run.semester is None or run.semester.study_year != study_year for run in runs),
        PackageFault.MODULE_TWICE: len({run.module for run in runs}) < len(runs),
    }
    return next((fault for fault, is_so in wrong.items() if is_so), None)


def moved(order: Sequence[T], one: T, position: int) -> list[T]:
    """The order with one of it at a position, counted from one; past either end is the end. Doing it again changes nothing."""
    others = [each for each in order if each != one]
    at = min(max(position, 1), len(order)) - 1
    return [*others[:at], one, *others[at:]]


def in_order(numbers: Iterable[tuple[T, int]]) -> list[T]:
    """Things in the order of the numbers they were given; gaps do not matter. Raises SameNumberTwice."""
    given = sorted(numbers, key=lambda pair: pair[1])
    for (_one, number), (_other, following) in zip(given, given[1:], strict=False):
        if number == following:
            raise SameNumberTwice(number)
    return [one for one, _number in given]


# The funding check


def questions(strand: Strand, *, private: bool) -> tuple[Question, ...]:
    """What must be asked: nothing that is known, and nothing of in-service training, which no state money follows."""
    if strand is Strand.IN_SERVICE:
        return ()
    return (Question.EMPLOYED, Question.APPROVED, Question.SUPPORTED) if private else (Question.EMPLOYED, Question.SUPPORTED)


def funding(facts: FundingFacts) -> Verdict:
    """Whether the state may pay, with the reason.

    Teachers at work in schools and in private schools approved under friskoleloven may apply, not those of schools approved under the former
    opplæringsloven §§ 2-12 and 3-11 (Utdanningsdirektoratet, Søknadsprosessen); a teacher may take one study at a time with state money
    (Studiekatalogen 2015). Principal education has no substitute or scholarship: the state pays the study itself (ntnu.no, nhh.no, oslomet.no).
    """
    if facts.strand is Strand.IN_SERVICE:
        return Verdict(False, Reason.IN_SERVICE)
    if not facts.has_employer:
        return Verdict(None, Reason.NO_SCHOOL)
    asked = questions(facts.strand, private=facts.private)
    if any(question not in facts.answers for question in asked):
        return Verdict(None, Reason.UNANSWERED)
    return next((Verdict(False, reason) for reason in _against(facts)), None) or _for(facts, asked)


def _against(facts: FundingFacts) -> Iterable[Reason]:
    if facts.answers[Question.EMPLOYED] == Answer.NO:
        yield Reason.NOT_EMPLOYED
    if facts.private and facts.answers[Question.APPROVED] == Answer.NO:
        yield Reason.SCHOOL_NOT_COVERED
    if facts.strand is Strand.FURTHER and not facts.kinds & STATE_PAYS:
        yield Reason.NO_STATE_SCHEME
    if facts.answers[Question.SUPPORTED] == Answer.YES:
        yield Reason.SUPPORTED


def _for(facts: FundingFacts, asked: Iterable[Question]) -> Verdict:
    if any(facts.answers[question] == Answer.UNSURE for question in asked):
        return REVIEWS.get(facts.answers.get(REVIEWED, ""), Verdict(None, Reason.TO_REVIEW))
    return Verdict(True, Reason.PRINCIPAL if facts.strand is Strand.PRINCIPAL else Reason.ELIGIBLE)
