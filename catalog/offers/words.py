"""How the values of the field are written in the reader's language. Every page says them by these functions.

In templates the module stands as `words`: `{{ words.semester(offering.semester) }}`. A value that is not stated gives
the empty text, which the macros show as «not stated».
"""

from collections.abc import Sequence
from datetime import date as Date
from decimal import Decimal

from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import EnrolmentMode, Gathering, Offering
from catalog.offers import positions
from catalog.offers.rules import FEWEST, LastYear, Stage
from catalog.offers.rules import stage as stage_of
from catalog.subjects.models import Subject
from catalog.values import ADULTS, Band, Delivery, Grades, Selection, Semester, Strand, Tag, Term
from config.languages import _, _l, date, kroner, language, ngettext, number

DELIVERIES = {
    Delivery.ONLINE: _l("Online only"),
    Delivery.BLENDED: _l("Online and gatherings"),
    Delivery.GATHERINGS: _l("Gatherings"),
    Delivery.CAMPUS: _l("On campus"),
}
TAGS = {
    Tag.SUBJECT: _l("Subject content"),
    Tag.DIDACTICS: _l("Subject didactics"),
    Tag.PRACTICE: _l("Own teaching practice"),
    Tag.ASSESSMENT: _l("Assessment"),
    Tag.ADAPTED: _l("Adapted education"),
    Tag.ICT: _l("ICT in the subject"),
    Tag.SKILLS: _l("Basic skills"),
}
BANDS = {Band.PRIMARY: _l("Grades 1–7"), Band.LOWER: _l("Grades 8–10"), Band.UPPER: _l("Upper secondary")}
STRANDS = {Strand.FURTHER: _l("Further education"), Strand.IN_SERVICE: _l("In-service training"), Strand.PRINCIPAL: _l("Principal education")}
MODES = {
    EnrolmentMode.DIRECT: _l("Enrol here, first come, first served"),
    EnrolmentMode.ROUND: _l("Through the yearly round of applications"),
    EnrolmentMode.ELSEWHERE: _l("At the institution itself"),
}
SELECTIONS = {
    Selection.FIRST_COME: _l("First come, first served"),
    Selection.RANKED: _l("Ranked by points"),
    Selection.DIRECT: _l("Everybody who meets the requirements is admitted"),
}
PUBLICATIONS = {Publication.DRAFT: _l("Draft"), Publication.PUBLISHED: _l("Published"), Publication.WITHDRAWN: _l("Withdrawn")}
RUNS = {Run.DRAFT: _l("Draft"), Run.PLANNED: _l("Planned"), Run.PUBLISHED: _l("Published"), Run.CANCELLED: _l("Cancelled")}
STAGES = {  # each with the kind of its tag
    Stage.PLANNED: (_l("Planned"), ""),
    Stage.LATER: (_l("Not open yet"), ""),
    Stage.OPEN: (_l("Open for enrolment"), "good"),
    Stage.CLOSED: (_l("Enrolment closed"), "plain"),
    Stage.RUNNING: (_l("Under way"), "plain"),
    Stage.ENDED: (_l("Ended"), "plain"),
    Stage.CANCELLED: (_l("Cancelled"), "stop"),
    Stage.UNKNOWN: ("", "plain"),
}
LANGUAGES_OF_TEACHING = {
    "nb": _l("Norwegian, bokmål"), "nn": _l("Norwegian, nynorsk"), "no": _l("Norwegian"), "se": _l("North Sámi"), "sma": _l("South Sámi"),
    "smj": _l("Lule Sámi"), "en": _l("English"), "nts": _l("Norwegian Sign Language"),
}  # fmt: skip
# Towns one is «på», not «i», in Norwegian.
ON = {"Gjøvik", "Hamar", "Kongsberg", "Lillehammer", "Nesna", "Notodden", "Rauland", "Rena", "Røros", "Stord", "Voss", "Ås"}


def semester(value: Semester | None) -> str:
    """«Autumn 2026», «Høst 2026», «Haust 2026»; as a heading or a fact."""
    if value is None:
        return ""
    return _("Autumn %(year)s", year=value.year) if value.term is Term.AUTUMN else _("Spring %(year)s", year=value.year)


def semester_inside(value: Semester | None) -> str:
    """The semester in the middle of a sentence: «autumn 2026»."""
    if value is None:
        return ""
    return _("autumn %(year)s", year=value.year) if value.term is Term.AUTUMN else _("spring %(year)s", year=value.year)


def semesters(first: Semester | None, count: int = 1) -> str:
    """«Autumn 2026», or «Autumn 2026 to spring 2027» for a run of several."""
    if first is None or count <= 1:
        return semester(first)
    return _("%(first)s to %(last)s", first=semester(first), last=semester_inside(first.plus(count - 1)))


