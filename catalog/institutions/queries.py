"""Every select on institutions."""

from collections.abc import Sequence

from sqlalchemy import Row, func, select
from sqlalchemy.orm import joinedload

from catalog.institutions.models import Institution
from catalog.offers.lifecycle import Publication
from catalog.offers.models import Course, Module
from config.database import db


def institution_by_code(code: str) -> Institution | None:
    wanted = select(Institution).options(joinedload(Institution.organisation)).where(Institution.code == code)
    return db.session.scalar(wanted)


def institutions() -> Sequence[Institution]:
    """All institutions, those of today first, each with its organisation."""
    wanted = select(Institution).options(joinedload(Institution.organisation))
    return db.session.scalars(wanted.order_by(Institution.historic, Institution.name_nb)).all()


def of_today() -> Sequence[Institution]:
    """Those of today, by their short names."""
    return db.session.scalars(select(Institution).where(~Institution.historic).order_by(Institution.short_name)).all()


def successor_of(institution: Institution) -> Institution | None:
    """The institution that took over from one that was."""
    return institution_by_code(institution.successor_code) if institution.successor_code else None


def name_rows() -> Sequence[Row]:
    """Key, code, name in each language, and whether it is one of the past, of every institution."""
    return db.session.execute(
        select(
            Institution.organisation_id, Institution.code, Institution.short_name, Institution.name_nb, Institution.name_nn, Institution.name_en,
            Institution.name_se, Institution.historic,
        )  # fmt: skip
    ).all()


def offer_counts() -> dict[int, tuple[int, int]]:
    """Institution → number of published courses and of published modules."""
    courses = dict(_counted(Course))
    modules = dict(_counted(Module))
    return {key: (courses.get(key, 0), modules.get(key, 0)) for key in courses.keys() | modules.keys()}


def _counted(kind: type[Course] | type[Module]):
    wanted = select(kind.institution_id, func.count()).where(kind.state == Publication.PUBLISHED).group_by(kind.institution_id)
    return (tuple(row) for row in db.session.execute(wanted))
