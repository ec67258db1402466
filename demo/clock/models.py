"""How far the demonstration's clock is ahead."""

from sqlalchemy.orm import Mapped

from config.database import Key, db


class DemoClock(db.Model):
    """One row at most: the seconds that are added to the time in this database. Never read in production."""

    __tablename__ = "demo_clock"

    id: Mapped[Key]
    seconds: Mapped[int]
