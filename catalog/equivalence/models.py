"""Sets of modules that are the same content."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.offers.models import Module
from config.database import Key, PublicId, db


class EquivalenceSet(db.Model):
    """Modules that are the same content under other names: a new version of an old one, or what another institution gives instead."""

    __tablename__ = "equivalence_sets"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    source: Mapped[str]  # who says so, and where

    modules: Mapped[list[Module]] = relationship(secondary="equivalence_set_modules", order_by="Module.id")


class EquivalenceSetModule(db.Model):
    __tablename__ = "equivalence_set_modules"

    equivalence_set_id: Mapped[int] = mapped_column(ForeignKey("equivalence_sets.id", ondelete="CASCADE"), primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id", ondelete="CASCADE"), primary_key=True, index=True)
