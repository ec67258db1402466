"""The ledger as a function of what has happened, and what of it is still to be written. Pure.

What happens is taken in the order of its moments, so the same events always give the same lines, in whatever order they were written down.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from catalog.values import Semester
from enrolment.money.values import Booked, Happening, Line, PaidPlace, Place, Reason, Repayment, What
from enrolment.participation import rules as participation
from enrolment.participation.values import Event, Part, Step

Rules = Callable[[Reason, date], Repayment | None]
"""The rule of repayment for a reason that holds on a day; none = nothing is claimed back."""


@dataclass(frozen=True)
class Cut:
    """Why less is due, and by how many per cent. `rule`: the code of the rule that says so."""

    percent: int = 0
    reason: Reason | None = None
    rule: str | None = None


@dataclass
class Course:
    """One place as things go on: what has been said of it, when it ended and how, and what its semesters are worth by the scheme."""

    place: PaidPlace
    scheme: int | None
    worth: dict[Semester, int]
    said: list[Step] = field(default_factory=list)
    ended: dict[What, date] = field(default_factory=dict)
    retracted: dict[Semester, date] = field(default_factory=dict)
    since: dict[Semester, tuple] = field(default_factory=dict)  # when both had vouched for a semester, and on which day

    @property
    def part(self) -> Part:
        return participation.part(self.said)


def ledger(places: Iterable[PaidPlace], happenings: Iterable[Happening], rules: Rules) -> list[Line]:
    """Every entry that one person's events come to, in their order. A semester's sum never falls below nought, so no more is claimed back than was paid."""
    courses = {one.key: Course(one, one.scheme, _worth(one, one.scheme)) for one in places}
    balance: dict[tuple[Place, Semester], int] = {}
    lines: list[Line] = []
    for happening in sorted(happenings, key=lambda one: one.order):
        _go_on(courses[happening.place], happening, rules)
        for line in _moved(courses, balance, happening, rules):
            balance[line.place, line.semester] = balance.get((line.place, line.semester), 0) + line.oere
            lines.append(line)
    return lines


def _worth(place: PaidPlace, scheme: int | None) -> dict[Semester, int]:
    """Of each semester under a scheme; nought where it is not known, until it is."""
    whole = place.shares.get(scheme) or 0
    return dict(zip(place.semesters, participation.parts_of(whole, len(place.semesters)), strict=True)) if place.semesters else {}


def _go_on(course: Course, happening: Happening, rules: Rules) -> None:
    if happening.what is What.APPROVE:
        _change_scheme(course, happening, rules)
    elif happening.what is What.WITHDRAW:
        course.ended[What.WITHDRAW] = happening.on
    else:
        _hear(course, happening)


def _change_scheme(course: Course, happening: Happening, rules: Rules) -> None:
    """What a semester is worth less under the new scheme is claimed back as far as the rule reaches; what it is worth more is paid."""
    rule, after = rules(Reason.SCHEME, happening.on), _worth(course.place, happening.scheme)
    for semester, before in course.worth.items() if course.scheme is not None else ():
        if after[semester] < before:
            percent = rule.percent if rule and rule.reaches(semester, happening.on) else 0
            after[semester] = before - (before - after[semester]) * percent // 100
    course.scheme, course.worth = happening.scheme, after


def _hear(course: Course, happening: Happening) -> None:
    course.said.append(Step(Event(happening.what), happening.semester, happening.at))
    part = course.part
    if happening.what is What.INTERRUPT and part.interrupted:
        course.ended.setdefault(What.INTERRUPT, happening.on)
    for semester in part.confirmed & part.countersigned:
        course.since.setdefault(semester, (happening.order, happening.on))
    course.retracted = {one: course.retracted.get(one, happening.on) for one in part.retracted}


def _moved(courses: Mapping[Place, Course], balance: Mapping[tuple[Place, Semester], int], happening: Happening, rules: Rules) -> Iterator[Line]:
    """The lines that one event leads to, of every place of the person: one that ends lets another be paid."""
    for key in sorted(courses):
        course = courses[key]
        for semester in course.place.semesters:
            cut = _cut(course, semester, courses.values(), rules)
            due = _less(course.worth[semester], cut) if semester in course.since else 0
            moved = due - balance.get((key, semester), 0)
            if moved:
                reason = _reason(moved, cut, course, semester, happening)
                yield Line(key, semester, moved, reason, happening, _rule(moved, reason, cut, happening, rules), course.scheme)


def _less(oere: int, cut: Cut) -> int:
    return oere - oere * cut.percent // 100


def _cut(course: Course, semester: Semester, everybody: Iterable[Course], rules: Rules) -> Cut:
    """The heaviest of what takes something away."""
    found = [_own_cut(course, semester, rules)]
    if semester in course.since and any(_goes_before(other, course, semester, rules) for other in everybody):
        found.append(_as_cut(rules(Reason.DOUBLE, course.since[semester][1])))
    return max(found, key=lambda one: one.percent)


def _own_cut(course: Course, semester: Semester, rules: Rules) -> Cut:
    found = [Cut()]
    if semester in course.retracted:
        found.append(_as_cut(rules(Reason.NOT_TAKING_PART, course.retracted[semester])))
    for what, reason in ((What.WITHDRAW, Reason.NOT_TAKING_PART), (What.INTERRUPT, Reason.INTERRUPTED)):
        on = course.ended.get(what)
        rule = rules(reason, on) if on else None
        if rule and rule.reaches(semester, on) and not _was_over(semester, on):
            found.append(_as_cut(rule))
    return max(found, key=lambda one: one.percent)


def _was_over(semester: Semester, on: date) -> bool:
    return on >= participation.begins(semester.plus(1))


def _as_cut(rule: Repayment | None) -> Cut:
    return Cut(rule.percent, rule.reason, rule.code) if rule else Cut()


def _goes_before(other: Course, course: Course, semester: Semester, rules: Rules) -> bool:
    """Whether another case of the same person was vouched for first in the semester and still gets money for it: one grant a semester."""
    if other.place.case == course.place.case or semester not in other.since or other.since[semester][0] >= course.since[semester][0]:
        return False
    return _less(other.worth[semester], _own_cut(other, semester, rules)) > 0


def _reason(moved: int, cut: Cut, course: Course, semester: Semester, happening: Happening) -> Reason:
    if happening.what is What.APPROVE:
        return Reason.SCHEME
    if moved < 0:
        return cut.reason or Reason.ANEW
    return Reason.CONFIRMED if course.since[semester][0] == happening.order else Reason.RESTORED


def _rule(moved: int, reason: Reason, cut: Cut, happening: Happening, rules: Rules) -> str | None:
    """The code of the rule that a claim goes by."""
    if moved > 0:
        return None
    return _as_cut(rules(Reason.SCHEME, happening.on)).rule if reason is Reason.SCHEME else cut.rule


# What is still to be written


def to_write(expected: Sequence[Line], booked: Mapping[tuple[Place, Semester], Sequence[Booked]], latest: Mapping[Place, Happening]) -> list[Line]:
    """What must be added to what is booked, by place and semester, so that it sums to what is expected. Nothing that is booked is ever changed.

    Where what is booked is how the expected lines begin, the rest of them; else, since something became known later, one line with the difference, because of the
    latest event (`latest`, by place, where nothing is expected any more).
    """
    by_key: dict[tuple[Place, Semester], list[Line]] = {key: [] for key in booked}
    for line in expected:
        by_key.setdefault((line.place, line.semester), []).append(line)
    found = [one for key, lines in by_key.items() for one in _rest(lines, booked.get(key, ()), key, latest)]
    return sorted(found, key=lambda one: (one.because.order, one.place, one.semester.number))


def _rest(lines: list[Line], booked: Sequence[Booked], key: tuple[int, Semester], latest: Mapping[Place, Happening]) -> list[Line]:
    if [one.key for one in lines[: len(booked)]] == [one.key for one in booked]:
        return lines[len(booked) :]
    missing = sum(one.oere for one in lines) - sum(one.oere for one in booked)
    if not missing:
        return []
    place, semester = key
    last = lines[-1] if lines else Line(place, semester, 0, Reason.ANEW, latest[place])
    known = any((one.source, one.number) == (last.because.source, last.because.number) for one in booked)
    same_way = (missing < 0) == (last.oere < 0)
    return [replace(last, oere=missing, reason=Reason.ANEW if known or not same_way else last.reason, rule=None if known or not same_way else last.rule)]
