"""What a package may hold, how choices are ranked, and whether the state pays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.values import Semester, Strand, Term
from enrolment.applications import rules
from enrolment.applications.values import Answer, FundingFacts, PackageFault, PackageRun, Question, Reason, Verdict
from enrolment.rounds.values import SchemeKind

AUTUMN, SPRING, NEXT = Semester(2026, Term.AUTUMN), Semester(2027, Term.SPRING), Semester(2027, Term.AUTUMN)
SETTLED = {Question.EMPLOYED: Answer.YES, Question.SUPPORTED: Answer.NO}


def run(module: int = 1, course: int | None = 1, strand=Strand.FURTHER, semester: Semester | None = AUTUMN) -> PackageRun:
    return PackageRun(module, course, strand, semester)


@pytest.mark.parametrize(
    ("runs", "fault"),
    [
        ([run(1), run(2, semester=SPRING)], None),
        ([run(1, course=None)], None),
        ([], PackageFault.EMPTY),
        ([run(number) for number in range(5)], PackageFault.TOO_MANY),
        ([run(1, strand=Strand.PRINCIPAL)], PackageFault.OTHER_STRAND),
        ([run(1), run(2, course=2)], PackageFault.SEVERAL_COURSES),
        ([run(1, course=None), run(2, course=None)], PackageFault.SEVERAL_COURSES),
        ([run(1), run(2, semester=NEXT)], PackageFault.OUTSIDE_YEAR),
        ([run(1, semester=None)], PackageFault.OUTSIDE_YEAR),
        ([run(1), run(1, semester=SPRING)], PackageFault.MODULE_TWICE),
    ],
)
def test_a_package_is_one_to_four_runs_of_one_course_within_the_study_year(runs, fault):
    assert rules.package_fault(runs, Strand.FURTHER, 2026) == fault


@given(st.lists(st.integers(), unique=True, min_size=1, max_size=5), st.data())
def test_moving_keeps_every_choice_and_doing_it_twice_is_doing_it_once(order, data):
    one, position = data.draw(st.sampled_from(order)), data.draw(st.integers(-3, 9))

    moved = rules.moved(order, one, position)

    assert sorted(moved) == sorted(order)
    assert moved.index(one) == min(max(position, 1), len(order)) - 1
    assert [each for each in moved if each != one] == [each for each in order if each != one]
    assert rules.moved(moved, one, position) == moved


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 99), max_size=5))
def test_numbers_rank_and_a_number_given_twice_is_refused(numbers):
    if len(set(numbers.values())) < len(numbers):
        with pytest.raises(rules.SameNumberTwice):
            rules.in_order(numbers.items())
    else:
        assert [numbers[one] for one in rules.in_order(numbers.items())] == sorted(numbers.values())


def facts(strand=Strand.FURTHER, *, has_employer=True, private=False, kinds=(SchemeKind.SUBSTITUTE,), **answers) -> FundingFacts:
    said = SETTLED | {Question(name): answer for name, answer in answers.items()}
    return FundingFacts(strand, has_employer, private, said, frozenset(kinds))


@pytest.mark.parametrize(
    ("known", "verdict"),
    [
        (facts(), Verdict(True, Reason.ELIGIBLE)),
        (facts(kinds=(SchemeKind.STIPEND, SchemeKind.SELF)), Verdict(True, Reason.ELIGIBLE)),
        (facts(kinds=(SchemeKind.OWNER, SchemeKind.SELF)), Verdict(False, Reason.NO_STATE_SCHEME)),
        (facts(has_employer=False), Verdict(None, Reason.NO_SCHOOL)),
        (facts(employed=Answer.NO), Verdict(False, Reason.NOT_EMPLOYED)),
        (facts(employed=Answer.UNSURE), Verdict(None, Reason.TO_REVIEW)),
        (facts(supported=Answer.YES), Verdict(False, Reason.SUPPORTED)),
        (facts(private=True), Verdict(None, Reason.UNANSWERED)),
        (facts(private=True, approved=Answer.YES), Verdict(True, Reason.ELIGIBLE)),
        (facts(approved=Answer.UNSURE), Verdict(True, Reason.ELIGIBLE)),
        (facts(private=True, approved=Answer.NO), Verdict(False, Reason.SCHOOL_NOT_COVERED)),
        (facts(private=True, approved=Answer.UNSURE), Verdict(None, Reason.TO_REVIEW)),
        (facts(Strand.PRINCIPAL, kinds=(SchemeKind.OWNER,)), Verdict(True, Reason.PRINCIPAL)),
        (facts(Strand.PRINCIPAL, employed=Answer.NO), Verdict(False, Reason.NOT_EMPLOYED)),
        (FundingFacts(Strand.IN_SERVICE, True, False), Verdict(False, Reason.IN_SERVICE)),
        (FundingFacts(Strand.FURTHER, True, False), Verdict(None, Reason.UNANSWERED)),
    ],
)
def test_the_funding_check_says_why(known, verdict):
    assert rules.funding(known) == verdict


ANSWERS = st.dictionaries(st.sampled_from(Question), st.sampled_from(Answer))


@given(st.sampled_from(Strand), st.booleans(), st.booleans(), ANSWERS, st.frozensets(st.sampled_from(SchemeKind)))
def test_the_state_pays_nobody_who_is_not_employed_and_an_uncertain_answer_never_decides_for(strand, has_employer, private, answers, kinds):
    verdict = rules.funding(FundingFacts(strand, has_employer, private, answers, kinds))

    if verdict.eligible:
        asked = rules.questions(strand, private=private)
        assert answers[Question.EMPLOYED] is Answer.YES
        assert all(answers[question] is not Answer.UNSURE for question in asked)
        assert strand is Strand.PRINCIPAL or kinds & rules.STATE_PAYS