def subject_and_level(subject: Subject | None, level: Band | None) -> str:
    """«Matematikk · Grades 1–7»; empty where it is of neither."""
    return " · ".join(filter(None, [subject.name if subject else "", band(level) if level else ""]))


def study_year(first: int) -> str:
    """The study year that begins in the autumn of a year: 2026/2027."""
    return f"{first}/{first + 1}"


def credits(value: Decimal | None) -> str:
    """«7.5 credits», «7,5 studiepoeng»; empty where not stated."""
    if value is None:
        return ""
    return _("1 credit") if value == 1 else _("%(number)s credits", number=number(value))


def grades(value: Grades) -> str:
    """«Grades 1–7», «Grades 8–13 and adults», «Adults»; empty where not stated."""
    figures, adults = str(value), ADULTS in value
    if figures and adults:
        return _("Grades %(grades)s and adults", grades=figures)
    if figures:
        return _("Grades %(grades)s", grades=figures)
    return _("Adults") if adults else ""


def grades_figures(value: Grades) -> str:
    """«1–7», «8–13, adults», «Adults», where the word «grades» stands beside it."""
    figures = str(value)
    if ADULTS in value:
        return f"{figures}, {_('adults')}" if figures else _("Adults")
    return figures


def delivery(value: Delivery | None) -> str:
    return str(DELIVERIES[value]) if value else ""


def tag(value: Tag) -> str:
    return str(TAGS[value])


def band(value: Band) -> str:
    return str(BANDS[value])


def strand(value: Strand) -> str:
    return str(STRANDS[value])


def mode(value: EnrolmentMode) -> str:
    return str(MODES[value])


def selection(value: Selection | None) -> str:
    return str(SELECTIONS[value]) if value else ""


def attendance(percent: int | None) -> str:
    """«At least 80 per cent», «Not required»; empty where not stated."""
    if percent is None:
        return ""
    return _("At least %(percent)s per cent", percent=percent) if percent else _("Not required")


def yes_or_no(value: bool | None) -> str:
    return "" if value is None else _("Yes") if value else _("No")


def bonus(reason: str, points: int) -> str:
    """«Teaches the subject now: 3 points»."""
    return _("%(reason)s: %(points)s", reason=reason, points=ngettext("%(num)d point", "%(num)d points", points))


def publication(value: Publication) -> str:
    return str(PUBLICATIONS[value])


def run(value: Run) -> str:
    return str(RUNS[value])


def teaching_language(code: str | None) -> str:
    """The name of a language of teaching; a code that is not known is shown as it is."""
    return str(LANGUAGES_OF_TEACHING.get(code, code)) if code else ""


