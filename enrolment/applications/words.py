"""An application in words: who must act and by when, what is missing, what happened. A state is never «pending»."""

from collections.abc import Mapping, Sequence
from datetime import date as Date

from catalog.offers import words as offer_words
from catalog.offers.models import Offering
from catalog.offers.sentences import title_of
from catalog.values import Semester, Strand, Term
from config.languages import _, _l, date, kroner, ngettext
from enrolment.applications.facts import Gap, Lack
from enrolment.applications.lifecycle import Case, Employer, Fellow, Money
from enrolment.applications.models import Application, ApplicationGroup, Choice, HeadsAsking
from enrolment.applications.values import MOST_RUNS, Answer, PackageFault, Question, Reason, Task, Together, Track, Verdict
from enrolment.rounds.models import Cycle, Scheme, SchemeRate
from enrolment.schools.models import OwnerKind

TASKS = {
    Task.SCHOOL: _l("You and your school"),
    Task.TEACHING: _l("What you teach and hold"),
    Task.CHOICES: _l("Your choices"),
    Task.FUNDING: _l("Funding check"),
    Task.PEOPLE: _l("Who takes part"),
    Task.HEAD: _l("Talk with your head"),
}
TRACKS = {Track.CASE: _l("Application"), Track.EMPLOYER: _l("Employer"), Track.MONEY: _l("Money"), Track.SEAT: _l("Seat")}
QUESTIONS = {
    Question.EMPLOYED: _l("Will you be employed as a teacher at %(place)s in the study year?"),
    Question.APPROVED: _l("Is the school approved under friskoleloven?"),
    Question.SUPPORTED: _l("Does another study of yours have state money in the same study year?"),
}
ANSWERS = {Answer.YES: _l("Yes"), Answer.NO: _l("No"), Answer.UNSURE: _l("I do not know")}
REASONS = {
    Reason.ELIGIBLE: _l("You may get state money, if your employer approves and there is enough."),
    Reason.PRINCIPAL: _l("The state pays the study itself. There is no substitute and no scholarship; when your employer approves, it binds itself to make room for it."),
    Reason.NO_SCHOOL: _l("Choose your school first."),
    Reason.UNANSWERED: _l("Answer the questions, and you see at once whether the state may pay."),
    Reason.TO_REVIEW: _l("The authority must look at this, because something is not known. You can send the application all the same."),
    Reason.REVIEWED_FOR: _l("The authority has looked at it: you may get state money, if your employer approves and there is enough."),
    Reason.REVIEWED_AGAINST: _l("The authority has looked at it: the state does not pay."),
    Reason.NOT_EMPLOYED: _l("State money goes to teachers who are employed at a school in the study year."),
    Reason.SCHOOL_NOT_COVERED: _l("State money goes to public schools and to private schools approved under friskoleloven."),
    Reason.SUPPORTED: _l("A teacher may have state money for one study in a study year."),
    Reason.NO_STATE_SCHEME: _l("None of your choices asks for state money, so you apply for a seat only."),
    Reason.IN_SERVICE: _l("No state money follows in-service training. You apply for a seat only."),
}
# The state does not pay what was asked of it, so somebody else may.
_STILL_TO_BE_PAID = {Reason.NOT_EMPLOYED, Reason.REVIEWED_AGAINST, Reason.SCHOOL_NOT_COVERED, Reason.SUPPORTED}
VERDICTS = {True: (_l("May be paid"), "good"), False: (_l("Not paid by the state"), "plain"), None: (_l("Not settled"), "wait")}
# What happened, in the past tense, by track and event. Other packages add theirs.
EVENTS: dict[tuple[Track, str], object] = {
    (Track.CASE, "send"): _l("Application sent"),
    (Track.CASE, "change"): _l("Application changed"),
    (Track.CASE, "withdraw"): _l("Application withdrawn"),
    (Track.CASE, "found group"): _l("Colleagues invited to apply together"),
    (Track.CASE, "join group"): _l("Applies together with colleagues"),
    (Track.CASE, "leave group"): _l("Applies alone"),
    (Track.EMPLOYER, "send"): _l("Sent to the head"),
    (Track.EMPLOYER, "withdraw"): _l("No longer with the employer"),
    (Track.EMPLOYER, "recommend"): _l("Recommended by the head"),
    (Track.EMPLOYER, "advise against"): _l("Not recommended by the head"),
    (Track.EMPLOYER, "pass on"): _l("Passed on to the employer"),
    (Track.EMPLOYER, "approve"): _l("Approved by the employer"),
    (Track.EMPLOYER, "refuse"): _l("Not approved by the employer"),
    (Track.EMPLOYER, "reconsider"): _l("Taken up again by the employer"),
    (Track.EMPLOYER, "let run out"): _l("Not approved: no answer came"),
    (Track.MONEY, "find eligible"): _l("The state may pay"),
    (Track.MONEY, "find not eligible"): _l("The state does not pay"),
    (Track.MONEY, "check"): _l("Funding checked"),
    (Track.MONEY, "fund"): _l("Money granted"),
    (Track.MONEY, "leave unfunded"): _l("No money granted"),
    (Track.MONEY, "ask anew"): _l("Funding not settled"),
    (Track.SEAT, "seat"): _l("Seat offered by the round"),
    (Track.SEAT, "waiting"): _l("Put in the queue by the round"),
    (Track.SEAT, "elsewhere"): _l("Study elsewhere settled by the round"),
    (Track.SEAT, "none"): _l("No seat in the round"),
    (Track.SEAT, "offer"): _l("Seat offered"),
    (Track.SEAT, "accept"): _l("Seat accepted"),
    (Track.SEAT, "decline"): _l("Seat declined"),
    (Track.SEAT, "let lapse"): _l("Offer lapsed"),
    (Track.SEAT, "withdraw"): _l("Enrolment ended"),
    (Track.SEAT, "complete"): _l("Completed"),
    (Track.SEAT, "interrupt"): _l("Interrupted"),
    (Track.SEAT, "confirm"): _l("Confirmed by the teacher"),
    (Track.SEAT, "countersign"): _l("Countersigned by the owner"),
    (Track.SEAT, "defer"): _l("Put off"),
    (Track.SEAT, "resume"): _l("Taken up again"),
    (Track.SEAT, "retract"): _l("The owner: did not take part"),
    (Track.SEAT, "restore"): _l("The owner: took part all the same"),
    (Track.SEAT, "date study"): _l("Said when the study elsewhere is given"),
}
WHAT = {**TASKS, "order": _l("The order of your choices")}
EMPLOYERS = {OwnerKind.MUNICIPALITY: _l("With the municipality"), OwnerKind.COUNTY: _l("With the county"), OwnerKind.PRIVATE: _l("With the school owner")}


