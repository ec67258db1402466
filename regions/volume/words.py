"""The volume rules in words: what each asks, how much there is, and how it is met."""

from decimal import Decimal

from catalog.values import VolumeRule
from config.languages import _, _l, ngettext, number
from regions.coverage import amounts
from regions.volume.reckoning import Judged
from regions.volume.rules import Facts, Verdict

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
    said = str(RULES[one.group.volume_rule])
    if one.group.volume_rule is VolumeRule.KEEP and one.limit:
        return _("%(rule)s: from %(least)s to %(most)s per cent of it", rule=said, least=one.limit.least, most=one.limit.most)
    return said


def a_year(value: Decimal | None, facts: Facts) -> str:
    """«12.5 full 60s a study year», or in runs where some do not state their seats."""
    if value is None:
        return _("nothing known")
    plain = number(int(value) if value == int(value) else value)
    return _("%(amount)s a study year", amount=amounts.sixties(value) if facts.in_sixties else _("%(number)s runs", number=plain))


def reason(one: Judged) -> str:
    """How the rule is met, or why not."""
    return _REASONS[one.group.volume_rule](one.facts)


def _by_share(facts: Facts) -> str:
    if facts.percent is None:
        return _("Nothing is known of the former period, so there is nothing to compare with.")
    return _("%(percent)s per cent of the former period.", percent=number(round(facts.percent)))


def _by_demand(facts: Facts) -> str:
    taken = ngettext("%(num)d seat is", "%(num)d seats are", facts.taken)
    people = ngettext("%(num)d waits", "%(num)d wait", facts.waiting)
    return _("%(seats)s taken, and %(people)s.", seats=taken, people=people)


def _by_need(_facts: Facts) -> str:
    return _("What school owners need locally is theirs to say; the volume is shown beside it.")


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
    VolumeRule.LOCAL: _by_need,
    VolumeRule.DEVELOP: _by_new,
    VolumeRule.BUILD_UP: _by_growth,
}


def summary(judged: list[Judged]) -> str:
    met = sum(one.verdict is Verdict.MET for one in judged)
    unknown = sum(one.verdict is Verdict.UNKNOWN for one in judged)
    said = _("%(met)s of %(all)s volume rules are met.", met=met, all=len(judged))
    return said + (" " + ngettext("%(num)d cannot be judged.", "%(num)d cannot be judged.", unknown) if unknown else "")
