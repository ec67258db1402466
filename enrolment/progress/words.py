"""Credit progress in words: the sentence above the bar, the mark of a requirement, and why a credit counts what it counts."""

from babel.lists import format_list

from catalog.offers import words
from catalog.offers.sentences import inside
from config.languages import _, _l, language, number
from config.languages import date as day
from enrolment.progress.values import BlockMet, Counted, Kind, Progress, Reason, Threshold

# By whether something is in progress, planned, and missing after that.
WHAT_COMES = {
    (True, True, True): _l("%(running)s in progress, %(planned)s planned; then %(missing)s still missing."),
    (True, False, True): _l("%(running)s in progress; then %(missing)s still missing."),
    (False, True, True): _l("%(planned)s planned; then %(missing)s still missing."),
    (False, False, True): _l("%(missing)s still missing."),
    (True, True, False): _l("%(running)s in progress, %(planned)s planned; then nothing is missing."),
    (True, False, False): _l("%(running)s in progress; then nothing is missing."),
    (False, True, False): _l("%(planned)s planned; then nothing is missing."),
    (False, False, False): _l("Nothing is missing."),
}
REASONS = {
    Reason.IN_FULL: _l("Counts in full"),
    Reason.IN_SERVICE: _l("In-service training gives no credits"),
    Reason.NOT_PASSED: _l("Not passed"),
    Reason.SAME_MODULE: _l("The same module counts already"),
}
# What is written beside a requirement of where it comes from (catalog/registers/loading.py), part by part.
SOURCES = (
    _l("carried on under the act in force from 1 August 2024, whose paragraph was not found"),
    _l("Norsk Lektorlag, June 2020, on the regulation then in force"),
)
# Of what would count in full, but does not yet.
NOT_YET = {
    Kind.CLAIMED: _l("Counts when your school owner has verified it"),
    Kind.RUNNING: _l("Counts when you have passed"),
    Kind.PLANNED: _l("Counts when you have passed"),
}


def sentence(progress: Progress, subject: str = "") -> str:
    """«You have 30 of 60 credits. 7.5 in progress, 15 planned; then 7.5 still missing.» The subject is named where it is given."""
    parts = [_have(progress, subject), _what_comes(progress), _content(progress), _claimed(progress), _beyond(progress), _coming_beyond(progress)]
    return " ".join(part for part in parts if part)


def summary(progress: Progress) -> str:
    """The same of somebody else: «30 of 60 credits. 7.5 in progress, 15 planned; then 7.5 still missing.»"""
    have = _("%(verified)s of %(goal)s credits.", verified=number(progress.verified), goal=number(progress.goal))
    return " ".join(part for part in (have, _what_comes(progress), _content(progress)) if part)


def requirement(threshold: Threshold) -> str:
    """What a mark on the bar means: «Grades 1–7: the 30 credits required are reached.»"""
    band, asked = words.band(threshold.target.band), number(threshold.asked)
    if threshold.dispensation and not threshold.asked:
        return _("%(band)s: nothing is required of you now, by a dispensation.", band=band)
    if not threshold.target.credits:
        return _("%(band)s: no credits required.", band=band)
    if threshold.reached:
        return _("%(band)s: the %(credits)s credits required are reached.", band=band, credits=asked)
    if not threshold.missing:
        return _("%(band)s: the %(credits)s credits required are on the way.", band=band, credits=asked)
    missing = number(threshold.missing)
    return _("%(band)s: %(credits)s credits required, %(missing)s still missing.", band=band, credits=asked, missing=missing)


def dispensation(threshold: Threshold) -> str:
    """Who has dispensed from what, until when, and why."""
    given, asked = threshold.dispensation, number(threshold.target.credits)
    if given.last is None:
        return _("Dispensation from the %(credits)s credits, given by %(by)s: %(why)s", credits=asked, by=given.by, why=given.why)
    until = day(given.last)
    return _("Dispensation from the %(credits)s credits until %(day)s, given by %(by)s: %(why)s", credits=asked, day=until, by=given.by, why=given.why)