def gap(one: Gap) -> str:
    """What is missing, in a sentence."""
    sentences = {
        Lack.NO_EMPLOYER: _l("Choose your school."),
        Lack.NO_TEACHING: _l("Say what you teach."),
        Lack.NO_CHOICE: _l("Choose at least one study."),
        Lack.NO_SCHEME: _l("Choice %(number)s: say how it is paid."),
        Lack.NO_LONGER_GIVEN: _l("Choice %(number)s is no longer given: change or remove it."),
        Lack.NOT_ANSWERED: _l("Answer the questions about money."),
        Lack.NOT_TALKED: _l("Talk with your head first."),
    }
    return str(sentences[one.lack]) % {"number": one.choice}


def package_fault(fault: PackageFault, study_year: int) -> str:
    return {
        PackageFault.EMPTY: lambda: _("Choose at least one run that is given in this round."),
        PackageFault.TOO_MANY: lambda: _("A choice holds at most %(most)s runs.", most=MOST_RUNS),
        PackageFault.OTHER_STRAND: lambda: _("This run belongs to another kind of study, which is applied for by itself."),
        PackageFault.SEVERAL_COURSES: lambda: _("The runs of a choice belong to one course. Make a choice for each course."),
        PackageFault.OUTSIDE_YEAR: lambda: _("This round is for studies of %(year)s.", year=offer_words.study_year(study_year)),
        PackageFault.MODULE_TWICE: lambda: _("Choose one run of each module."),
    }[fault]()


def semesters_of_year(case: Application) -> list[tuple[str, str]]:
    """Those that a study elsewhere may begin in, to choose from."""
    year = case.cycle.study_year
    return [(one.code, offer_words.semester(one)) for one in (Semester(year, Term.AUTUMN), Semester(year + 1, Term.SPRING))]


def choice_title(choice: Choice) -> str:
    """The course of a package of several, the module of one, or the study elsewhere."""
    if not choice.runs:
        return choice.title or ""
    module = choice.runs[0].offering.module
    return module.course.title if len(choice.runs) > 1 and module.course else title_of(module)


