"""Whether somebody gets in, need by need. Pure.

What is asked for comes from the module itself: its admission requirement in the institution's words, its prerequisites, whether one must be teaching
the subject. Who may apply in the yearly round is a register with dates and a source (`applying.csv`). Nobody is told «yes» by a guess: words
that say more than approved teacher education are for the institution to weigh.
"""

import re
from collections.abc import Collection, Iterable
from decimal import Decimal

from catalog.eligibility.values import Answers, Education, Kind, Line, Need, Verdict, Whole, Work

# «Godkjent lærerutdanning.», «Godkjend lærarutdanning», «Approved teacher education»: nothing but that.
ONLY_TEACHER = re.compile(r"\W*(fullført\w*\W+(og\W+)?)?(godkjen[td]\W+lær(er|ar)utdanning|approved\W+teacher\W+education)\W*", re.IGNORECASE)
TEACHER = re.compile(r"lær(er|ar)utdann|teacher\W+education", re.IGNORECASE)
NONE = Decimal(0)


def judge(needs: Iterable[Need], answers: Answers, *, may_apply: Collection[Work], on_the_way: Collection[str] = ()) -> list[Line]:
    """Each need with its verdict. `may_apply`: who may in the yearly round; `on_the_way`: modules that the same course gives."""
    return [_line(need, answers, may_apply, on_the_way) for need in needs]


def _line(need: Need, answers: Answers, may_apply: Collection[Work], on_the_way: Collection[str]) -> Line:
    match need.kind:
        case Kind.EDUCATION:
            return Line(need, _education(need.said, answers.education))
        case Kind.MODULE:
            return Line(need, _module(need.of, answers, on_the_way))
        case Kind.CREDITS:
            return _credits(need, answers.credits.get(need.of))
        case Kind.TEACHING:
            return Line(need, _yes(answers.teaches))
        case Kind.WORK:
            return Line(need, _yes(None if answers.work is None else answers.work in may_apply))


def _education(said: str, education: Education | None) -> Verdict:
    if education is None:
        return Verdict.UNANSWERED
    if ONLY_TEACHER.fullmatch(said) and education is Education.TEACHER:
        return Verdict.MET
    if TEACHER.search(said) and education is Education.NONE:
        return Verdict.LACKING
    return Verdict.ASK


def _module(module: str, answers: Answers, on_the_way: Collection[str]) -> Verdict:
    if module in answers.done:
        return Verdict.MET
    if module in on_the_way:
        return Verdict.ON_THE_WAY
    return Verdict.LACKING if answers.sent else Verdict.UNANSWERED


def _credits(need: Need, has: Decimal | None) -> Line:
    if has is None:
        return Line(need, Verdict.UNANSWERED)
    missing = max(need.credits - has, NONE)
    return Line(need, Verdict.LACKING if missing else Verdict.MET, has, missing)


def _yes(answer: bool | None) -> Verdict:
    return Verdict.UNANSWERED if answer is None else Verdict.MET if answer else Verdict.LACKING


def whole(lines: Iterable[Line]) -> Whole:
    """What the required ones come to. What decides on money alone (work) keeps nobody out."""
    verdicts = {line.verdict for line in lines if line.need.required and line.need.kind is not Kind.WORK}
    if Verdict.LACKING in verdicts:
        return Whole.NOT_YET
    if Verdict.UNANSWERED in verdicts:
        return Whole.UNANSWERED
    return Whole.ASK if Verdict.ASK in verdicts else Whole.YES


def lacking(lines: Iterable[Line]) -> list[Line]:
    """What a study could fill: modules and credits, what is required first."""
    found = [line for line in lines if line.verdict is Verdict.LACKING and line.need.kind in (Kind.MODULE, Kind.CREDITS)]
    return sorted(found, key=lambda line: not line.need.required)


def fills(line: Line, *, module: str, subject: str | None, credits: Decimal | None) -> Decimal | None:
    """How much of what is missing a module gives, for a required module all of it (its credits); none where it gives nothing."""
    if line.need.kind is Kind.MODULE:
        return (credits or NONE) if module == line.need.of else None
    return min(credits, line.missing) if credits and subject == line.need.of else None
