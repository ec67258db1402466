"""The marks of a plan."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from catalog.columns import SemesterNumber
from catalog.values import Semester
from config.database import Key, db


class PlannedSemester(db.Model):
    """That a module is meant to run in a semester, as its institution states it."""

    __tablename__ = "planned_semesters"
    __table_args__ = (UniqueConstraint("module_id", "semester"),)

    id: Mapped[Key]
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id", ondelete="CASCADE"))
    semester: Mapped[Semester] = mapped_column(SemesterNumber, index=True)
