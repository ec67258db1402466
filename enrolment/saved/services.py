"""Saving studies and searches, and telling what is new: one function, one use case, one commit."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy.exc import IntegrityError

from accounts import audit
from accounts.acting import Actor
from catalog.offers import queries as offer_queries
from catalog.offers.sentences import full_title
from catalog.search.snapshot import Snapshot
from config.clock import day_of
from config.database import db
from config.errors import BadInput, NotFound, Refusal
from config.languages import _
from enrolment.saved import queries, replay, rules
from enrolment.saved.lifecycle import ALERT_LIFE, Alert
from enrolment.saved.models import SavedSearch, SavedStudy, SearchMade, SearchNews
from enrolment.saved.values import study_of

NAMED_IN_A_MESSAGE = 3  # studies; the rest are counted


class TooManySaved(Refusal):
    code = "too-many-saved"


def save_module(module: UUID, *, actor: Actor, at: datetime) -> SavedStudy:
    """Keeps a module for later. Saving twice is saving once. Raises NotFound, TooManySaved."""
    return _save_study(queries.published_module(module).id, None, actor, at)


def save_run(offering: UUID, *, actor: Actor, at: datetime) -> SavedStudy:
    """Keeps one run of a module for later."""
    found = offer_queries.public_offering(offering)
    if found is None:
        raise NotFound(_("There is no such run, or it is not published."))
    return _save_study(found.module_id, found.id, actor, at)


def _save_study(module_id: int, offering_id: int | None, actor: Actor, at: datetime) -> SavedStudy:
    known = queries.saved_study(actor.person_id, module_id, offering_id)
    if known is not None:
        return known
    _require_room(SavedStudy, actor, rules.MOST_STUDIES)
    saved = SavedStudy(uuid=uuid4(), person_id=actor.person_id, module_id=module_id, offering_id=offering_id, saved_at=at)
    db.session.add(saved)
    if not _committed():
        return queries.saved_study(actor.person_id, module_id, offering_id)
    return saved


def _require_room(kind: type[SavedStudy] | type[SavedSearch], actor: Actor, most: int) -> None:
    if queries.count_of(kind, actor.person_id) >= most:
        raise TooManySaved(_("You have saved %(most)s already, which is the most there is room for. Remove one first.", most=most))


def _committed() -> bool:
    """Whether it is written; not where the same person was faster in another window, which a unique index says."""
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        return False
    return True


def write_note(saved: UUID, note: str | None, *, actor: Actor) -> SavedStudy:
    """Writes, changes or empties the note of something saved."""
    mine = queries.own_study(actor, saved)
    mine.note = note
    db.session.commit()
    return mine


def remove_study(saved: UUID, *, actor: Actor) -> None:
    db.session.delete(queries.own_study(actor, saved))
    db.session.commit()


def note_search(query: str, *, actor: Actor, at: datetime) -> None:
    """Remembers a search among the latest ten; one made before moves to the top."""
    made = list(queries.searches_made(actor.person_id))
    digest = replay.digest(query)
    known = next((one for one in made if one.digest == digest), None)
    if known:
        known.made_at = at
    else:
        db.session.add(SearchMade(person_id=actor.person_id, query=query, digest=digest, made_at=at))
        for one in made[rules.MOST_RECENT - 1 :]:
            db.session.delete(one)
    _committed()


def forget_search(search: UUID, *, actor: Actor) -> None:
    db.session.delete(queries.own_search_made(actor, search))
    db.session.commit()


def forget_searches(*, actor: Actor) -> None:
    queries.forget_searches_made(actor.person_id)
    db.session.commit()


def save_search(query: str, *, name: str | None, weekly: bool, now: Snapshot, actor: Actor, at: datetime) -> SavedSearch:
    """Keeps a search (`replay.canonical`), with a weekly alert where that is asked for. Raises BadInput for one that asks nothing, TooManySaved."""
    if not query:
        raise BadInput(_("There is nothing to save: the search asks for nothing."), {"query": [_("Search for something first.")]})
    search = queries.saved_search(actor.person_id, replay.digest(query))
    if search is None:
        _require_room(SavedSearch, actor, rules.MOST_SEARCHES)
        search = SavedSearch(uuid=uuid4(), person_id=actor.person_id, query=query, digest=replay.digest(query), saved_at=at, alert=Alert.OFF)
        db.session.add(search)
    search.name = name or search.name
    if weekly and search.alert is not Alert.WEEKLY:
        _step(search, "turn on" if search.alert is Alert.OFF else "resume", actor, at, now)
    if not _committed():
        return queries.saved_search(actor.person_id, replay.digest(query))
    return search


def change_alert(search: UUID, event: str, *, now: Snapshot, actor: Actor, at: datetime) -> SavedSearch:
    """Turns the weekly alert on or off, pauses or resumes it. Raises StepRefused."""
    mine = queries.own_search(actor, search)
    _step(mine, event, actor, at, now)
    db.session.commit()
    return mine


def _step(search: SavedSearch, event: str, actor: Actor, at: datetime, now: Snapshot) -> None:
    """What is there when the alert is turned on is no news; what comes while it is paused is."""
    before, search.alert = search.alert, ALERT_LIFE.after(search.alert, event)
    if event == "turn on":
        search.begin_anew(replay.matches(replay.runs_by_study(search.query, now)))
    search.next_on = rules.next_telling(day_of(at)) if search.alert is Alert.WEEKLY else None
    audit.record("saved-search", search.uuid, event, by=actor, at=at, from_state=before, to_state=search.alert)


def remove_search(search: UUID, *, actor: Actor) -> None:
    db.session.delete(queries.own_search(actor, search))
    db.session.commit()


def tell_of_new(at: datetime) -> int:
    """Asks every search that is due again, the very same, and tells each person once of what is new in all of theirs.

    One transaction a person, which holds the message, what has been seen and the next day: a round that breaks off has told nothing,
    and doing it again tells nothing twice. Returns how many people were told.
    """
    people = queries.people_to_tell(day_of(at))
    db.session.commit()
    if not people:
        return 0
    now = replay.catalogue()
    return sum(_tell_one(person_id, now, at) for person_id in people)


def _tell_one(person_id: int, now: Snapshot, at: datetime) -> bool:
    if queries.locked_person(person_id) is None:
        db.session.rollback()
        return False
    found = _news_of(queries.due_searches(person_id, day_of(at)), now, day_of(at))
    if found:
        _tell(person_id, found, at)
    db.session.commit()
    return bool(found)


def _news_of(searches, now: Snapshot, on: date) -> list[dict]:
    """What is new in each search, a study under the first that finds it; from now on it is seen."""
    told: set[int] = set()
    found = []
    for search in searches:
        runs = replay.runs_by_study(search.query, now)
        matches = replay.matches(runs)
        fresh = [key for key in rules.news(matches, search.seen, runs) if key not in told]
        search.see(matches)
        search.next_on = rules.next_telling(on)
        told.update(fresh)
        if fresh:
            found.append({"name": search.name, "query": search.query, "studies": fresh})
    return found


def _tell(person_id: int, found: list[dict], at: datetime) -> None:
    told = SearchNews(uuid=uuid4(), person_id=person_id, at=at, found=found)
    db.session.add(told)
    keys = [key for search in found for key in search["studies"]]
    titles = _titles(keys[:NAMED_IN_A_MESSAGE])
    more = {"more": str(len(keys) - len(titles))} if len(keys) > len(titles) else {}
    audit.tell(person_id, "search-news", at=at, address=f"/me/saved/news/{told.uuid}", titles="; ".join(titles), **more)


def _titles(keys: list[int]) -> list[str]:
    modules = queries.module_names([key for key, programme in map(study_of, keys) if not programme])
    programmes = queries.programme_names([key for key, programme in map(study_of, keys) if programme])
    rows = ((programmes if programme else modules).get(key) for key, programme in map(study_of, keys))
    return [full_title(row.title, getattr(row, "course", None), row.code) for row in rows if row]
