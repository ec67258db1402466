"""A plan by hand in words: its columns, what does not fit, and the button that mends it."""

from babel.lists import format_list

from catalog.offers import words
from catalog.values import Semester
from config.languages import _, _l, language, number
from catalog.offers.sentences import inside as inside_a_sentence
from enrolment.byhand.applying import Asked, Way
from enrolment.byhand.rules import spans
from enrolment.byhand.values import Bucket, Problem, Warned

BUCKETS = {Bucket.HELD: _l("Have already"), Bucket.LATER: _l("Later")}


def column(code: str) -> str:
    return str(BUCKETS[Bucket(code)]) if code in (Bucket.HELD, Bucket.LATER) else words.semester(Semester.from_code(code))


def inside(code: str) -> str:
    """A term inside a sentence."""
    return words.semester_inside(Semester.from_code(code))


def warning(one: Warned) -> str:
    """What does not fit, as a sentence."""
    title = one.study.title
    when = words.semester_inside(Semester.from_number(one.study.term))
    if one.problem is Problem.CLASH:
        return _clash(one)
    if one.problem in (Problem.MUCH, Problem.TOO_MUCH):
        return _load(one)
    return {
        Problem.GONE: lambda: _("%(title)s is no longer in the catalogue.", title=title),
        Problem.PASSED: lambda: _("You have passed %(title)s already. It counts once.", title=title),
        Problem.SEAT: lambda: _("You have a seat in %(title)s, or a place in the queue, in another term than %(term)s.", title=title, term=when),
        Problem.NOT_OFFERED: lambda: _("%(title)s is not announced for %(term)s.", title=title, term=when),
        Problem.TOO_EARLY: lambda: _("%(title)s builds on %(other)s, which is finished too late.", title=title, other=one.about),
        Problem.NEEDS: lambda: _("%(title)s builds on %(other)s, which you neither have nor have planned.", title=title, other=one.about),
        Problem.CREDITS: lambda: _(
            "%(title)s asks for credits in %(subject)s before it: %(credits)s more than you have or have planned by then.",
            title=title, subject=inside_a_sentence(one.about), credits=number(one.credits),
        ),
        Problem.SAME_TERM: lambda: _("%(title)s and %(other)s cannot be taken in the same semester.", title=title, other=one.about),
        Problem.SAME: lambda: _("%(title)s has the same content as %(other)s, which counts already.", title=title, other=one.about),
        Problem.OVERLAP: lambda: _("%(title)s does not count in full: %(why)s.", title=title, why=one.about),
    }[one.problem]()


def _clash(one: Warned) -> str:
    days, title = format_list([words.dates(first, last) for first, last in spans(one.days)], locale=language()), one.study.title
    if one.about:
        return _("%(title)s and %(other)s meet on the same day: %(day)s.", title=title, other=one.about, day=days)
    return _("%(title)s meets on a day that a seat of yours takes: %(day)s.", title=title, day=days)


def _load(one: Warned) -> str:
    if one.problem is Problem.TOO_MUCH:
        return _("%(credits)s credits in one term with %(title)s: more than a full-time study.", credits=number(one.credits), title=one.study.title)
    return _("%(credits)s credits in one term with %(title)s: much beside a full post.", credits=number(one.credits), title=one.study.title)


def term_code(term: int) -> str:
    return Semester.from_number(term).code


def target(one: Warned) -> str:
    """The column that mends it."""
    if one.held:
        return Bucket.HELD.value
    return Semester.from_number(one.to).code if one.to is not None else Bucket.LATER.value


def mending(one: Warned) -> str:
    """The words of the button."""
    if one.instead:
        return _("Put %(title)s instead", title=one.instead[1])
    if one.problem is Problem.GONE:
        return _("Remove it")
    if one.held:
        return _("Put %(title)s among “have already”", title=one.study.title)
    if one.adds:
        return _("Add %(title)s", title=one.about)
    if one.to is None:
        return _("Put %(title)s among “later”", title=one.study.title)
    return _("Move %(title)s to %(term)s", title=one.study.title, term=words.semester_inside(Semester.from_number(one.to)))


def mending_the_other(one: Warned) -> str:
    """The words of the button that moves what it builds on."""
    return _("Move %(title)s to %(term)s", title=one.other.title, term=words.semester_inside(Semester.from_number(one.other_to)))


def way(asked: Asked) -> str:
    """How one gets into a study of a term, as a sentence."""
    if asked.refused:
        return asked.refused
    if asked.way is Way.LATER:
        return _("It opens on %(day)s.", day=words.dates(asked.placed.run.opens_on))
    return {
        Way.SEAT: lambda: _("You get a seat at once."),
        Way.QUEUE: lambda: _("You join the waiting list."),
        Way.ROUND: lambda: _("It is applied for in the yearly round."),
        Way.ELSEWHERE: lambda: _("It is applied for at the institution."),
        Way.NOTHING: lambda: _("No run of it can be applied for now."),
    }[asked.way]()
