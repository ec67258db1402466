"""What a feed holds, as entries of a calendar file. No feed names anybody: an address that has gone astray tells of no other person."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from catalog.offers.calendar import Entry
from config.languages import _, ngettext
from config.working_days import is_working_day
from enrolment.calendar import queries, rules, words
from enrolment.calendar.models import Feed
from enrolment.calendar.values import Deadline, Due, FeedKind, Meeting, RoundDay

KEPT_FOR = timedelta(days=200)  # a semester back, so that a calendar does not forget what one has been at

Page = Callable[[str, object], str]
"""The address of a page, by what it shows (run, enrolment, cover, school-cover, case, cases, board, school) and its identifier."""


def name_of(kind: FeedKind) -> str:
    return {FeedKind.GATHERINGS: _("My gatherings"), FeedKind.DEADLINES: _("My deadlines"), FeedKind.COVER: _("Away from school")}[kind]


def of_feed(feed: Feed, *, on: date, at: datetime, host: str, page: Page) -> list[Entry]:
    """Everything the calendar of a feed holds on a day; of rounds, those let out by a moment."""
    since, body = on - KEPT_FOR, feed.organisation_id
    if feed.kind is FeedKind.GATHERINGS:
        return [_gathering(one, host, page) for one in queries.own_meetings(feed.person_id, since)]
    at_school = body is not None and queries.is_school(body)
    if feed.kind is FeedKind.COVER:
        return list(_cover(queries.absences(body, since), host, page, "school-cover" if at_school else "cover"))
    days = queries.round_days(since, at)
    if body is not None:
        return [_round_day(one, host, page("school" if at_school else "board", one)) for one in rules.days_of_body(days, at_school)]
    own = [_deadline(one, host, page) for one in queries.own_deadlines(feed.person_id, since)]
    cases = queries.own_cases(feed.person_id)
    return [*own, *(_round_day(one, host, page("case" if one.case else "cases", one.case)) for one in rules.days_of_teacher(days, cases, on))]


def _gathering(one: Meeting, host: str, page: Page) -> Entry:
    return Entry(
        f"{one.uuid}@{host}", one.title, one.starts_on, one.ends_on, page("run", one.run), place(one), made_up(one.made_up), one.sequence,
        one.published_at, not one.held, not one.sure, position=one.position,
    )  # fmt: skip


def place(one: Meeting) -> str:
    return _("Online") if one.online else one.place or ""


def made_up(yes: bool) -> str:
    return _("made up for demonstration") if yes else ""


def _deadline(one: Deadline, host: str, page: Page) -> Entry:
    url = page("run", one.run) if one.due is Due.APPLY else page("enrolment", one.uuid)
    note = " ".join(filter(None, (_("Until 23:59."), made_up(one.made_up))))
    return Entry(f"{one.due}-{one.uuid}@{host}", words.deadline(one), one.on, one.on, url, note=note, taken=False)


def _round_day(one: RoundDay, host: str, url: str) -> Entry:
    note = " ".join(filter(None, (words.until(one), words.meaning(one), made_up(one.made_up))))
    return Entry(f"round-{one.uuid}@{host}", words.round_day(one), one.on, one.on, url, note=note, sequence=one.sequence, stamp=one.published_at, taken=False)


def _cover(absences: Iterable, host: str, page: Page, where: str) -> Iterable[Entry]:
    """One entry a gathering and school, with how many are away."""
    needed = [one for one in absences if rules.needs_cover(one, is_working_day)]
    count = Counter((one.meeting.uuid, one.school) for one in needed)
    for one in {(one.meeting.uuid, one.school): one for one in needed}.values():
        away, meeting = count[one.meeting.uuid, one.school], one.meeting
        title = ngettext("%(num)d teacher away from %(school)s", "%(num)d teachers away from %(school)s", away, school=one.school_name)
        yield Entry(
            f"{meeting.uuid}-{one.school}@{host}", title, meeting.starts_on, meeting.ends_on, page(where, one.school), place(meeting),
            " ".join(filter(None, (meeting.title, made_up(meeting.made_up)))), meeting.sequence, meeting.published_at, not meeting.held, taken=False,
            position=meeting.position,
        )  # fmt: skip
