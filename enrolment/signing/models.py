"""Signing keys. The public half stays for ever; the private half is sealed here, or lies in the instance folder, as the settings say."""

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.institutions.models import Institution
from config.database import Key, Moment, OneOf, PublicId, db
from enrolment.signing.lifecycle import KeyState

_SEKSTI = text("state = 'signing' AND institution_id IS NULL")
_INSTITUTION = text("state = 'signing' AND institution_id IS NOT NULL")


class SigningKey(db.Model):
    """An RSA key. One signs at a time: one of Seksti's own, and one an institution."""

    __tablename__ = "signing_keys"
    __table_args__ = (
        Index("uq_signing_keys_seksti", "state", unique=True, sqlite_where=_SEKSTI, postgresql_where=_SEKSTI),
        Index("uq_signing_keys_institution", "institution_id", unique=True, sqlite_where=_INSTITUTION, postgresql_where=_INSTITUTION),
    )

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.organisation_id"), index=True)  # none = Seksti's own
    state: Mapped[KeyState] = mapped_column(OneOf(KeyState), default=KeyState.SIGNING)
    public: Mapped[dict] = mapped_column(JSON)  # a JWK without private parts
    certificate: Mapped[str]  # self-signed, PEM: for those who check XML signatures
    sealed: Mapped[str | None]  # the private half, to be read with this SECRET_KEY only; none = it lies in the instance folder
    made_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]

    institution: Mapped[Institution | None] = relationship()
