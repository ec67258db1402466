"""The agenda of a teacher, the cover of an owner's schools, and the feeds: opening, ending and reading them."""

from datetime import date
from hashlib import blake2b

from flask import Blueprint, flash, g, make_response, redirect, render_template, request, url_for

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.offers import calendar
from config.clock import now, today
from config.forms import Schema, read_form, read_query, text
from config.languages import _, language
from config.working_days import is_working_day
from enrolment.calendar import entries, queries, rules, services, words
from enrolment.calendar.values import Deadline, Due, FeedKind, RoundDay

pages = Blueprint("calendar", __name__)
OWN = (FeedKind.GATHERINGS, FeedKind.DEADLINES)
BODYS = (FeedKind.COVER, FeedKind.DEADLINES)


class CoverSchema(Schema):
    school = text(40, load_default=None)


@pages.get("/me/calendar")
@acting_as(Role.TEACHER)
def agenda():
    """Gatherings, deadlines and the days of rounds by week, from this day on, with what clashes in words."""
    person, on = current_actor().person_id, today()
    meetings, deadlines = queries.own_meetings(person, on), queries.own_deadlines(person, on)
    rounds = rules.days_of_teacher(queries.round_days(on, now()), queries.own_cases(person), on)
    return render_template(
        "calendar/agenda.html", weeks=rules.by_week([*meetings, *deadlines, *rounds], _day), clashes=rules.clashes(meetings), words=words,
        place=entries.place, is_deadline=lambda one: isinstance(one, Deadline), is_round_day=lambda one: isinstance(one, RoundDay), Due=Due, feeds=queries.open_feeds(current_actor(), OWN), kinds=OWN,
        feed_name=entries.name_of,
    )  # fmt: skip


def _day(one) -> date:
    return one.on if isinstance(one, Deadline | RoundDay) else one.starts_on


@pages.get("/owner/cover")
@acting_as(Role.OWNER)
def cover():
    """Which teachers are away from which school when; the days of school alone."""
    asked = read_query(CoverSchema())["school"]
    everything = [one for one in queries.absences(current_actor().organisation_id, today()) if one.meeting.held and rules.needs_cover(one, is_working_day)]
    schools = sorted({(str(one.school), one.school_name) for one in everything}, key=lambda pair: pair[1])
    absences = [one for one in everything if asked in (None, str(one.school))]
    return render_template(
        "calendar/cover.html", weeks=rules.by_week(absences, lambda one: one.meeting.starts_on), many=rules.many_away(absences), schools=schools,
        asked=asked, words=words, place=entries.place, **feeds_of_body(),
    )  # fmt: skip


def feeds_of_body() -> dict:
    """What calendar/feeds.html is given on the pages of a head and an owner."""
    return {"feeds": queries.open_feeds(current_actor(), BODYS), "kinds": BODYS, "feed_name": entries.name_of}


class FeedSchema(Schema):
    kind = text(20, required=True)


@pages.post("/me/calendar/feeds")
@acting_as(Role.TEACHER, Role.HEAD, Role.OWNER)
def open_feed():
    """Makes an address and shows it, this once: only its digest is kept."""
    form = read_form(FeedSchema())
    mine = OWN if current_actor().role is Role.TEACHER else BODYS
    if not form.ok or form.values["kind"] not in mine:
        flash(_("Choose which calendar it should be."), "stop")
        return redirect(_back())
    kind = FeedKind(form.values["kind"])
    address = url_for(".feed", token=services.open_feed(kind, actor=current_actor(), at=now()), _external=True)
    return render_template("calendar/address.html", address=address, webcal=f"webcal:{address.partition(':')[2]}", name=entries.name_of(kind), back=_back())


@pages.post("/me/calendar/feeds/<uuid:feed>/ending")
@acting_as(Role.TEACHER, Role.HEAD, Role.OWNER)
def end_feed(feed):
    services.end_feed(feed, actor=current_actor(), at=now())
    flash(_("The address is ended. Calendars that fetch it are told so, and what they have fetched before you remove there."), "good")
    return redirect(_back())


def _back() -> str:
    return url_for({Role.OWNER: ".cover", Role.HEAD: "school.show_cover"}.get(current_actor().role, ".agenda"))


@pages.get("/feeds/<token>.ics")
def feed(token):
    """The calendar of an address, to whoever holds it: in its maker's language, and only if it has changed since it was last fetched."""
    opened = services.opened_by(token, at=now())
    g.language, host = opened.person.language, request.host.partition(":")[0]
    held = entries.of_feed(opened, on=today(), at=now(), host=host, page=_page)
    answer = make_response()
    answer.set_etag(blake2b(repr((opened.id, language(), request.host_url, held)).encode(), digest_size=16).hexdigest())
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = 'inline; filename="seksti.ics"'
    answer.headers["Cache-Control"] = "private, max-age=300"
    if not request.if_none_match.contains(answer.get_etag()[0]):
        answer.set_data(calendar.written(entries.name_of(opened.kind), held, source=request.base_url))
    return answer.make_conditional(request)


def _page(kind: str, of) -> str:
    """`of`: an identifier, or of a board the day of the round."""
    return {
        "cover": lambda: url_for(".cover", school=of, _external=True),
        "school-cover": lambda: url_for("school.show_cover", _external=True),
        "enrolment": lambda: url_for("seats.enrolment", enrolment=of, _external=True),
        "run": lambda: url_for("catalog.offering", offering=of, _external=True),
        "case": lambda: url_for("applications.case", case=of, _external=True),
        "cases": lambda: url_for("applications.mine", _external=True),
        "board": lambda: url_for("board.show", code=of.round, strand=of.strand, _external=True),
        "school": lambda: url_for("school.show", _external=True),
    }[kind]()