def choice_from(choice: Choice) -> str:
    """Who gives it and when: «HVL, autumn 2026 and spring 2027»."""
    if not choice.runs:
        return ", ".join(part for part in (choice.institution, offer_words.semesters(choice.semester, choice.semesters or 1)) if part)
    runs = [one.offering for one in choice.runs]
    terms = dict.fromkeys(offer_words.semester_inside(run.semester) for run in runs)
    return f"{runs[0].module.institution.short_name}, {offer_words.listed(list(terms))}"


def choice_credits(choice: Choice) -> str:
    known = [one.offering.module.credits for one in choice.runs] if choice.runs else [choice.credits]
    return "" if None in known else offer_words.credits(sum(known))


def name(case: Application) -> str:
    """«Further education, round of 2026/2027»."""
    return round_name(case.cycle, case.strand)


def round_name(cycle: Cycle, strand: Strand) -> str:
    return f"{offer_words.strand(strand)}, {cycle.name}"


def owner_name(case: Application) -> str:
    return case.owner.organisation.name if case.owner else ""


def school_name(case: Application) -> str:
    return case.school.organisation.name if case.school else ""


def question(one: Question, case: Application) -> str:
    """A question of the funding check, with the place that it is about."""
    return str(QUESTIONS[one]) % {"place": school_name(case) or owner_name(case)}


def funding_says(verdict: Verdict) -> str:
    """Whether the state may pay and why, and what can still be done where it does not."""
    told = str(REASONS[verdict.reason])
    if verdict.reason in _STILL_TO_BE_PAID:
        told += " " + _("You can apply all the same: for a seat only, or with your employer paying.")
    return told


def scheme_says(scheme: Scheme, rate: SchemeRate) -> str:
    """Who bears what: «the state 60, your employer 15, your own time 25 per cent»."""
    if rate.stipend_oere:
        return _("A scholarship of %(amount)s for 30 credits from the state; you study in your own time.", amount=kroner(rate.stipend_oere))
    if not rate.state_percent and not rate.owner_percent:
        return _("You study in your own time.") if scheme.kind != "owner-funded" else _("Your employer makes room for it; no substitute and no scholarship.")
    return _(
        "Of the working time the study takes, the state pays %(state)s per cent, your employer %(owner)s, and %(own)s is your own time.",
        state=rate.state_percent, owner=rate.owner_percent, own=rate.own_percent,
    )  # fmt: skip


def happened(track: Track, event: str) -> str:
    known = EVENTS.get((track, event))
    return str(known) if known else event


def about(facts: Mapping[str, str]) -> str:
    """What a line of the timeline adds: which part was changed, the number on the owner's list, the semester, or why the money is settled as it is."""
    if "what" in facts:
        return str(WHAT.get(facts["what"], facts["what"]))
    if {"rank", "of"} <= facts.keys():
        return _("No. %(rank)s of %(of)s.", rank=facts["rank"], of=facts["of"])
    if "semester" in facts:
        return f"{offer_words.semester(Semester.from_code(facts['semester']))}."
    known = {str(reason): sentence for reason, sentence in REASONS.items()}
    return str(known.get(facts.get("reason", ""), ""))


def state_tag(case: Application) -> tuple[str, str]:
    """One or two words for where the case is as a whole."""
    if case.state is not Case.SENT:
        return {Case.DRAFT: (_("Draft"), "plain"), Case.WITHDRAWN: (_("Withdrawn"), "plain")}[case.state]
    return employer_tag(case)


def employer_tag(case: Application) -> tuple[str, str]:
    kind = case.owner.kind if case.owner else OwnerKind.PRIVATE
    return {
        Employer.NOT_SENT: (_("Not sent"), "plain"),
        Employer.WITH_HEAD: (_("With the head"), "wait"),
        Employer.WITH_OWNER: (str(EMPLOYERS[kind]), "wait"),
        Employer.APPROVED: (_("Approved"), "good"),
        Employer.REFUSED: (_("Not approved"), "stop"),
        Employer.UNANSWERED: (_("Not approved"), "stop"),
    }[case.employer]


def money_tag(case: Application) -> tuple[str, str]:
    return {
        Money.OPEN: (_("Not settled"), "plain"),
        Money.NOT_ELIGIBLE: (_("Not paid by the state"), "plain"),
        Money.ELIGIBLE: (_("May be paid"), "wait"),
        Money.FUNDED: (_("Money granted"), "good"),
        Money.UNFUNDED: (_("No money granted"), "stop"),
    }[case.money]


