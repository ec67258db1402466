"""Names in several languages, shown in the reader's own."""

from sqlalchemy.orm import Mapped

from config.languages import language


class Named:
    """A row with a name in bokmål, nynorsk, English and North Sámi; an empty one falls back to bokmål."""

    name_nb: Mapped[str]
    name_nn: Mapped[str | None]
    name_en: Mapped[str | None]
    name_se: Mapped[str | None]

    @property
    def name(self) -> str:
        return getattr(self, f"name_{language()}", None) or self.name_nb
