"""A competence plan in words."""

from collections.abc import Mapping
from datetime import date as Date

from catalog.offers import words as offer_words
from config.languages import _, _l, date, number
from regions.competence.lifecycle import Part, Plan
from regions.competence.models import CompetencePlan, Funding, Measure, PlanPart, PlanRemark, Stance
from regions.competence.rules import Sum, share

FUNDINGS = {Funding.STATE: _l("State-funded"), Funding.OWN: _l("The owner's own")}
STANCES = {Stance.AGREES: (_l("Agrees"), "good"), Stance.REMARKS: (_l("Remarks"), "wait")}
PARTS = {Part.INVITED: (_l("Invited"), "wait"), Part.JOINED: (_l("Takes part"), "plain"), Part.DECLINED: (_l("Declined"), "stop")}


def status(plan: CompetencePlan, on: Date) -> tuple[str, str]:
    """Where it stands, and the kind of its tag."""
    if plan.adopted:
        return _("Politically adopted"), "good"
    if plan.state is Plan.DRAFT:
        return _("Draft"), "plain"
    if plan.adopted_by_some:
        return _("Adopted by some of the owners"), "wait"
    return (_("With the unions until %(date)s", date=date(plan.remarks_by)), "wait") if on <= plan.remarks_by else (_("Awaits adoption"), "wait")


def part(one: PlanPart) -> tuple[str, str]:
    if one.state is Part.ADOPTED:
        return _("Adopted %(date)s, case %(case)s", date=date(one.adopted_on), case=one.case_number), "good"
    return PARTS[one.state]


def owners(plan: CompetencePlan) -> str:
    return offer_words.listed([one.owner.organisation.name for one in plan.taking_part])


def what(one: Measure) -> str:
    """«Matematikk · Grades 1–7», or nothing where the measure is for everybody."""
    return offer_words.subject_and_level(one.subject, one.band)


def strand(one: Measure) -> str:
    return str(offer_words.STRANDS[one.strand])


def outcome(one: Measure) -> str:
    """«8 of 10 (80 %)»; a sign where it is not followed up."""
    return "–" if one.completed is None else _against(one.completed, one.participants)


def _against(completed: int, planned: int) -> str:
    in_hundred = share(completed, planned)
    said = _("%(completed)s of %(planned)s", completed=number(completed), planned=number(planned))
    return said if in_hundred is None else f"{said} ({_('%(share)s %%', share=number(in_hundred))})"


def together(one: Sum) -> str:
    """The same of several measures, of those that are followed up."""
    return _against(one.completed, one.followed) if one.followed else "–"


def remark_of(one: PlanRemark) -> str:
    """Who said it, for whom."""
    return _("%(name)s, for the unions at %(owner)s", name=one.person.name if one.person else _("somebody who is gone"), owner=one.owner.organisation.name)


def plan_invites(facts: Mapping[str, str]) -> str:
    return _("You are invited to take part in the competence plan “%(plan)s”.", plan=facts.get("plan", ""))


def plan_for_remarks(facts: Mapping[str, str]) -> str:
    day = date(Date.fromisoformat(facts["remarks_by"])) if facts.get("remarks_by") else ""
    return _("The competence plan “%(plan)s” awaits the unions' remarks by %(day)s.", plan=facts.get("plan", ""), day=day)


def plan_remarked(facts: Mapping[str, str]) -> str:
    return _("The unions have said theirs of the competence plan “%(plan)s”.", plan=facts.get("plan", ""))
