"""Nobody is told yes by a guess, and nobody is told no for what they were not asked."""

from decimal import Decimal

import pytest

from catalog.eligibility import rules
from catalog.eligibility.values import Answers, Education, Kind, Line, Need, Verdict, Whole, Work

CREDITS = Need(Kind.CREDITS, of="matematikk", said="Matematikk", credits=Decimal(30))
MODULE = Need(Kind.MODULE, of="a", said="Tall", credits=Decimal(15))
ADMISSION = Need(Kind.EDUCATION, said="Godkjent lærerutdanning.")
TEACHING = Need(Kind.TEACHING, of="matematikk", said="Matematikk")
APPLYING = Need(Kind.WORK)


def judged(need: Need, on_the_way=(), **said) -> Line:
    return rules.judge([need], Answers(sent=True, **said), may_apply={Work.SCHOOL}, on_the_way=on_the_way)[0]


@pytest.mark.parametrize(("has", "verdict", "missing"), [("30", "met", 0), ("45", "met", 0), ("22.5", "lacking", Decimal("7.5")), ("0", "lacking", 30)])
def test_credits_are_weighed_to_the_half(has, verdict, missing):
    line = judged(CREDITS, credits={"matematikk": Decimal(has)})
    assert (line.verdict, line.missing) == (verdict, missing)


def test_credits_in_another_subject_say_nothing():
    assert judged(CREDITS, credits={"norsk": Decimal(60)}).verdict is Verdict.UNANSWERED


@pytest.mark.parametrize("said", ["Godkjent lærerutdanning.", "Godkjend lærarutdanning", "Fullført og godkjent lærerutdanning", "Approved teacher education."])
def test_who_has_approved_teacher_education_meets_a_requirement_of_just_that(said):
    assert judged(Need(Kind.EDUCATION, said=said), education=Education.TEACHER).verdict is Verdict.MET


@pytest.mark.parametrize("said", ["Godkjent lærerutdanning og samisk fra videregående.", "Bachelorgrad i matematikk", "Realkompetanse"])
def test_words_that_say_more_are_for_the_institution_to_weigh(said):
    assert judged(Need(Kind.EDUCATION, said=said), education=Education.TEACHER).verdict is Verdict.ASK


def test_without_teacher_education_one_lacks_it_but_other_education_may_count():
    assert judged(ADMISSION, education=Education.NONE).verdict is Verdict.LACKING
    assert judged(ADMISSION, education=Education.OTHER).verdict is Verdict.ASK


def test_a_module_is_done_or_lacking_or_given_by_the_course():
    assert judged(MODULE, done=frozenset("a")).verdict is Verdict.MET
    assert judged(MODULE).verdict is Verdict.LACKING
    assert judged(MODULE, on_the_way={"a"}).verdict is Verdict.ON_THE_WAY


def test_before_anything_is_answered_nothing_is_lacking():
    lines = rules.judge([CREDITS, MODULE, ADMISSION, TEACHING, APPLYING], Answers(), may_apply={Work.SCHOOL})
    assert {line.verdict for line in lines} == {Verdict.UNANSWERED}


def test_where_one_works_decides_on_the_money_and_keeps_nobody_out():
    line = judged(APPLYING, work=Work.ELSEWHERE)
    assert (line.verdict, rules.whole([line])) == (Verdict.LACKING, Whole.YES)


def test_what_is_only_recommended_keeps_nobody_out():
    wished = Need(Kind.CREDITS, required=False, of="matematikk", credits=Decimal(30))
    assert rules.whole([judged(wished, credits={"matematikk": Decimal(0)})]) is Whole.YES


def test_one_lacking_outweighs_what_is_not_answered_and_that_what_must_be_asked():
    lacking, unanswered, ask = (judged(TEACHING, teaches=False), judged(TEACHING), judged(ADMISSION, education=Education.OTHER))
    assert [rules.whole(lines) for lines in ([ask], [ask, unanswered], [ask, unanswered, lacking], [])] == ["ask", "unanswered", "not-yet", "yes"]


def test_a_study_fills_no_more_than_is_missing():
    line = judged(CREDITS, credits={"matematikk": Decimal("22.5")})
    assert rules.fills(line, module="x", subject="matematikk", credits=Decimal(15)) == Decimal("7.5")
    assert rules.fills(line, module="x", subject="norsk", credits=Decimal(15)) is None
    assert rules.fills(judged(MODULE), module="a", subject="matematikk", credits=Decimal(15)) == 15