def block(met: BlockMet) -> str:
    """How far a content is met: «Subject didactics: 10 of 15 credits, 5 still missing»."""
    content, asked = words.tag(met.block.tag), number(met.block.credits)
    if not met.block.credits:
        return _touched(met, content)
    if met.missing:
        missing = number(met.missing)
        return _("%(content)s: %(have)s of %(asked)s credits, %(missing)s still missing", content=content, have=number(met.verified), asked=asked, missing=missing)
    if not met.reached:
        return _("%(content)s: %(have)s of %(asked)s credits, the rest is on the way", content=content, have=number(met.verified), asked=asked)
    return _("%(content)s: %(have)s of %(asked)s credits", content=content, have=number(met.verified), asked=asked)


def _touched(met: BlockMet, content: str) -> str:
    if met.verified:
        return _("%(content)s: %(have)s credits", content=content, have=number(met.verified))
    if met.touched:
        return _("%(content)s: is part of what you have; how much is not stated", content=content)
    return _("%(content)s: comes with what you have planned", content=content) if met.touched_later else _("%(content)s: not yet", content=content)


def standing(reached: bool, coming: bool) -> tuple[str, str]:
    """How far one has come with a part of the rule, in a word and as the kind of its sign."""
    if reached:
        return _("Reached"), "reached"
    return (_("On its way"), "coming") if coming else (_("Not reached"), "lacking")


def explanation(row: Counted, progress: Progress) -> str:
    """Why a credit counts what it counts: «2.5 overlap with Numbers and algebra»."""
    if row.reason is Reason.IN_FULL:
        return str(NOT_YET.get(row.credit.kind, REASONS[row.reason]))
    if row.reason is not Reason.OVERLAP:
        return str(REASONS[row.reason])
    titles = {each.credit.key: each.credit.title for each in progress.counted}
    others = dict.fromkeys(titles[key] for because in row.because for key in because.credits)
    return _("%(deducted)s overlap with %(others)s", deducted=number(row.deducted), others=format_list(list(others), locale=language()))


def _have(progress: Progress, subject: str) -> str:
    verified, goal = number(progress.verified), number(progress.goal)
    if not subject:
        return _("You have %(verified)s of %(goal)s credits.", verified=verified, goal=goal)
    return _("You have %(verified)s of %(goal)s credits in %(subject)s.", verified=verified, goal=goal, subject=inside(subject))


def _what_comes(progress: Progress) -> str:
    amounts = {"running": progress.running, "planned": progress.planned, "missing": progress.missing}
    pattern = WHAT_COMES[tuple(bool(amount) for amount in amounts.values())]
    return str(pattern) % {name: number(amount) for name, amount in amounts.items()}


def _content(progress: Progress) -> str:
    """What of the missing must be of a content; where the credits are there and the content is not, that it is what lacks."""
    short = [_("%(credits)s in %(content)s", credits=number(amount), content=inside(words.tag(tag))) for tag, amount in progress.short_of.items()]
    if not short:
        return ""
    listed = format_list(short, locale=language())
    return _("Of the content, %(listed)s is missing.", listed=listed)


def _claimed(progress: Progress) -> str:
    if not progress.claimed:
        return ""
    return _("%(claimed)s claimed, which count when your school owner has verified them.", claimed=number(progress.claimed))


def _beyond(progress: Progress) -> str:
    beyond = progress.beyond.verified
    return _("You have %(beyond)s beyond %(goal)s.", beyond=number(beyond), goal=number(progress.goal)) if beyond else ""


def _coming_beyond(progress: Progress) -> str:
    beyond = progress.beyond.running + progress.beyond.planned
    if not beyond:
        return ""
    return _("Of what is in progress or planned, %(beyond)s goes beyond %(goal)s.", beyond=number(beyond), goal=number(progress.goal))