def listed(words: Sequence[str]) -> str:
    """«a», «a and b», «a, b and c»."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s", first=", ".join(words[:-1]), last=words[-1])


def in_place(name: str) -> str:
    """«in Bergen», «i Bergen», «på Hamar»."""
    if name in ON and language() != "en":
        return f"på {name}"
    return _("in %(place)s", place=name)


def days(count: int) -> str:
    return ngettext("%(num)d day", "%(num)d days", count)


def dates(first: Date | None, last: Date | None = None) -> str:
    """«2 September 2027» or «2–4 September 2027»; the month and year of the first day only where they differ."""
    if first is None:
        return ""
    if last is None or last == first:
        return date(first)
    if (first.year, first.month) == (last.year, last.month):
        return _day_and(first, last)
    return f"{date(first)} – {date(last)}"


def _day_and(first: Date, last: Date) -> str:
    """«2–4 September 2027», «2.–4. september 2027»; British order in English too."""
    written = date(last)
    stop = "." if language() != "en" else ""
    return f"{first.day}{stop}–{written}"


def when(gathering: Gathering) -> str:
    """The dates of a gathering, or its week when that is all that is said."""
    if gathering.starts_on:
        return dates(gathering.starts_on, gathering.ends_on)
    return _("Week %(week)s, %(year)s", week=gathering.iso_week, year=gathering.iso_year) if gathering.iso_week else ""


def in_order(gatherings: Sequence[Gathering]) -> list[Gathering]:
    """By day, those of which only the week is known by its Monday, and last those that say neither."""
    return sorted(gatherings, key=_first_day)


def _first_day(gathering: Gathering) -> Date:
    if gathering.starts_on:
        return gathering.starts_on
    return Date.fromisocalendar(gathering.iso_year, gathering.iso_week, 1) if gathering.iso_week and gathering.iso_year else Date.max


def venue(gathering: Gathering) -> str:
    """Where a gathering is: online, a town, or the place as written."""
    return _("Online") if gathering.online else _town(gathering)


def gatherings(offering: Offering) -> str:
    """The gatherings of an offering in a few words; empty where the institution has not said."""
    meetings = [(one.online, _town(one), one.days) for one in in_order(offering.gatherings)]
    return gatherings_sentence(meetings, stated_days=offering.gathering_days, delivery=offering.delivery)


def last_year(one: LastYear) -> str:
    """«62 applied for 30 seats», hidden where it is few."""
    if one.applied is None:
        return ngettext("Fewer than %(fewest)s applied for %(num)d seat", "Fewer than %(fewest)s applied for %(num)d seats", one.seats, fewest=FEWEST)
    return ngettext("%(applied)s applied for %(num)d seat", "%(applied)s applied for %(num)d seats", one.seats, applied=number(one.applied))


def _town(gathering: Gathering) -> str:
    return gathering.municipality.name if gathering.municipality else positions.read(gathering.place).name


def gatherings_sentence(meetings: Sequence[tuple[bool, str, int | None]], *, stated_days: int | None = None, delivery: Delivery | None = None) -> str:
    """«3 gatherings in Bergen, 6 days». Each meeting: whether online, its place or "", its days or none.

    `stated_days`: gathering days a semester as stated where the dates are not.
    """
    away = [(place, length) for online, place, length in meetings if not online]
    online = len(meetings) - len(away)
    parts = [_meetings_away(away)] if away else []
    if online:
        parts.append(ngettext("%(num)d gathering online", "%(num)d gatherings online", online))
    if parts:
        return "; ".join(parts)
    if stated_days:
        return ngettext("%(num)d gathering day a semester", "%(num)d gathering days a semester", stated_days)
    return _("None, online only") if delivery is Delivery.ONLINE else ""


def _meetings_away(away: Sequence[tuple[str, int | None]]) -> str:
    places = list(dict.fromkeys(place for place, _length in away if place))
    said = ngettext("%(num)d gathering", "%(num)d gatherings", len(away))
    if len(places) > 2:
        said += " " + _("in %(number)s places", number=len(places))
    elif places:
        said += " " + listed([in_place(place) for place in places])
    return f"{said}, {days(sum(length for _place, length in away))}" if all(length for _place, length in away) else said


def seats(total: int | None, taken: int, waiting: int) -> tuple[str, str]:
    """What is free, in words and as the kind of its tag (good, wait, stop, plain)."""
    if total is None:
        return _("Number of seats not stated"), "plain"
    if waiting:
        return ngettext("Full, %(num)d waiting", "Full, %(num)d waiting", waiting), "wait"
    if total - taken <= 0:
        return _("Full"), "stop"
    return ngettext("%(num)d seat free", "%(num)d seats free", total - taken), "good"


def seats_tag(offering: Offering, on: Date) -> tuple[str, str] | None:
    """What is free, where Seksti keeps the seats and one may still enrol or queue."""
    found = _stage(offering, on)
    if offering.seats is None or offering.mode is EnrolmentMode.ELSEWHERE or found not in (Stage.OPEN, Stage.LATER, Stage.UNKNOWN):
        return None
    return seats(offering.seats, offering.seats_taken, offering.waiting)


def stage(offering: Offering, on: Date) -> tuple[str, str]:
    """Where an offering is in its time, in words and as the kind of its tag."""
    return stage_words(_stage(offering, on), opens_on=offering.opens_on)


def _stage(offering: Offering, on: Date) -> Stage:
    return stage_of(
        state=offering.state, semester=offering.semester, semesters=offering.semesters, opens_on=offering.opens_on, apply_by=offering.apply_by,
        starts_on=offering.starts_on, ends_on=offering.ends_on, on=on, told_over=offering.told_over,
    )  # fmt: skip


def stage_words(value: Stage, *, opens_on: Date | None = None) -> tuple[str, str]:
    """The words of a stage and the kind of its tag; none for a run whose time is not stated."""
    if value is Stage.LATER and opens_on:
        return _("Opens %(date)s", date=date(opens_on)), ""
    said, kind = STAGES[value]
    return str(said), kind


def seats_fact(offering: Offering) -> str:
    """The seats as a fact: «7 of 20 free», or only how many there are where the institution keeps them itself; empty where not stated."""
    if offering.seats is None:
        return ""
    if offering.mode is EnrolmentMode.ELSEWHERE or offering.state is not Run.PUBLISHED:
        return number(offering.seats)
    free = max(offering.seats - offering.seats_taken, 0)
    said = _("%(free)s of %(seats)s free", free=number(free), seats=number(offering.seats))
    return f"{said}, {ngettext('%(num)d waiting', '%(num)d waiting', offering.waiting)}" if offering.waiting else said


def pace(part_time: bool | None) -> str:
    return "" if part_time is None else _("Part-time") if part_time else _("Full-time")


def fee(offering: Offering) -> str:
    """What it costs, in kroner where that is known, else as the institution writes it."""
    if offering.fee_oere is None:
        return offering.fee_text or ""
    return kroner(offering.fee_oere) if offering.fee_oere else _("No fee")


def place(offering: Offering) -> str:
    return offering.municipality.name if offering.municipality else offering.place or ""
