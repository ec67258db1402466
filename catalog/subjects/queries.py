"""Every select on subjects."""

from collections.abc import Sequence

from sqlalchemy import Row, select

from catalog.subjects.models import Subject
from config.database import db


def name_rows() -> Sequence[Row]:
    """Key, code, and name in each language, of every subject, in the order of the register."""
    wanted = select(Subject.id, Subject.code, Subject.name_nb, Subject.name_nn, Subject.name_en, Subject.name_se)
    return db.session.execute(wanted.order_by(Subject.position, Subject.id)).all()


def subjects() -> dict[int, Subject]:
    """Every subject by its key."""
    return {subject.id: subject for subject in db.session.scalars(select(Subject))}


def in_order() -> Sequence[Subject]:
    """Every subject, in the order of the register."""
    return db.session.scalars(select(Subject).order_by(Subject.position)).all()
