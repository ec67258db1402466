"""What every version says of itself."""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from config.database import Key, Moment, OneOf, PublicId
from regions.versions.lifecycle import VERSION_LIFE, Version


class Versioned:
    """A mixin for the table of one kind of versions. `told_as`: what its events are called in the trail."""

    told_as: ClassVar[str]

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    number: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str]
    release_on: Mapped[date]  # hidden before it
    state: Mapped[Version] = mapped_column(OneOf(Version), default=Version.DRAFT)
    made_at: Mapped[Moment]
    released_at: Mapped[Moment | None]
    made_up: Mapped[bool] = mapped_column(default=False)

    def take(self, event: str) -> None:
        """Moves along the lifecycle. Raises StepRefused."""
        self.state = VERSION_LIFE.after(self.state, event)
