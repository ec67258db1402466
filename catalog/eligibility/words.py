"""The questions, the needs and the verdicts in plain words."""

from collections.abc import Iterable

from catalog.eligibility.values import Answers, Education, Kind, Line, Need, Verdict, Whole, Work
from catalog.offers import words
from catalog.offers.models import Module
from catalog.offers.sentences import inside
from catalog.values import Band
from config.languages import _, _l, number

EDUCATIONS = {
    Education.TEACHER: (_l("Approved teacher education"), _l("For primary or secondary school, or practical-pedagogical education.")),
    Education.OTHER: (_l("Other higher education"), None),
    Education.NONE: (_l("None of these"), None),
}
WORKS = {
    Work.SCHOOL: _l("In a primary, lower or upper secondary school"),
    Work.PRIVATE: _l("In a private school approved under the Act on independent schools"),
    Work.ADULTS: _l("In adult education at these levels"),
    Work.CULTURE: _l("In a municipal school of music and arts"),
    Work.ELSEWHERE: _l("Somewhere else"),
    Work.NOWHERE: _l("I am not at work now"),
}
WHOLES = {
    Whole.YES: ("good", _l("Yes, from what you have answered you meet what is required.")),
    Whole.ASK: ("wait", _l("Perhaps. You lack nothing that Seksti can judge; the rest the institution must weigh.")),
    Whole.NOT_YET: ("stop", _l("Not yet. Something that is required is missing.")),
    Whole.UNANSWERED: ("info", _l("Answer the rest of the questions to know.")),
}
VERDICTS = {
    Verdict.MET: (_l("Met"), "good"), Verdict.LACKING: (_l("Missing"), "stop"), Verdict.ON_THE_WAY: (_l("On the way"), "plain"),
    Verdict.UNANSWERED: (_l("Not answered"), "plain"), Verdict.ASK: (_l("Ask the institution"), "wait"),
}  # fmt: skip


def levels() -> list[tuple[str, str]]:
    return [(band.value, words.band(band)) for band in Band]


def educations() -> list[tuple]:
    return [(kind.value, said, hint) for kind, (said, hint) in EDUCATIONS.items()]


def works() -> list[tuple]:
    return [(kind.value, said) for kind, said in WORKS.items()]


def modules(known: Iterable[Module]) -> list[tuple[str, str]]:
    """UUID, and title with institution and code, of the modules somebody may have done."""
    return [(str(one.uuid), f"{one.title or one.code} ({' '.join(filter(None, (one.institution.short_name, one.code)))})") for one in known]


def need(one: Need) -> str:
    """What is needed: «15 credits in mathematics», «the module Tall»."""
    return {
        Kind.EDUCATION: lambda: _("“%(text)s”", text=one.said),
        Kind.MODULE: lambda: _("The module %(title)s", title=one.said),
        Kind.CREDITS: lambda: _("%(credits)s in %(subject)s", credits=words.credits(one.credits), subject=inside(one.said)),
        Kind.TEACHING: lambda: _("To be teaching %(subject)s while you study", subject=inside(one.said)),
        Kind.WORK: lambda: _("To work where one may apply in the yearly round"),
    }[one.kind]()


def has(line: Line, answers: Answers) -> str:
    """What somebody has of it, in their own answer; empty where they have not answered."""
    return {
        Kind.EDUCATION: lambda: str(EDUCATIONS[answers.education][0]) if answers.education else "",
        Kind.MODULE: lambda: {Verdict.MET: _("Completed"), Verdict.ON_THE_WAY: _("Part of this course"), Verdict.LACKING: _("Not completed")}.get(line.verdict, ""),
        Kind.CREDITS: lambda: "" if line.has is None else words.credits(line.has),
        Kind.TEACHING: lambda: words.yes_or_no(answers.teaches),
        Kind.WORK: lambda: str(WORKS[answers.work]) if answers.work else "",
    }[line.need.kind]()


def missing(line: Line) -> str:
    """What is missing, in a few words beside the verdict."""
    if line.verdict is Verdict.LACKING and line.missing:
        return words.credits(line.missing)
    return _("This decides on the money, not on the seat.") if line.need.kind is Kind.WORK and line.verdict is Verdict.LACKING else ""


def not_by_study(lines: list[Line]) -> list[str]:
    """What no module gives, said plainly."""
    lacking = {line.need.kind for line in lines if line.verdict is Verdict.LACKING}
    said = {
        Kind.EDUCATION: _("No module here gives teacher education. Ask the institution whether something else counts."),
        Kind.TEACHING: _("Talk with your school about teaching the subject while you study."),
    }
    return [sentence for kind, sentence in said.items() if kind in lacking]


def required_of_a_teacher(subject: str, required, held) -> str:
    """What the level one teaches at requires in the subject, beside what one has."""
    said = _("Those who teach %(subject)s at your level should have %(required)s credits.", subject=inside(subject), required=number(required))
    if held is None:
        return said
    lacking = max(required - held, 0)
    return f"{said} " + (_("You lack %(missing)s of them.", missing=number(lacking)) if lacking else _("You have them."))
