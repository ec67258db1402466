"""Every select on synonyms."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from catalog.search.studies import Synonyms
from catalog.search.text import synonyms_of
from catalog.synonyms.models import Synonym
from config.database import db
from config.errors import NotFound
from config.languages import _


def holding(on: date) -> Synonyms | None:
    """Those that hold on a day, as the search reads them; none where the register has never been loaded, so that those Seksti ships hold."""
    rows = db.session.execute(select(Synonym.asked, Synonym.meant, Synonym.valid_from, Synonym.valid_to).order_by(Synonym.id)).all()
    if not rows:
        return None
    return synonyms_of((asked, meant) for asked, meant, first, last in rows if (first is None or first <= on) and (last is None or on <= last))


def listed(text: str = "") -> Sequence[Synonym]:
    """All that were ever kept, by what is asked; those with a text on either side where one is given."""
    wanted = select(Synonym).order_by(Synonym.asked, Synonym.meant)
    if text:
        wanted = wanted.where(or_(Synonym.asked.icontains(text, autoescape=True), Synonym.meant.icontains(text, autoescape=True)))
    return db.session.scalars(wanted).all()


def synonym(uuid: UUID) -> Synonym:
    """Raises NotFound."""
    found = db.session.scalar(select(Synonym).where(Synonym.uuid == uuid))
    if found is None:
        raise NotFound(_("There is no such synonym."))
    return found


def pair(asked: str, meant: str) -> Synonym | None:
    return db.session.scalar(select(Synonym).where(Synonym.asked == asked, Synonym.meant == meant))


def is_empty() -> bool:
    return db.session.scalar(select(Synonym.id).limit(1)) is None
