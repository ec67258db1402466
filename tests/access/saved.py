"""What one has saved is one's own, whatever one's role; anybody who is signed in may save what is public."""

from accounts.acting import Actor
from accounts.models import Person
from catalog.search import snapshot
from config.database import db
from enrolment.saved import services
from enrolment.saved.models import SearchMade, SearchNews
from tests.access.policy import SIGNED_IN, Rule
from tests.factories import MONDAY


def _acting(me: Person) -> Actor:
    return Actor(me.id, me.uuid, me.name)


def _study(half, me: Person) -> dict:
    return {"saved": services.save_run(half.offering.uuid, actor=_acting(me), at=MONDAY).uuid}


def _search(half, me: Person) -> dict:
    saved = services.save_search("subject=matematikk", name=None, weekly=False, now=snapshot.now(), actor=_acting(me), at=MONDAY)
    return {"search": saved.uuid}


def _made(half, me: Person) -> dict:
    services.note_search("subject=matematikk", actor=_acting(me), at=MONDAY)
    return {"search": db.session.query(SearchMade).filter_by(person_id=me.id).one().uuid}


def _news(half, me: Person) -> dict:
    known = db.session.query(SearchNews).filter_by(person_id=me.id).first()
    if known is None:
        known = SearchNews(person_id=me.id, at=MONDAY, found=[{"name": None, "query": "q=x", "studies": [half.module.id * 2]}])
        db.session.add(known)
        db.session.commit()
    return {"news": known.uuid}


POLICY = {
    "saved.saved": Rule(SIGNED_IN),
    "saved.save_module": Rule(SIGNED_IN, address=lambda half, me: {"module": half.module.uuid}, whose=None),
    "saved.save_run": Rule(SIGNED_IN, address=lambda half, me: {"offering": half.offering.uuid}, whose=None),
    "saved.note": Rule(SIGNED_IN, address=_study),
    "saved.write_note": Rule(SIGNED_IN, address=_study, form=lambda half, me: {"note": "Ask the principal."}),
    "saved.remove_study": Rule(SIGNED_IN, address=_study),
    "saved.new_search": Rule(SIGNED_IN, query=lambda half, me: {"subject": "matematikk"}),
    "saved.save_search": Rule(SIGNED_IN, form=lambda half, me: {"query": "subject=matematikk", "name": "Maths", "weekly": "true"}),
    "saved.change_alert": Rule(SIGNED_IN, address=_search, form=lambda half, me: {"event": "turn on"}),
    "saved.remove_search": Rule(SIGNED_IN, address=_search),
    "saved.forget_search": Rule(SIGNED_IN, address=_made),
    "saved.forget_searches": Rule(SIGNED_IN),
    "saved.news": Rule(SIGNED_IN, address=_news),
}
