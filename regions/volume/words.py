"""The volume rules in words: what each asks, how much there is, and how it is met."""

from collections.abc import Sequence
from decimal import Decimal

from catalog.offers import words as offer_words
from catalog.offers.sentences import inside
from catalog.subjects.models import Subject
from catalog.values import VolumeRule
from config.languages import _, _l, ngettext, number
from regions.coverage import amounts
from regions.volume.reckoning import Judged
from regions.volume.rules import Facts, Needs, Verdict
from regions.volume.values import Limit

RULES = {
    VolumeRule.KEEP: _l("About as much as in the former period"),
    VolumeRule.FEWER: _l("Offered, but fewer than in the former period"),
    VolumeRule.DEMAND: _l("Adjusted by what is asked for"),
    VolumeRule.LOCAL: _l("By what school owners need locally"),
    VolumeRule.DEVELOP: _l("New offers are developed"),
    VolumeRule.BUILD_UP: _l("Offers are developed and given"),
}
VERDICTS = {Verdict.MET: (_l("Met"), "good"), Verdict.NOT_MET: (_l("Not met"), "stop"), Verdict.UNKNOWN: (_l("Cannot be judged"), "wait")}


def rule(one: Judged) -> str:
    """What the rule asks, and when it is met."""
    return f"{RULES[one.rule]}. {_met_where(one.rule, one.limit)}"


def _met_where(rule: VolumeRule, limit: Limit | None) -> str:
    if rule is VolumeRule.KEEP:
        return _("Met from %(least)s to %(most)s per cent of it.", least=limit.least, most=limit.most) if limit else ""
    return str(_MET_WHERE[rule])


_MET_WHERE = {
    VolumeRule.FEWER: _l("Met where there is something, and less than before."),
    VolumeRule.DEMAND: _l("Met where nobody waits for a seat, or more is on offer than in the former period."),
    VolumeRule.LOCAL: _l("Met where something begins in every subject in which owners say that teachers lack credits."),
    VolumeRule.DEVELOP: _l("Met where a module runs for the first time."),
    VolumeRule.BUILD_UP: _l("Met where more is on offer than in the former period."),
}


def a_year(value: Decimal | None, facts: Facts) -> str:
    """«12.5 full 60s a study year», or in runs where some do not state their seats."""
    if value is None:
        return _("nothing known")
    plain = number(int(value) if value == int(value) else value)
    return _("%(amount)s a study year", amount=amounts.sixties(value) if facts.in_sixties else _("%(number)s runs", number=plain))


def reason(one: Judged, lacking: Sequence[Subject]) -> str:
    """How the rule is met, or why not. `lacking`: the subjects that are needed and in which nothing begins."""
    return _by_need(one.facts.needs, lacking) if one.rule is VolumeRule.LOCAL else _REASONS[one.rule](one.facts)


def target(one: Judged, seats: int, study_year: int) -> str:
    """How many seats are aimed at, beside those that begin."""
    return _("Target %(target)s seats a study year; %(seats)s begin in %(year)s.", target=number(seats), seats=number(one.seats.seats), year=offer_words.study_year(study_year))


def _by_share(facts: Facts) -> str:
    if facts.percent is None:
        return _("Nothing is known of the former period, so there is nothing to compare with.")
    return _("%(percent)s per cent of the former period.", percent=number(round(facts.percent)))


def _by_demand(facts: Facts) -> str:
    taken = ngettext("%(num)d seat is", "%(num)d seats are", facts.taken)
    people = ngettext("%(num)d waits", "%(num)d wait", facts.waiting)
    said = _("%(seats)s taken, and %(people)s.", seats=taken, people=people)
    if not facts.waiting:
        return said + " " + _("What is on offer is enough for those who ask.")
    return said + " " + (_("More is on offer than in the former period.") if facts.now > (facts.before or 0) else _("No more is on offer than in the former period."))


def _by_need(needs: Needs | None, lacking: Sequence[Subject]) -> str:
    if needs is None:
        return _("No census tells of enough teachers in upper secondary, so nothing is known of what is needed.")
    whole = len(needs.served | needs.left)
    if not whole:
        return _("The latest census tells of nobody who lacks credits.")
    said = ngettext("Something begins in %(served)s of %(num)d subject in which the latest census tells that teachers lack credits.", "Something begins in %(served)s of %(num)d subjects in which the latest census tells that teachers lack credits.", whole, served=len(needs.served))
    names = offer_words.listed([inside(subject.name) for subject in lacking])
    return said + (" " + _("Nothing begins in %(subjects)s.", subjects=names) if lacking else "")


def _by_new(facts: Facts) -> str:
    return ngettext("%(num)d module runs for the first time in this period.", "%(num)d modules run for the first time in this period.", facts.new)


def _by_growth(facts: Facts) -> str:
    if not facts.now:
        return _("Nothing is on offer.")
    return _("More than in the former period.") if facts.now > (facts.before or 0) else _("Not more than in the former period.")


_REASONS = {
    VolumeRule.KEEP: _by_share,
    VolumeRule.FEWER: _by_share,
    VolumeRule.DEMAND: _by_demand,
    VolumeRule.DEVELOP: _by_new,
    VolumeRule.BUILD_UP: _by_growth,
}


def summary(judged: list[Judged]) -> str:
    met = sum(one.verdict is Verdict.MET for one in judged)
    unknown = sum(one.verdict is Verdict.UNKNOWN for one in judged)
    said = _("%(met)s of %(all)s volume rules are met.", met=met, all=len(judged))
    return said + (" " + ngettext("%(num)d cannot be judged.", "%(num)d cannot be judged.", unknown) if unknown else "")