def waiting_for_head(case: Application, by: Date | None, on: Date) -> str:
    school = school_name(case) or owner_name(case)
    if by and by < on:
        return _("Waiting for the head of %(school)s, whose recommendation was due %(day)s.", school=school, day=date(by))
    return _("Waiting for the head of %(school)s, recommendation by %(day)s.", school=school, day=date(by)) if by else _("Waiting for the head of %(school)s.", school=school)


def waiting_for_owner(case: Application, by: Date | None, on: Date) -> str:
    owner = owner_name(case)
    if by and by < on:
        return _("Waiting for %(owner)s, whose answer was due %(day)s.", owner=owner, day=date(by))
    return _("Waiting for %(owner)s, answer by %(day)s.", owner=owner, day=date(by)) if by else _("Waiting for %(owner)s.", owner=owner)


def waiting_for_authority(case: Application, by: Date | None, on: Date) -> str:
    if by and by < on:
        return _("Waiting for the national authority, whose answer was due %(day)s.", day=date(by))
    return _("Waiting for the national authority, answer by %(day)s.", day=date(by)) if by else _("Waiting for the national authority.")


TOGETHER = {Together.WHOLE: _l("All of us or nobody"), Together.MANY: _l("As many of us as possible")}
ASKED_TOGETHER = {Together.WHOLE: _l("All of them or nobody"), Together.MANY: _l("As many of them as possible")}  # as their head says it
FELLOWS = {Fellow.INVITED: (_l("Invited"), "wait"), Fellow.JOINED: (_l("Applies too"), "good"), Fellow.DECLINED: (_l("Said no"), "plain"), Fellow.LEFT: (_l("Has left"), "plain")}


def people(case: Application) -> str:
    """Who takes part in in-service training."""
    return ngettext("The school, %(num)d person", "The school, %(num)d people", case.people) if case.people else _("You alone, or with the colleagues you invite")


def who_takes_part(case: Application) -> str:
    """The same, to those who decide."""
    return people(case) if case.people else _("The teacher, alone or with the colleagues who apply too")


def group(one: ApplicationGroup) -> str:
    """«All of us or nobody, at least 3. Kari, Ola»."""
    names = [fellow.person.name for fellow in one.fellows if fellow.state is Fellow.JOINED]
    if not names:
        return _("%(mode)s, at least %(least)s. Nobody has said yes yet.", mode=TOGETHER[one.mode], least=one.least)
    return _("%(mode)s, at least %(least)s: %(names)s", mode=TOGETHER[one.mode], least=one.least, names=offer_words.listed(names))


def asker(one: ApplicationGroup) -> str:
    """Who asks colleagues to apply together: one of them, or their head."""
    return one.asking.asked_by.name if one.asking and one.asking.asked_by else one.founder.name


def study_asked_for(asking: HeadsAsking) -> str:
    """«Matematikk 1, HVL, autumn 2026 and spring 2027»; empty where it is gone."""
    return f"{choice_title(asking)}, {choice_from(asking)}" if asking.runs else ""


def study(runs: Sequence[Offering]) -> str:
    """What is chosen with runs of one course, for a list of them."""
    course = runs[0].module.course
    terms = dict.fromkeys(offer_words.semester_inside(run.semester) for run in runs)
    return f"{course.title if len(runs) > 1 and course else title_of(runs[0].module)}, {offer_words.listed(list(terms))}"


def group_invitation(facts: Mapping[str, str]) -> str:
    return _("%(name)s asks you to apply for a study together.", name=facts.get("name", ""))


def group_answered(facts: Mapping[str, str]) -> str:
    if facts.get("asked") == "by-head":
        return _asked_answered(facts)
    if facts.get("answer") == "joined":
        return _("%(name)s applies together with you.", name=facts.get("name", ""))
    return _("%(name)s does not apply together with you.", name=facts.get("name", ""))


def _asked_answered(facts: Mapping[str, str]) -> str:
    if facts.get("answer") == "joined":
        return _("%(name)s applies together with colleagues, as you have asked.", name=facts.get("name", ""))
    return _("%(name)s does not apply together with colleagues.", name=facts.get("name", ""))


def funding_reviewed(facts: Mapping[str, str]) -> str:
    told = str(REASONS[Reason(facts["reason"])]) if facts.get("reason") else _("Funding checked")
    return f"{told} {facts.get('why', '')}".strip()


def application_sent(facts: Mapping[str, str]) -> str:
    until = Date.fromisoformat(facts["until"]) if facts.get("until") else None
    return _("Your application is sent. You can change or withdraw it until %(day)s at 23:59.", day=date(until))
