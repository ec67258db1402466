"""A census in words."""

from collections.abc import Mapping
from datetime import date as Date

from config.languages import _, _l, date, ngettext, number
from regions.census.lifecycle import Answer
from regions.census.models import Census, CensusAnswer
from regions.census.rules import Figures, Level
from regions.reports.rules import FEWEST, Line
from regions.volume import register

LEVELS = {Level.REGION: _l("Region"), Level.COUNTY: _l("County"), Level.OWNER: _l("School owner"), Level.SCHOOL: _l("School")}


def status(one: Census, on: Date) -> tuple[str, str]:
    """Where it stands, and the kind of its tag."""
    if on < one.opens_on:
        return _("Opens %(date)s", date=date(one.opens_on)), "plain"
    return (_("Open until %(date)s", date=date(one.answer_by)), "wait") if on <= one.answer_by else (_("Closed"), "plain")


def period(one: Census) -> str:
    """«Before the period 2026–»."""
    name = next((known.name for known in register.periods() if known.first == one.period_first), str(one.period_first))
    return _("Before the period %(period)s", period=name)


def answer(one: CensusAnswer | None) -> tuple[str, str]:
    if one is None:
        return _("Not begun"), "stop"
    return (_("Sent"), "good") if one.state is Answer.SENT else (_("Begun, not sent"), "wait")


def sent(many: tuple[int, int]) -> str:
    """«12 of 41 schools have sent their answer.»"""
    return ngettext("%(sent)s of %(num)d school has sent its answer.", "%(sent)s of %(num)d schools have sent their answer.", many[1], sent=number(many[0]))


def sent_before(earlier: Census, many: tuple[int, int]) -> str:
    """How far a comparison reaches: «In “Census 2015” 9 of 41 schools had.»"""
    return _("In “%(census)s” it was %(sent)s of %(all)s, so compare with care where they differ.", census=earlier.name, sent=number(many[0]), all=number(many[1]))


def figures(line: Line | None) -> list[str]:
    """Teachers, without, and the share that lacks credits; what may not be told is a sign."""
    if line is None:
        return ["–"] * 3
    counts: Figures = line.counts
    if line.hidden:
        return [_("fewer than %(fewest)s, or hidden", fewest=FEWEST), "–", "–"]
    parts = ["–"] * 2 if line.parts_hidden else [number(counts.without), in_hundred(counts.least_share)]
    return [number(counts.teachers), *parts]


def in_hundred(share: int | None) -> str:
    return "–" if share is None else _("%(share)s %%", share=number(share))


def share(counts: Figures) -> str:
    """Of one's own: of those whose credits are known."""
    return in_hundred(counts.share)


def change(now: Line | None, before: Line | None) -> str:
    """From which share, and whether that is up or down: «▼ from 34 %»; only where both may be told."""
    if now is None or before is None or now.parts_hidden or before.parts_hidden:
        return "–"
    return _since(now.counts.least_share, before.counts.least_share)


def _since(now: int | None, before: int | None) -> str:
    if now is None or before is None:
        return "–"
    if now == before:
        return _("unchanged")
    return _("%(sign)s from %(share)s %%", sign="▲" if now > before else "▼", share=number(before))


def census_awaits(facts: Mapping[str, str]) -> str:
    """The sentence of the message."""
    known = {"census": facts.get("census", ""), "day": date(Date.fromisoformat(facts["answer_by"])) if facts.get("answer_by") else ""}
    return ngettext(
        "“%(census)s” awaits an answer from %(num)d of your schools, by %(day)s.",
        "“%(census)s” awaits answers from %(num)d of your schools, by %(day)s.",
        int(facts.get("schools", "1")), **known,
    )  # fmt: skip


def earlier_share(before: Line | None) -> str:
    return "–" if before is None or before.parts_hidden else in_hundred(before.counts.least_share)


def own_change(now: Figures, before: Figures | None) -> str:
    """As `change`, of what is one's own."""
    return _since(now.share, before.share) if before else "–"
