"""Whose signatures are trusted, and the files that teachers have brought."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.places.models import Dated
from config.database import Key, Moment, PublicId, db
from config.kept_files import KeptFiles

FILES = KeptFiles("results-files")


class TrustedSigner(Dated, db.Model):
    """Somebody whose signature on an ELMO file is believed, between two days. Put in by command; nobody is trusted from the start."""

    __tablename__ = "trusted_signers"

    id: Mapped[Key]
    name: Mapped[str]
    certificate: Mapped[str]  # PEM
    fingerprint: Mapped[str] = mapped_column(unique=True)  # SHA-256, hexadecimal


class ElmoFile(db.Model):
    """A file that a teacher has brought, kept as it came: until something of it is taken, or a day has passed."""

    __tablename__ = "elmo_files"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    stored_as: Mapped[str] = mapped_column(unique=True)
    at: Mapped[Moment]
    taken_at: Mapped[Moment | None]
    signer_id: Mapped[int | None] = mapped_column(ForeignKey("trusted_signers.id"))  # whose signature was believed when it was taken

    signer: Mapped[TrustedSigner | None] = relationship()
