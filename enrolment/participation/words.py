"""What taking part is called."""

from collections.abc import Mapping

from catalog.offers import words as offer_words
from catalog.values import Semester
from config.languages import _
from enrolment.participation.models import ParticipationStep
from enrolment.participation.places import Place
from enrolment.participation.values import Cause, Event


def cause(code: Cause) -> str:
    return {
        Cause.ILLNESS: _("Illness"),
        Cause.LEAVE: _("Parental leave"),
        Cause.WORKLOAD: _("Too much beside the post"),
        Cause.NO_SUBSTITUTE: _("No substitute teacher"),
        Cause.NEW_JOB: _("New job"),
        Cause.STUDY: _("The study was not what I needed"),
        Cause.OTHER: _("Something else"),
    }[code]


def why_not(code: str) -> str:
    return {
        "ended": _("The study has ended for you, so this cannot be done."),
        "put-off": _("The study is put off. Take it up again first."),
        "not-put-off": _("The study is not put off."),
        "not-confirmed": _("The teacher has not confirmed this semester yet."),
        "not-vouched-for": _("You have not countersigned this semester."),
        "said": _("This has been said already."),
    }[code]


def state(place: Place) -> tuple[str, str]:
    """One or two words, and the kind of tag."""
    if place.part.interrupted:
        return _("Interrupted"), "stop"
    if place.study.completed:
        return _("Completed"), "good"
    if place.part.deferred:
        return _("Put off"), "wait"
    return _("Taking part"), "good"


def semester(place: Place, one: Semester) -> str:
    """Where a semester stands between teacher and owner."""
    if one in place.part.retracted:
        return _("Taken back by the owner: did not take part")
    if one in place.part.payable:
        return _("Confirmed by teacher and owner")
    if one in place.part.confirmed:
        return _("Confirmed by the teacher, waits for the owner")
    return _("Not confirmed")


def step(row: ParticipationStep) -> str:
    """A step in the past tense, with its semester or its cause."""
    said = {
        Event.CONFIRM: _("Confirmed by the teacher"),
        Event.COUNTERSIGN: _("Countersigned by the owner"),
        Event.DEFER: _("Put off"),
        Event.RESUME: _("Taken up again"),
        Event.INTERRUPT: _("Interrupted"),
        Event.RETRACT: _("The owner: did not take part"),
        Event.RESTORE: _("The owner: took part all the same"),
    }[row.event]
    about = offer_words.semester(row.semester) if row.semester else cause(row.cause) if row.cause else None
    return f"{said}: {about}" if about else said


def title(place: Place) -> str:
    return place.study.title


def elsewhere(place: Place) -> str:
    """Why nobody but teacher and owner confirms it."""
    return _("%(institution)s is not asked here who takes part. That you and your school owner confirm it is enough.", institution=place.study.choice.institution)


def deferred(facts: Mapping[str, str]) -> str:
    return _("%(name)s puts %(module)s off.", name=facts.get("name", ""), module=facts.get("module", ""))


def interrupted(facts: Mapping[str, str]) -> str:
    return _("%(name)s interrupts %(module)s.", name=facts.get("name", ""), module=facts.get("module", ""))


def retracted(facts: Mapping[str, str]) -> str:
    return _("%(owner)s says that you did not take part in %(module)s: %(why)s", owner=facts.get("owner", ""), module=facts.get("module", ""), why=facts.get("why", ""))


def restored(facts: Mapping[str, str]) -> str:
    return _("%(owner)s says that you took part in %(module)s all the same.", owner=facts.get("owner", ""), module=facts.get("module", ""))


MESSAGES = {
    "participation-deferred": deferred, "participation-interrupted": interrupted, "participation-retracted": retracted, "participation-restored": restored,
}  # fmt: skip
