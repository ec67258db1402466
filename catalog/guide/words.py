"""The questions and answers in plain words, and why the list is as it is."""

from decimal import Decimal

from catalog.guide import rules
from catalog.guide.answers import Answers
from catalog.guide.rules import Away
from catalog.offers import words
from catalog.offers.sentences import inside
from catalog.places import queries as places
from catalog.search.index import Index
from catalog.values import Band, Semester
from config.clock import today
from config.languages import _, _l, chosen, number

TITLES = {
    "subject": _l("What do you teach, or want to teach?"),
    "level": _l("Which grades do you teach?"),
    "have": _l("What do you have already in the subject?"),
    "region": _l("Where do you live?"),
    "away": _l("How much can you be away from home, and from when?"),
}
LEADS = {
    "subject": _l("Answer what you can. Every question can be passed over, and nothing is kept: your answers stand in the address."),
    "level": _l("What is required differs between the levels."),
    "have": _l("Credits from your teacher education count too. Sixty credits are one year of full-time study."),
    "region": _l("Studies in your part of the country come with those that are online from anywhere."),
    "away": _l("Some studies meet a few times in a semester, and some only online."),
}
NAMES = {
    "subject": _l("Subject"), "level": _l("Level"), "have": _l("Credits you have"), "region": _l("Region"), "away": _l("Away from home"), "when": _l("Start"),
}  # fmt: skip
HELD_WORDS = {"0": _l("None, or next to none"), "60": _l("60 credits or more")}
AWAY = {
    Away.NEVER: (_l("Not at all"), _l("Only studies that are online.")),
    Away.SOMETIMES: (_l("A few days now and then"), _l("Online, or online with gatherings.")),
    Away.OFTEN: (_l("As much as it takes"), _l("Gatherings and teaching on campus too.")),
}


def held(code: str) -> str:
    return str(HELD_WORDS[code]) if code in HELD_WORDS else _("About %(number)s credits", number=number(Decimal(code)))


def level(code: str) -> str:
    return words.band(Band(code)) if code in set(Band) else _("Adults")


def answer(name: str, code: str, index: Index) -> str:
    """An answer in words; empty where the question was passed over."""
    if not code:
        return ""
    said = {
        "subject": lambda: index.subjects[code].inside(chosen()), "level": lambda: level(code), "have": lambda: held(code),
        "region": lambda: index.regions[code].inside(chosen()), "away": lambda: str(AWAY[Away(code)][0]),
        "when": lambda: words.semester(Semester.from_code(code)),
    }  # fmt: skip
    return said[name]()


def counties() -> dict[str, str]:
    """Region → its counties of today, listed, for those who do not know what their region is called."""
    on = today()
    return {region.code: words.listed(sorted(one.county.name for one in region.counties if one.holds(on))) for region in places.regions()}


def why(answers: Answers, index: Index, required: Decimal | None) -> list[str]:
    """Why the list is as it is: a sentence for each answer that narrows it."""
    return [sentence for sentence in (_about(answers, index), _volume(answers, required), _place(answers, index), _travel(answers), _start(answers)) if sentence]


def _about(answers: Answers, index: Index) -> str:
    subject, grades = inside(answer("subject", answers.subject, index)), inside(answer("level", answers.level, index))
    if subject and grades:
        return _("They are in %(subject)s for %(grades)s, because that is what you teach.", subject=subject, grades=grades)
    if subject:
        return _("They are in %(subject)s, because that is what you teach.", subject=subject)
    return _("They are for %(grades)s, because that is where you teach.", grades=grades) if grades else ""


def _volume(answers: Answers, required: Decimal | None) -> str:
    """What is required, what one has, and what that means for the list."""
    lacking = answers.lacking(required)
    if not required:
        return ""
    if lacking is None:
        return _("%(required)s credits are required for what you teach.", required=number(required))
    if not lacking:
        return _("You have the %(required)s credits that are required, so nothing must be filled; these are for more.", required=number(required))
    facts = {"required": number(required), "missing": number(lacking)}
    if rules.small_is_enough(lacking):
        return _("You lack about %(missing)s of the %(required)s credits that are required, so a study of up to 15 credits is enough.", **facts)
    return _("You lack about %(missing)s of the %(required)s credits that are required, so it may take several modules.", **facts)


def _place(answers: Answers, index: Index) -> str:
    region = answer("region", answers.region, index)
    return _("They are in %(region)s, where you live, or online from anywhere.", region=region) if region else ""


def _travel(answers: Answers) -> str:
    return {
        Away.NEVER: _("They are online only, because you cannot be away."),
        Away.SOMETIMES: _("They are online, some with gatherings, because you can be away now and then."),
    }.get(answers.away, "")


def _start(answers: Answers) -> str:
    return _("They start in %(semester)s.", semester=words.semester_inside(Semester.from_code(answers.when))) if answers.when else ""
